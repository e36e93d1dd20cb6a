import { describe, expect, it } from 'vitest';
import type { Evidence, SiteFacts } from '../../../src/doctor/index.ts';
import { CHECKS, judgeEvidence, renderCheckList } from '../../../src/doctor/index.ts';
import type { Answer } from '../../../src/doctor/ports.ts';
import { expectGolden } from '../../support/golden.ts';
import { EXAMINED_ENTITIES } from '../../../src/doctor/permissions.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const answer = (body: unknown, more: Partial<Answer> = {}): Answer => ({
  kind: 'answer',
  status: 200,
  contentType: 'application/json',
  text: JSON.stringify(body),
  location: null,
  challenge: null,
  sentAt: NOON,
  millis: 80,
  ...more,
});
const facts: SiteFacts = {
  url: 'https://riverside.example',
  urlComplaint: null,
  isKeySendable: true,
  hasSiteKey: false,
  pathStyle: null,
  timeZone: 'Europe/Paris',
  isTimeZoneSet: true,
  jobs: ['migrate'],
  sourcesWithSeveralClients: [],
  makesContacts: false,
};
const rows = (...found: readonly Record<string, string | number | boolean>[]) =>
  ({ kind: 'rows', rows: found }) as const;
const actions = rows(...['get', 'create', 'update', 'delete'].map((name) => ({ name })));
const door = { url: facts.url, style: 'clean' } as const;

/** Of a site that is well: 6.20, in Paris, at noon UTC. */
const well: Evidence = {
  facts,
  now: NOON,
  attempts: [{ door, reply: answer({ error_code: 1, error_message: 'Sorry', status: 403 }) }],
  door,
  elsewhere: null,
  identity: answer({ contact_id: 2, user_id: 1 }),
  wrongCall: answer(
    { error_code: 0, error_message: "Invalid field 'no_such_field'", status: 500 },
    { status: 500 },
  ),
  batch: answer({}),
  calls: {
    domain: rows({ version: '6.20.0' }),
    now: rows({ now: '2026-03-02 13:00:00' }),
    civicase: rows({ name: 'Case' }),
    others: { kind: 'rows', rows: [{ id: 1, edit: { access: true } }] },
    panels: rows({ name: 'allCases' }, { name: 'myCases' }),
    definitions: rows(
      { name: 'a', text: 'a|<CaseType><name>a</name></CaseType>' },
      { name: 'b', text: 'b|b' },
    ),
    clients: rows({ value: 'default' }),
    maintenance: rows({ value: '0' }),
    ...Object.fromEntries(EXAMINED_ENTITIES.map((entity) => [`actions.${entity}`, actions])),
  },
  lengths: [{ bytes: 1_000_000, arrived: true, reply: answer({}) }],
};
const foundIn = (evidence: Evidence) =>
  judgeEvidence('riverside', evidence).checks.flatMap((check) =>
    'findings' in check ? check.findings.map(({ found }) => `${check.code}: ${found}`) : [],
  );
const withCalls = (calls: Evidence['calls']): Evidence => ({ ...well, calls: { ...well.calls, ...calls } });

