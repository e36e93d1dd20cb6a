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

/** Levenshtein's distance: how many letters to insert, delete or change. */
function editDistance(from: string, to: string): number {
  const target = Array.from(to);
  let above = [0, ...target.map((_, column) => column + 1)];
  for (const [index, letter] of Array.from(from).entries()) {
    const line = [index + 1];
    for (const [column, other] of target.entries()) {
      line.push(
        Math.min(
          (above[column] ?? 0) + (letter === other ? 0 : 1),
          (above[column + 1] ?? 0) + 1,
          (line[column] ?? 0) + 1,
        ),
      );
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
