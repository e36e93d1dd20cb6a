import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import type { CaseFile } from '../../../src/case/case-file.ts';
import type { OccurrenceKey } from '../../../src/case/occurrence.ts';
import { explainOccurrence, planOccurrences } from '../../../src/case/plan-occurrences.ts';
import type { PersonChoice, Rule } from '../../../src/case/rule.ts';
import { madeActivity, madeCase, madeContact, madeRule } from '../../support/made-case.ts';

const zone = createZoneClock('Europe/Paris');
const DAY = 24 * 3_600_000;
const at = (local: string) => zone.toInstant(local);
const NOW = at('2026-03-02 12:00:00');

interface Situation {
  readonly rules?: readonly Rule[];
  readonly caseFile?: CaseFile;
  readonly now?: number;
  readonly site?: string;
  readonly horizon?: number;
}

const plan = ({
  rules = [madeRule()],
  caseFile = madeCase(),
  now = NOW,
  site = 'riverside',
  horizon = 30 * DAY,
}: Situation) => planOccurrences({ rules, caseFile, site, zone, now, horizon });

const explain = (key: OccurrenceKey, caseFile: CaseFile | null, rules: readonly Rule[] = [madeRule()]) => {
  const verdict = explainOccurrence(key, caseFile, { rules, site: 'riverside', zone, now: NOW });
  return verdict.kind === 'gone' ? verdict.reason : 'holds';
};

const mail = (to: PersonChoice): Rule =>
  madeRule({
    name: 'remind',
    action: { kind: 'send-mail', to, template: 'activity-reminder', language: null },
  });

