import type { CaseTypeModel, Simulation, SiteKnowledge } from '../../case-type/index.ts';
import type { DayOff, DaysOff } from '../../calendar/days-off.ts';
import { INK } from '../ink.ts';
import { formatDate, type Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { svgDocument, textBlock } from '../svg-parts.ts';
import { wrapText } from '../text-width.ts';
import { drawingTexts } from '../texts.ts';
import { drawConnectors } from './connectors.ts';
import { caseLane, type DrawnCase } from './case-lane.ts';
import { describeTimeline } from './description.ts';
import { drawLane } from './lane-drawing.ts';
import { timelineLanes, type TimelineLane } from './lanes.ts';
import {
  dateOf,
  laneStart,
  layOutTimeline,
  timelineMeasures,
  type PlacedLane,
  type TimelineMeasures,
} from './layout.ts';
import { breakMark, dayOffStripe, drawLegend, type UsedSigns } from './legend.ts';
import { createWhoLegend } from './who-legend.ts';

export interface TimelineDrawing {
  readonly title: string;
  readonly model: CaseTypeModel;
  /** What opening a case does; its start date is shown only with `showDates`. */
  readonly simulation: Simulation;
  readonly language: Language;
  /** Whether dates stand beside the days of the set that opens a case. */
  readonly showDates?: boolean;
  /** Marked when dates are shown and the days are wide enough. */
  readonly daysOff?: DaysOff;
  /** Its relationship types name the rules by relationship, whose ids differ from site to site. */
  readonly site?: SiteKnowledge;
  /** Cases that go on are drawn instead of the activity sets: a lane for each, whatever made its activities. */
  readonly cases?: readonly DrawnCase[];
  /** In pixels, 640 at least; the height follows. */
  readonly width?: number;
  /** Begins the ids in the picture; give each its own when several stand on one page. */
  readonly idPrefix?: string;
  /** False: without the title at the top, which the page around it tells. */
  readonly showTitle?: boolean;
}

const DEFAULT_WIDTH = 1080;
const NARROWEST_DAY = 2.4;

/**
 * The timeline of a case type, drawn to scale: a lane for each activity set, a row for each step, arrows from
 * the activity from which a step is counted, marks that tell who gets it. The same input gives the same text.
 */
export function renderTimelineSvg(drawing: TimelineDrawing): string {
  const { model, simulation, language, showDates = false } = drawing;
  const texts = drawingTexts(language);
  const lanes =
    drawing.cases?.map((one, index) => caseLane(one, index, language)) ??
    timelineLanes(model, simulation, drawing.site);
  const who = createWhoLegend(
    lanes.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.day === null || step.outcome.kind !== 'created' ? [] : [step.who])),
    ),
    model,
    language,
    drawing.site?.relationshipTypes,
  );
  const startDate = showDates ? simulation.startDate : null;
  const measures = timelineMeasures(
    Math.max(640, drawing.width ?? DEFAULT_WIDTH),
    showDates,
    drawing.showTitle === false ? 1 : 20,
  );
  const header = drawHeader(drawing, lanes, measures);
  const daysOff = drawing.daysOff ?? null;
  const placed = layOutTimeline({ lanes, language, measures, startDate, daysOff, top: header.bottom });
  const legend = drawLegend(
    who,
    usedSigns(placed, daysOff, startDate),
    language,
    measures,
    (placed.at(-1)?.bottom ?? header.bottom) + 22,
  );
  return svgDocument(
    {
      width: measures.width,
      height: Math.ceil(legend.bottom + 8),
      title: texts.timelineOf(drawing.title),
      description: describeTimeline(lanes, { language, who, startDate }),
      language,
      idPrefix: drawing.idPrefix ?? 'timeline',
    },
    [
      header.content,
      markup`${placed.map((lane) => drawGround(lane, measures, { startDate, daysOff }))}`,
      drawConnectors(placed, { left: measures.chartLeft, right: measures.chartRight }),
      markup`${placed.map((lane) => drawLane(lane, { measures, who, startDate, language }))}`,
      legend.content,
    ],
  );
}

