/**
 * A text without CiviCRM's case tokens (`[case #1a2b3c4]`, `[case #12]`). A subject that carries one files the
 * activity, and every answer to the mail, on the case it names: text copied from one record into another must not.
 *
 * Source: CRM/Case/BAO/Case.php and CRM/Utils/Mail/CaseMail.php, whose patterns differ in letter case.
 */
export function withoutCaseToken(text: string): string {
  return text
    .replace(/\[case #[0-9a-z]*\]/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
