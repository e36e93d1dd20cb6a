/** How far ahead a line that went or came is looked for. */
const AHEAD = 50;

/** The lines in which two texts differ: `- 12 | old` and `+ 12 | new`, in order. */
export function diffLines(before: string, after: string): readonly string[] {
  const [old, fresh] = [before, after].map((text) => text.split(/\r?\n/));
  if (old === undefined || fresh === undefined || before === after) return [];
  const lines: string[] = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    if (at < old.length && old[at] === fresh[to]) {
      [at, to] = [at + 1, to + 1];
      continue;
    }
    const [gone, come] = nextEqual(old, at, fresh, to);
    for (; at < gone; at += 1) lines.push(`- ${String(at + 1)} | ${old[at] ?? ''}`);
    for (; to < come; to += 1) lines.push(`+ ${String(to + 1)} | ${fresh[to] ?? ''}`);
  }
  return lines;
}

/** The nearest places from which on both are equal again. */
function nextEqual(old: readonly string[], at: number, fresh: readonly string[], to: number) {
  for (let distance = 1; distance <= AHEAD; distance += 1)
    for (let gone = 0; gone <= distance; gone += 1) {
      const [left, right] = [at + gone, to + distance - gone];
      if (left < old.length && right < fresh.length && old[left] === fresh[right])
        return [left, right] as const;
    }
  return [old.length, fresh.length] as const;
}
