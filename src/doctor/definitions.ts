import type { JsonObject, JsonValue } from '../base/json.ts';
import { toAppError } from '../base/errors.ts';
import { readCaseTypeXml } from '../xml/index.ts';
import { rowsOf, type Evidence } from './evidence.ts';

interface StoredDefinition {
  readonly name: string;
  readonly state:
    | { readonly kind: 'stored' }
    /** CiviCRM finds it in an extension's file. */
    | { readonly kind: 'file' }
    | { readonly kind: 'lost' }
    | { readonly kind: 'broken'; readonly why: string };
}

/** How each case type keeps its definition; null where the site does not show them. */
export function readDefinitions(evidence: Evidence): readonly StoredDefinition[] | null {
  const texts = rowsOf(evidence, 'definitions');
  const read = rowsOf(evidence, 'caseTypes');
  if (texts === null)
    return read?.map((row) => ({ name: nameOf(row), state: stateOfField(row, 'broken') })) ?? null;
  return texts.map((row) => {
    const state = stateOfText(row);
    const inFile = state.kind === 'file' ? read?.find((other) => nameOf(other) === nameOf(row)) : undefined;
    return { name: nameOf(row), state: inFile === undefined ? state : stateOfField(inFile, 'lost') };
  });
}

/** The types whose definition is no text in the database, by name; for a second look at what CiviCRM reads for them. */
export function namesInFiles(rows: readonly JsonObject[]): readonly string[] {
  return rows.filter((row) => stateOfText(row).kind === 'file').map(nameOf);
}

const nameOf = ({ name }: JsonObject): string => (typeof name === 'string' ? name : '');

/** `NAME|TEXT`. Where nothing is stored CiviCRM puts the name of the type in its place (6.3 and later), or nothing at all. */
function stateOfText(row: JsonObject): StoredDefinition['state'] {
  const name = nameOf(row);
  const joined = typeof row['text'] === 'string' ? row['text'] : '';
  const text = joined.slice(name.length + 1);
  if (text === '' || text === name) return { kind: 'file' };
  // CiviCRM takes any other text for the name of a file.
  if (!text.includes('<CaseType>')) return { kind: 'broken', why: 'it holds no <CaseType>' };
  try {
    readCaseTypeXml(text, name);
    return { kind: 'stored' };
  } catch (thrown) {
    return { kind: 'broken', why: toAppError(thrown).message.replace(/\.$/, '') };
  }
}

/** Through CiviCRM's reader, where a definition that is broken, or in no file, reads as an empty one. */
function stateOfField(row: JsonObject, ifEmpty: 'broken' | 'lost'): StoredDefinition['state'] {
  const definition: JsonValue | undefined = row['definition'];
  // Before 6.3 those in files are not shown at all.
  if (definition == null) return { kind: 'file' };
  const isEmpty = Array.isArray(definition) ? definition.length === 0 : Object.keys(definition).length === 0;
  if (!isEmpty) return { kind: ifEmpty === 'lost' ? 'file' : 'stored' };
  return ifEmpty === 'lost' ? { kind: 'lost' } : { kind: 'broken', why: 'it reads as empty' };
}