describe('planning the occurrences of a case', () => {
  it('gives a follow-up a week after the activity, at nine on the wall clock', () => {
    expect(plan({})).toEqual([
      {
        site: 'riverside',
        rule: 'call-after-a-week',
        caseId: 7,
        activityId: 70,
        recipientId: 0,
        dueAt: at('2026-03-09 09:00:00'),
        channel: 'activity',
      },
    ]);
  });

  it('keeps nine o’clock over the change to summer time', () => {
    const caseFile = madeCase({ activities: [madeActivity(70, { dateTime: '2026-03-25 16:00:00' })] });
    const [key] = plan({ caseFile, now: at('2026-03-25 12:00:00') });
    expect(zone.toLocal(key!.dueAt)).toBe('2026-04-01 09:00:00');
  });

  it.each<[PersonChoice, readonly number[]]>([
    [{ kind: 'assignee' }, [3, 5]],
    [{ kind: 'client' }, [1, 8]],
    [{ kind: 'source' }, [2]],
    [{ kind: 'role', role: 'Case Coordinator' }, [4]],
    [{ kind: 'role', role: 'Case Coordinator is' }, [1]],
    [{ kind: 'role', role: 'Nobody' }, []],
  ])('gives one mail per recipient meant by %o', (to, recipients) => {
    const activities = [madeActivity(70, { assigneeContactIds: [3, 5, 3] })];
    const keys = plan({ rules: [mail(to)], caseFile: madeCase({ activities, clientIds: [1, 8] }) });
    expect(keys.map(({ recipientId }) => recipientId)).toEqual(recipients);
    expect(keys.every(({ channel }) => channel === 'email')).toBe(true);
  });

  it('leaves out trashed contacts', () => {
    const contacts = new Map([[3, madeContact(3, { isDeleted: true })]]);
    expect(plan({ rules: [mail({ kind: 'assignee' })], caseFile: madeCase({ contacts }) })).toEqual([]);
  });

  it.each<[string, Partial<CaseFile>]>([
    ['closed', { statusGrouping: 'Closed' }],
    ['trashed', { isDeleted: true }],
    ['of another type', { caseType: 'adult_day_care_referral' }],
    ['without live activities', { activities: [madeActivity(70, { isDeleted: true })] }],
    ['without an activity of the type', { activities: [madeActivity(70, { type: 'Meeting' })] }],
  ])('gives nothing for a case that is %s', (_, change) => {
    const rules = [madeRule({ caseTypes: ['housing_support'] })];
    expect(plan({ rules, caseFile: madeCase(change) })).toEqual([]);
  });

  it.each([
    ['incomplete', [70]],
    ['completed', [71]],
    ['any', [70, 71, 72]],
  ] as const)('looks at %s activities', (status, expected) => {
    const activities = [
      madeActivity(70),
      madeActivity(71, { statusClass: 'completed' }),
      madeActivity(72, { statusClass: 'cancelled' }),
    ];
    const rules = [madeRule({ when: { ...madeRule().when, activityType: '*', status } })];
    expect(plan({ rules, caseFile: madeCase({ activities }) }).map(({ activityId }) => activityId)).toEqual(
      expected,
    );
  });

  it('watches the named sites; without names, every site but mirrored copies', () => {
    const elsewhere = [madeRule({ sites: ['hilltop'] })];
    const copy = madeCase({ originKey: 'hilltop/Case/3' });
    expect(plan({ rules: elsewhere })).toHaveLength(0);
    expect(plan({ rules: elsewhere, site: 'hilltop', caseFile: copy })).toHaveLength(1);
    expect(plan({ caseFile: copy })).toHaveLength(0);
  });

  it('asks the conditions', () => {
    const done = madeActivity(71, { type: 'Interview', statusClass: 'completed' });
    const open = madeActivity(71, { type: 'Interview' });
    const trashed = madeActivity(71, { type: 'Interview', statusClass: 'completed', isDeleted: true });
    const count = (condition: Rule['conditions'][number], activity: ReturnType<typeof madeActivity>) =>
      plan({
        rules: [madeRule({ conditions: [condition] })],
        caseFile: madeCase({ activities: [madeActivity(70), activity] }),
      }).length;
    const noneCompleted = { kind: 'none-completed', activityType: 'Interview' } as const;
    const noneExists = { kind: 'none-exists', activityType: 'Interview' } as const;
    expect([done, open, trashed].map((activity) => count(noneCompleted, activity))).toEqual([0, 1, 1]);
    expect([done, open, trashed].map((activity) => count(noneExists, activity))).toEqual([0, 0, 1]);
    expect(count({ kind: 'case-status', names: ['Urgent', 'Open'] }, open)).toBe(1);
    expect(count({ kind: 'case-status', names: ['Urgent'] }, open)).toBe(0);
  });

  it('plans up to the horizon, and back as far as the rule wants it late', () => {
    const due = at('2026-03-09 09:00:00');
    expect(plan({ now: due - 5 * DAY, horizon: 5 * DAY })).toHaveLength(1);
    expect(plan({ now: due - 5 * DAY - 1, horizon: 5 * DAY })).toHaveLength(0);
    expect(plan({ now: due + 3 * DAY })).toHaveLength(1);
    expect(plan({ now: due + 3 * DAY + 1 })).toHaveLength(0);
    const punctual = [madeRule({ late: { send: false, untilDays: 3 } })];
    expect(plan({ rules: punctual, now: due + 15 * 60_000 })).toHaveLength(1);
    expect(plan({ rules: punctual, now: due + 15 * 60_000 + 1 })).toHaveLength(0);
  });

  it('never feeds a follow-up rule with what a rule wrote, nor any rule with the record of a mail', () => {
    const everything = { ...madeRule().when, activityType: '*' };
    const rules = [madeRule({ when: everything }), { ...mail({ kind: 'client' }), when: everything }];
    const activities = [
      madeActivity(70, { originKey: 'occurrence/activity-0123' }),
      madeActivity(71, { originKey: 'occurrence/email-0123' }),
      madeActivity(72, { originKey: 'hilltop/Activity/12' }),
    ];
    const keys = plan({ rules, caseFile: madeCase({ activities }) });
    expect(keys.map(({ channel, activityId }) => [channel, activityId])).toEqual([
      ['activity', 72],
      ['email', 70],
      ['email', 72],
    ]);
  });
});

