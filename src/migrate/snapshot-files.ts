import { stringify } from 'yaml';
import { AppError } from '../base/errors.ts';
import {
  readCaseTypeDocument,
  readCaseTypeXml,
  rewriteDocument,
  writeCaseTypeDocument,
  writeDefinitionXml,
} from '../xml/index.ts';
import type { JsonValue } from '../base/json.ts';
import { fieldsOf, sameJson, type CaseTypeEntity } from './entity.ts';
import { KINDS } from './kinds/index.ts';
import { portableSnapshot, type PortableOptions } from './portable-snapshot.ts';
import { entitiesOf, type Snapshot } from './snapshot.ts';

/** A folder of a snapshot: path in it, with `/`, to content. */
export type SnapshotFiles = ReadonlyMap<string, Uint8Array>;

export const LOCK_FILE = 'civicase.lock.yaml';
export const CASE_TYPES_FILE = 'case-types.yaml';
export const LOCK_VERSION = 2;

/** Core lets letters, digits and underscores be names; what an extension slips past it shall not leave the folder. */
export const caseTypeFile = (name: string): string =>
  `case-types/${name.replace(/[^\w.-]/gu, (letter) => encodeURIComponent(letter))}.xml`;

export interface SnapshotFilesOptions extends PortableOptions {
  /** The XML that the site stores, by name: without a file its comments and layout are kept. */
  readonly texts?: ReadonlyMap<string, Uint8Array>;
}

/**
 * A snapshot as files: the definition of each case type as XML (portable references in the place of ids, see
 * portable-definition.ts), the case types' other fields, what they need by kind, and a lock with where it all came
 * from and a hash per entity. Equal snapshots give equal bytes; `parseSnapshotFiles` gives back its portable part.
 *
 * @param existing the files that are there: an XML file that reads as the same definition stays as it is, another
 * keeps its comments and layout where the definition is the same.
 */
export function renderSnapshotFiles(
  snapshot: Snapshot,
  existing: SnapshotFiles = new Map(),
  options: SnapshotFilesOptions = {},
): SnapshotFiles {
  const portable = portableSnapshot(snapshot, options);
  const files = new Map<string, Uint8Array>();
  for (const caseType of portable.caseTypes) {
    const path = caseTypeFile(caseType.name);
    const base = existing.get(path) ?? options.texts?.get(caseType.name);
    files.set(path, caseTypeXml(caseType, path, base));
  }
  const put = (path: string, value: unknown): void => {
    files.set(path, new TextEncoder().encode(stringify(value, { lineWidth: 0 })));
  };
  put(
    CASE_TYPES_FILE,
    portable.caseTypes.map(({ kind: _kind, definition: _definition, ...fields }) => ({
      ...fields,
      acceptsDefinition: portable.caseTypeFacts[fields.name]?.acceptsDefinition ?? true,
    })),
  );
  for (const { name, file } of KINDS) put(file, entitiesOf(portable, name).map(fieldsOf));
  const { version, ...features } = portable.features;
  put(LOCK_FILE, {
    version: LOCK_VERSION,
    site: portable.site,
    civicrm: version,
    ...features,
    unread: portable.unread,
    managed: portable.managed,
    hashes: portable.hashes,
  });
  return files;
}

/** The files of an earlier pull that the new one no longer has: case types that are gone. */
export const staleFiles = (files: SnapshotFiles, existing: SnapshotFiles): readonly string[] =>
  [...existing.keys()].filter((path) => path.startsWith('case-types/') && !files.has(path));

function caseTypeXml(
  { name, definition }: CaseTypeEntity,
  path: string,
  held: Uint8Array | undefined,
): Uint8Array {
  const fresh = (): Uint8Array => new TextEncoder().encode(writeDefinitionXml(definition, name));
  if (held === undefined) return fresh();
  try {
    const reading = readCaseTypeXml(held, path);
    if (reading.name === name && sameJson(reading.definition as JsonValue, definition as JsonValue))
      return held;
    return writeCaseTypeDocument(rewriteDocument(readCaseTypeDocument(held, path), definition, name));
  } catch (thrown) {
    // A file that is broken, or has no room for the definition, is written anew.
    if (thrown instanceof AppError && thrown.kind === 'invalid-input') return fresh();
    throw thrown;
  }
}
