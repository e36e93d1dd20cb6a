import { AppError } from '../base/errors.ts';
import { parseJson } from '../base/parse-json.ts';
import type { CaseTypeDefinition } from '../case-type/index.ts';
import { readCaseTypeXml } from './case-type-reader.ts';
import { readCaseTypeYaml } from './convert/index.ts';
import type { XmlWarning } from './lint/warnings.ts';
import { CONFLICT_MARK } from './merge/index.ts';

export interface CaseTypeInput {
  /** Null: a bare definition. Empty: XML without a `<name>`, which CiviCRM reads all the same. */
  readonly name: string | null;
  readonly definition: CaseTypeDefinition;
  readonly warnings: readonly XmlWarning[];
}

export const CASE_TYPE_FORMS = ['xml', 'yaml', 'json'] as const;
export type CaseTypeForm = (typeof CASE_TYPE_FORMS)[number];

/**
 * Reads a case type from XML, YAML, or JSON: a definition, or a row of CaseType with `name` and `definition`. Without
 * a form, it is told from the content, and YAML from its file's name, too.
 * @param input - how the input is called in errors: its path
 * @throws AppError `invalid-input` with the file, and the line where it breaks
 */
export function readCaseType(
  bytes: Uint8Array,
  input: string,
  format: CaseTypeForm = caseTypeForm(bytes, input),
): CaseTypeInput {
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

function parseJsonDefinition(bytes: Uint8Array, input: string): CaseTypeInput {
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
 * Whether a file found in a folder is a case type: other things are kept in XML, JSON and YAML, too. A YAML
 * list, as a pulled folder has them, and a process test have no such keys at the beginning of a line.
 */
export function isCaseTypeFile(bytes: Uint8Array, path: string): boolean {
  if (/\.test\.ya?ml$/i.test(path)) return false;
  const text = new TextDecoder().decode(bytes);
  // XML without an element that can be seen may be a broken case type; the reader tells.
  if (/\.xml$/i.test(path)) return /^(?:CaseType)?$/.test(rootName(text));
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

/** The first element's name; empty when none is seen. */
const rootName = (text: string): string =>
  /<([\p{L}_][^\s/>]*)/u.exec(text.replace(/<!--[\s\S]*?-->/g, ''))?.[1] ?? '';

/** A text in which a key of a case type's YAML form begins a line. */
const YAML_KEY =
  /^(?:case type|name|forkable|activity types|activityTypes|statuses|activity sets|activitySets|roles|caseRoles)[ \t]*:/m;

/** What the bytes are, told from the content, and YAML from its file's name, too. */
export function caseTypeForm(bytes: Uint8Array, input: string): CaseTypeForm {
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
