/** The known name that differs least, when it differs by a letter or two; null when none is that near. */
export function nearestOf(given: string, known: readonly string[]): string | null {
  const bound = given.length < 5 ? 1 : 2;
  const near = known
    .map((name) => ({ name, distance: distanceUpTo(given.toLowerCase(), name.toLowerCase(), bound) }))
    .filter(({ distance }) => distance <= bound)
    .sort((left, right) => left.distance - right.distance);
  return near[0]?.name ?? null;
}

/** Letters inserted, dropped or changed; more than `bound` is not told exactly. */
function distanceUpTo(left: string, right: string, bound: number): number {
  if (Math.abs(left.length - right.length) > bound) return bound + 1;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (left[at - 1] === right[column - 1] ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, changed));
    }
    row = next;
  }
  return row[right.length] ?? bound + 1;
}
