import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Node,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { timelineStepsOf, type CaseTypeDefinition } from '../../case-type/index.ts';
import { SET_FORMAT, TIMELINE_STEPS_KEY } from '../format.ts';
import { tooManyBytes, XML_LIMITS } from '../limits.ts';
import { fromWord, NAME_WORD, TEXT_TAG, WORDS, type Place } from './yaml-words.ts';

export interface NamedDefinition {
  /** Null when it does not say. */
  readonly name: string | null;
  readonly definition: CaseTypeDefinition;
}

type Fail = (node: unknown, message: string) => AppError;

/**
 * Reads the YAML form of a case type. Every value is the text that stands there: `no`, `1e3` and `007` stay as they
 * are. Words of the form and CiviCRM's own keys mean the same.
 * @throws AppError invalid-input with file, line, column, what was expected and what came
 */
export function readCaseTypeYaml(text: string, fileName = 'case type'): NamedDefinition {
  const lines = new LineCounter();
  const failAt = (offset: number, message: string): AppError => {
    const { line, col } = lines.linePos(offset);
    const [atLine, column] = [Math.max(line, 1), Math.max(col, 1)];
    return new AppError('invalid-input', `${fileName}:${String(atLine)}:${String(column)}: ${message}`, {
      details: { file: fileName, line: atLine, column },
    });
  };
  if (text.length > XML_LIMITS.bytes) throw failAt(0, `${tooManyBytes}.`);
  const fail: Fail = (node, message) => failAt((node as Node | null)?.range?.[0] ?? 0, message);
  try {
    const document = parseDocument(text, {
      schema: 'failsafe',
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
      logLevel: 'silent',
    });
    const [broken] = document.errors;
    if (broken !== undefined) throw failAt(broken.pos[0], `This is not YAML: ${broken.message}.`);
    return readRoot(document.contents, fail);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw failAt(0, 'The values are nested too deeply for a case type.');
    throw thrown;
  }
}

function readRoot(node: Node | null, fail: Fail): NamedDefinition {
  if (!isMap(node))
    throw fail(node, `Expected a case type, as in "${NAME_WORD}: housing_support"; got ${kindOf(node)}.`);
  let name: string | null = null;
  const hasTimeline: boolean[] = [];
  const definition = fieldsOf('root', node, fail, (key, value, word) => {
    if (word === NAME_WORD || word === 'name') {
      name = textOf(value, fail, 'the name of the case type');
      return undefined;
    }
    switch (key) {
      case 'forkable':
      case 'restrictActivityAsgmtToCmsUser':
        return readFlag(value, fail, word);
      case 'activityTypes':
        return readItems('type', value, fail);
      case 'caseRoles':
        return readItems('role', value, fail);
      case 'activitySets':
        return isSeq(value)
          ? value.items.map((item, index) => readSet(item, fail, (has) => (hasTimeline[index] = has)))
          : readValue(value, fail);
      default:
        return readValue(value, fail);
    }
  });
  const { activitySets } = definition;
  return {
    name,
    definition:
      Array.isArray(activitySets) && definition[TIMELINE_STEPS_KEY] === undefined
        ? { ...definition, [TIMELINE_STEPS_KEY]: timelineStepsOf(activitySets as JsonValue[], hasTimeline) }
        : definition,
  };
}

type ReadField = (key: string, value: unknown, word: string) => JsonValue | undefined;

function fieldsOf(place: Place, map: YAMLMap, fail: Fail, read: ReadField): JsonObject {
  const fields = new Map<string, JsonValue>();
  for (const { key: wordNode, value } of map.items) {
    const word = textOf(wordNode, fail, 'a key');
    const key = fromWord(place, word);
    if (fields.has(key)) throw fail(wordNode, `"${word}" stands here twice. Keep one of them.`);
    const field = read(key, value, word);
    if (field !== undefined) fields.set(key, field);
  }
  return Object.fromEntries(fields);
}

function readItems(place: Place, node: unknown, fail: Fail): JsonValue {
  if (!isSeq(node)) {
    // An empty place is an empty list.
    if (isEmpty(node)) return [];
    throw fail(node, `Expected a list with a dash for each ${NOUNS[place]}; got ${kindOf(node)}.`);
  }
  return node.items.map((item) => readItem(place, item, fail));
}

