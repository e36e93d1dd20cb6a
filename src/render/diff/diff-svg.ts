import type { ImpactActivity, ImpactRow } from '../../case-type/index.ts';
import { INK } from '../ink.ts';
import { markup, type Markup } from '../markup.ts';
import { arrowHead, svgDocument, textBlock } from '../svg-parts.ts';
import { textWidth, wrapText } from '../text-width.ts';
import { createDayAxis, type DayAxis } from '../timeline/day-axis.ts';
import { diffTexts, type DiffTexts } from './diff-texts.ts';
import type { CaseTypeComparison } from './diff-groups.ts';

export interface DiffDrawing {
  /** In pixels, 640 at least; the height follows. */
  readonly width?: number;
  /** Begins the ids in the picture; give each its own when several stand on one page. */
  readonly idPrefix?: string;
  /** False: without the title at the top, which the page around it tells. */
  readonly showTitle?: boolean;
}

const MARGIN = 24;
const NAME = { size: 13 } as const;
const SMALL = { size: 11 } as const;
const HEADING = { size: 14, isBold: true, lineHeight: 18 } as const;
const RADIUS = 6;
const ROW_GAP = 12;
const AXIS = 34;

/**
 * What a new case gets before and after, and the sets added by hand that differ; one row for each activity on one scale of days: the old place hollow, the new
 * one filled, an arrow from the one to the other where it moved. Reads in grey; the same input gives the same text.
 */
export function renderDiffSvg(comparison: CaseTypeComparison, drawing: DiffDrawing = {}): string {
  const { impact, language, title } = comparison;
  const texts = diffTexts(language);
  const width = Math.max(640, drawing.width ?? 960);
  const nameWidth = Math.round(width * 0.3);
  const parts: Markup[] = [];
  let y = MARGIN;
  if (drawing.showTitle !== false) {
    const lines = wrapText(`${texts.newCase}${texts.colon}${title}`, {
      size: 18,
      isBold: true,
      width: width - 2 * MARGIN,
    });
    parts.push(textBlock(lines, { x: MARGIN, y: y + 16, size: 18, isBold: true }));
    y += lines.length * 23 + 8;
  }
  parts.push(legend(MARGIN, y + 10, width, texts));
  y += 30;
  if (impact.rows.length === 0) {
    parts.push(textBlock([texts.noImpact], { x: MARGIN, y: y + AXIS + 14, size: 13 }));
    y += AXIS;
  } else {
    const chart = drawChart(impact.rows, { y, width, nameWidth, texts });
    parts.push(chart.markup);
    y = chart.bottom;
  }
  for (const { label, rows } of impact.sets) {
    const heading = wrapText(texts.addedByHand(label), { ...HEADING, width: width - 2 * MARGIN });
    parts.push(textBlock(heading, { ...HEADING, x: MARGIN, y: y + 30, fill: INK.accent }));
    const chart = drawChart(rows, {
      y: y + 26 + heading.length * HEADING.lineHeight,
      width,
      nameWidth,
      texts,
    });
    parts.push(chart.markup);
    y = chart.bottom;
  }
  return svgDocument(
    {
      width,
      height: y + MARGIN,
      title: `${texts.newCase}${texts.colon}${title}`,
      description: texts.key,
      language,
      idPrefix: drawing.idPrefix ?? 'diff',
    },
    parts,
  );
}

interface ChartPlace {
  readonly y: number;
  readonly width: number;
  readonly nameWidth: number;
  readonly texts: DiffTexts;
}

/** Rows on a scale of days of their own. */
function drawChart(
  rows: readonly ImpactRow[],
  { y, width, nameWidth, texts }: ChartPlace,
): { readonly markup: Markup; readonly bottom: number } {
  const axis = createDayAxis({
    days: rows.flatMap(({ before, after }) => [before?.day ?? 0, after?.day ?? 0]),
    left: MARGIN + nameWidth + 28,
    right: width - MARGIN - 34,
    tickWidth: 56,
  });
  const top = y + AXIS;
  let bottom = top;
  const drawn = rows.map((row) => {
    const { markup: content, height } = drawRow(row, { axis, y: bottom, nameWidth, texts });
    bottom += height;
    return content;
  });
  return { markup: markup`${grid(axis, top, bottom, texts)}${drawn}`, bottom };
}

function legend(x: number, y: number, width: number, texts: DiffTexts): Markup {
  const entries = [
    { draw: (at: number) => oldMark(at, y), text: texts.before },
    { draw: (at: number) => newMark(at, y), text: texts.after },
  ];
  let at = x + RADIUS;
  const drawn = entries.map(({ draw, text }) => {
    const part = markup`${draw(at)}${textBlock([text], { x: at + 12, y: y + 4, size: SMALL.size, fill: INK.soft })}`;
    at += textWidth(text, SMALL) + 42;
    return part;
  });
  const key = wrapText(texts.key, { ...SMALL, width: width - at - MARGIN, maxLines: 1 });
  return markup`${drawn}${textBlock(key, { x: at, y: y + 4, size: SMALL.size, fill: INK.soft })}`;
}

