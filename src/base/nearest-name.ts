/**
 * The known name that someone most likely meant, or null when none is near.
 * Near: at most a third of the letters inserted, dropped, changed or swapped with a neighbour.
 */
export function nearestName(given: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const name of known) {
    const distance = editDistance(given.toLowerCase(), name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best !== null && bestDistance <= Math.max(1, Math.ceil(best.length / 3)) ? best : null;
}

/** The known names that a person may have meant, nearest first: same but for case, or a third of its letters away. */
export function nearestNames(wanted: string, known: readonly string[], most = 3): readonly string[] {
  const farthest = Math.max(1, Math.floor(wanted.length / 3));
  return [...new Set(known)]
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= farthest)
    .sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** "Did you mean X?", else the list of what is known: the end of every "unknown name" sentence. */
export function nameHint(given: string, known: readonly string[]): string {
  const near = nearestName(given, known);
  if (near !== null) return `Did you mean "${near}"?`;
  return known.length === 0 ? 'There are none yet.' : `Known: ${known.join(', ')}.`;
}

/** Damerau's distance: letters inserted, dropped, changed, or swapped with a neighbour. */
export function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= left.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= right.length; column += 1) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
          ? at(row - 2, column - 2) + 1
          : Infinity;
      rows[row]?.push(
        Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + change, swapped),
      );
    }
  }
  return at(left.length, right.length);
}
