import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { entityOfAnyKind } from './entity-schema.ts';
import { hashJson } from './entity.ts';
import { DEPENDENCY_KINDS } from './kinds/index.ts';
import { PLAN_FORMAT, PLAN_VERSION, type MigrationPlan, type Note, type Problem } from './plan.ts';
import type { Reason } from './reasons.ts';

const object = z.record(z.string(), z.json());
const text = z.string();
const nullableText = z.string().nullable();
const reasons = z.array(z.looseObject({ kind: text })) as unknown as z.ZodType<readonly Reason[]>;
const caseType = z.strictObject({
  kind: z.literal('case_type'),
  name: text,
  title: text,
  description: nullableText,
  isActive: z.boolean(),
  weight: z.number(),
  definition: object,
});

const severity = z.enum(['low', 'medium', 'high']);
const fields = { fields: z.array(text), before: object, after: object, reasons, severity };

const dependencyRef = z.strictObject({ kind: z.enum(DEPENDENCY_KINDS), name: text });

const planSchema = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  version: z.literal(PLAN_VERSION),
  caseTypes: z.array(text),
  source: nullableText,
  target: text,
  fingerprint: z.strictObject({ source: text, target: text }),
  basis: z.record(z.string(), object.nullable()),
  given: z.record(z.string(), object),
  contacts: z.array(z.strictObject({ by: z.enum(['external_identifier', 'email']), text })),
  changes: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('create'), entity: entityOfAnyKind, reasons, severity }),
      z.strictObject({ kind: z.literal('update'), ref: dependencyRef, ...fields }),
      z.strictObject({ kind: z.literal('rename'), ref: dependencyRef, to: text, ...fields }),
      z.strictObject({ kind: z.literal('remove'), entity: entityOfAnyKind, reasons, severity }),
      z.strictObject({ kind: z.literal('create-case-type'), caseType, reasons, severity }),
      z.strictObject({
        kind: z.literal('update-case-type'),
        caseType,
        before: caseType,
        fields: z.array(text),
        reasons,
        severity,
      }),
      z.strictObject({ kind: z.literal('remove-case-type'), caseType, reasons, severity }),
    ]),
  ),
  impact: z.array(
    z.strictObject({
      caseType: text,
      what: z.enum(['status', 'role', 'activity-type']),
      name: text,
      openCases: z.number(),
      openActivities: z.number(),
      people: z.number(),
    }),
  ),
  notes: z.array(z.strictObject({ kind: text as z.ZodType<Note['kind']>, key: text, message: text })),
  problems: z.array(
    z.strictObject({ kind: text as z.ZodType<Problem['kind']>, key: text, message: text, remedy: text }),
  ),
});

/**
 * Reads a plan back from what `JSON.parse` gave.
 *
 * @throws AppError `invalid-input` that names the first key which is not as expected, or says that the plan's
 * record of the target was edited.
 */
export function readPlan(json: unknown): MigrationPlan {
  const checked = planSchema.safeParse(json);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const path = issue?.path.map(String).join('.') ?? '';
    throw new AppError(
      'invalid-input',
      `This is not a migration plan of version ${String(PLAN_VERSION)}: at "${path === '' ? 'the top' : path}": ` +
        `${issue?.message ?? 'unexpected content'}. Make the plan again.`,
      { details: { path } },
    );
  }
  const plan: MigrationPlan = checked.data;
  if (hashJson(plan.basis) !== plan.fingerprint.target)
    throw new AppError(
      'invalid-input',
      'At "basis": the plan\'s record of the target does not belong to its fingerprint: it was edited. Make the plan again.',
      { details: { path: 'basis' } },
    );
  return plan;
}
