import type { LocalDateTime } from '../case/case-file.ts';

/**
 * Changes are listed from this long before the newest one seen: a transaction may commit after a later one, and the
 * site's wall clock goes back an hour in autumn. What was seen already is told apart by its id and date.
 */
const OVERLAP_MILLIS = 75 * 60 * 1000;

/** The wall-clock moment that long before; plain arithmetic, no zone. */
export function overlapStart(cursor: LocalDateTime): LocalDateTime {
  const millis = Date.parse(`${cursor.replace(' ', 'T')}Z`);
  return new Date(millis - OVERLAP_MILLIS).toISOString().slice(0, 19).replace('T', ' ');
}
