import type { Language } from '../language.ts';
import { INK } from '../ink.ts';
import { markup, type Markup } from '../markup.ts';
import { nameLabel } from '../seed-labels.ts';
import { arrowHead, textBlock } from '../svg-parts.ts';
import { wrapText } from '../text-width.ts';
import { drawingTexts } from '../texts.ts';
import type { TimelineLane } from './lanes.ts';

interface ChainBox {
  readonly lines: readonly string[];
  /** Null: the end of the sequence. */
  readonly number: number | null;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A sequence as boxes in reading order, or a lane without steps as one sentence. */
export interface PlacedChain {
  readonly boxes: readonly ChainBox[];
  readonly isDead: boolean;
  readonly left: number;
  readonly bottom: number;
}

interface ChainRoom {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly language: Language;
}

const BOX = { width: 172, gap: 34, rowGap: 30, padding: 12, number: 26 } as const;
const TEXT = { size: 12.5, isBold: true, lineHeight: 16 } as const;

/** As many boxes beside each other as fit; a row is as high as its highest box. */
export function layOutChain(lane: TimelineLane, { left, right, top, language }: ChainRoom): PlacedChain {
  const texts = drawingTexts(language);
  const isDead = lane.kind === 'dead-sequence';
  const width = BOX.width - 2 * BOX.padding;
  const contents = lane.steps.map(({ activityType }, index) => ({
    number: index + 1,
    lines: wrapText(activityType.trim() === '' ? texts.noName : nameLabel(activityType, language), {
      ...TEXT,
      width: width - BOX.number,
    }),
  }));
  const end = { number: null, lines: wrapText(texts.caseCloses, { size: 11, width }) };
  const nothing = { number: null, lines: wrapText(texts.noSteps, { size: 11, width }) };
  const all = contents.length === 0 ? [nothing] : lane.kind === 'sequence' ? [...contents, end] : contents;

  const perRow = Math.max(1, Math.floor((right - left + BOX.gap) / (BOX.width + BOX.gap)));
  const boxes: ChainBox[] = [];
  let y = top;
  for (let first = 0; first < all.length; first += perRow) {
    const row = all.slice(first, first + perRow);
    const height = Math.max(...row.map(({ lines }) => lines.length)) * TEXT.lineHeight + 2 * BOX.padding - 2;
    boxes.push(
      ...row.map((box, column) => ({ ...box, x: left + column * (BOX.width + BOX.gap), y, height })),
    );
    y += height + BOX.rowGap;
  }
  return { boxes, isDead, left, bottom: y - BOX.rowGap + 12 };
}

export function drawChain({ boxes, isDead, left }: PlacedChain): Markup {
  return markup`${boxes.map((box, index) => [drawLink(boxes[index - 1], box, left), drawBox(box, isDead)])}`;
}

function drawBox({ lines, number, x, y, height }: ChainBox, isDead: boolean): Markup {
  const stroke = isDead ? INK.line : INK.accent;
  const dash = { markup: isDead ? ' stroke-dasharray="4 3"' : '' };
  const firstLine = y + BOX.padding + TEXT.size - 1;
  if (number === null) {
    return markup`<rect x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="14" fill="${INK.band}" stroke="${stroke}"/>
${textBlock(lines, { x: x + BOX.padding, y: firstLine, size: 11, lineHeight: TEXT.lineHeight })}`;
  }
  return markup`<rect x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="6" fill="${INK.paper}" stroke="${stroke}" stroke-width="1.4"${dash}/>
${textBlock([String(number)], { x: x + BOX.padding + 8, y: firstLine, size: 12, fill: INK.soft, anchor: 'middle' })}${textBlock(
    lines,
    { ...TEXT, x: x + BOX.padding + BOX.number, y: firstLine },
  )}`;
}

/** From a box to the next: beside it, or around the end of the row. */
function drawLink(from: ChainBox | undefined, to: ChainBox, left: number): Markup | null {
  if (from === undefined) return null;
  const line = (path: string): Markup =>
    markup`<path d="${path}" fill="none" stroke="${INK.line}" stroke-width="1.5"/>
`;
  const startX = from.x + BOX.width;
  const middle = from.y + from.height / 2;
  if (from.y === to.y) {
    return markup`${line(`M${String(startX)} ${String(middle)}H${String(to.x - 4)}`)}${arrowHead(to.x - 1, middle, 'right')}`;
  }
  const below = from.y + from.height + BOX.rowGap / 2;
  const entry = left + BOX.width / 2;
  return markup`${line(
    `M${String(startX)} ${String(middle)}h10V${String(below)}H${String(entry)}V${String(to.y - 4)}`,
  )}${arrowHead(entry, to.y - 1, 'down')}`;
}
