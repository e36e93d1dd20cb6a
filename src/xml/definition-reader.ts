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

/**
 * The definition that CiviCRM makes of a root element. Groups given by id stay ids: their names are in the
 * site's database.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertXmlToDefinition.
 * @throws XmlFault where CiviCRM itself crashes
 */
export function readDefinition(root: XmlElement): CaseTypeDefinition {
  return Object.fromEntries(CASE_TYPE_FORMAT.flatMap((entry) => readEntry(entry, root)));
}

function readEntry(entry: FormatEntry, root: XmlElement): readonly (readonly [string, JsonValue])[] {
  const block = firstChild(root, entry.element);
  if (block === undefined) return [];
  switch (entry.kind) {
    case 'name':
      return [];
    case 'integer':
      return [[entry.key, phpInt(ownText(block))]];
    case 'texts':
      return [[entry.key, toPhpList(block, entry.item)]];
    case 'records':
      return [[entry.key, childrenNamed(block, entry.item).map(readRecord)]];
    case 'sets': {
      const sets = childrenNamed(block, entry.item);
      const timelineSteps = sets
        .filter((set) => firstChild(set, 'timeline') !== undefined)
        .flatMap(readSteps);
      return [
        [entry.key, sets.map(readSet)],
        [TIMELINE_STEPS_KEY, timelineSteps],
      ];
    }
    default:
      return entry satisfies never;
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

function readSet(set: XmlElement): JsonValue {
  const texts = SET_FORMAT.texts.map((key) => [key, ownText(firstChild(set, key))] as const);
  const flags = SET_FORMAT.flags
    .filter((key) => ownText(firstChild(set, key)) === 'true')
    .map((key) => [key, 1] as const);
  const { element, key } = SET_FORMAT.steps;
  const steps = firstChild(set, element) === undefined ? [] : [[key, readSteps(set)] as const];
  return Object.fromEntries<JsonValue>([...texts, ...flags, ...steps]);
}

function readSteps(set: XmlElement): readonly JsonValue[] {
  return childrenNamed(firstChild(set, SET_FORMAT.steps.element), SET_FORMAT.steps.item).map(toPhpArray);
}
