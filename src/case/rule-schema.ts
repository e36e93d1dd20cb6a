import { z } from 'zod';
import type { Action, Condition, LatePolicy, Offset, PersonChoice, Rule } from './rule.ts';

const UNITS = ['minutes', 'hours', 'days', 'weeks', 'months'] as const;
const DAYS_PER_UNIT = { minutes: 1 / 1440, hours: 1 / 24, days: 1, weeks: 7, months: 30 } as const;
const TEN_YEARS_IN_DAYS = 3660;
const ON_ITS_DATE: Offset = { amount: 0, unit: 'days' };
const LATE_BY_DEFAULT: LatePolicy = { send: true, untilDays: 3 };

const name = (what: string) => z.string().trim().min(1).describe(what);

const offsetSchema = z
  .string()
  .trim()
  .regex(
    /^[+-]?\d+ *(minute|hour|day|week|month)s?$/,
    'Expected a number and a unit (minutes, hours, days, weeks or months), such as "+7 days" or "-90 minutes".',
  )
  .transform(readOffset)
  .refine(
    ({ amount, unit }) => Math.abs(amount) * DAYS_PER_UNIT[unit] <= TEN_YEARS_IN_DAYS,
    'Expected an offset of at most ten years.',
  );

const personSchema = z
  .union(
    [
      z
        .enum(['assignee', 'client', 'source'])
        .describe(
          'The assignees of the activity that triggered the rule, the clients of its case, or who added it.',
        ),
      z
        .strictObject({
          role: name('Name of the role as the case type gives it, i.e. what its holder is to the client.'),
        })
        .describe('Everyone who holds this role on the case.'),
    ],
    { error: 'Expected assignee, client, source or { role: NAME }.' },
  )
  .transform((choice): PersonChoice =>
    typeof choice === 'string' ? { kind: choice } : { kind: 'role', role: choice.role },
  );

const triggerSchema = z.strictObject({
  activity: name('Name of the activity type that triggers the rule; "*" for any type.'),
  status: z
    .enum(['incomplete', 'completed', 'any'])
    .default('any')
    .describe('Only activities whose status is of this class.'),
  offset: offsetSchema
    .default(ON_ITS_DATE)
    .describe(
      'How long after ("+7 days") or before ("-2 days") the date of the activity. Minutes and hours run through; days, weeks and months keep the time of day.',
    ),
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Expected a time of day such as "09:00".')
    .nullable()
    .default(null)
    .describe("Time of day on the site's wall clock; absent: the activity's own."),
});

const conditionSchema = z
  .strictObject({
    noneCompleted: name('Holds as long as no activity of this type on the case is completed.').optional(),
    noneExists: name('Holds as long as the case has no activity of this type.').optional(),
    caseStatus: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .describe('Holds while the case has this status, or one of these, by name.')
      .optional(),
  })
  .transform(
    (raw, context): Condition =>
      readCondition(raw) ?? refuse(context, 'noneCompleted, noneExists and caseStatus'),
  );

