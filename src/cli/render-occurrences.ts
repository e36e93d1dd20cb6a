import type { OccurrenceKey } from '../case/occurrence.ts';

/** One line per occurrence, the times as ISO in UTC: a terminal has no zone of its own to go by. */
export function renderOccurrences(
  occurrences: readonly (OccurrenceKey & { readonly isNew?: boolean })[],
): string {
  return occurrences
    .map(({ dueAt, channel, rule, caseId, isNew }) => {
      const due = new Date(dueAt).toISOString().slice(0, 16).replace('T', ' ');
      return `  ${isNew === true ? '+' : '·'} ${due} UTC  ${channel === 'email' ? 'mail    ' : 'activity'}  case ${caseId}  ${rule}`;
    })
    .join('\n');
}