function drawHeader(
  { title, simulation, language, showDates = false, showTitle = true }: TimelineDrawing,
  lanes: readonly TimelineLane[],
  { margin, width }: TimelineMeasures,
): { readonly content: Markup; readonly bottom: number } {
  if (!showTitle && lanes.length > 0) return { content: markup``, bottom: 4 };
  const texts = drawingTexts(language);
  const room = width - 2 * margin;
  const titleLines = showTitle ? wrapText(title, { size: 20, isBold: true, width: room }) : [];
  const opening = lanes.find(({ kind }) => kind === 'opening');
  const days = (opening?.steps ?? []).flatMap(({ day }) => (day === null ? [] : [day]));
  const told = [
    opening === undefined ? null : texts.span(days.length, Math.max(0, ...days) - Math.min(0, ...days)),
    showDates && opening !== undefined ? texts.opensOn(formatDate(language, simulation.startDate)) : null,
  ].filter((part) => part !== null);
  const subtitle = lanes.length === 0 ? texts.empty : told.join(', ');
  const subtitleLines = wrapText(subtitle, { size: 12.5, width: room });
  const titleBottom = 12 + titleLines.length * 26;
  return {
    content: markup`${textBlock(titleLines, { x: margin, y: 32, size: 20, lineHeight: 26, isBold: true })}${textBlock(
      subtitleLines,
      { x: margin, y: titleBottom + 16, size: 12.5, lineHeight: 17, fill: INK.soft },
    )}`,
    bottom: titleBottom + subtitleLines.length * 17 + 18,
  };
}

interface GroundOptions {
  readonly startDate: string | null;
  readonly daysOff: DaysOff | null;
}

/** What lies under everything: days off, days, lines between the rows, the start. */
function drawGround(
  placed: PlacedLane,
  { margin, width }: TimelineMeasures,
  { startDate, daysOff }: GroundOptions,
): Markup {
  if (placed.rows.length === 0) return markup``;
  const { bodyTop, bottom, rows, axis } = placed;
  const height = bottom - bodyTop;
  const stripes = laneDaysOff(placed, daysOff, startDate).map(({ day, kind }) => {
    const left = axis.x(day) - axis.pixelsPerDay / 2;
    const right = Math.min(left + axis.pixelsPerDay, width - margin);
    return dayOffStripe(left, bodyTop, right - left, height, kind);
  });
  return markup`${stripes}${axis.ticks.map(
    ({ x, day }) =>
      markup`<path d="M${x} ${bodyTop - 5}V${bottom}" stroke="${day === 0 ? INK.line : INK.grid}" stroke-width="${day === 0 ? 1.4 : 1}"/>
`,
  )}${rows.slice(1).map(
    ({ top }) => markup`<path d="M${margin} ${top}H${width - margin}" stroke="${INK.grid}" stroke-width="1"/>
`,
  )}${axis.breaks.map(
    ({ x }) => markup`<rect x="${x - 5}" y="${bodyTop}" width="10" height="${height}" fill="${INK.paper}"/>
${breakMark(x, bodyTop - 6, bottom)}`,
  )}`;
}

function usedSigns(
  lanes: readonly PlacedLane[],
  daysOff: DaysOff | null,
  startDate: string | null,
): UsedSigns {
  const rows = lanes.flatMap((lane) => lane.rows);
  const dated = lanes.filter(({ rows: { length } }) => length > 0);
  const kinds = new Set(
    dated.flatMap((lane) => laneDaysOff(lane, daysOff, startDate).map(({ kind }) => kind)),
  );
  return {
    arrow: rows.some(
      ({ step: { day, base } }) => day !== 0 && base.kind !== 'sequence' && base.kind !== 'by-hand',
    ),
    missing: rows.some(({ step }) => step.base.kind === 'reference-missing'),
    skipped: rows.some(({ step }) => step.outcome.kind === 'skipped'),
    notReached: rows.some(({ step }) => step.outcome.kind === 'not-reached'),
    completed: rows.some(({ completedX }) => completedX !== null),
    break: dated.some(({ axis }) => axis.breaks.length > 0),
    scales: new Set(dated.map(({ axis }) => axis)).size > 1,
    weekend: kinds.has('weekend'),
    holiday: kinds.has('holiday'),
  };
}

/** The days off that a lane can show. */
function laneDaysOff(
  { lane, axis }: PlacedLane,
  daysOff: DaysOff | null,
  startDate: string | null,
): readonly { readonly day: number; readonly kind: DayOff['kind'] }[] {
  const start = laneStart(lane, startDate);
  if (start === null || axis.pixelsPerDay < NARROWEST_DAY || daysOff === null) return [];
  const days = Array.from({ length: axis.lastDay - axis.firstDay + 1 }, (_, index) => axis.firstDay + index);
  return days.filter(axis.shows).flatMap((day) => {
    const dayOff = daysOff(dateOf(start, day));
    return dayOff === null ? [] : [{ day, kind: dayOff.kind }];
  });
}
