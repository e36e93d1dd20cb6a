import type { JsonObject, JsonValue } from '../base/json.ts';
import { isPhpTrue, type ActivitySet, type CaseTypeModel } from '../case-type/index.ts';
import { toActivityStep, toCaseRole, toDeclaredActivityType } from '../case-type/model.ts';
import { rootOf, type CaseTypeDocument } from './document.ts';
import type { XmlElement } from './node.ts';
import { childElements, childrenNamed, firstChild, isNotEmpty, ownText } from './simple-xml.ts';

/**
 * A case type as CiviCRM's processor runs it from stored XML, which is not quite what its definition says: any
 * text but `0` makes a timeline, every block of a name counts, and so does every element among the steps.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, process; Civi/CCase/SequenceListener.php, getSequenceXml.
 */
export function readProcessModel(document: CaseTypeDocument): CaseTypeModel {
  const root = rootOf(document);
  const itemsOf = (block: string, item: string): readonly XmlElement[] =>
    childrenNamed(root, block).flatMap((element) => childrenNamed(element, item));
  const textsOf = (block: string, item: string): readonly string[] => {
    const texts = childrenNamed(firstChild(root, block), item).map(ownText);
    return texts.filter((text) => text !== '');
  };
  return {
    activityTypes: childrenNamed(root, 'ActivityTypes')
      .flatMap(childElements)
      .map((element) => toDeclaredActivityType(fieldsOf(element))),
    statuses: textsOf('Statuses', 'Status'),
    activitySets: itemsOf('ActivitySets', 'ActivitySet').map(readProcessSet),
    caseRoles: itemsOf('CaseRoles', 'RelationshipType').map((element) => ({
      ...toCaseRole(fieldsOf(element)),
      // Even a lone comment inside makes it true.
      isCreator: isNotEmpty(firstChild(element, 'creator')),
    })),
    assigneeGroups: textsOf('ActivityAsgmtGrps', 'Group'),
  };
}

function readProcessSet(set: XmlElement): ActivitySet {
  const sequence = ownText(firstChild(set, 'sequence'));
  return {
    name: ownText(firstChild(set, 'name')),
    label: ownText(firstChild(set, 'label')),
    isTimeline: isNotEmpty(firstChild(set, 'timeline')),
    isSequence: isPhpTrue(sequence) && sequence.toLowerCase() === 'true',
    steps: childrenNamed(set, 'ActivityTypes')
      .flatMap(childElements)
      .map((element) => toActivityStep(fieldsOf(element))),
  };
}

/** An item's leaves by name, as the texts that PHP casts them to; repeated ones as a list. */
function fieldsOf(element: XmlElement): JsonObject {
  const fields = new Map<string, string[]>();
  for (const child of childElements(element)) {
    const texts = fields.get(child.name);
    if (texts === undefined) fields.set(child.name, [ownText(child)]);
    else texts.push(ownText(child));
  }
  const entries = Array.from(fields, ([name, texts]): readonly [string, JsonValue] => [
    name,
    texts.length === 1 ? (texts[0] ?? '') : texts,
  ]);
  return Object.fromEntries(entries);
}
