import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { readCaseTypeXml } from '../xml/index.ts';
import { byText, sortedBy, type CaseTypeEntity, type Dependency, type EntityKey } from './entity.ts';
import { entitySchema } from './entity-schema.ts';
import { KIND_NAMES, KINDS } from './kinds/index.ts';
import { hashEntities, inOrder, type Snapshot } from './snapshot.ts';
import {
  CASE_TYPES_FILE,
  caseTypeFile,
  LOCK_FILE,
  LOCK_VERSION,
  type SnapshotFiles,
} from './snapshot-files.ts';

export interface SnapshotFolder {
  readonly snapshot: Snapshot;
  /** What is not as it was pulled: changed, added or taken out by hand since. */
  readonly edited: readonly EntityKey[];
  /** The hashes of what was pulled. */
  readonly lock: Snapshot['hashes'];
}

const text = z.string();

const lockSchema = z.strictObject({
  version: z.literal(LOCK_VERSION),
  site: text,
  civicrm: text.nullable(),
  components: z.array(text),
  contactTypes: z.array(text),
  stepSubjects: z.boolean().nullable(),
  language: z.string().nullable().default(null),
  unread: z.array(
    z.strictObject({
      kind: z.enum(KIND_NAMES).exclude(['case_type']),
      reason: z.enum(['forbidden', 'unknown']),
    }),
  ),
  managed: z.record(text, text),
  hashes: z.record(text, text),
});

const caseTypeSchema = z.strictObject({
  name: text,
  title: text,
  description: text.nullable(),
  isActive: z.boolean(),
  weight: z.number(),
  acceptsDefinition: z.boolean(),
});

/**
 * Reads a folder that `renderSnapshotFiles` wrote, also after people edited it.
 *
 * @param folder how messages call it.
 * @throws AppError `invalid-input` with file, line or row and field; `not-found` when a file is missing.
 */
export function parseSnapshotFiles(files: SnapshotFiles, folder: string): SnapshotFolder {
  const read = <Value>(path: string, schema: z.ZodType<Value>): Value =>
    readYaml(files, folder, path, schema);
  const lock = read(LOCK_FILE, lockSchema);
  const rows = read(CASE_TYPES_FILE, z.array(caseTypeSchema));
  const caseTypes = sortedBy(rows, ({ name }) => name).map(
    ({ acceptsDefinition: _accepts, ...row }): CaseTypeEntity => {
      const path = caseTypeFile(row.name);
      const { name, definition } = readCaseTypeXml(contentOf(files, folder, path), `${folder}/${path}`);
      if (name !== row.name)
        throw new AppError(
          'invalid-input',
          `${folder}/${path} holds the case type "${name}", but ${CASE_TYPES_FILE} calls it "${row.name}". Give both the same name.`,
          { details: { file: path } },
        );
      return { kind: 'case_type', ...row, definition };
    },
  );
  const entities = inOrder(
    KINDS.flatMap(({ name, file }): readonly Dependency[] =>
      read(file, z.array(z.record(text, z.json()))).map((row, index) => {
        const checked = entitySchema(name).safeParse({ kind: name, ...row });
        if (checked.success) return checked.data;
        const [issue] = checked.error.issues;
        throw badYaml(folder, file, [index, ...(issue?.path ?? [])], issue?.message);
      }),
    ),
  );
  const hashes = hashEntities([...caseTypes, ...entities]);
  const {
    version: _version,
    civicrm,
    site,
    components,
    contactTypes,
    stepSubjects,
    language,
    unread,
    managed,
  } = lock;
  const snapshot: Snapshot = {
    kind: 'snapshot',
    site,
    caseTypes,
    caseTypeFacts: Object.fromEntries(
      rows.map(({ name, acceptsDefinition }) => [name, { acceptsDefinition, openCases: 0 }]),
    ),
    caseTypeNames: caseTypes.map(({ name }) => name),
    unreadableCaseTypes: caseTypes
      .filter(({ definition }) => Object.keys(definition).length === 0)
      .map(({ name }) => name),
    entities,
    managed,
    unread,
    keptTypes: [],
    contacts: [],
    features: { version: civicrm, components, contactTypes, stepSubjects, language },
    hashes,
  };
  const keys = new Set([...Object.keys(hashes), ...Object.keys(lock.hashes)]);
  const edited = [...keys].filter((key) => hashes[key] !== lock.hashes[key]).sort(byText);
  return { snapshot, edited, lock: lock.hashes };
}

function readYaml<Value>(
  files: SnapshotFiles,
  folder: string,
  path: string,
  schema: z.ZodType<Value>,
): Value {
  const document = parseDocument(new TextDecoder().decode(contentOf(files, folder, path)));
  const [fault] = document.errors;
  if (fault !== undefined)
    throw new AppError(
      'invalid-input',
      `${folder}/${path} is not YAML: ${fault.message.split('\n')[0] ?? ''}`,
      {
        details: { file: path },
      },
    );
  const checked = schema.safeParse(document.toJS() as JsonValue);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw badYaml(folder, path, issue?.path ?? [], issue?.message);
}

function contentOf(files: SnapshotFiles, folder: string, path: string): Uint8Array {
  const content = files.get(path);
  if (content !== undefined) return content;
  throw new AppError(
    'not-found',
    `${folder} has no ${path}: it is no folder of "civicase pull", or of an earlier version. Pull again.`,
    { details: { file: path } },
  );
}

function badYaml(
  folder: string,
  file: string,
  path: readonly PropertyKey[],
  message = 'unexpected content',
): AppError {
  const [row, ...fields] = path;
  const where =
    typeof row === 'number'
      ? `entry ${String(row + 1)}${fields.length === 0 ? '' : `, "${fields.map(String).join('.')}"`}`
      : path.length === 0
        ? 'the top'
        : `"${path.map(String).join('.')}"`;
  return new AppError(
    'invalid-input',
    `${folder}/${file}, ${where}: ${message}. Put it right, or pull again.`,
    {
      details: { file },
    },
  );
}
