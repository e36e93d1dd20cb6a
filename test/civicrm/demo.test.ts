import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkCopies } from '../../scripts/demo/databases/check-copies.ts';
import { CLIENTS, WORKERS } from '../../scripts/demo/people.ts';
import { haveRealSites, openRealSites, type RealSite, type RealSites } from '../support/real-sites.ts';
import { figureOf, mailsOf, runDemo, talkativeFilesOf, type DemoRun } from '../support/run-demo.ts';

describe.skipIf(!haveRealSites)('npm run demo -- --civicrm', () => {
  let run: DemoRun;
  let sites: RealSites;
  beforeAll(async () => {
    run = await runDemo('--civicrm');
    sites = await openRealSites({ reset: false });
  }, 600_000);
  afterAll(async () => {
    await sites.close();
  });

  const numberOf = async (site: RealSite, what: string) =>
    Number((await site.rows(`SELECT COUNT(*) AS number FROM ${what}`))[0]?.['number']);
  const keysOf = async (site: RealSite) => {
    const [field] = await site.rows(
      `SELECT g.table_name, f.column_name FROM civicrm_custom_field f JOIN civicrm_custom_group g
       ON g.id = f.custom_group_id WHERE g.name = 'Civicase_Bridge_Activity'`,
    );
    return { table: String(field?.['table_name']), column: String(field?.['column_name']) };
  };

  test('it ends by itself with exit code 0 and leaves no process behind', () => {
    expect(run.exitCode, run.output).toBe(0);
    expect(run.isGroupEmpty).toBe(true);
  });

  test('a second plan is empty, a second mirror pass moves nothing, and the databases agree', () => {
    const { output } = run;
    expect(output).toContain('a second plan is empty');
    expect(output.match(/a second pass moves nothing/g)).toHaveLength(2);
    expect(output.match(/✓ checked in the databases/g)).toHaveLength(7);
    expect(output).not.toContain('✗');
  });

  test('the numbers of the summary are those of the databases', async () => {
    const { a, b } = sites;
    const figure = (name: string) => figureOf(run, name);
    const { table, column } = await keysOf(a);
    const made = (channel: string) => numberOf(a, `${table} WHERE ${column} LIKE 'occurrence/${channel}-%'`);
    expect(figure('cases mirrored')).toBe(await numberOf(b, 'civicrm_case'));
    expect(await numberOf(a, 'civicrm_case')).toBe(CLIENTS.length + 1);
    expect(await numberOf(b, 'civicrm_case')).toBe(CLIENTS.length + 1);
    expect(figure('activities on hilltop')).toBe(await numberOf(b, 'civicrm_activity'));
    expect(await numberOf(b, 'civicrm_activity')).toBe(await numberOf(a, 'civicrm_activity'));
    expect(figure('follow-ups created')).toBe(await made('activity'));
    expect(await made('activity')).toBe(CLIENTS.length - 1);
    expect(figure('mails recorded on their cases')).toBe(await made('email'));
    expect(figure('mails in the mailbox')).toBe(mailsOf('civicrm').length);
    expect(mailsOf('civicrm').length).toBe(await made('email'));
    expect(figure('mails withheld \\(no consent, on hold, no address\\)')).toBe(3);
    expect(figure('duplicates')).toBe(0);
    expect(figure('lost')).toBe(0);
  });

  test('mails go out in English and French, and none to those who must get none', () => {
    const mails = mailsOf('civicrm');
    expect(mails.some((mail) => /^content-language: fr/im.test(mail))).toBe(true);
    expect(mails.some((mail) => /^content-language: en/im.test(mail))).toBe(true);
    for (const barred of ['petra', 'samir', 'dora'])
      expect(mails.filter((mail) => mail.includes(`<${barred}@example.org>`))).toEqual([]);
  });

  test('neither the log nor Redis holds a key, a name or an address of a person', () => {
    const texts = talkativeFilesOf('civicrm');
    expect(texts.length).toBeGreaterThan(1);
    const people = [...WORKERS, ...CLIENTS].flatMap(({ key, lastName }) => [`${key}@`, lastName]);
    for (const canary of [...people, sites.a.keys.admin, sites.b.keys.admin])
      expect(texts.filter((text) => text.includes(Buffer.from(canary, 'utf8').toString('latin1')))).toEqual(
        [],
      );
  });

  test('the comparison of the databases sees a lost, a doubled and a changed record', async () => {
    const { a, b } = sites;
    expect((await checkCopies(a, b)).findings).toEqual([]);
    const { table, column } = await keysOf(b);
    const [lost, doubled, changed] = (
      await b.rows(`SELECT entity_id, ${column} AS origin FROM ${table}`)
    ).map((row) => ({ id: Number(row['entity_id']), origin: String(row['origin']) }));
    const [other] = await b.rows(
      'SELECT case_id FROM civicrm_case_activity WHERE case_id NOT IN (SELECT case_id FROM civicrm_case_activity WHERE activity_id = ?)',
      [doubled!.id],
    );
    await b.rows('DELETE FROM civicrm_activity WHERE id = ?', [lost!.id]);
    await b.rows('INSERT INTO civicrm_case_activity (case_id, activity_id) VALUES (?, ?)', [
      Number(other?.['case_id']),
      doubled!.id,
    ]);
    await b.rows("UPDATE civicrm_activity SET location = 'elsewhere' WHERE id = ?", [changed!.id]);
    const { findings } = await checkCopies(a, b);
    expect(findings).toContain(`activities: "${lost!.origin}" is on riverside but not on hilltop`);
    expect(findings).toContain(`activities: "${doubled!.origin}" is 2 times on hilltop`);
    expect(findings).toContain(
      `activities: location of "${changed!.origin}" is null on riverside and "elsewhere" on hilltop`,
    );
    const touched = [lost, doubled, changed].map((row) => `"${row!.origin}"`);
    expect(findings.filter((finding) => !touched.some((key) => finding.includes(key)))).toEqual([]);
  });
});
