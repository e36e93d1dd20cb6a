import { z } from 'zod';
import { caseTypeNameFault, type NewCaseType, type NewStep } from '../../case-type/index.ts';

const name = z.string().trim().min(1);

/** `Phone Call @ 3`, and with `!` behind it for who opens the case. */
const stepLine = z.string().transform((line, context): NewStep => {
  const [, activityType = '', day = '', opener] = /^\s*(.+?)\s*@\s*(-?\d{1,4})\s*(!)?\s*$/.exec(line) ?? [];
  if (activityType === '') context.addIssue(`Expected a step such as "Phone Call @ 3", got "${line}"`);
  return { activityType, day: Number(day), toOpener: opener !== undefined };
});
const step = z.union([
  stepLine,
  z
    .strictObject({ step: name, day: z.int().min(-9999).max(9999), opener: z.boolean().default(false) })
    .transform(({ step: activityType, day, opener }): NewStep => ({ activityType, day, toOpener: opener })),
]);

/** What `--answers` and the flags of `civicase xml new` say. */
export const answersSchema = z.strictObject({
  name: name.superRefine((value, context) => {
    const fault = caseTypeNameFault(value);
    if (fault !== null) context.addIssue(`${value} cannot be the name: ${fault}`);
  }),
  title: z.string().trim().default(''),
  manager: name.default('Case Coordinator'),
  steps: z.array(step).default([]),
  statuses: z.array(name).default([]),
  'after closing': z.array(step).default([]),
});

export const toNewCaseType = (
  { 'after closing': afterClosing, ...answers }: z.infer<typeof answersSchema>,
  language: 'en' | 'fr',
): NewCaseType => ({ ...answers, afterClosing, language });
