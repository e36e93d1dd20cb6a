import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { Mapping, MappingFault } from '../migrate/mapping/mapping.ts';
import { knownKeysAsMessage, schemaComplaints } from './faults.ts';
import { complaintsError, readConfigSource } from './source.ts';

/** A mapping as its file has it. */
export interface MappingFile {
  readonly file: string;
  /** The two sides it is for; null: any. */
  readonly from: string | null;
  readonly to: string | null;
  readonly mapping: Mapping;
  /** Makes one error of what is wrong with the mapping for two sites, each at its place in the file. */
  error(faults: readonly MappingFault[]): AppError;
}

/** What a mapping may speak of: names of kinds, as in `activity_type:Phone Call`. */
export interface MappingVocabulary {
  /** Kinds whose names may differ. */
  readonly mapped: readonly string[];
  readonly kinds: readonly string[];
}

const nameMap = z.record(z.string().min(1), z.string().min(1));

const mappingSchema = ({ mapped, kinds }: MappingVocabulary) =>
  z
    .strictObject({
      from: z
        .string()
        .nullable()
        .default(null)
        .describe('The source this is for, as "civicase plan" takes it.'),
      to: z.string().nullable().default(null).describe('The target this is for.'),
      names: z
        .strictObject(
          Object.fromEntries(
            mapped.map((kind) => [
              kind,
              nameMap.default({}).describe('From the name at the source to the name on the target.'),
            ]),
          ),
        )
        .prefault({})
        .describe(
          'What both sites have under different names. Names, not labels; of a relationship type either of its two names.',
        ),
      contacts: nameMap
        .default({})
        .describe(
          'Contacts whom steps assign, each as "external_identifier:…" or "email:…", from the source to the target.',
        ),
      skip: z
        .array(
          z.string().regex(new RegExp(`^(${kinds.join('|')}):.+`, 's'), {
            error: `expected a kind and a name such as "tag:Urgent", or "reminder:*" for all of a kind; kinds are ${kinds.join(', ')}`,
          }),
        )
        .default([])
        .describe('What is left as it is on the target: neither compared, nor created, nor changed.'),
      defaults: z
        .strictObject({
          contact: z
            .string()
            .nullable()
            .default(null)
            .describe('Whom steps assign in the place of a contact that the target does not have.'),
          fields: z
            .strictObject(
              Object.fromEntries(
                kinds.map((kind) => [
                  kind,
                  z.record(z.string(), z.string()).optional().describe('From a field to its text.'),
                ]),
              ),
            )
            .prefault({})
            .describe('What new entries get in fields that the source leaves empty.'),
        })
        .prefault({})
        .describe('What fills gaps.'),
    })
    .describe('What two CiviCRM sites call differently, for "civicase plan --mapping".');

/** JSON Schema of a mapping file, with the meaning and default of every key. */
export const mappingJsonSchema = (vocabulary: MappingVocabulary): object =>
  z.toJSONSchema(mappingSchema(vocabulary), { io: 'input', target: 'draft-2020-12' });

/**
 * Reads a mapping file (YAML).
 *
 * @throws AppError `not-found` without the file, `invalid-input` with every fault of its form at once, each as
 * `file:line:column: key: what was expected, what came`.
 */
export function readMappingFile(path: string, shown: string, vocabulary: MappingVocabulary): MappingFile {
  const source = readConfigSource(shown, readText(path, shown), {});
  if (source.value === undefined) throw complaintsError(source.complaints.slice(0, 1), 'The mapping');
  const parsed = mappingSchema(vocabulary).safeParse(source.value ?? {}, { error: knownKeysAsMessage });
  const complaints = [
    ...source.complaints,
    ...(parsed.success ? [] : schemaComplaints(source, parsed.error.issues)),
  ];
  if (complaints.length > 0 || !parsed.success) throw complaintsError(complaints, 'The mapping');
  const { from, to, ...mapping } = parsed.data;
  return {
    file: shown,
    from,
    to,
    mapping,
    error: (faults) =>
      complaintsError(
        faults.map(({ path: at, message }) =>
          source.complain(
            at.map((segment) => (at[0] === 'skip' && /^\d+$/.test(segment) ? Number(segment) : segment)),
            message,
            at[0] === 'skip' ? 'value' : 'key',
          ),
        ),
        'The mapping',
      ),
  };
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      code === 'ENOENT' ? 'not-found' : 'invalid-input',
      code === 'ENOENT'
        ? `The mapping ${shown} does not exist. "civicase map suggest FROM TO --out ${shown}" makes one.`
        : `The mapping ${shown} could not be read (${code ?? 'unknown reason'}). It must be a readable text file.`,
      { cause },
    );
  }
}