function grid(axis: DayAxis, top: number, bottom: number, texts: DiffTexts): Markup {
  const lines = axis.ticks.map(
    ({ day, x }) => markup`<line x1="${x}" y1="${top - 10}" x2="${x}" y2="${bottom}" stroke="${INK.grid}"/>
${textBlock([texts.day(day)], { x, y: top - 16, size: SMALL.size, fill: INK.soft, anchor: 'middle' })}`,
  );
  const breaks = axis.breaks.map(
    ({
      x,
    }) => markup`<rect x="${x - 5}" y="${top - 8}" width="10" height="${bottom - top + 8}" fill="${INK.band}"/>
${textBlock(['…'], { x, y: top - 16, size: SMALL.size, fill: INK.soft, anchor: 'middle' })}`,
  );
  return markup`${lines}${breaks}`;
}

const oldMark = (x: number, y: number): Markup =>
  markup`<circle cx="${x}" cy="${y}" r="${RADIUS - 1}" fill="${INK.paper}" stroke="${INK.line}" stroke-width="2" stroke-dasharray="2.5 2"/>
`;
const newMark = (x: number, y: number, fill: string = INK.accent): Markup =>
  markup`<circle cx="${x}" cy="${y}" r="${RADIUS}" fill="${fill}" stroke="${INK.text}"/>
`;

const SYMBOLS = { comes: '+', goes: '−', changes: '~', stays: '' } as const;

interface RowPlace {
  readonly axis: DayAxis;
  readonly y: number;
  readonly nameWidth: number;
  readonly texts: DiffTexts;
}

function drawRow(
  { kind, before, after, differences }: ImpactRow,
  { axis, y, nameWidth, texts }: RowPlace,
): { readonly markup: Markup; readonly height: number } {
  const activity = after ?? before;
  if (activity === null) return { markup: markup``, height: 0 };
  const isQuiet = kind === 'stays';
  const nameLines = wrapText(activity.activityType === '' ? texts.noName : activity.activityType, {
    ...NAME,
    isBold: !isQuiet,
    width: nameWidth - 20,
    maxLines: 4,
  });
  const told = remarks(before, after, differences, texts);
  const noteLines = told === '' ? [] : wrapText(told, { ...SMALL, width: nameWidth - 20, maxLines: 4 });
  const height = nameLines.length * 16 + noteLines.length * 14 + ROW_GAP;
  const middle = y + (nameLines.length * 16 + noteLines.length * 14) / 2;
  const [from, to] = [before === null ? null : axis.x(before.day), after === null ? null : axis.x(after.day)];
  const hasMoved = from !== null && to !== null && from !== to;
  const towards = (to ?? 0) > (from ?? 0) ? 1 : -1;
  const arrow =
    hasMoved && Math.abs(to - from) > 2 * RADIUS + 8
      ? markup`<line x1="${from + towards * RADIUS}" y1="${middle}" x2="${to - towards * (RADIUS + 6)}" y2="${middle}" stroke="${INK.line}" stroke-width="1.6"/>
${arrowHead(to - towards * (RADIUS + 1), middle, towards > 0 ? 'right' : 'left')}`
      : null;
  return {
    height,
    markup: markup`${isQuiet ? null : textBlock([SYMBOLS[kind]], { x: MARGIN, y: y + 12, size: 14, isBold: true, fill: INK.accent })}${textBlock(
      nameLines,
      {
        x: MARGIN + 18,
        y: y + 12,
        size: NAME.size,
        isBold: !isQuiet,
        lineHeight: 16,
        isStruck: kind === 'goes',
        ...(isQuiet ? { fill: INK.soft } : {}),
      },
    )}${textBlock(noteLines, { x: MARGIN + 18, y: y + 12 + nameLines.length * 16, size: SMALL.size, lineHeight: 14, fill: INK.soft })}${
      from !== null && (to === null || hasMoved) ? oldMark(from, middle) : null
    }${arrow}${to === null ? null : newMark(to, middle, isQuiet ? INK.bandEdge : INK.accent)}`,
  };
}

function remarks(
  before: ImpactActivity | null,
  after: ImpactActivity | null,
  differences: ImpactRow['differences'],
  texts: DiffTexts,
): string {
  if (after === null) return before === null ? '' : `${texts.day(before.day)}, ${texts.goes}`;
  if (before === null) return `${texts.day(after.day)}, ${texts.comes}`;
  return differences
    .map((key) => {
      if (key === 'day') return `${texts.day(before.day)} → ${texts.day(after.day)}`;
      if (key === 'assignee') return `${texts.assignee(before.assignee)} → ${texts.assignee(after.assignee)}`;
      return `${before[key] ?? '—'} → ${after[key] ?? '—'}`;
    })
    .join('; ');
}
