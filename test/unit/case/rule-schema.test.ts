import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { ruleSchema } from '../../../src/case/rule-schema.ts';

const read = (yaml: string) => ruleSchema.parse(parse(yaml));
const complaints = (yaml: string) => z.prettifyError(ruleSchema.safeParse(parse(yaml)).error!);

const CALL = `
name: call-after-a-week
sites: [riverside]
caseTypes: [housing_support]
when: { activity: Open Case, offset: "+7 days", at: 09:00 }
if: [{ noneCompleted: Phone Call }, { noneExists: Interview }, { caseStatus: Urgent }]
then: { createActivity: { type: Follow up, subject: Call the client, assignee: { role: Case Coordinator } } }
`;
const REMIND = `
name: remind-assignee
when: { activity: "*", status: incomplete, offset: "-2 days" }
then: { sendMail: { to: assignee, template: activity-reminder } }
late: { send: false }
`;

describe('a rule in YAML', () => {
  it('compiles to a rule that creates an activity', () => {
    expect(read(CALL)).toEqual({
      name: 'call-after-a-week',
      sites: ['riverside'],
      caseTypes: ['housing_support'],
      when: { activityType: 'Open Case', status: 'any', offset: { amount: 7, unit: 'days' }, at: '09:00' },
      conditions: [
        { kind: 'none-completed', activityType: 'Phone Call' },
        { kind: 'none-exists', activityType: 'Interview' },
        { kind: 'case-status', names: ['Urgent'] },
      ],
      action: {
        kind: 'create-activity',
        activityType: 'Follow up',
        status: 'Scheduled',
        subject: 'Call the client',
        details: null,
        assignee: { kind: 'role', role: 'Case Coordinator' },
        dueIn: { amount: 0, unit: 'days' },
      },
      late: { send: true, untilDays: 3 },
    });
  });

  it('compiles to a rule that sends a mail', () => {
    expect(read(REMIND)).toEqual({
      name: 'remind-assignee',
      sites: null,
      caseTypes: null,
      when: { activityType: '*', status: 'incomplete', offset: { amount: -2, unit: 'days' }, at: null },
      conditions: [],
      action: { kind: 'send-mail', to: { kind: 'assignee' }, template: 'activity-reminder', language: null },
      late: { send: false, untilDays: 3 },
    });
  });

  it.each([
    ['+7 days', 7, 'days'],
    ['1 day', 1, 'days'],
    ['-90 minutes', -90, 'minutes'],
    ['+36 hours', 36, 'hours'],
    ['2 weeks', 2, 'weeks'],
    ['-1 month', -1, 'months'],
    ['0 days', 0, 'days'],
  ])('reads the offset %j', (offset, amount, unit) => {
    expect(read(REMIND.replace('-2 days', offset)).when.offset).toEqual({ amount, unit });
  });

  it.each(['', 'soon', '7', '+7 years', '1.5 days', '7 days later', '99999 days', '+-2 days'])(
    'refuses the offset %j',
    (offset) => {
      expect(complaints(REMIND.replace('-2 days', offset))).toMatch(/when\.offset/);
    },
  );

  it.each([
    ['a name with blanks', REMIND.replace('remind-assignee', 'Remind the assignee'), /small letters/],
    ['an unknown key', `${REMIND}\nsendAt: noon`, /sendAt/],
    [
      'two actions at once',
      REMIND.replace('then: {', 'then: { createActivity: { type: Email },'),
      /exactly one of the keys createActivity and sendMail.*\n.*then/,
    ],
    [
      'no action',
      REMIND.replace(/then:.*/, 'then: {}'),
      /exactly one of the keys createActivity and sendMail/,
    ],
    [
      'an unknown person',
      REMIND.replace('to: assignee', 'to: neighbour'),
      /Expected assignee, client, source or .*\n.*then\.sendMail\.to/,
    ],
    ['an action without its type', CALL.replace('type: Follow up,', ''), /then\.createActivity\.type/],
    ['two conditions in one', CALL.replace('}, {', ', '), /exactly one of the keys noneCompleted/],
    ['an hour that does not exist', CALL.replace('09:00', '"9 o’clock"'), /time of day/],
    ['an empty list of sites', CALL.replace('[riverside]', '[]'), /sites/],
    ['a negative late limit', REMIND.replace(/^late:.*/m, 'late: { untilDays: -1 }'), /untilDays/],
  ])('refuses %s', (_, yaml, words) => {
    expect(complaints(yaml)).toMatch(words);
  });

  it('refuses a subject that would file the activity on another case', () => {
    expect(ruleSchema.safeParse(parse(CALL.replace('Call the client', '"[case #12] Call"'))).success).toBe(
      false,
    );
  });

  it('documents every key in its JSON Schema', () => {
    const schema = z.toJSONSchema(ruleSchema, { io: 'input' });
    const undocumented = Object.entries(schema.properties ?? {}).filter(
      ([, value]) => typeof value !== 'object' || value.description === undefined,
    );
    expect(undocumented.map(([key]) => key)).toEqual([]);
    expect(schema.required).toEqual(['name', 'when', 'then']);
  });
});
