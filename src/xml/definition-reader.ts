import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { isPhpTrue, phpInt } from '../case-type/index.ts';
import { XmlFault } from './fault.ts';
import {
  CASE_TYPE_FORMAT,
  COMMA_LIST_FIELD,
  SET_FORMAT,
  TIMELINE_STEPS_KEY,
  type FormatEntry,
} from './format.ts';
import type { XmlElement } from './node.ts';
import { childrenNamed, firstChild, ownText, toPhpArray, toPhpList } from './simple-xml.ts';

/** CiviCRM reads these before the others, and writes them in the order of the table. */
const READ_FIRST: readonly string[] = ['forkable', 'RestrictActivityAsgmtToCmsUser', 'ActivityAsgmtGrps'];
const READING_ORDER = CASE_TYPE_FORMAT.toSorted(
  (one, other) => Number(READ_FIRST.includes(other.element)) - Number(READ_FIRST.includes(one.element)),
);

/**
 * The definition that CiviCRM makes of a root element. Groups given by id stay ids: their names are in the
 * site's database.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertXmlToDefinition.
 * @throws XmlFault where CiviCRM itself crashes
 */
export function readDefinition(root: XmlElement): CaseTypeDefinition {
  const definition: Record<string, JsonValue> = {};
  for (const entry of READING_ORDER) {
    const block = entry.kind === 'name' ? undefined : firstChild(root, entry.element);
    if (block !== undefined) readEntry(entry, block, definition);
  }
  return definition;
}

function readEntry(entry: FormatEntry, block: XmlElement, definition: Record<string, JsonValue>): void {
  switch (entry.kind) {
    case 'name':
      return;
    case 'integer':
      definition[entry.key] = phpInt(ownText(block));
      return;
    case 'texts':
      definition[entry.key] = toPhpList(block, entry.item);
      return;
    case 'records':
      definition[entry.key] = childrenNamed(block, entry.item).map(readRecord);
      return;
    case 'sets': {
      const sets = childrenNamed(block, entry.item);
      const values = sets.map(readSet);
      definition[entry.key] = values;
      definition[TIMELINE_STEPS_KEY] = sets.flatMap((set, index) =>
        firstChild(set, 'timeline') === undefined ? [] : stepsOf(values[index]),
      );
      return;
    }
    default:
      entry satisfies never;
  }
}

function readRecord(element: XmlElement): JsonValue {
  const record = toPhpArray(element);
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
  const fields = record as JsonObject;
  const list = fields[COMMA_LIST_FIELD];
  if (element.name !== 'RelationshipType' || list === undefined || !isFilled(list)) return record;
  if (typeof list !== 'string') {
    const at = firstChild(element, COMMA_LIST_FIELD)?.start ?? element.start;
    throw new XmlFault(
      `<${COMMA_LIST_FIELD}> of a role must hold one comma-separated text and stand once; CiviCRM crashes on this`,
      at,
    );
  }
  return { ...fields, [COMMA_LIST_FIELD]: list.split(',') };
}

const isFilled = (value: JsonValue): boolean =>
  typeof value === 'string' ? isPhpTrue(value) : value !== null && Object.keys(value).length > 0;

function readSet(set: XmlElement): JsonObject {
  const value: Record<string, JsonValue> = {};
  for (const key of SET_FORMAT.texts) value[key] = ownText(firstChild(set, key));
  for (const key of SET_FORMAT.flags) if (ownText(firstChild(set, key)) === 'true') value[key] = 1;
  const { element, key, item } = SET_FORMAT.steps;
  const steps = firstChild(set, element);
  if (steps !== undefined) value[key] = childrenNamed(steps, item).map(toPhpArray);
  return value;
}

const stepsOf = (set: JsonObject | undefined): readonly JsonValue[] =>
  (set?.[SET_FORMAT.steps.key] ?? []) as readonly JsonValue[];