const createActivitySchema = z.strictObject({
  type: name('Name of the activity type to create.'),
  status: name('Name of its status.').default('Scheduled'),
  subject: z
    .string()
    .max(255)
    // CiviCRM files an activity by such a token, on whatever case it names.
    .refine((text) => !/\[case #/i.test(text), 'A subject must not hold a "[case #…]" token.')
    .nullable()
    .default(null)
    .describe('Subject of the new activity.'),
  details: z.string().nullable().default(null).describe('Details of the new activity, as HTML.'),
  assignee: personSchema.nullable().default(null).describe('Whom it is assigned to; absent: nobody.'),
  dueIn: offsetSchema
    .default(ON_ITS_DATE)
    .describe('Date of the new activity relative to the moment at which the rule comes due.'),
});

const sendMailSchema = z.strictObject({
  to: personSchema.describe('Who gets the mail; several people get one each.'),
  template: name('Name of the mail template.'),
  language: z
    .enum(['en', 'fr'])
    .nullable()
    .default(null)
    .describe("Language of the mail; absent: the recipient's preferred one."),
});

const actionSchema = z
  .strictObject({
    createActivity: createActivitySchema.optional().describe('Creates an activity on the case.'),
    sendMail: sendMailSchema.optional().describe('Sends a mail and records it on the case.'),
  })
  .transform((raw, context): Action => readAction(raw) ?? refuse(context, 'createActivity and sendMail'));

const lateSchema = z.strictObject({
  send: z.boolean().default(true).describe('Whether it still happens when its moment was missed.'),
  untilDays: z
    .number()
    .min(0)
    .max(365)
    .default(LATE_BY_DEFAULT.untilDays)
    .describe('How many days after its moment at most.'),
});

/** One entry of `rules:` in civicase.yaml, compiled to a `Rule`. `rule.ts` shows the format by example. */
export const ruleSchema = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9-]*$/,
        'Expected small letters, digits and hyphens, such as "call-after-a-week".',
      )
      .max(60)
      .describe(
        'Unique name. Renaming a rule starts it afresh: what it did under the old name is not remembered.',
      ),
    sites: z
      .array(z.string().min(1))
      .min(1)
      .nullable()
      .default(null)
      .describe('Sites whose cases it watches; absent: each case on the site where it was opened.'),
    caseTypes: z
      .array(z.string().min(1))
      .min(1)
      .nullable()
      .default(null)
      .describe('Names of the case types that it watches; absent: every one.'),
    when: triggerSchema.describe('Which activity triggers the rule, and how long before or after its date.'),
    if: z.array(conditionSchema).default([]).describe('Conditions; all must hold, also at the last moment.'),
    then: actionSchema.describe('What happens: exactly one of createActivity and sendMail.'),
    late: lateSchema
      .default(LATE_BY_DEFAULT)
      .describe('What happens to an occurrence that is found due only after its moment.'),
  })
  .transform((raw): Rule => {
    const { activity: activityType, status, offset, at } = raw.when;
    return {
      name: raw.name,
      sites: raw.sites,
      caseTypes: raw.caseTypes,
      when: { activityType, status, offset, at },
      conditions: raw.if,
      action: raw.then,
      late: raw.late,
    };
  });

function readAction({
  createActivity,
  sendMail,
}: {
  readonly createActivity?: z.output<typeof createActivitySchema> | undefined;
  readonly sendMail?: z.output<typeof sendMailSchema> | undefined;
}): Action | null {
  if (sendMail !== undefined) return createActivity === undefined ? { kind: 'send-mail', ...sendMail } : null;
  if (createActivity === undefined) return null;
  const { type: activityType, ...rest } = createActivity;
  return { kind: 'create-activity', activityType, ...rest };
}

function readCondition(raw: {
  readonly noneCompleted?: string | undefined;
  readonly noneExists?: string | undefined;
  readonly caseStatus?: string | readonly string[] | undefined;
}): Condition | null {
  const { noneCompleted, noneExists, caseStatus } = raw;
  const conditions: Condition[] = [];
  if (noneCompleted !== undefined) conditions.push({ kind: 'none-completed', activityType: noneCompleted });
  if (noneExists !== undefined) conditions.push({ kind: 'none-exists', activityType: noneExists });
  if (caseStatus !== undefined) conditions.push({ kind: 'case-status', names: [caseStatus].flat() });
  return conditions.length === 1 ? (conditions[0] ?? null) : null;
}

function refuse(context: z.RefinementCtx, keys: string): never {
  context.addIssue({ code: 'custom', message: `Expected exactly one of the keys ${keys}.` });
  return z.NEVER;
}

/** Only called with text that matched the pattern. */
function readOffset(text: string): Offset {
  const amount = Number.parseInt(text, 10);
  return { amount, unit: UNITS.find((unit) => text.includes(unit.slice(0, -1))) ?? 'days' };
}
