/** Begins the comment of a conflict, and is the key under which merged JSON lists them. */
export const CONFLICT_MARK = 'civicase-merge-conflict';

/** The comment that a merge leaves for a conflict. Its text may hold no `--`. */
export const markConflict = (text: string): string => `<!-- ${CONFLICT_MARK}: ${text} -->`;

/** What a comment says of a conflict that a merge left; null when it is about something else. */
export function markedConflict({ raw }: { readonly raw: string }): string | null {
  const text = raw.slice('<!--'.length, -'-->'.length).trim();
  return text.startsWith(`${CONFLICT_MARK}:`) ? text.slice(CONFLICT_MARK.length + 1).trim() : null;
}

/** What a merge left in a text of JSON or YAML: the line of each conflict, counted from 1, and what it says. */
export function conflictsInText(text: string): readonly { readonly line: number; readonly text: string }[] {
  const lines = text.split(/\r\n|[\r\n]/);
  const begin = lines.findIndex((line) => line.trim().startsWith(`"${CONFLICT_MARK}": [`));
  const end = lines.findIndex((line, index) => index > begin && /^\s*\],?\s*$/.test(line));
  return lines.flatMap((line, index) => {
    const [, comment] = new RegExp(`^#\\s*${CONFLICT_MARK}:\\s*(.*)$`).exec(line) ?? [];
    if (comment !== undefined) return [{ line: index + 1, text: comment }];
    const isListed = begin !== -1 && index > begin && index < end;
    return isListed ? [{ line: index + 1, text: String(JSON.parse(line.replace(/,\s*$/, ''))) }] : [];
  });
}
