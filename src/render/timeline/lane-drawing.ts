import { INK } from '../ink.ts';
import { formatDate, formatNumber, type Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { completedMark, stepMark, textBlock } from '../svg-parts.ts';
import { textWidth } from '../text-width.ts';
import { drawingTexts } from '../texts.ts';
import {
  dateOf,
  laneStart,
  NAME,
  SMALL,
  type PlacedLane,
  type PlacedStep,
  type TimelineMeasures,
} from './layout.ts';
import { drawChain } from './sequence-chain.ts';
import type { WhoLegend } from './who-legend.ts';

interface LaneOptions {
  readonly measures: TimelineMeasures;
  readonly who: WhoLegend;
  readonly startDate: string | null;
  readonly language: Language;
}

/** A lane's head, its days, and its rows or its chain. */
export function drawLane(placed: PlacedLane, options: LaneOptions): Markup {
  const { top, label, hint, headHeight, chain, rows, bottom } = placed;
  const { margin, width } = options.measures;
  const left = margin + 12;
  return markup`<rect x="${margin}" y="${top}" width="${width - 2 * margin}" height="${headHeight}" rx="5" fill="${INK.band}"/>
<path d="M${margin} ${bottom}H${width - margin}" stroke="${INK.bandEdge}" stroke-width="1"/>
${textBlock(label, { x: left, y: top + 23, size: 14, lineHeight: 18, isBold: true, fill: INK.accent })}${textBlock(
    hint,
    {
      x: left,
      y: top + 5 + label.length * 18 + 16,
      size: 11.5,
      lineHeight: 15,
      fill: INK.soft,
    },
  )}${rows.length === 0 ? null : drawDays(placed, options)}${chain === null ? null : drawChain(chain)}${rows.map((row) => drawRow(row, options))}`;
}

function drawDays({ lane, bodyTop, top, headHeight, axis }: PlacedLane, options: LaneOptions): Markup {
  const { measures, startDate, language } = options;
  const y = top + headHeight + 16;
  const start = laneStart(lane, startDate);
  const span = (axis.ticks.at(-1)?.day ?? 0) - (axis.ticks[0]?.day ?? 0);
  const format =
    span > 300
      ? ({ month: 'short', year: 'numeric' } as const)
      : ({ day: 'numeric', month: 'short' } as const);
  return markup`${textBlock([drawingTexts(language).dayAxis], {
    x: measures.chartLeft - 26 - textWidth(drawingTexts(language).dayAxis, { size: 10.5 }),
    y,
    size: 10.5,
    fill: INK.soft,
  })}${axis.ticks.map(({ day, x }) => [
    textBlock([formatNumber(language, day)], {
      x,
      y,
      size: 10.5,
      anchor: 'middle',
      fill: INK.soft,
      hasHalo: true,
    }),
    start !== null
      ? textBlock([formatDate(language, dateOf(start, day), format)], {
          x,
          y: bodyTop - 9,
          size: 10,
          anchor: 'middle',
          fill: INK.soft,
          hasHalo: true,
        })
      : markup``,
  ])}`;
}

function drawRow(row: PlacedStep, { measures, who, language }: LaneOptions): Markup {
  const { step, text, top, x, y, date, completedX } = row;
  const isCreated = step.outcome.kind === 'created';
  const firstLine = top + 8 + 12;
  const nameBottom = firstLine + text.name.length * NAME.lineHeight;
  const whyBottom = nameBottom + text.why.length * SMALL.lineHeight;
  const statusHeight = text.status.length === 0 ? 0 : text.status.length * SMALL.lineHeight + 8;
  const small = { x: measures.nameLeft, size: SMALL.size, lineHeight: SMALL.lineHeight };
  return markup`<g>
${textBlock([drawingTexts(language).day(step.day ?? 0)], {
  x: measures.dayLeft + 4,
  y: firstLine,
  size: 12,
  isBold: isCreated,
  fill: isCreated ? INK.text : INK.soft,
})}${date === null ? null : textBlock([date], { x: measures.dayLeft + 4, y: firstLine + 15, size: 10.5, fill: INK.soft })}${textBlock(
    text.name,
    {
      ...NAME,
      x: measures.nameLeft,
      y: firstLine,
      isStruck: !isCreated,
      fill: isCreated ? INK.text : INK.soft,
    },
  )}${textBlock(text.why, { ...small, y: nameBottom - 1, fill: INK.soft })}${textBlock(text.notes, {
    ...small,
    y: whyBottom + statusHeight - 1,
    isBold: true,
    fill: INK.warn,
  })}${drawStatus(text.status, measures.nameLeft, whyBottom - 8)}${stepMark(who.markOf(step.who), x, y, step.outcome.kind)}${
    completedX === null ? null : completedMark(x, completedX, y)
  }</g>
`;
}

function drawStatus(lines: readonly string[], x: number, top: number): Markup | null {
  if (lines.length === 0) return null;
  const width = Math.max(...lines.map((line) => textWidth(line, { size: SMALL.size }))) + 16;
  const height = lines.length * SMALL.lineHeight + 4;
  return markup`<rect x="${x}" y="${top}" width="${width}" height="${height}" rx="8" fill="${INK.paper}" stroke="${INK.line}" stroke-width="1"/>
${textBlock(lines, { x: x + 8, y: top + 12.5, size: SMALL.size, lineHeight: SMALL.lineHeight })}`;
}
