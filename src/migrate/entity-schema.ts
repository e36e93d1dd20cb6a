import { z } from 'zod';
import type { Dependency, DependencyKind } from './entity.ts';
import { kindOf, KINDS, type KindField } from './kinds/index.ts';

const FIELD_TYPES = {
  name: z.string(),
  text: z.string().nullable(),
  flag: z.boolean(),
  number: z.number().nullable(),
  count: z.number(),
  texts: z.array(z.string()),
  named: z.array(z.string()).nullable(),
  present: z.boolean(),
} satisfies Record<KindField['type'], z.ZodType>;

/** An entity of one kind: exactly the fields of its row in the table of kinds. */
export function entitySchema(kind: DependencyKind): z.ZodType<Dependency> {
  const fields = kindOf(kind).fields.map((field) => [field.name, FIELD_TYPES[field.type]] as const);
  return z.strictObject({
    kind: z.literal(kind),
    ...Object.fromEntries(fields),
  }) as unknown as z.ZodType<Dependency>;
}

export const entityOfAnyKind = z.union(KINDS.map(({ name }) => entitySchema(name)));
