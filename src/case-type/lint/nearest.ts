import { editDistance } from '../../base/nearest-name.ts';

/** The known name that differs least, when it differs by a letter or two; null when none is that near. */
export function nearestOf(given: string, known: readonly string[]): string | null {
  const bound = given.length < 5 ? 1 : 2;
  const near = known
    .filter((name) => Math.abs(name.length - given.length) <= bound)
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= bound)
    .sort((left, right) => left.distance - right.distance);
  return near[0]?.name ?? null;
}
