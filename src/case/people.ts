import type { Activity, CaseFile, LocalDate } from './case-file.ts';
import { roleHolders } from './role-holders.ts';
import type { PersonChoice } from './rule.ts';

/**
 * Ids of the contacts whom a rule's choice means, for one activity of a case on a day. Trashed contacts are left
 * out; whether someone may be written to (`do_not_email`, deceased …) is for the reminder to say.
 */
export function choosePeople(
  choice: PersonChoice,
  caseFile: CaseFile,
  activity: Activity,
  on: LocalDate,
): readonly number[] {
  const ids = chosen(choice, caseFile, activity, on);
  return [...new Set(ids)].filter((id) => caseFile.contacts.get(id)?.isDeleted !== true);
}

function chosen(
  choice: PersonChoice,
  caseFile: CaseFile,
  activity: Activity,
  on: LocalDate,
): readonly number[] {
  switch (choice.kind) {
    case 'assignee':
      return activity.assigneeContactIds;
    case 'client':
      return caseFile.clientIds;
    case 'source':
      return activity.sourceContactId === null ? [] : [activity.sourceContactId];
    case 'role':
      return roleHolders(caseFile, choice.role, on);
    default:
      return choice satisfies never;
  }
}
