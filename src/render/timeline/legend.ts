import { INK } from '../ink.ts';
import { markup, type Markup } from '../markup.ts';
import { arrowHead, MARK_RADIUS, stepMark, textBlock, tick } from '../svg-parts.ts';
import { textWidth, wrapText } from '../text-width.ts';
import { drawingTexts } from '../texts.ts';
import type { Language } from '../language.ts';
import type { WhoLegend } from './who-legend.ts';

/** Which signs occur, so that the key explains no other. */
export interface UsedSigns {
  readonly arrow: boolean;
  readonly missing: boolean;
  readonly skipped: boolean;
  readonly notReached: boolean;
  readonly completed: boolean;
  readonly break: boolean;
  readonly scales: boolean;
  readonly weekend: boolean;
  readonly holiday: boolean;
}

interface Entry {
  /** The sign around the middle of its box, 28 wide. */
  readonly sign: (x: number, y: number) => Markup;
  readonly words: string;
}

const SIGN_WIDTH = 36;
const GAP = 26;
const LINE = 24;

/** The assignee rules and the signs, in as many lines as they need. */
export function drawLegend(
  who: WhoLegend,
  used: UsedSigns | null,
  language: Language,
  { margin, width }: { readonly margin: number; readonly width: number },
  top: number,
): { readonly content: Markup; readonly bottom: number } {
  const { who: whoTexts, key } = drawingTexts(language);
  const blocks: readonly (readonly [string, readonly Entry[]])[] = [
    [whoTexts.title, who.marks.map((mark) => ({ words: mark.words, sign: (x, y) => stepMark(mark, x, y) }))],
    [key.title, SIGNS.flatMap(([name, sign]) => (used?.[name] === true ? [{ words: key[name], sign }] : []))],
  ];
  let y = top;
  const content = blocks.flatMap(([title, entries]) => {
    if (entries.length === 0) return [];
    const drawn = flow(entries, { left: margin, right: width - margin, top: y + 14, title });
    y = drawn.bottom + 12;
    return [drawn.content];
  });
  return { content: markup`${content}`, bottom: y };
}

function flow(
  entries: readonly Entry[],
  { left, right, top, title }: { left: number; right: number; top: number; title: string },
): { readonly content: Markup; readonly bottom: number } {
  let x = left;
  let y = top + 20;
  let lineBottom = y;
  const parts = [textBlock([title], { x: left, y: top, size: 12, isBold: true })];
  for (const { sign, words } of entries) {
    const room = right - left - SIGN_WIDTH;
    const wide = Math.min(room, textWidth(words, { size: 12 }) + 1);
    if (x > left && x + SIGN_WIDTH + wide > right) {
      x = left;
      y = lineBottom + LINE;
    }
    const lines = wrapText(words, { size: 12, width: wide });
    parts.push(sign(x + 14, y), textBlock(lines, { x: x + SIGN_WIDTH, y: y + 4, size: 12, lineHeight: 16 }));
    lineBottom = Math.max(lineBottom, y + (lines.length - 1) * 16);
    x += SIGN_WIDTH + wide + GAP;
  }
  return { content: markup`${parts}`, bottom: lineBottom + 10 };
}

const NOBODY = { shape: 'circle', letter: '', fill: '#ffffff', ink: INK.text, words: '' } as const;

const stroke = (path: string, dash = ''): Markup =>
  markup`<path d="${path}" fill="none" stroke="${INK.line}" stroke-width="1.5" stroke-dasharray="${dash}"/>
`;

const SIGNS: readonly (readonly [keyof UsedSigns, Entry['sign']])[] = [
  [
    'arrow',
    (x, y) => markup`${stroke(`M${String(x - 14)} ${String(y)}h22`)}${arrowHead(x + 14, y, 'right')}`,
  ],
  [
    'missing',
    (x, y) => markup`${stroke(`M${String(x - 14)} ${String(y)}h22`, '5 4')}${arrowHead(x + 14, y, 'right')}`,
  ],
  ['skipped', (x, y) => stepMark(NOBODY, x, y, 'skipped')],
  ['notReached', (x, y) => stepMark(NOBODY, x, y, 'not-reached')],
  ['completed', tick],
  ['break', (x, y) => breakMark(x, y - MARK_RADIUS, y + MARK_RADIUS)],
  [
    'scales',
    (x, y) =>
      stroke(
        `M${String(x - 12)} ${String(y - 5)}h24m-24 -3v6m8 -6v6m8 -6v6m8 -6v6M${String(x - 12)} ${String(y + 5)}h24m-24 -3v6m12 -6v6m12 -6v6`,
      ),
  ],
  ['weekend', (x, y) => dayOffStripe(x - 10, y - 9, 20, 18, 'weekend')],
  ['holiday', (x, y) => dayOffStripe(x - 10, y - 9, 20, 18, 'holiday')],
];

/** Two jagged lines with nothing between them. */
export function breakMark(x: number, top: number, bottom: number): Markup {
  const teeth = Math.max(2, Math.round((bottom - top) / 9));
  const step = (bottom - top) / teeth;
  const jag = (left: number): string =>
    `M${String(left)} ${String(top)}${Array.from({ length: teeth }, (_, index) => `l${index % 2 === 0 ? '4' : '-4'} ${String(step)}`).join('')}`;
  return markup`<path d="${jag(x - 6)}" fill="none" stroke="${INK.line}" stroke-width="1"/><path d="${jag(x + 2)}" fill="none" stroke="${INK.line}" stroke-width="1"/>
`;
}

/** A weekend is a plain stripe, a holiday has lines across it, so that both show in grey print. */
export function dayOffStripe(
  x: number,
  top: number,
  width: number,
  height: number,
  kind: 'weekend' | 'holiday',
): Markup {
  const plain = markup`<rect x="${x}" y="${top}" width="${width}" height="${height}" fill="${INK.dayOff}"/>
`;
  if (kind === 'weekend') return plain;
  const lines = Array.from(
    { length: Math.max(1, Math.floor(height / 6)) },
    (_, index) => top + 3 + index * 6,
  );
  return markup`${plain}<path d="${lines.map((y) => `M${String(x)} ${String(y)}h${String(width)}`).join('')}" stroke="${INK.line}" stroke-width="1"/>
`;
}
