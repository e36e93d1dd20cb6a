import { INK } from '../ink.ts';
import { markup, type Markup } from '../markup.ts';
import { arrowHead, MARK_RADIUS } from '../svg-parts.ts';
import type { PlacedLane, PlacedStep } from './layout.ts';

interface ChartEdges {
  readonly left: number;
  readonly right: number;
}

interface Trunk {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** A horizontal arrow needs its head and a little line beside the mark. */
const SIDE_ROOM = MARK_RADIUS + 9;
const SHIFTS = [0, 20, 26, 32, -20, -26, -32, 38, 44, -38, -44, 50, 56, -50, -56];

/**
 * Arrows from the activity from which a step is counted to the step: down beside the marks in between, then
 * along the row, so that its length is the offset. Steps counted from one activity share the way down.
 */
export function drawConnectors(lanes: readonly PlacedLane[], edges: ChartEdges): Markup {
  const rows = lanes.flatMap((lane) => lane.rows);
  const axisOf = new Map(lanes.flatMap((lane) => lane.rows.map((row) => [row, lane.axis])));
  const byKey = new Map(rows.map((row) => [row.step.key, row]));
  const children = new Map<PlacedStep, PlacedStep[]>();
  const fromStart: PlacedStep[] = [];
  for (const row of rows) {
    const { base } = row.step;
    const from = base.kind === 'reference' && base.stepKey !== null ? byKey.get(base.stepKey) : undefined;
    if (from === undefined) fromStart.push(row);
    else children.set(from, [...(children.get(from) ?? []), row]);
  }
  const trunks: Trunk[] = [];
  const trees = [...children].map(([from, steps]) => {
    const trunk = placeTrunk(from, steps, rows, trunks, edges);
    trunks.push(trunk);
    return markup`${steps.map((step) => branch(from, trunk, step))}`;
  });
  return markup`${fromStart.map((row) => startLine(row, axisOf.get(row)?.x(row.step.addedDay ?? 0) ?? row.x))}${trees}`;
}

function placeTrunk(
  from: PlacedStep,
  steps: readonly PlacedStep[],
  rows: readonly PlacedStep[],
  trunks: readonly Trunk[],
  edges: ChartEdges,
): Trunk {
  const ends = [from, ...steps].map(({ y }) => y);
  const [top, bottom] = [Math.min(...ends), Math.max(...ends)];
  // Where all of them stand straight below, the last mark may be met from above; others must be passed by.
  const last = steps.find(({ y }) => y === bottom);
  const obstacles = rows.filter((row) => row.y > top && row.y <= bottom && row !== from && row !== last);
  const isFree = (x: number): boolean =>
    x > edges.left - 26 &&
    x < edges.right + 22 &&
    obstacles.every((row) => Math.abs(row.x - x) > MARK_RADIUS + 1.5) &&
    trunks.every((trunk) => Math.abs(trunk.x - x) > 4 || trunk.bottom <= top || trunk.top >= bottom);
  const shift = SHIFTS.find((candidate) => isFree(from.x + candidate)) ?? 0;
  return { x: from.x + shift, top, bottom };
}

function branch(from: PlacedStep, trunk: Trunk, to: PlacedStep): Markup {
  const start =
    trunk.x === from.x
      ? `M${at(from.x, from.y + (to.y > from.y ? MARK_RADIUS : -MARK_RADIUS))}`
      : `M${at(from.x, from.y)}H${text(trunk.x)}`;
  const down = to.y > from.y;
  const dx = to.x - trunk.x;
  if (Math.abs(dx) >= SIDE_ROOM) {
    const right = dx > 0;
    const tip = to.x - (right ? 1 : -1) * (MARK_RADIUS + 2);
    const corner = Math.min(5, Math.abs(to.y - from.y));
    const bend = `V${text(to.y - (down ? corner : -corner))}q0 ${text(down ? corner : -corner)} ${text(right ? corner : -corner)} ${text(down ? corner : -corner)}`;
    return markup`${line(`${start}${bend}H${text(tip - (right ? 5 : -5))}`, false)}${arrowHead(tip, to.y, right ? 'right' : 'left')}`;
  }
  const tip = to.y - (down ? MARK_RADIUS + 3 : -MARK_RADIUS - 3);
  const jog = Math.abs(dx) <= 4 ? '' : `V${text(tip - (down ? 5 : -5))}H${text(to.x)}`;
  const x = Math.abs(dx) <= 4 ? trunk.x : to.x;
  return markup`${line(`${start}${jog}V${text(tip - (down ? 4 : -4))}`, false)}${arrowHead(x, tip, down ? 'down' : 'up')}`;
}

/** Along the row from day 0. */
function startLine({ step, x, y }: PlacedStep, zero: number): Markup | null {
  if (step.base.kind === 'sequence' || step.base.kind === 'by-hand') return null;
  const distance = x - zero;
  if (Math.abs(distance) < SIDE_ROOM) return null;
  const right = distance > 0;
  const tip = x - (right ? 1 : -1) * (MARK_RADIUS + 2);
  const isDashed = step.base.kind === 'reference-missing';
  return markup`<circle cx="${zero}" cy="${y}" r="2.5" fill="${INK.line}"/>${line(
    `M${at(zero, y)}H${text(tip - (right ? 5 : -5))}`,
    isDashed,
  )}${arrowHead(tip, y, right ? 'right' : 'left')}`;
}

function line(path: string, isDashed: boolean): Markup {
  const dash = { markup: isDashed ? ' stroke-dasharray="5 4"' : '' };
  return markup`<path d="${path}" fill="none" stroke="${INK.line}" stroke-width="1.5"${dash}/>
`;
}

const text = (value: number): string => String(Math.round(value * 100) / 100);
const at = (x: number, y: number): string => `${text(x)} ${text(y)}`;
