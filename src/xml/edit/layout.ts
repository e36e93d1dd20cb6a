import { nodeText, type XmlNode } from '../node.ts';

/** A child that may be changed, moved or removed, with what belongs to it. */
export interface LayoutPart {
  readonly node: XmlNode;
  /** Comments and white space that belong to nobody and stay where they are. */
  readonly free: string;
  /** The comments on the lines right above, with their white space. */
  readonly comments: string;
  /** The white space directly before the child. */
  readonly space: string;
  /** The comments behind it on its line. */
  readonly tail: string;
}

export interface Layout {
  readonly parts: readonly LayoutPart[];
  /** What follows the last part. */
  readonly end: string;
}

/** Divides an element's children into the parts chosen and what stands between them; joined they give the text. */
export function layoutOf(children: readonly XmlNode[], isPart: (node: XmlNode) => boolean): Layout {
  const parts: LayoutPart[] = [];
  let gap: XmlNode[] = [];
  const takeTail = (): string => {
    const length = parts.length === 0 ? 0 : tailLength(gap);
    const tail = textOf(gap.slice(0, length));
    const last = parts.pop();
    if (last !== undefined) parts.push({ ...last, tail });
    gap = gap.slice(length);
    return tail;
  };
  for (const child of children) {
    if (!isPart(child)) {
      gap.push(child);
      continue;
    }
    takeTail();
    parts.push({ node: child, ...splitGap(gap), tail: '' });
    gap = [];
  }
  takeTail();
  return { parts, end: textOf(gap) };
}

const textOf = (nodes: readonly XmlNode[]): string => nodes.map(nodeText).join('');
const isSpace = (text: string): boolean => /^[ \t\r\n]*$/.test(text);
export const lineBreaksIn = (text: string): number => text.match(/\r\n|[\r\n]/g)?.length ?? 0;

/** How many nodes are comments on the line that ends, with the space before them. */
function tailLength(gap: readonly XmlNode[]): number {
  let length = 0;
  for (const [index, node] of gap.entries()) {
    const isComment = node.kind === 'comment';
    if (!isComment && (node.kind !== 'text' || !isSpace(node.raw))) return 0;
    if (lineBreaksIn(node.raw) > 0) return isComment ? 0 : length;
    if (isComment) length = index + 1;
  }
  return 0;
}

/** The end of a gap belongs to what follows: its white space, and the comments on the lines right above. */
function splitGap(gap: readonly XmlNode[]): Omit<LayoutPart, 'node' | 'tail'> {
  const last = gap.at(-1);
  const space = last?.kind === 'text' ? (/[ \t\r\n]*$/.exec(last.raw)?.[0] ?? '') : '';
  let from = space === '' ? gap.length : gap.length - 1;
  if (last?.kind === 'text' && space !== last.raw) {
    return {
      free: textOf(gap.slice(0, -1)) + last.raw.slice(0, last.raw.length - space.length),
      comments: '',
      space,
    };
  }
  const end = from;
  let between = space;
  for (;;) {
    const [before, comment] = [gap[from - 2], gap[from - 1]];
    if (comment?.kind !== 'comment' || lineBreaksIn(between) !== 1) break;
    if (before?.kind !== 'text' || !isSpace(before.raw) || lineBreaksIn(before.raw) === 0) break;
    from -= 2;
    between = before.raw;
  }
  return { free: textOf(gap.slice(0, from)), comments: textOf(gap.slice(from, end)), space };
}

/** A child in its new place: a part of this layout or another, or a new element when it has none. */
export interface Placed {
  readonly part: LayoutPart | null;
  /** The child's text; `lead` is the white space that stands before it. */
  readonly render: (lead: string) => string;
}

export interface LeadOfNew {
  /** The white space before a first child. */
  readonly lead: string;
  /** The white space before the closing tag behind a first child. */
  readonly end: string;
}

/** The text of the children in a new order. Those that need not move stay with everything between them. */
export function layOut(
  { parts, end }: Layout,
  placed: readonly Placed[],
  first: LeadOfNew,
  isMovedElsewhere: (part: LayoutPart) => boolean = () => false,
): string {
  const indexOf = new Map(parts.map((part, index) => [part, index]));
  const staying = longestRising(
    placed.flatMap(({ part }) => (part === null ? [] : [indexOf.get(part) ?? -1])),
  );
  const placedParts = new Set(placed.map(({ part }) => part));
  let text = '';
  let next = 0;
  const leaveBehind = (until: number): void => {
    for (; next < until; next += 1) {
      const part = parts[next];
      if (part === undefined) continue;
      const isGone = !placedParts.has(part) && !isMovedElsewhere(part);
      text += part.free + (isGone ? part.comments : '');
    }
  };
  const endAt = end.length - (/[ \t\r\n]*$/.exec(end)?.[0].length ?? 0);
  if (parts.length === 0) text += end.slice(0, endAt);
  let lead = lastLine(
    parts.find(({ space }) => lineBreaksIn(space) > 0)?.space ?? parts[0]?.space ?? first.lead,
  );
  for (const { part, render } of placed) {
    if (part === null) {
      text += lead + render(lead);
      continue;
    }
    const index = indexOf.get(part) ?? -1;
    if (staying.has(index)) {
      leaveBehind(index);
      next = index + 1;
      text += part.free;
    }
    text += part.comments + part.space + render(part.space) + part.tail;
    if (lineBreaksIn(part.space) > 0) lead = lastLine(part.space);
  }
  leaveBehind(parts.length);
  if (parts.length > 0 || placed.length === 0) return parts.length > 0 ? text + end : end;
  return text + (lineBreaksIn(end.slice(endAt)) > 0 ? end.slice(endAt) : first.end);
}

/** White space from its last line break on. */
const lastLine = (space: string): string => /(?:\r\n|[\r\n])[^\r\n]*$/.exec(space)?.[0] ?? space;

/** The longest selection of numbers that rises; negative ones are left out. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const number of numbers.filter((one) => one >= 0)) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? Infinity) < number) low = middle + 1;
      else high = middle;
    }
    before.set(number, ends[low - 1]);
    ends[low] = number;
  }
  const chosen = new Set<number>();
  for (let one = ends.at(-1); one !== undefined; one = before.get(one)) chosen.add(one);
  return chosen;
}
