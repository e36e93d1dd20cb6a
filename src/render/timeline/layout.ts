import { createDayAxis, type DayAxis } from './day-axis.ts';
import { formatDate, type Language } from '../language.ts';
import { nameLabel } from '../seed-labels.ts';
import { layOutChain, type PlacedChain } from './sequence-chain.ts';
import { wrapText } from '../text-width.ts';
import type { DayOff, DaysOff } from '../../calendar/days-off.ts';
import { drawingTexts } from '../texts.ts';
import type { DayBase, LaneStep, TimelineLane } from './lanes.ts';

/** Everything about the picture's measures that does not depend on its content. */
export interface TimelineMeasures {
  readonly width: number;
  readonly margin: number;
  /** Left edges of the columns for day and name. */
  readonly dayLeft: number;
  readonly nameLeft: number;
  readonly nameWidth: number;
  readonly chartLeft: number;
  readonly chartRight: number;
}

export interface PlacedText {
  readonly name: readonly string[];
  readonly why: readonly string[];
  /** What is unusual: not created, or on a day off. */
  readonly notes: readonly string[];
  readonly status: readonly string[];
}

/** A dated step in its row; `x` and `y` are the middle of its mark. */
export interface PlacedStep {
  readonly step: LaneStep;
  readonly text: PlacedText;
  readonly date: string | null;
  readonly dayOff: DayOff | null;
  readonly top: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  /** Where the day of its completion lies, if it has one. */
  readonly completedX: number | null;
}

export interface PlacedLane {
  readonly lane: TimelineLane;
  readonly top: number;
  readonly label: readonly string[];
  readonly hint: readonly string[];
  readonly headHeight: number;
  /** Where the rows or the chain begin, below the days. */
  readonly bodyTop: number;
  /** Lanes of about the same length share their scale. */
  readonly axis: DayAxis;
  readonly rows: readonly PlacedStep[];
  readonly chain: PlacedChain | null;
  readonly bottom: number;
}

export const AXIS_HEIGHT = 24;
const DATED_AXIS_HEIGHT = 38;
const LANE_GAP = 18;
export const NAME = { size: 13, isBold: true, lineHeight: 16 } as const;
export const SMALL = { size: 11, lineHeight: 14 } as const;
const ROW_PADDING = 8;

export function timelineMeasures(width: number, hasDates: boolean, margin: number): TimelineMeasures {
  const dayWidth = hasDates ? 122 : 84;
  const nameWidth = Math.round(Math.max(170, Math.min(300, width * 0.28)));
  const nameLeft = margin + dayWidth;
  const chartLeft = nameLeft + nameWidth + 34;
  return { width, margin, dayLeft: margin, nameLeft, nameWidth, chartLeft, chartRight: width - margin - 24 };
}

export interface LayoutInput {
  readonly lanes: readonly TimelineLane[];
  readonly language: Language;
  readonly measures: TimelineMeasures;
  /** Null: days only. */
  readonly startDate: string | null;
  readonly daysOff: DaysOff | null;
  readonly top: number;
}

/** Gives every lane, step and line of text its place. */
export function layOutTimeline(input: LayoutInput): readonly PlacedLane[] {
  const axes = laneAxes(input);
  let top = input.top;
  return input.lanes.map((lane, index) => {
    const placed = placeLane(lane, top, axes[index] ?? createAxis([], input), input);
    top = placed.bottom + LANE_GAP;
    return placed;
  });
}

/** Beside a lane of a year, one of a week would be a dot: lanes that differ so much get scales of their own. */
const SAME_SCALE = 4;

function laneAxes(input: LayoutInput): readonly DayAxis[] {
  const days = input.lanes.map(({ steps }) =>
    steps.flatMap(({ day, completedDay }) => (day === null ? [] : [day, completedDay ?? day])),
  );
  const spans = days.map((ofLane) => Math.max(0, ...ofLane) - Math.min(0, ...ofLane));
  const longestFirst = [...spans.keys()].sort((a, b) => (spans[b] ?? 0) - (spans[a] ?? 0));
  const groups: number[][] = [];
  for (const index of longestFirst) {
    const group = groups.at(-1);
    const longest = spans[group?.[0] ?? index] ?? 0;
    if (group !== undefined && (spans[index] ?? 0) * SAME_SCALE >= longest) group.push(index);
    else groups.push([index]);
  }
  const axes = new Map(
    groups.flatMap((group) => {
      const axis = createAxis(
        group.flatMap((index) => days[index] ?? []),
        input,
      );
      return group.map((index) => [index, axis] as const);
    }),
  );
  return spans.map((_, index) => axes.get(index) ?? createAxis([], input));
}

const createAxis = (days: readonly number[], { measures, startDate }: LayoutInput): DayAxis =>
  createDayAxis({
    days,
    left: measures.chartLeft,
    right: measures.chartRight,
    tickWidth: startDate === null ? 42 : 58,
  });

const isDated = ({ kind }: TimelineLane): boolean => kind !== 'sequence' && kind !== 'dead-sequence';
/** From when the dates of a lane are counted; null for one that shows days only. */
export const laneStart = ({ kind, startsOn }: TimelineLane, startDate: string | null): string | null =>
  startsOn ?? (kind === 'opening' ? startDate : null);

