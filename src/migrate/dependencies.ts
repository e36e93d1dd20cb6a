import { oncePer } from '../base/once-per.ts';
import { toCaseTypeModel, type ActivitySet } from '../case-type/model.ts';
import { resolveRole } from '../case-type/roles.ts';
import {
  type CaseTypeEntity,
  type DependencyKind,
  type EntityKey,
  keyOf,
  type EntityRef,
  type RelationshipTypeEntity,
} from './entity.ts';
import type { OptionKind } from './kinds/index.ts';
import { formatContact, parseAssigneeType, parseContact, parseRelationship } from './portable-definition.ts';
import type { ContactKey } from './ports.ts';
import type { Reason } from './reasons.ts';

/** Something that a case type needs on a site, and where in the definition it is named. */
export type Need =
  | {
      readonly kind: 'entity';
      readonly key: EntityKey;
      readonly ref: EntityRef<DependencyKind>;
      readonly reasons: readonly Reason[];
    }
  /** A role whose text names no relationship type yet: core makes one of that name. */
  | {
      readonly kind: 'new-role';
      readonly key: EntityKey;
      readonly role: string;
      readonly reasons: readonly Reason[];
    }
  | {
      readonly kind: 'contact';
      readonly key: EntityKey;
      readonly contact: ContactKey;
      readonly reasons: readonly Reason[];
    };

/** Needs by key: each once, with all its reasons, in the order in which they were found. */
export interface Needs {
  add(need: Need): void;
  has(key: EntityKey): boolean;
  size(): number;
  list(): readonly Need[];
}

export function collectNeeds(): Needs {
  const needs = new Map<EntityKey, { need: Need; readonly said: Set<string> }>();
  return {
    add(need) {
      const { key, reasons } = need;
      if (reasons.length === 0) return;
      const held = needs.get(key);
      if (held === undefined) {
        needs.set(key, { need, said: new Set(reasons.map((reason) => JSON.stringify(reason))) });
        return;
      }
      const fresh = reasons.filter((reason) => !held.said.has(JSON.stringify(reason)));
      if (fresh.length === 0) return;
      for (const reason of fresh) held.said.add(JSON.stringify(reason));
      held.need = { ...need, reasons: [...held.need.reasons, ...fresh] };
    },
    has: (key) => needs.has(key),
    size: () => needs.size,
    list: () => [...needs.values()].map(({ need }) => need),
  };
}

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
  const needs = collectNeeds();
  const addRef = (kind: DependencyKind, name: string, reason: Reason): void => {
    const ref = { kind, name };
    if (name !== '') needs.add({ kind: 'entity', key: keyOf(ref), ref, reasons: [reason] });
  };

  for (const type of model.activityTypes) addRef('activity_type', type.name, { kind: 'menu' });
  for (const status of model.statuses) addRef('case_status', status, { kind: 'allowed-status' });
  for (const group of model.assigneeGroups) addRef('group', group, { kind: 'assignee-group' });
  for (const role of model.caseRoles) {
    const reason = { kind: 'role', role: role.name } as const;
    const found = roleType(role.name, relationshipTypes);
    if (found !== null) addRef('relationship_type', found.nameAB, reason);
    else if (role.name !== '')
      needs.add({ kind: 'new-role', key: newRoleKey(role.name), role: role.name, reasons: [reason] });
    for (const group of role.groups) addRef('group', group, { kind: 'role-holders', role: role.name });
  }
  for (const set of model.activitySets) {
    set.steps.forEach((step, index) => {
      const reason = (part: Extract<Reason, { kind: 'step' }>['part']): Reason => ({
        kind: 'step',
        part,
        step: index + 1,
        set: titleOf(set),
      });
      const addOption = (
        kind: OptionKind,
        name: string,
        part: 'activity' | 'date' | 'status' | 'assignee',
      ) => {
        addRef(kind, name, reason(part));
      };
      addOption('activity_type', step.activityType, 'activity');
      addOption('activity_type', step.referenceActivity, 'date');
      // Core looks for Scheduled when a step says nothing, and makes Completed of a status that it cannot find.
      addOption('activity_status', step.status ?? 'Scheduled', 'status');
      const type = parseAssigneeType(step.defaultAssigneeType ?? '');
      if (type === null) return;
      addOption('activity_default_assignee', type, 'assignee');
      const relationship = parseRelationship(step.defaultAssigneeRelationship);
      if (relationship !== null) addRef('relationship_type', relationship.nameAB, reason('assignee'));
      for (const text of step.defaultAssigneeContacts) {
        const contact = parseContact(text);
        if (contact !== null)
          needs.add({ kind: 'contact', key: formatContact(contact), contact, reasons: [reason('assignee')] });
      }
    });
  }
  return needs.list();
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
export const numbered = oncePer(
  (types: readonly RelationshipTypeEntity[]): readonly (RelationshipTypeEntity & { readonly id: number })[] =>
    types.map((type, id) => ({ ...type, id })),
);

/** Core makes `name_a_b` "NAME is" and `name_b_a` "NAME" (CRM/Case/ManagedEntities.php). */
const newRoleKey = (role: string): EntityKey => keyOf({ kind: 'relationship_type', name: `${role} is` });

function titleOf(set: ActivitySet): string {
  return set.label !== '' ? set.label : set.name;
}
