import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { canonicalJson, type JsonObject, type JsonValue } from '../../base/json.ts';
import {
  setsWithTimeline,
  timelineStepsOf,
  toReadForm,
  type CaseTypeDefinition,
} from '../../case-type/index.ts';
import { TIMELINE_STEPS_KEY } from '../format.ts';
import { NAME_WORD, TEXT_TAG, toWord, type Place } from './yaml-words.ts';

/** How every file of the form is laid out. */
export const YAML_STYLE = { lineWidth: 0, flowCollectionPadding: true, blockQuote: 'literal' } as const;

/** A step or role on one line where it fits; longer ones get a line for each field. */
const LINE_LENGTH = 120;
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufeff]/u;
const WHOLE_NUMBER = /^(?:0|-?[1-9]\d{0,14})$/;

/**
 * A case type as YAML for people: short words, one line for a step, only what is there. Nothing that CiviCRM reads is
 * lost: `readCaseTypeYaml` gives the same definition in `toReadForm`, with `timelineActivityTypes` derived.
 */
export function writeCaseTypeYaml(definition: CaseTypeDefinition, name: string | null): string {
  const { [TIMELINE_STEPS_KEY]: derived, ...rest } = toReadForm(definition);
  const fields: JsonObject = Object.fromEntries(
    Object.entries(rest).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
  const marks = setsWithTimeline(toReadForm(definition)) ?? [];
  const map = new YAMLMap();
  if (name !== null) map.add(new Pair(scalar(NAME_WORD), textScalar(name)));
  for (const [key, value] of Object.entries(fields)) {
    const node = isList(value) ? (LISTS[key]?.(value, marks) ?? toNode(value)) : toRootNode(key, value);
    map.add(new Pair(scalar(toWord('root', key)), node));
  }
  if (derived !== undefined && !follows(derived, fields['activitySets'], marks))
    map.add(new Pair(scalar(TIMELINE_STEPS_KEY), toNode(derived)));
  const document = new Document(map, { version: '1.2', compat: 'yaml-1.1' });
  return document.toString(YAML_STYLE);
}

type Marks = readonly (boolean | undefined)[];

function follows(derived: JsonValue, sets: JsonValue | undefined, marks: Marks): boolean {
  if (sets === undefined || !isList(sets) || !isList(derived)) return false;
  const hasTimeline = sets.map(
    (set, index) => isMap(set) && (set['timeline'] === 1 || marks[index] === true),
  );
  return canonicalJson(timelineStepsOf(sets, hasTimeline)) === canonicalJson(derived);
}

const LISTS: Readonly<Record<string, (items: readonly JsonValue[], marks: Marks) => Node>> = {
  activityTypes: (items) => list(items.map((item) => itemNode('type', item))),
  activitySets: (items, marks) => list(items.map((item, index) => setNode(item, marks[index]))),
  caseRoles: (items) => list(items.map((item) => itemNode('role', item))),
  statuses: (items) => toNode(items),
  activityAsgmtGrps: (items) => toNode(items),
};

const toRootNode = (key: string, value: JsonValue): Node =>
  typeof value === 'number' && INTEGER_KEYS.has(key) ? new Scalar(value) : toNode(value);
const INTEGER_KEYS: ReadonlySet<string> = new Set(['forkable', 'restrictActivityAsgmtToCmsUser']);

function setNode(set: JsonValue, mark: boolean | undefined): Node {
  if (!isMap(set)) return oddItem(set);
  const map = new YAMLMap();
  const add = (key: string, node: Node) => map.add(new Pair(scalar(toWord('set', key)), node));
  const { name, label, timeline, sequence, activityTypes, ...others } = set;
  for (const [key, text] of Object.entries({ name, label }))
    if (text !== undefined && text !== '') add(key, toNode(text));
  // CiviCRM lists the steps of a set whose timeline element says something else than true, too.
  if (timeline === 1 || mark === true) add('timeline', new Scalar(timeline === 1));
  if (sequence === 1) add('sequence', new Scalar(true));
  for (const [key, value] of Object.entries(others)) add(key, toNode(value));
  if (activityTypes !== undefined)
    add(
      'activityTypes',
      isList(activityTypes)
        ? list(activityTypes.map((step) => itemNode('step', step)))
        : toNode(activityTypes),
    );
  if (map.items.length === 0) map.flow = true;
  return map;
}

function itemNode(place: Place, item: JsonValue): Node {
  if (!isMap(item)) return oddItem(item);
  const entries = Object.entries(item);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === 'name' && typeof first[1] === 'string')
    return textScalar(first[1]);
  const map = new YAMLMap();
  for (const [key, value] of entries) map.add(new Pair(scalar(toWord(place, key)), toNode(value)));
  const length = entries.reduce(
    (sum, [key, value]) => sum + toWord(place, key).length + textLength(value) + 4,
    4,
  );
  map.flow = length <= LINE_LENGTH;
  return map;
}

const textLength = (value: JsonValue): number =>
  typeof value === 'string'
    ? value.includes('\n')
      ? LINE_LENGTH
      : value.length
    : JSON.stringify(value).length;

function oddItem(item: JsonValue): Node {
  if (typeof item !== 'string') return toNode(item);
  const node = textScalar(item);
  node.tag = TEXT_TAG;
  if (node.type === undefined) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

function toNode(value: JsonValue): Node {
  if (isList(value)) return list(value.map(toNode));
  if (isMap(value)) {
    const map = new YAMLMap();
    for (const [key, field] of Object.entries(value)) map.add(new Pair(textScalar(key), toNode(field)));
    map.flow = true;
    return map;
  }
  if (typeof value === 'string') return textScalar(value);
  // Everything CiviCRM reads is a text; what is none says so.
  const node = new Scalar(JSON.stringify(value));
  node.tag = `!!${value === null ? 'null' : typeof value === 'boolean' ? 'bool' : 'float'}`.replace(
    '!!',
    'tag:yaml.org,2002:',
  );
  node.type = Scalar.PLAIN;
  return node;
}

/** A text that is a number loses its quotes, unless it would come back otherwise. */
function textScalar(text: string): Scalar {
  if (WHOLE_NUMBER.test(text)) return new Scalar(Number(text));
  const node = new Scalar(text);
  // Only these quotes keep line ends and invisible characters.
  if (text === '' || INVISIBLE.test(text) || /^[ \t\n]|[ \t\n]$|[ \t]\n/.test(text))
    node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

const scalar = (text: string): Scalar => new Scalar(text);

function list(items: readonly Node[]): YAMLSeq {
  const seq = new YAMLSeq();
  seq.items.push(...items);
  if (items.length === 0) seq.flow = true;
  return seq;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);
