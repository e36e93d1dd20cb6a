import { z } from 'zod';
import {
  caseTypeNameFault,
  roleAssignee,
  type NewCaseType,
  type NewStep,
  type NewStepOwner,
} from '../../case-type/index.ts';

const name = z.string().trim().min(1);

const ASSIGNABLE =
  'is not a role of every CiviCRM, so that it cannot be assigned by a file: choose it in the case-type editor';

/** `Phone Call @ 3`; with `!` behind it for who opens the case, with `> Supervisor` for the holder of a role. */
const stepLine = z.string().transform((line, context): NewStep => {
  const [, activityType = '', day = '', opener, role] =
    /^\s*(.+?)\s*@\s*(-?\d{1,4})\s*(?:(!)|>\s*(\S.*?))?\s*$/.exec(line) ?? [];
  if (activityType === '')
    context.addIssue(`Expected a step such as "Phone Call @ 3" or "Meeting @ 7 > Supervisor", got "${line}"`);
  if (role !== undefined && roleAssignee(role) === null) context.addIssue(`"${role}" ${ASSIGNABLE}`);
  return { activityType, day: Number(day), to: ownerOf(opener !== undefined, role) };
});
const step = z.union([
  stepLine,
  z
    .strictObject({
      step: name,
      day: z.int().min(-9999).max(9999),
      opener: z.boolean().default(false),
      role: name.refine((role) => roleAssignee(role) !== null, ASSIGNABLE).optional(),
    })
    .transform(({ step: activityType, day, opener, role }): NewStep => ({
      activityType,
      day,
      to: ownerOf(opener, role),
    })),
]);

const ownerOf = (opener: boolean, role: string | undefined): NewStepOwner =>
  role !== undefined ? { kind: 'role', role } : { kind: opener ? 'opener' : 'nobody' };

/** What is wrong first, told by the form of a step that was meant. */
export function firstFault({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return 'not understood';
  const forms = issue.code === 'invalid_union' ? issue.errors : [];
  const meant = forms.map(([first]) => first).find((first) => first?.code !== 'invalid_type') ?? issue;
  const path = [...issue.path, ...(meant === issue ? [] : meant.path)].join('.');
  return `${path}${path === '' ? '' : ': '}${meant.message}`;
}

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
