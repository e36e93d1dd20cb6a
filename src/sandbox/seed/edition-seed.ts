import type { EditionFacts } from '../../edition/index.ts';
import type { Row } from '../database.ts';

/** Value of "Case Client Removed", the last activity type that a new site of either edition gives the same value. */
const LAST_SHARED_TYPE = 55;

/** An option of the 6.20 seed as the site's own edition has it; undefined when it has none. */
export function optionIn(facts: EditionFacts, group: string, option: Row): Row | undefined {
  if (group === 'priority' && !facts.defaultPriority) return { ...option, is_default: 0 };
  if (group !== 'activity_type' || facts.pledgeWriteOff) return option;
  if (option['name'] === 'Pledge write-off') return undefined;
  const value = Number(option['value']);
  return value > LAST_SHARED_TYPE
    ? { ...option, value: String(value - 1), weight: Number(option['weight']) - 1 }
    : option;
}

const SHIPPED_ROLE = /(?:Coordinator|Specialist) is$/;
/** Ids of the domain's own organisation and of the administrator. */
const FIRST_PEOPLE = 2;

/** Another row of the 6.20 seed as the site's own edition has it; undefined when it has none. */
export function rowIn(
  facts: EditionFacts,
  entity: string,
  row: Row,
  apiKeys: readonly (string | undefined)[],
): Row | undefined {
  if (entity === 'RelationshipType' && facts.roleContactTypes && SHIPPED_ROLE.test(String(row['name_a_b'])))
    return { ...row, contact_type_a: 'Individual' };
  if (entity === 'Domain') return { ...row, version: facts.version };
  const person =
    entity === 'Contact' ? Number(row['id']) : entity === 'Email' ? Number(row['contact_id']) : 0;
  if (person > FIRST_PEOPLE && !facts.peopleOfFewRights && apiKeys[person] === undefined) return undefined;
  return row;
}
