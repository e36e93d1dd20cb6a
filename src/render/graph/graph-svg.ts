import { INK } from '../ink.ts';
import type { Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { arrowHead, stepMark, svgDocument, textBlock } from '../svg-parts.ts';
import { textWidth, wrapText } from '../text-width.ts';
import { drawingTexts } from '../texts.ts';
import { drawLegend } from '../timeline/legend.ts';
import { GRAPH_TEXT, layOutGraph, type PlacedEdge, type PlacedNode } from './graph-layout.ts';
import { caseTypeGraph, type CaseTypeGraph, type GraphInput } from './graph-model.ts';

export interface GraphDrawing extends GraphInput {
  readonly idPrefix?: string;
}

const MARGIN = 20;
const NARROWEST = 560;

/**
 * What a case type consists of, and what refers to what: its activity sets with their steps, roles, groups,
 * case statuses, and the activities that are added by hand. The same input gives the same text.
 */
export async function renderGraphSvg(drawing: GraphDrawing): Promise<string> {
  const { title, language } = drawing;
  const texts = drawingTexts(language);
  const graph = caseTypeGraph(drawing);
  const placed = await layOutGraph(graph);
  const width = Math.max(NARROWEST, Math.ceil(placed.width) + 2 * MARGIN);
  const heading = wrapText(texts.graphOf(title), { size: 18, isBold: true, width: width - 2 * MARGIN });
  const top = 16 + heading.length * 24;
  const legend =
    graph.who.marks.length === 0
      ? null
      : drawLegend(graph.who, null, language, { margin: MARGIN, width }, top + placed.height + 26);
  return svgDocument(
    {
      width,
      height: Math.ceil((legend?.bottom ?? top + placed.height) + 14),
      title: texts.graphOf(title),
      description: describeGraph(graph, language),
      language,
      idPrefix: drawing.idPrefix ?? 'graph',
    },
    [
      textBlock(heading, { x: MARGIN, y: 34, size: 18, lineHeight: 24, isBold: true }),
      markup`<g transform="translate(${MARGIN} ${top})">
${placed.nodes.filter(({ node }) => node.children.length > 0).map(drawNode)}${placed.edges.map(drawEdge)}${placed.nodes
        .filter(({ node }) => node.children.length === 0)
        .map(drawNode)}${placed.edges.map(drawLabel)}</g>
`,
      legend?.content ?? markup``,
    ],
  );
}

const PAINTS: Readonly<
  Record<PlacedNode['node']['kind'], { fill: string; stroke: string; text: string; radius: number }>
> = {
  'case-type': { fill: INK.accent, stroke: INK.accent, text: INK.paper, radius: 8 },
  set: { fill: INK.band, stroke: INK.bandEdge, text: INK.accent, radius: 8 },
  step: { fill: INK.paper, stroke: INK.line, text: INK.text, radius: 4 },
  roles: { fill: '#faf6ec', stroke: '#d8cba8', text: '#6b4e00', radius: 8 },
  role: { fill: INK.paper, stroke: '#8a7434', text: INK.text, radius: 17 },
  group: { fill: INK.paper, stroke: '#5b5f97', text: INK.text, radius: 0 },
  list: { fill: INK.paper, stroke: INK.line, text: INK.text, radius: 4 },
};

function drawNode({ node, title, lines, x, y, width, height }: PlacedNode): Markup {
  const paint = PAINTS[node.kind];
  const dash = { markup: node.isFaint ? ' stroke-dasharray="4 3"' : '' };
  const { padding, title: titleStyle, line } = GRAPH_TEXT;
  const left = x + padding + (node.mark === null ? 0 : GRAPH_TEXT.mark);
  const firstLine = y + padding + titleStyle.size - 2;
  const linesTop = firstLine + title.length * titleStyle.lineHeight;
  const isList = node.kind === 'list';
  return markup`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${paint.radius}" fill="${paint.fill}" stroke="${paint.stroke}" stroke-width="1.3"${dash}/>
${textBlock(title, { ...titleStyle, x: left, y: firstLine, fill: paint.text })}${textBlock(lines, {
    ...line,
    x: isList ? x + padding + 6 : x + padding,
    y: linesTop - 1,
    fill: node.kind === 'case-type' ? INK.paper : INK.soft,
  })}${node.mark === null ? null : stepMark(node.mark, x + padding + 8, y + padding + 7)}`;
}

function drawEdge({ edge, points }: PlacedEdge): Markup {
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? last;
  const towards =
    Math.abs(last.x - before.x) >= Math.abs(last.y - before.y)
      ? last.x >= before.x
        ? 'right'
        : 'left'
      : last.y >= before.y
        ? 'down'
        : 'up';
  const shorten = { right: [-5, 0], left: [5, 0], down: [0, -5], up: [0, 5] }[towards];
  const path = [...points.slice(0, -1), { x: last.x + (shorten[0] ?? 0), y: last.y + (shorten[1] ?? 0) }]
    .map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join('');
  const dash = { markup: edge.isDashed ? ' stroke-dasharray="5 4"' : '' };
  return markup`<path d="${path}" fill="none" stroke="${INK.line}" stroke-width="1.4" stroke-linejoin="round"${dash}/>
${arrowHead(last.x, last.y, towards)}`;
}

function drawLabel({ edge, label }: PlacedEdge): Markup | null {
  if (label === null) return null;
  const width = textWidth(edge.label, GRAPH_TEXT.label) + 6;
  return markup`<rect x="${label.x - width / 2}" y="${label.y - 7}" width="${width}" height="14" fill="${INK.paper}" fill-opacity="0.85"/>
${textBlock([edge.label], { x: label.x, y: label.y + 3.8, size: GRAPH_TEXT.label.size, anchor: 'middle', fill: INK.soft })}`;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** Every part with what it holds, then every arrow. */
function describeGraph({ nodes, edges }: CaseTypeGraph, language: Language): string {
  const all = nodes.flatMap((node) => [node, ...node.children]);
  const titleOf = new Map(all.map(({ id, title }) => [id, title]));
  const parts = all.map(({ title, lines, mark }) =>
    [title, ...lines, ...(mark === null ? [] : [mark.words])].join(', '),
  );
  const arrows = edges.map(({ from, to, label }) =>
    [`${titleOf.get(from) ?? from} → ${titleOf.get(to) ?? to}`, ...(label === '' ? [] : [label])].join(', '),
  );
  return `${parts.join('; ')}. ${drawingTexts(language).graph.arrows} ${arrows.join('; ')}.`;
}
