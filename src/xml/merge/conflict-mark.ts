const MARK = 'civicase-merge-conflict';

/** The comment that a merge leaves for a conflict. Its text may hold no `--`. */
export const markConflict = (text: string): string => `<!-- ${MARK}: ${text} -->`;

/** What a comment says of a conflict that a merge left; null when it is about something else. */
export function markedConflict({ raw }: { readonly raw: string }): string | null {
  const text = raw.slice('<!--'.length, -'-->'.length).trim();
  return text.startsWith(`${MARK}:`) ? text.slice(MARK.length + 1).trim() : null;
}
