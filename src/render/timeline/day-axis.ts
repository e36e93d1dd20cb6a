import { scaleLinear } from 'd3-scale';

/** A stretch of days that the axis leaves out, because it would squeeze all others. */
export interface AxisBreak {
  readonly fromDay: number;
  readonly toDay: number;
  /** The middle of the mark that stands for it. */
  readonly x: number;
}

/** Days drawn to scale between two edges, in pixels; day 0 is always on it. */
export interface DayAxis {
  readonly left: number;
  readonly right: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly pixelsPerDay: number;
  readonly breaks: readonly AxisBreak[];
  /** Round days, far enough from each other for their labels. */
  readonly ticks: readonly { readonly day: number; readonly x: number }[];
  readonly x: (day: number) => number;
  /** Whether a day is neither beyond the ends nor left out. */
  readonly shows: (day: number) => boolean;
}

export interface DayAxisInput {
  /** Whatever has to be on the axis, in any order. */
  readonly days: readonly number[];
  readonly left: number;
  readonly right: number;
  /** Room for the label of a tick. */
  readonly tickWidth: number;
}

const SHORTEST_SPAN = 7;
const BREAK_WIDTH = 60;
const MAX_BREAKS = 3;
/** A gap is left out when it takes more than this share of the axis, is longer than a month and leaves a week. */
const BREAK_SHARE = 0.45;
const SHORTEST_BREAK = 31;
const STEPS = [1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650, 36_500, 365_000, 3_650_000];

/** Lays the days out; stretches of months in which nothing happens are broken when they squeeze the rest. */
export function createDayAxis({ days, left, right, tickWidth }: DayAxisInput): DayAxis {
  const stops = [...new Set([0, ...days])].sort((a, b) => a - b);
  const first = stops[0] ?? 0;
  const last = Math.max(stops.at(-1) ?? 0, first + SHORTEST_SPAN);
  const gaps = longGaps([...stops, last], last - first);
  const shownDays = last - first - gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const pixelsPerDay = (right - left - gaps.length * BREAK_WIDTH) / shownDays;

  const domain = [first];
  const range = [left];
  for (const { from, to } of gaps) {
    const x = (range.at(-1) ?? left) + (from - (domain.at(-1) ?? first)) * pixelsPerDay;
    domain.push(from, to);
    range.push(x, x + BREAK_WIDTH);
  }
  const scale = scaleLinear([...domain, last], [...range, right]);
  const isLeftOut = (day: number): boolean => gaps.some(({ from, to }) => day > from && day < to);
  const shows = (day: number): boolean => day >= first && day <= last && !isLeftOut(day);
  return {
    left,
    right,
    firstDay: first,
    lastDay: last,
    pixelsPerDay,
    x: (day) => scale(day),
    shows,
    breaks: gaps.map(({ from, to }) => ({ fromDay: from, toDay: to, x: scale((from + to) / 2) })),
    ticks: ticks(first, last, pixelsPerDay, tickWidth, gaps).map((day) => ({ day, x: scale(day) })),
  };
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

function longGaps(stops: readonly number[], span: number): readonly Gap[] {
  const byLength = stops
    .slice(1)
    .map((to, index) => ({ from: stops[index] ?? to, to }))
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  const broken: Gap[] = [];
  let rest = span;
  for (const gap of byLength.slice(0, MAX_BREAKS)) {
    const length = gap.to - gap.from;
    if (length <= SHORTEST_BREAK || length <= rest * BREAK_SHARE || rest - length < SHORTEST_SPAN) break;
    broken.push(gap);
    rest -= length;
  }
  return broken.sort((a, b) => a.from - b.from);
}

function ticks(
  first: number,
  last: number,
  pixelsPerDay: number,
  tickWidth: number,
  gaps: readonly Gap[],
): readonly number[] {
  const step = STEPS.find((days) => days * pixelsPerDay >= tickWidth) ?? last - first;
  const starts = [first, ...gaps.map(({ to }) => to)];
  const ends = [...gaps.map(({ from }) => from), last];
  const room = tickWidth / pixelsPerDay;
  return starts.flatMap((start, index) => {
    const end = ends[index] ?? last;
    const round: number[] = [];
    for (let day = Math.ceil(start / step) * step; day <= end; day += step) round.push(day + 0);
    // Behind a break the first day is said, so that the numbers do not seem to jump.
    return start === first || (round[0] !== undefined && round[0] - start < room) ? round : [start, ...round];
  });
}
