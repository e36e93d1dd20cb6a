/** The four texts of a relationship type; `AB` is said of contact A, `BA` of contact B. */
export interface RelationshipTypeNames {
  readonly id: number;
  readonly nameAB: string;
  readonly nameBA: string;
  readonly labelAB: string | null;
  readonly labelBA: string | null;
}

export type Side = 'a' | 'b';

/** Which relationship a role stands for, and who is on which side of it. */
export interface ResolvedRole {
  readonly relationshipTypeId: number;
  readonly clientSide: Side;
  readonly holderSide: Side;
  /** CiviCRM's key of the role: `{id}_{client's side}_{holder's side}`. */
  readonly key: string;
  /** The machine name that was meant, also when the text was a label. */
  readonly name: string;
  readonly matchedBy: 'name' | 'label';
}

const LOOKUPS = [
  { text: 'nameAB', name: 'nameAB', holderSide: 'a', matchedBy: 'name' },
  { text: 'nameBA', name: 'nameBA', holderSide: 'b', matchedBy: 'name' },
  { text: 'labelAB', name: 'nameAB', holderSide: 'a', matchedBy: 'label' },
  { text: 'labelBA', name: 'nameBA', holderSide: 'b', matchedBy: 'label' },
] as const;

/**
 * Finds the relationship type that a role's text names, disabled types too, or null when none does. Names go
 * before labels and A before B; of several types with one text the last wins.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, locateNameOrLabel.
 */
export function resolveRole(
  text: string,
  relationshipTypes: readonly RelationshipTypeNames[],
): ResolvedRole | null {
  for (const lookup of LOOKUPS) {
    const type = relationshipTypes.findLast((candidate) => candidate[lookup.text] === text);
    if (type === undefined) continue;
    const { holderSide, matchedBy } = lookup;
    const clientSide = otherSide(holderSide);
    const key = `${String(type.id)}_${clientSide}_${holderSide}`;
    return { relationshipTypeId: type.id, clientSide, holderSide, key, name: type[lookup.name], matchedBy };
  }
  return null;
}

/** What `default_assignee_relationship` says: find the client on one side, assign the contact on the other. */
export interface AssigneeRelationship {
  readonly relationshipTypeId: number;
  readonly assigneeSide: Side;
  readonly clientSide: Side;
}

/** Whether CiviCRM looks further at the text: what it wants may stand anywhere in it. */
export const namesRelationship = (text: string): boolean => /\d+_[ab]_[ab]/.test(text);

/**
 * Reads `{id}_{assignee's side}_{client's side}`: the sides stand in the opposite order of a role's key.
 * Null when CiviCRM would assign nobody because of the text.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeByRelationship.
 */
export function readAssigneeRelationship(text: string): AssigneeRelationship | null {
  if (!namesRelationship(text)) return null;
  const [id = '', assigneeSide = '', clientSide = ''] = text.split('_');
  if (!/^\d+$/.test(id) || !isSide(assigneeSide) || !isSide(clientSide)) return null;
  return { relationshipTypeId: Number(id), assigneeSide, clientSide };
}

/** The text of an assignee rule, as the case-type editor stores it. */
export function writeAssigneeRelationship(rule: AssigneeRelationship): string {
  return `${String(rule.relationshipTypeId)}_${rule.assigneeSide}_${rule.clientSide}`;
}

const otherSide = (side: Side): Side => (side === 'a' ? 'b' : 'a');
const isSide = (text: string): text is Side => text === 'a' || text === 'b';