describe('explaining an occurrence', () => {
  const [key] = plan({});

  it.each<[string, CaseFile | null]>([
    ['holds', madeCase()],
    ['the case is gone', null],
    ['the case is trashed', madeCase({ isDeleted: true })],
    ['the case is closed', madeCase({ statusGrouping: 'Closed' })],
    ['the activity is gone', madeCase({ activities: [] })],
    ['the activity is trashed', madeCase({ activities: [madeActivity(70, { isDeleted: true })] })],
    ['the activity is of another type', madeCase({ activities: [madeActivity(70, { type: 'Meeting' })] })],
    [
      'the due moment moved',
      madeCase({ activities: [madeActivity(70, { dateTime: '2026-03-03 10:00:00' })] }),
    ],
  ])('says: %s', (words, caseFile) => {
    expect(explain(key!, caseFile)).toBe(words);
  });

  it('says that the activity changed its status, once it is completed', () => {
    const rules = [madeRule({ when: { ...madeRule().when, status: 'incomplete' } })];
    const caseFile = madeCase({ activities: [madeActivity(70, { statusClass: 'completed' })] });
    expect(explain(key!, caseFile, rules)).toBe('the activity changed its status');
  });

  it('says that a condition is not met', () => {
    const rules = [madeRule({ conditions: [{ kind: 'none-exists', activityType: 'Phone Call' }] })];
    expect(explain(key!, madeCase(), rules)).toBe('a condition is not met');
  });

  it('says that the rule is gone, or became one of the other channel', () => {
    expect(explain(key!, madeCase(), [])).toBe('the rule is gone');
    const changed = [{ ...mail({ kind: 'client' }), name: key!.rule }];
    expect(explain(key!, madeCase(), changed)).toBe('the rule is gone');
  });

  it('says that the rule does not apply', () => {
    const words = 'the rule does not apply to this case';
    expect(explain(key!, madeCase(), [madeRule({ caseTypes: ['other'] })])).toBe(words);
    expect(explain(key!, madeCase(), [madeRule({ sites: ['hilltop'] })])).toBe(words);
  });

  it('says that the recipient changed', () => {
    const rules = [mail({ kind: 'assignee' })];
    const [reminder] = plan({ rules });
    const caseFile = madeCase({ activities: [madeActivity(70, { assigneeContactIds: [5] })] });
    expect(explain(reminder!, madeCase(), rules)).toBe('holds');
    expect(explain(reminder!, caseFile, rules)).toBe('the recipient changed');
  });

  it('lets everything hold that was just planned, whatever the case', () => {
    const activity = fc.record({
      type: fc.constantFrom('Phone Call', 'Meeting'),
      statusClass: fc.constantFrom('incomplete', 'completed', 'cancelled'),
      isDeleted: fc.boolean(),
      day: fc.integer({ min: 1, max: 31 }),
      originKey: fc.constantFrom(null, 'occurrence/activity-1', 'occurrence/email-1', 'hilltop/Activity/1'),
      assigneeContactIds: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
    });
    const rules = [
      madeRule(),
      mail({ kind: 'assignee' }),
      madeRule({ name: 'other', conditions: [{ kind: 'none-completed', activityType: 'Meeting' }] }),
    ];
    let planned = 0;
    fc.assert(
      fc.property(fc.array(activity, { maxLength: 6 }), fc.boolean(), (made, closed) => {
        const caseFile = madeCase({
          statusGrouping: closed ? 'Closed' : 'Opened',
          activities: made.map(({ day, ...change }, index) =>
            madeActivity(index + 1, {
              ...change,
              dateTime: `2026-03-${String(day).padStart(2, '0')} 02:30:00`,
            }),
          ),
        });
        const keys = plan({ rules, caseFile });
        planned += keys.length;
        expect(keys.map((one) => explain(one, caseFile, rules))).toEqual(keys.map(() => 'holds'));
        expect(new Set(keys.map((one) => JSON.stringify(one))).size).toBe(keys.length);
      }),
    );
    expect(planned).toBeGreaterThan(0);
  });
});
