import { AppError } from '../base/errors.ts';
import type { CaseTypeDefinition } from '../case-type/index.ts';
import { CONFLICT_MARK, readCaseTypeXml, readCaseTypeYaml, type XmlWarning } from '../xml/index.ts';
import { inputName, readCaseTypeInput, type CliIo } from './io.ts';
import { parseJson } from './parse-json.ts';

export interface DefinitionInput {
  /** Null: a bare definition. Empty: XML without a `<name>`, which CiviCRM reads all the same. */
  readonly name: string | null;
  readonly definition: CaseTypeDefinition;
  readonly warnings: readonly XmlWarning[];
}

export const DEFINITION_FORMATS = ['xml', 'yaml', 'json'] as const;
export type DefinitionFormat = (typeof DEFINITION_FORMATS)[number];

/**
 * Reads a case type from XML, YAML, or JSON: a definition, or a row of CaseType with `name` and `definition`.
 *
 * @throws AppError with the file, and the line where it breaks.
 */
export async function readDefinitionInput(io: CliIo, path: string): Promise<DefinitionInput> {
  return parseDefinition(await readCaseTypeInput(io, path), inputName(path));
}

/** The same from bytes; without a format, it is told from the content, and YAML from its file's name, too. */
export function parseDefinition(
  bytes: Uint8Array,
  input: string,
  format: DefinitionFormat = formatOf(bytes, input),
): DefinitionInput {
  switch (format) {
    case 'xml': {
      const reading = readCaseTypeXml(bytes, input);
      // Warnings are found when they are asked for.
      return {
        name: reading.name,
        definition: reading.definition,
        get warnings() {
          return reading.warnings;
        },
      };
    }
    case 'yaml':
      return { ...readCaseTypeYaml(decodeUtf8(bytes, input), input), warnings: [] };
    case 'json':
      return parseJsonDefinition(bytes, input);
    default:
      return format satisfies never;
  }
}

function parseJsonDefinition(bytes: Uint8Array, input: string): DefinitionInput {
  const json = parseJson(bytes, input);
  // PHP shows an empty definition as a list.
  if (Array.isArray(json) && json.length === 0) return { name: null, definition: {}, warnings: [] };
  if (!isObject(json)) {
    throw new AppError(
      'invalid-input',
      `Expected a case type in ${input}: XML, YAML, a definition as a JSON object, or an object with "name" and "definition".`,
      { details: { input } },
    );
  }
  const { name, definition } = json;
  // PHP shows an empty definition as a list here, too.
  const inner = Array.isArray(definition) && definition.length === 0 ? {} : definition;
  return isObject(inner)
    ? {
        name: typeof name === 'string' ? name : null,
        definition: inner as CaseTypeDefinition,
        warnings: [],
      }
    : { name: null, definition: withoutConflicts(json) as CaseTypeDefinition, warnings: [] };
}

/** What a merge left undecided is no part of a definition. */
const withoutConflicts = ({ [CONFLICT_MARK]: _left, ...definition }: Record<string, unknown>): object =>
  definition;

/**
 * Whether a file found in a folder is a case type in JSON or YAML: other things are kept in such files, too. A YAML
 * list, as a pulled folder has them, and a process test have no such keys at the beginning of a line.
 */
export function isDefinitionFile(bytes: Uint8Array, path: string): boolean {
  if (/\.test\.ya?ml$/i.test(path)) return false;
  const text = new TextDecoder().decode(bytes);
  if (/\.ya?ml$/i.test(path))
    return /^(?:case type|activity types|activityTypes|activity sets|activitySets|caseRoles)[ \t]*:/m.test(
      text,
    );
  try {
    const json: unknown = JSON.parse(text);
    if (!isObject(json)) return false;
    const definition = isObject(json['definition']) ? json['definition'] : json;
    return ['activityTypes', 'activitySets', 'caseRoles'].some((key) => Array.isArray(definition[key]));
  } catch {
    return false;
  }
}

/** A text in which a key of a case type's YAML form begins a line. */
const YAML_KEY =
  /^(?:case type|name|forkable|activity types|activityTypes|statuses|activity sets|activitySets|roles|caseRoles)[ \t]*:/m;

/** What the bytes are, told from the content, and YAML from its file's name, too. */
export function formatOf(bytes: Uint8Array, input: string): DefinitionFormat {
  const text = new TextDecoder().decode(bytes.subarray(0, 4096));
  const first = /[^\s\uFEFF]/.exec(text)?.[0];
  if (first === '<') return 'xml';
  if (/\.ya?ml$/i.test(input)) return 'yaml';
  if (first === '{' || first === '[') return 'json';
  return /\.(?:xml|json)$/i.test(input) || !YAML_KEY.test(text) ? 'xml' : 'yaml';
}

function decodeUtf8(bytes: Uint8Array, input: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('invalid-input', `${input} is not UTF-8. Save it as UTF-8 first.`, { cause });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** `housing.xml:12:3: …` */
export const renderWarning = (input: string, { line, column, message }: XmlWarning): string =>
  `${input}:${line}:${column}: ${message}`;
