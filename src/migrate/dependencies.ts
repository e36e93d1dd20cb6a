import { toCaseTypeModel, type ActivitySet } from '../case-type/model.ts';
import { resolveRole } from '../case-type/roles.ts';
import {
  type CaseTypeEntity,
  type EntityKey,
  keyOf,
  type EntityRef,
  type RelationshipTypeEntity,
} from './entity.ts';
import { formatContact, parseAssigneeType, parseContact, parseRelationship } from './portable-definition.ts';
import type { ContactKey } from './ports.ts';

/** Something that a case type needs on a site, and where in the definition it is named. */
export type Need =
  | {
      readonly kind: 'entity';
      readonly key: EntityKey;
      readonly ref: EntityRef;
      readonly reasons: readonly string[];
    }
  /** A role whose text names no relationship type yet: core makes one of that name. */
  | {
      readonly kind: 'new-role';
      readonly key: EntityKey;
      readonly role: string;
      readonly reasons: readonly string[];
    }
  | {
      readonly kind: 'contact';
      readonly key: EntityKey;
      readonly contact: ContactKey;
      readonly reasons: readonly string[];
    };

/**
 * Everything that a case type with portable references names, each once with all its reasons, in the order of
 * the definition.
 *
 * @param relationshipTypes those of the site it comes from (none for a file): a role's text may be a name or a label.
 */
export function dependenciesOf(
  caseType: Pick<CaseTypeEntity, 'definition'>,
  relationshipTypes: readonly RelationshipTypeEntity[],
): readonly Need[] {
  const model = toCaseTypeModel(caseType.definition);
  const needs = new Map<EntityKey, Need>();
  const add = (need: Need): void => {
    if (need.reasons[0] === undefined) return;
    const known = needs.get(need.key);
    const reasons = new Set([...(known?.reasons ?? []), ...need.reasons]);
    needs.set(need.key, { ...need, reasons: [...reasons] });
  };
  const addRef = (ref: EntityRef, reason: string): void => {
    if (ref.name !== '') add({ kind: 'entity', key: keyOf(ref), ref, reasons: [reason] });
  };
  const addOption = (
    group: 'activity_type' | 'activity_status' | 'case_status',
    name: string,
    reason: string,
  ) => addRef({ kind: 'option-value', group, name }, reason);

  for (const type of model.activityTypes)
    addOption('activity_type', type.name, 'offered in the menu of activities');
  for (const status of model.statuses) addOption('case_status', status, 'allowed case status');
  for (const group of model.assigneeGroups)
    addRef({ kind: 'group', name: group }, 'group of possible assignees');
  for (const role of model.caseRoles) {
    const reason = `case role "${role.name}"`;
    const found = roleType(role.name, relationshipTypes);
    if (found !== null) addRef({ kind: 'relationship-type', name: found.nameAB }, reason);
    else if (role.name !== '')
      add({ kind: 'new-role', key: newRoleKey(role.name), role: role.name, reasons: [reason] });
    for (const group of role.groups) addRef({ kind: 'group', name: group }, `holders of ${reason}`);
  }
  for (const set of model.activitySets) {
    set.steps.forEach((step, index) => {
      const where = `step ${String(index + 1)} of ${titleOf(set)}`;
      addOption('activity_type', step.activityType, where);
      addOption('activity_type', step.referenceActivity, `date of ${where}`);
      // Core looks for Scheduled when a step says nothing, and makes Completed of a status that it cannot find.
      addOption('activity_status', step.status ?? 'Scheduled', `status of ${where}`);
      const type = parseAssigneeType(step.defaultAssigneeType ?? '');
      if (type === null) return;
      const assigned = `assignee of ${where}`;
      addRef({ kind: 'option-value', group: 'activity_default_assignee', name: type }, assigned);
      const relationship = parseRelationship(step.defaultAssigneeRelationship);
      if (relationship !== null) addRef({ kind: 'relationship-type', name: relationship.nameAB }, assigned);
      for (const text of step.defaultAssigneeContacts) {
        const contact = parseContact(text);
        if (contact !== null)
          add({ kind: 'contact', key: formatContact(contact), contact, reasons: [assigned] });
      }
    });
  }
  return [...needs.values()];
}

/** The relationship type that a role's text names on a site, or null. */
export function roleType(
  text: string,
  relationshipTypes: readonly RelationshipTypeEntity[],
): RelationshipTypeEntity | null {
  const role = resolveRole(text, numbered(relationshipTypes));
  return role === null ? null : (relationshipTypes[role.relationshipTypeId] ?? null);
}

/** Relationship types of a snapshot have no ids: their place in the list stands in for one. */
export function numbered(
  types: readonly RelationshipTypeEntity[],
): readonly (RelationshipTypeEntity & { readonly id: number })[] {
  return types.map((type, id) => ({ ...type, id }));
}

/** Core makes `name_a_b` "NAME is" and `name_b_a` "NAME" (CRM/Case/ManagedEntities.php). */
const newRoleKey = (role: string): EntityKey => keyOf({ kind: 'relationship-type', name: `${role} is` });

function titleOf(set: ActivitySet): string {
  return set.label !== '' ? set.label : set.name !== '' ? set.name : 'an activity set without a name';
}