describe('the checks', () => {
  it('have codes of their own, and need only what stands before them', () => {
    const codes = CHECKS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const [index, { code, needs }] of CHECKS.entries())
      expect([code, needs.filter((need) => !codes.slice(0, index).includes(need))]).toEqual([code, []]);
  });

  it('find nothing on a site that is well', () => {
    const { usable, checks, findings } = judgeEvidence('riverside', well);
    expect(findings).toEqual([]);
    expect(usable).toBe(true);
    expect(checks.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it.each([
    ['well', well],
    [
      'limping',
      withCalls({
        domain: rows({ version: '5.2.0' }),
        now: rows({ now: '2026-03-02 12:00:00' }),
        definitions: rows({ name: 'torn', text: 'torn|<CaseType><name>' }),
        clients: { kind: 'refused', status: 403, message: 'Authorization failed' },
        'actions.CaseType': rows({ name: 'get' }),
      }),
    ],
    ['locked out', { ...well, identity: answer({ contact_id: 7, user_id: null }) }],
  ])('are a list for people: %s', (name, evidence) => {
    expectGolden(
      new URL(`../../golden/doctor/${name.replace(' ', '-')}.txt`, import.meta.url),
      `${renderCheckList(judgeEvidence('riverside', evidence))}\n`,
    );
  });

  it('say nothing of what nobody asked', () => {
    const silent: Evidence = {
      ...well,
      attempts: [{ door, reply: { kind: 'silence', code: 'ENOTFOUND' } }],
      door: null,
      identity: null,
      wrongCall: null,
      batch: null,
      calls: {},
      lengths: [],
    };
    const { checks, usable } = judgeEvidence('riverside', silent);
    expect(usable).toBe(false);
    expect(checks.filter(({ state }) => state === 'failure').map(({ code }) => code)).toEqual(['connection']);
    expect(checks.filter(({ state }) => state === 'waiting')).toHaveLength(CHECKS.length - 2);
  });

  it('every cure is one sentence, every finding too', () => {
    const limping = withCalls({
      domain: rows({ version: '5.2.0' }),
      civicase: rows(),
      now: rows({ now: '2026-03-12 13:00:00' }),
    });
    for (const check of judgeEvidence('riverside', limping).checks)
      for (const { found, cure } of 'findings' in check ? check.findings : []) {
        expect(found).toMatch(/^[A-Z].*\.$/);
        expect(cure).toMatch(/^[A-Z][^\n]*\.$/);
        expect(cure.replace(/\([^)]*\)/g, '')).not.toMatch(/\. [A-Z]/);
      }
  });

  it.each([
    ['2026-03-02 13:00:00', []],
    // Clocks to the second, and a batch that took a while.
    ['2026-03-02 12:59:20', []],
    [
      '2026-03-02 13:03:00',
      [
        "clock: The clock of the site's database is 180 s ahead of its web server's, so the dates it writes are wrong.",
      ],
    ],
    [
      '2026-03-02 12:00:00',
      ["time-zone: The site's rows are at UTC+00:00, but Europe/Paris is at UTC+01:00 now."],
    ],
    [
      '2026-03-02 06:30:00',
      ["time-zone: The site's rows are at UTC-05:30, but Europe/Paris is at UTC+01:00 now."],
    ],
  ])('tell a wrong zone from a wrong clock: %s at noon UTC in Paris', (now, expected) => {
    expect(foundIn(withCalls({ now: rows({ now }) }))).toEqual(expected);
  });

  it('know that summer is another hour', () => {
    const july = Date.UTC(2026, 6, 1, 12);
    const summer = {
      ...withCalls({ now: rows({ now: '2026-07-01 14:00:00' }) }),
      now: july,
      batch: answer({}, { sentAt: july }),
    };
    expect(foundIn(summer)).toEqual([]);
  });

  it('measure the clock of the rows by ours where the web server sends no time', () => {
    const evidence = {
      ...withCalls({ now: rows({ now: '2026-03-02 13:10:00' }) }),
      batch: answer({}, { sentAt: null }),
    };
    expect(foundIn(evidence)).toEqual([expect.stringContaining('is 10 min ahead of ours') as string]);
  });

  it.each([
    [[40, 90, 1500], []],
    [[1100, 1200, 90], ['speed: The site is slow: a small call takes 1100 ms.']],
  ])('take the middle of the round trips: %j', (millis, expected) => {
    const [knock = 0, identity = 0, wrong = 0] = millis;
    const evidence: Evidence = {
      ...well,
      attempts: [{ door, reply: answer({ values: [] }, { millis: knock }) }],
      identity: answer({ contact_id: 2, user_id: 1 }, { millis: identity }),
      wrongCall: answer({ error_code: 0, error_message: 'x' }, { millis: wrong }),
    };
    expect(foundIn(evidence)).toEqual(expected);
  });

  it.each([
    ['6.20.0', '6.20.0'],
    ['6.21.1', '6.21.1, newer than 6.20, the newest that civicase was tried with'],
    [
      '5.77.0',
      '5.77.0; definitions in files come through APIv3; start dates have no time of day; subjects of steps (default_subject) do nothing',
    ],
    ['six', 'six'],
  ])('say what version %s means', (version, found) => {
    const { checks } = judgeEvidence('riverside', withCalls({ domain: rows({ version }) }));
    expect(checks.find(({ code }) => code === 'version')).toMatchObject({ state: 'fine', found });
  });

  it('do not guess at permissions that the site does not show', () => {
    const untold = withCalls({
      panels: { kind: 'refused', status: 403, message: 'no' },
      'actions.Group': { kind: 'refused', status: 403, message: 'no' },
    });
    expect(foundIn(untold)).toEqual([]);
    expect(renderCheckList(judgeEvidence('riverside', untold))).toContain(
      'all for migrate; not shown: "access all cases and activities", "edit groups"',
    );
  });

  it('ask for "add contacts" only where a mirror makes them', () => {
    const limited = (makesContacts: boolean) => ({
      ...withCalls({ 'actions.Contact': rows({ name: 'get' }) }),
      facts: { ...facts, jobs: ['mirror-to'] as const, makesContacts },
    });
    expect(foundIn(limited(false))).toEqual([]);
    expect(foundIn(limited(true))).toEqual([expect.stringContaining('"add contacts"') as string]);
  });
});

describe('the check-list', () => {
  it('shows marks, cures below their findings, and what was left out', () => {
    const text = renderCheckList(
      judgeEvidence('riverside', { ...well, identity: answer({ contact_id: 5, user_id: null }) }),
    );
    const lines = text.split('\n');
    expect(lines[0]).toBe('riverside (https://riverside.example) cannot be used');
    expect(lines[1]).toBe('  ✓ Address           https://riverside.example');
    expect(text).toContain('  ✗ User account      The key belongs to contact 5, who has no user account');
    expect(text).toContain('\n                      → Link that contact to a user of the CMS');
    expect(lines.at(-1)).toMatch(/^ {2}· not examined before that is cured: CiviCRM, Errors,/);
  });
});
