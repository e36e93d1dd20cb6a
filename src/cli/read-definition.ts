import { AppError } from '../base/errors.ts';
import type { CaseTypeDefinition } from '../case-type/index.ts';
import { readCaseTypeXml, type XmlWarning } from '../xml/index.ts';
import { inputName, readInput, type CliIo } from './io.ts';
import { parseJson } from './parse-json.ts';

export interface DefinitionInput {
  /** Null: a bare definition. Empty: XML without a `<name>`, which CiviCRM reads all the same. */
  readonly name: string | null;
  readonly definition: CaseTypeDefinition;
  readonly warnings: readonly XmlWarning[];
}

/**
 * Reads a case type from XML, or from JSON: a definition, or a row of CaseType with `name` and `definition`.
 *
 * @throws AppError with the file, and the line where it breaks.
 */
export async function readDefinitionInput(io: CliIo, path: string): Promise<DefinitionInput> {
  const bytes = await readInput(io, path);
  const input = inputName(path);
  if (!looksLikeJson(bytes)) {
    const { name, definition, warnings } = readCaseTypeXml(bytes, input);
    return { name, definition, warnings };
  }
  const json = parseJson(bytes, input);
  // PHP shows an empty definition as a list.
  if (Array.isArray(json) && json.length === 0) return { name: null, definition: {}, warnings: [] };
  if (!isObject(json)) {
    throw new AppError(
      'invalid-input',
      `Expected a case type in ${input}: XML, a definition as a JSON object, or an object with "name" and "definition".`,
      { details: { input } },
    );
  }
  const { name, definition } = json;
  return isObject(definition)
    ? {
        name: typeof name === 'string' ? name : null,
        definition: definition as CaseTypeDefinition,
        warnings: [],
      }
    : { name: null, definition: json as CaseTypeDefinition, warnings: [] };
}

function looksLikeJson(bytes: Uint8Array): boolean {
  const first = /[^\s\uFEFF]/.exec(new TextDecoder().decode(bytes.subarray(0, 64)))?.[0];
  return first === '{' || first === '[';
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** `housing.xml:12:3: …` */
export const renderWarning = (input: string, { line, column, message }: XmlWarning): string =>
  `${input}:${line}:${column}: ${message}`;
