import type { CaseFile, CaseRoleAssignment, LocalDate } from './case-file.ts';

/**
 * Contacts who hold a role on a case on a day, in order of their relationships, each once.
 *
 * A role's name says what its holder is to the client: found in `name_a_b` the holder is contact A, in `name_b_a`
 * contact B. Where both sides carry the same name ("Spouse of"), the holder is the side that is no client, else A.
 * Source: CRM/Case/XMLProcessor/Process.php, locateNameOrLabel; `is_current` of Relationship for the dates.
 */
export function roleHolders(
  caseFile: Pick<CaseFile, 'roles' | 'clientIds'>,
  role: string,
  on: LocalDate,
): readonly number[] {
  const holders = caseFile.roles
    .filter((assignment) => isHeld(assignment, on))
    .map((assignment) => holderOf(assignment, role, caseFile.clientIds))
    .filter((contactId) => contactId !== null);
  return [...new Set(holders)];
}

function holderOf(
  { nameAB, nameBA, contactIdA, contactIdB }: CaseRoleAssignment,
  role: string,
  clientIds: readonly number[],
): number | null {
  if (nameAB === role && nameBA === role) return clientIds.includes(contactIdA) ? contactIdB : contactIdA;
  if (nameAB === role) return contactIdA;
  return nameBA === role ? contactIdB : null;
}

function isHeld({ isActive, startDate, endDate }: CaseRoleAssignment, on: LocalDate): boolean {
  return isActive && (startDate ?? on) <= on && (endDate ?? on) >= on;
}
