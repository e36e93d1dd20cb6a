import { INK } from './ink.ts';
import { markup, type Markup } from './markup.ts';
import type { MarkShape, WhoMark } from './timeline/who-legend.ts';

export interface SvgFrame {
  readonly width: number;
  readonly height: number;
  /** Read out as the name of the picture. */
  readonly title: string;
  /** Read out as its content: what can be seen, in sentences. */
  readonly description: string;
  readonly language: string;
  /** Begins every id, so that several pictures may stand on one page. */
  readonly idPrefix: string;
  readonly definitions?: Markup;
}

/** A whole picture: it scales, prints on white paper and asks for nothing from outside. */
export function svgDocument(frame: SvgFrame, content: readonly Markup[]): string {
  const { width, height, idPrefix } = frame;
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${idPrefix}-title ${idPrefix}-desc" lang="${frame.language}" font-family="sans-serif" fill="${INK.text}">
<title id="${idPrefix}-title">${frame.title}</title>
<desc id="${idPrefix}-desc">${frame.description}</desc>
${frame.definitions ?? null}<rect width="${width}" height="${height}" fill="${INK.paper}"/>
${content}</svg>`.markup
  }\n`;
}

export interface TextBlock {
  readonly x: number;
  /** Base line of the first line. */
  readonly y: number;
  readonly size: number;
  readonly lineHeight?: number;
  readonly isBold?: boolean;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly isStruck?: boolean;
  /** Keeps lines behind the text away from its letters. */
  readonly hasHalo?: boolean;
}

/** Lines below each other; the text before it is wrapped by `wrapText`. */
export function textBlock(lines: readonly string[], block: TextBlock): Markup {
  const { x, y, size, lineHeight = size * 1.25, anchor = 'start' } = block;
  return markup`${lines.map(
    (line, index) =>
      markup`<text x="${x}" y="${y + index * lineHeight}" font-size="${size}"${optional('font-weight', block.isBold === true ? '700' : '')}${optional('text-anchor', anchor === 'start' ? '' : anchor)}${optional('fill', block.fill ?? '')}${optional('text-decoration', block.isStruck === true ? 'line-through' : '')}${block.hasHalo === true ? HALO : null}>${line}</text>
`,
  )}`;
}

const HALO: Markup = {
  markup: ` paint-order="stroke" stroke="${INK.paper}" stroke-width="4" stroke-linejoin="round"`,
};

const optional = (name: string, value: string): Markup =>
  value === '' ? markup`` : { markup: ` ${name}="${value}"` };

/** Half the width of a mark. */
export const MARK_RADIUS = 9;

/** Corners on a circle of radius 1, or null for the circle itself. */
const CORNERS: Readonly<Record<MarkShape, readonly (readonly [number, number])[] | null>> = {
  circle: null,
  square: [
    [-0.88, -0.88],
    [0.88, -0.88],
    [0.88, 0.88],
    [-0.88, 0.88],
  ],
  diamond: polygon(4, -90, 1.24),
  triangle: polygon(3, -90, 1.3),
  hexagon: polygon(6, 0, 1.1),
  pentagon: polygon(5, -90, 1.14),
};

function polygon(
  corners: number,
  firstDegrees: number,
  radius: number,
): readonly (readonly [number, number])[] {
  return Array.from({ length: corners }, (_, index) => {
    const angle = ((firstDegrees + (index * 360) / corners) * Math.PI) / 180;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

export type MarkState = 'created' | 'skipped' | 'not-reached';

/** The mark of a step: filled when it is created, dashed and crossed when it is not. */
export function stepMark(mark: WhoMark, x: number, y: number, state: MarkState = 'created'): Markup {
  const isCreated = state === 'created';
  const paint = {
    markup: isCreated
      ? ` fill="${mark.fill}" stroke="${INK.text}" stroke-width="1.2"`
      : ` fill="${INK.paper}" stroke="${INK.line}" stroke-width="1.2" stroke-dasharray="2.5 2"`,
  };
  const corners = CORNERS[mark.shape];
  const r = MARK_RADIUS;
  const outline =
    corners === null
      ? markup`<circle cx="${x}" cy="${y}" r="${r}"${paint}/>`
      : markup`<polygon points="${corners.map(([cx, cy]) => `${fixed(x + cx * r)},${fixed(y + cy * r)}`).join(' ')}"${paint}/>`;
  if (!isCreated) {
    return markup`${outline}<path d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8" stroke="${INK.line}" stroke-width="1.6" fill="none"/>
`;
  }
  const baseLine = y + (mark.shape === 'triangle' ? 5 : 3.7);
  return markup`${outline}${
    mark.letter === ''
      ? null
      : markup`<text x="${x}" y="${baseLine}" font-size="10" font-weight="700" text-anchor="middle" fill="${mark.ink}">${mark.letter}</text>`
  }
`;
}

const fixed = (value: number): string => String(Math.round(value * 100) / 100);

export const tick = (x: number, y: number): Markup =>
  markup`<path d="M${x - 6} ${y}l4 5l8 -10" fill="none" stroke="${INK.text}" stroke-width="2.4"/>
`;

/** A tick on the day of completion: beside the mark, or at the end of a dotted line from it. */
export function completedMark(from: number, x: number, y: number): Markup {
  if (Math.abs(x - from) <= MARK_RADIUS + 8) return tick(from + MARK_RADIUS + 9, y);
  const towards = Math.sign(x - from);
  return markup`<path d="M${from + towards * (MARK_RADIUS + 2)} ${y}H${x - towards * 9}" stroke="${INK.line}" stroke-width="1.5" stroke-dasharray="1.5 3"/>
${tick(x, y)}`;
}

const DIRECTIONS = { right: [-1, 0], left: [1, 0], down: [0, -1], up: [0, 1] } as const;

/** The head of an arrow whose tip is at the point. */
export function arrowHead(x: number, y: number, towards: keyof typeof DIRECTIONS): Markup {
  const [dx, dy] = DIRECTIONS[towards];
  const points = [
    [x, y],
    [x + dx * 7 + dy * 3.6, y + dy * 7 + dx * 3.6],
    [x + dx * 7 - dy * 3.6, y + dy * 7 - dx * 3.6],
  ]
    .map(([px = 0, py = 0]) => `${fixed(px)},${fixed(py)}`)
    .join(' ');
  return markup`<polygon points="${points}" fill="${INK.line}"/>
`;
}
