import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { toCaseTypeModel } from '../../../src/case-type/model.ts';
import { caseFields } from '../../../src/mirror/fields.ts';
import { readCaseFiles } from '../../../src/civicrm/case-files.ts';
import { createFollowUpSite } from '../../../src/civicrm/follow-up-site.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import { createReminderSite } from '../../../src/civicrm/reminder-site.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import { EDITIONS, editionFacts, type EditionName } from '../../../src/edition/index.ts';
import { applyMigration, planMigration, snapshotSite } from '../../../src/migrate/index.ts';
import { createMemoryRunJournal } from '../../../src/migrate/memory-run-journal.ts';
import { memoryMirrorStore, runMirrorPass } from '../../../src/mirror/index.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { machineClock } from '../../support/standing-clock.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A site of an edition, and a client that is not told which. */
async function openSite(name: string, edition: EditionName, idOffset: number) {
  const apiKey = `${name}-key`;
  const sandbox = createSandbox({ name, edition, apiKey, clock: machineClock, random: () => 0.5, idOffset });
  closers.push(() => sandbox.close());
  const { url } = await sandbox.listen(0);
  const client = createSiteClient(
    { name, url, apiKey },
    { clock: machineClock, random: () => 0.5, logger: silentLogger },
  );
  const create = (entity: string, values: JsonObject): number =>
    Number(sandbox.handle(entity, 'create', { values }).values[0]?.['id']);
  const update = (entity: string, id: number, values: JsonObject) =>
    sandbox.handle(entity, 'update', { where: [['id', '=', id]], values });
  return { sandbox, client, create, update };
}

/** Its sequence begins with a step that its timeline makes too: opening makes that step twice. */
const outreach = {
  activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Intake' }, { name: 'Review' }],
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard',
      timeline: 1,
      activityTypes: [
        { name: 'Open Case', status: 'Completed' },
        {
          name: 'Intake',
          reference_activity: 'Open Case',
          reference_offset: '2',
          default_subject: 'First talk',
        },
      ],
    },
    {
      name: 'sequence_1',
      label: 'Steps',
      sequence: 1,
      activityTypes: [{ name: 'Intake' }, { name: 'Review' }],
    },
  ],
  caseRoles: [{ name: 'Case Coordinator', creator: '1', manager: '1' }],
} as const;

const pairings = EDITIONS.flatMap((from) => EDITIONS.map((to) => [from, to] as const));