const NOUNS: Readonly<Record<Place, string>> = {
  root: 'key',
  type: 'activity type',
  set: 'activity set',
  step: 'step',
  role: 'role',
};

function readItem(place: Place, node: unknown, fail: Fail): JsonValue {
  if (isScalar(node)) {
    if (isEmpty(node)) return [];
    return node.tag === undefined ? { name: readText(node) } : readValue(node, fail);
  }
  if (!isMap(node)) return readValue(node, fail);
  if (node.items.length === 0) return {};
  return fieldsOf(place, node, fail, (_, value) => readValue(value, fail));
}

function readSet(node: unknown, fail: Fail, sayTimeline: (has: boolean) => void): JsonValue {
  sayTimeline(false);
  if (!isMap(node)) {
    if (isSeq(node) || isTagged(node)) return readValue(node, fail);
    throw fail(
      node,
      `Expected an activity set with "${WORDS.set.name}" and "${WORDS.set.activityTypes}"; got ${kindOf(node)}.`,
    );
  }
  const {
    name = '',
    label = '',
    ...others
  } = fieldsOf('set', node, fail, (key, value, word) => {
    switch (key) {
      case 'name':
      case 'label':
        return isEmpty(value) ? '' : readValue(value, fail);
      case 'timeline':
        sayTimeline(true);
        return readFlag(value, fail, word) === 1 ? 1 : undefined;
      case 'sequence':
        return readFlag(value, fail, word) === 1 ? 1 : undefined;
      case SET_FORMAT.steps.key:
        return readItems('step', value, fail);
      default:
        return readValue(value, fail);
    }
  });
  return { name, label, ...others };
}

const FLAGS: Readonly<Record<string, number>> = { true: 1, yes: 1, '1': 1, false: 0, no: 0, '0': 0 };

function readFlag(node: unknown, fail: Fail, word: string): number {
  const text = isScalar(node) ? readText(node) : undefined;
  const flag = text === undefined ? undefined : FLAGS[text.toLowerCase()];
  if (flag !== undefined) return flag;
  if (text !== undefined && /^-?\d{1,15}$/.test(text)) return Number(text);
  throw fail(node, `Expected "${word}: true" or "${word}: false"; got ${text ?? kindOf(node)}.`);
}

function readValue(node: unknown, fail: Fail): JsonValue {
  if (isAlias(node))
    throw fail(
      node,
      `Expected a value, got the alias *${node.source}. Write the value out; a case type has no aliases.`,
    );
  if (isSeq(node)) return node.items.map((item) => readValue(item, fail));
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => [textOf(key, fail, 'a key'), readValue(value, fail)] as const),
    );
  if (!isScalar(node) || isEmpty(node)) return [];
  const kind = node.tag?.replace('tag:yaml.org,2002:', '');
  if (kind === 'null') return null;
  if (kind === 'bool' || kind === 'float' || kind === 'int') {
    try {
      return JSON.parse(readText(node)) as JsonValue;
    } catch {
      throw fail(
        node,
        `Expected a ${kind === 'bool' ? 'true or false' : 'number'} after the tag; got ${readText(node)}.`,
      );
    }
  }
  if (kind !== undefined && kind !== 'str' && kind !== TEXT_TAG)
    throw fail(node, `The tag ${kind} is not known here. Take it away.`);
  return readText(node);
}

const readText = (node: Scalar): string => (typeof node.value === 'string' ? node.value : '');

function textOf(node: unknown, fail: Fail, what: string): string {
  if (isScalar(node)) return readText(node);
  throw fail(node, `Expected ${what} as a text; got ${kindOf(node)}.`);
}

const isTagged = (node: unknown): boolean => isScalar(node) && node.tag !== undefined;
/** A place after a colon or dash where nothing stands; quotes make it an empty text. */
const isEmpty = (node: unknown): boolean =>
  node === null ||
  node === undefined ||
  (isScalar(node) &&
    node.tag === undefined &&
    readText(node) === '' &&
    node.source !== undefined &&
    node.type === 'PLAIN');

function kindOf(node: unknown): string {
  if (isEmpty(node)) return 'nothing';
  if (isSeq(node)) return 'a list';
  if (isMap(node)) return 'a map';
  return isAlias(node) ? 'an alias' : `"${isScalar(node) ? readText(node).slice(0, 60) : ''}"`;
}
