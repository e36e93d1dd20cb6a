/** What the column of an activity's subject takes, in characters. */
const LONGEST = 255;

/**
 * A subject as CiviCRM keeps and shows it: without blanks around it, with the signs that were written as entities,
 * and cut with `...` where it is too long for its column. `null` is core's own word for nothing.
 *
 * Source: CRM/Core/DAO.php (copyValues), CRM/Utils/API/HTMLInputCoder.php.
 */
export function storedSubject(subject: string | null): string | null {
  const trimmed = subject?.trim() ?? '';
  if (trimmed === '' || trimmed === 'null') return null;
  const characters = Array.from(trimmed.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
  return characters.length > LONGEST
    ? `${characters.slice(0, LONGEST - 3).join('')}...`
    : characters.join('');
}