describe.each(pairings)('from %s to %s', (from, to) => {
  async function openPair() {
    const source = await openSite('alpha', from, 0);
    const target = await openSite('beta', to, 500);
    source.sandbox.handle('CaseType', 'create', {
      values: { name: 'outreach', title: 'Outreach', definition: outreach as unknown as JsonObject },
    });
    const here = createMigrationSite(source.client);
    const there = createMigrationSite(target.client);
    const plan = async (caseType: string) =>
      planMigration({
        source: await snapshotSite(here, { caseTypes: [caseType] }),
        target: await snapshotSite(there, { caseTypes: [caseType] }),
        caseTypes: [caseType],
      });
    return { source, target, here, there, plan };
  }

  it('a case type is moved once, and one that a file defines on both sites is the same', async () => {
    const { there, here, plan } = await openPair();
    expect((await plan('housing_support')).changes).toEqual([]);
    const first = await plan('outreach');
    expect(first.problems).toEqual([]);
    const isSaid = first.notes.some(({ kind }) => kind === 'without-effect');
    expect(isSaid).toBe(!editionFacts(to).stepSubjects);
    await applyMigration(first, there, createMemoryRunJournal());
    expect((await plan('outreach')).changes).toEqual([]);
    const modelOn = async (site: typeof here, name: string) => {
      const row = (await site.caseTypes()).find((one) => one.name === name);
      return toCaseTypeModel(row?.definition ?? {});
    };
    for (const name of ['outreach', 'housing_support'])
      expect(await modelOn(there, name)).toEqual(await modelOn(here, name));
  });

  async function openMirror() {
    const { source, target, there, plan } = await openPair();
    await applyMigration(await plan('outreach'), there, createMemoryRunJournal());
    const store = memoryMirrorStore();
    const caseTypes = ['housing_support', 'outreach'];
    const pass = () =>
      runMirrorPass({
        pair: { name: 'ab', from: 'alpha', to: 'beta', caseTypes, contacts: 'create' },
        source: createMirrorSource(source.client),
        target: createMirrorTarget(target.client),
        store,
        clock: machineClock,
        logger: silentLogger,
      });
    const person = (firstName: string) =>
      source.create('Contact', { contact_type: 'Individual', first_name: firstName, last_name: 'Q' });
    const [client, worker] = [person('Ada'), person('Grace')];
    const cases = caseTypes.map((name) =>
      source.create('Case', {
        'case_type_id:name': name,
        contact_id: [client],
        creator_id: worker,
        subject: name,
        start_date: '2026-03-02',
      }),
    );
    const copies = async () => {
      const rows = target.sandbox.handle('Case', 'get', {
        select: ['id'],
        where: [['is_deleted', 'IN', [false, true]]],
        orderBy: { id: 'ASC' },
      }).values;
      return readCaseFiles(
        target.client,
        rows.map((row) => Number(row['id'])),
      );
    };
    const originals = () => readCaseFiles(source.client, cases);
    /** Passes until nothing is written any more; the last must be quiet, and none may find a conflict. */
    const settle = async () => {
      const passes = [await pass(), await pass(), await pass()] as const;
      expect(passes.map(({ counts }) => counts.conflicts)).toEqual([0, 0, 0]);
      return passes[2];
    };
    return { source, target, pass, settle, cases, copies, originals, worker };
  }

  it('a mirror copies cases with their timelines, once, and then rests', async () => {
    const { pass, copies, originals } = await openMirror();
    expect((await pass()).counts).toMatchObject({ casesCreated: 2, rejected: 0, conflicts: 0 });
    const quiet = await pass();
    expect(quiet.counts).toMatchObject({ casesUpdated: 0, activitiesUpdated: 0, activitiesCreated: 0 });
    expect(quiet.requests.target).toBe(0);
    const [here, there] = [await originals(), await copies()];
    for (const [index, original] of here.entries()) {
      const copy = there[index];
      if (copy === undefined) throw new Error('A case was not copied.');
      expect(caseFields(copy, false)).toEqual(caseFields(original, false));
      const typesOf = (file: typeof copy) =>
        file.activities
          .filter(({ isDeleted }) => !isDeleted)
          .map(({ type, dateTime, status }) => `${type} ${dateTime} ${status ?? ''}`)
          .sort();
      expect(typesOf(copy)).toEqual(typesOf(original));
    }
  });

  it('a step that one site made once more than the other is neither doubled nor lost', async () => {
    const { source, pass, cases, copies, originals, worker } = await openMirror();
    // Some sites of 5.77 make the first step of a sequence a second time when a case is opened.
    source.create('Activity', {
      'activity_type_id:name': 'Intake',
      'status_id:name': 'Scheduled',
      case_id: cases[1] ?? 0,
      source_contact_id: worker,
      activity_date_time: '2026-03-02 12:00:00',
    });
    await pass();
    expect((await pass()).requests.target).toBe(0);
    const intakes = (file: Awaited<ReturnType<typeof originals>>[number] | undefined) =>
      file?.activities.filter(({ type, isDeleted }) => type === 'Intake' && !isDeleted).length;
    expect(intakes((await originals())[1])).toBe(3);
    expect(intakes((await copies())[1])).toBe(3);
  });

  it('a case that moves, closes or goes to the trash does so on the other site, without conflict', async () => {
    const { source, settle, cases, copies } = await openMirror();
    await settle();
    const [housing = 0, outreachCase = 0] = cases;
    source.update('Case', housing, { start_date: '2026-03-09', 'status_id:name': 'Closed' });
    source.update('Case', outreachCase, { is_deleted: true });
    const last = await settle();
    expect(last.requests.target).toBe(0);
    const [first, second] = await copies();
    expect(first).toMatchObject({ startDate: '2026-03-09', status: 'Closed', isDeleted: false });
    expect(second).toMatchObject({ isDeleted: true });
  });

  it('a case that comes back from the trash has on the other site what it has on its own', async () => {
    const { source, settle, cases, copies, originals } = await openMirror();
    await settle();
    const [housing = 0] = cases;
    source.update('Case', housing, { is_deleted: true });
    await settle();
    source.update('Case', housing, { subject: 'Renamed in the trash' });
    await settle();
    source.update('Case', housing, { is_deleted: false });
    const last = await settle();
    expect(last.requests.target).toBe(0);
    const [[original], [copy]] = [await originals(), await copies()];
    const trashOf = (file: typeof copy) => file?.activities.map(({ type, isDeleted }) => [type, isDeleted]);
    expect(copy).toMatchObject({ isDeleted: false, subject: 'Renamed in the trash' });
    expect(trashOf(copy)).toEqual(trashOf(original));
  });
});

describe.each(EDITIONS)('on %s', (edition) => {
  it('a follow-up and the record of a reminder are written once', async () => {
    const { client, create, sandbox } = await openSite('alpha', edition, 0);
    const person = create('Contact', { contact_type: 'Individual', first_name: 'Ada' });
    const caseId = create('Case', {
      'case_type_id:name': 'housing_support',
      contact_id: [person],
      creator_id: person,
    });
    const followUp = {
      originKey: 'rule/x/1',
      caseId,
      activityType: 'Follow up',
      status: 'Scheduled',
      subject: 'Call',
      details: '<p>Now</p>',
      dateTime: '2026-03-09 09:00:00',
      targetContactIds: [person],
      assigneeContactIds: [person],
    };
    const followUps = createFollowUpSite(client);
    const id = await followUps.writeFollowUp(followUp);
    expect(await createFollowUpSite(client).writeFollowUp(followUp)).toBe(id);
    const reminders = createReminderSite(client);
    const record = {
      occurrenceId: 'email-0123456789abcdef',
      caseId,
      recipientId: person,
      subject: 'Reminder sent',
      details: '<p>x</p>',
      sentAt: '2026-03-02 08:30:00',
    };
    expect(await reminders.recordMail(record)).toBe(await reminders.recordMail(record));
    const made = sandbox.handle('Activity', 'get', {
      select: ['activity_type_id:name', 'case_id', 'activity_date_time'],
      where: [
        ['case_id', '=', caseId],
        ['activity_type_id:name', 'IN', ['Follow up', 'Reminder Sent']],
        ['is_auto', '=', false],
      ],
      orderBy: { id: 'ASC' },
    }).values;
    expect(made.map((row) => row['activity_type_id:name'])).toEqual(['Follow up', 'Reminder Sent']);
  });
});