function placeLane(lane: TimelineLane, top: number, axis: DayAxis, input: LayoutInput): PlacedLane {
  const { measures, language, startDate } = input;
  const headWidth = measures.width - 2 * measures.margin - 24;
  const label = wrapText(lane.label.trim() === '' ? lane.name : lane.label, {
    size: 14,
    isBold: true,
    width: headWidth,
  });
  const hint = wrapText(drawingTexts(language).lane[lane.kind], { size: 11.5, width: headWidth });
  const headHeight = 10 + label.length * 18 + hint.length * 15 + 4;
  const head = { lane, top, label, hint, headHeight, axis };
  if (!isDated(lane) || lane.steps.length === 0) {
    const bodyTop = top + headHeight + 14;
    const chain = layOutChain(lane, {
      left: measures.margin + 12,
      right: measures.width - measures.margin - 12,
      top: bodyTop,
      language,
    });
    return { ...head, bodyTop, rows: [], chain, bottom: chain.bottom };
  }
  const bodyTop = top + headHeight + (laneStart(lane, startDate) === null ? AXIS_HEIGHT : DATED_AXIS_HEIGHT);
  let rowTop = bodyTop;
  const rows = lane.steps.map((step) => {
    const row = placeStep(step, lane, rowTop, axis, input);
    rowTop += row.height;
    return row;
  });
  return { ...head, bodyTop, rows, chain: null, bottom: rowTop + 6 };
}

function placeStep(
  step: LaneStep,
  lane: TimelineLane,
  top: number,
  axis: DayAxis,
  { measures, language, startDate, daysOff }: LayoutInput,
): PlacedStep {
  const start = laneStart(lane, startDate);
  const date = start === null ? null : dateOf(start, step.day ?? 0);
  const dayOff = date === null ? null : (daysOff?.(date) ?? null);
  const text = stepTexts(step, {
    isOpening: countsFromStart(lane, step),
    start,
    dayOff,
    language,
    width: measures.nameWidth,
  });
  const height =
    2 * ROW_PADDING +
    text.name.length * NAME.lineHeight +
    (text.why.length + text.notes.length) * SMALL.lineHeight +
    (text.status.length === 0 ? 0 : text.status.length * SMALL.lineHeight + 8);
  return {
    step,
    text,
    date: date === null ? null : formatDate(language, date, DATE_FORMAT),
    dayOff,
    top,
    height: Math.max(height, 36),
    x: axis.x(step.day ?? 0),
    y: top + ROW_PADDING + 9,
    completedX: step.completedDay === undefined ? null : axis.x(step.completedDay),
  };
}

const DATE_FORMAT = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

interface StepTextInput {
  readonly isOpening: boolean;
  readonly start: string | null;
  readonly dayOff: DayOff | null;
  readonly language: Language;
  readonly width: number;
}

function stepTexts(step: LaneStep, { isOpening, start, dayOff, language, width }: StepTextInput): PlacedText {
  const texts = drawingTexts(language);
  const small = { size: SMALL.size, width };
  const { outcome, base } = step;
  const notes = [
    outcome.kind === 'skipped' ? texts.skipped(outcome.limit) : null,
    outcome.kind === 'not-reached' ? texts.notReached : null,
    step.unknownStatus === null ? null : texts.unknownStatus(step.unknownStatus),
    dayOff === null ? null : (dayOff.name ?? texts.weekend),
  ].flatMap((note) => (note === null ? [] : wrapText(note, { ...small, isBold: true })));
  return {
    name: wrapText(stepName(step.activityType, language), { ...NAME, width }),
    why: wrapText(texts.base(baseWithLabels(base, language), step.offsetDays, isOpening), small),
    notes,
    status:
      step.status === 'Scheduled' || outcome.kind !== 'created'
        ? []
        : wrapText(statusWords(step, start, language), { ...small, width: width - 16 }),
  };
}

/** Whether day 0 of the step is the start of the case. */
export const countsFromStart = ({ kind }: TimelineLane, { addedDay }: LaneStep): boolean =>
  kind === 'opening' || (kind === 'case' && addedDay === undefined);

/** What a step is counted from, named as people see it. */
export function baseWithLabels(base: DayBase, language: Language): DayBase {
  if (base.kind === 'sequence')
    return { ...base, after: base.after === null ? null : nameLabel(base.after, language) };
  return 'activityType' in base ? { ...base, activityType: nameLabel(base.activityType, language) } : base;
}

/** The status, and since when an activity is completed. */
export const statusWords = (step: LaneStep, start: string | null, language: Language): string =>
  step.completedDay === undefined || start === null
    ? statusName(step, language)
    : drawingTexts(language).completedOn(
        statusName(step, language),
        formatDate(language, dateOf(start, step.completedDay)),
      );

/** As the step names it; what a site without that status makes of it is said beside it. */
export const statusName = ({ status, unknownStatus }: LaneStep, language: Language): string =>
  nameLabel(unknownStatus === null || unknownStatus === '' ? status : unknownStatus, language);

export const stepName = (activityType: string, language: Language): string =>
  activityType.trim() === '' ? drawingTexts(language).noName : nameLabel(activityType, language);

/** The date that many days after another; the simulation has checked that the calendar has it. */
export function dateOf(startDate: string, day: number): string {
  return new Date(Date.parse(`${startDate.slice(0, 10)}T00:00:00Z`) + day * 86_400_000)
    .toISOString()
    .slice(0, 10);
}
