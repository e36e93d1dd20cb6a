import { z } from 'zod';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import type { SiteContact } from '../migrate/ports.ts';

const text = z.string();
/** CiviCRM stores "nothing" as NULL or as an empty text, as the screen that wrote it pleased. */
const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === '' ? null : value));

/** Fields of the kinds are read by their table (see migrate/kinds); only the id is of this adapter. */
export const numberedRow = z.record(z.string(), z.json()).and(z.object({ id: z.number() }));

export const caseTypeName = z.object({ id: z.number(), name: text });

export const managedRow = z.object({
  module: text,
  name: text,
  entity_type: text,
  entity_id: z.number().nullable(),
});

/** Cases of one type in one status. */
export const caseCountRow = z.object({
  case_type_id: z.number().nullable(),
  status_id: z.number().nullable(),
  cases: z.number(),
});

/** PHP's empty array is `[]` whether it was a list or a map. */
const definition = z
  .union([z.record(z.string(), z.json()), z.array(z.never())])
  .nullish()
  .transform((value): CaseTypeDefinition | null => {
    if (value === null || value === undefined) return null;
    return Array.isArray(value) ? {} : value;
  });

export const caseTypeRow = z.object({
  id: z.number(),
  name: text,
  title: text,
  description: optionalText,
  is_active: z.boolean(),
  weight: z.number(),
  definition,
});

/** APIv3 speaks in texts, and leaves out what it does not know. */
const flag = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => value === true || value === 1 || value === '1');

export const caseTypeApi3Rows = z.array(
  z.object({ name: text, is_forkable: flag, is_forked: flag, definition }),
);

export const contactFields = ['id', 'external_identifier', 'email_primary.email'] as const;

export const contactRow = z.object({
  id: z.number(),
  external_identifier: optionalText,
  'email_primary.email': optionalText,
});

export const toContact = (row: z.output<typeof contactRow>): SiteContact => ({
  id: row.id,
  externalIdentifier: row.external_identifier,
  email: row['email_primary.email'],
});
