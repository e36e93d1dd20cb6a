import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { textWidth, wrapText } from '../text-width.ts';
import type { CaseTypeGraph, GraphEdge, GraphNode } from './graph-model.ts';

/** A box with its lines and its place in the whole picture. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  /** The label's middle. */
  readonly label: Point | null;
}

export interface PlacedGraph {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
}

export const GRAPH_TEXT = {
  title: { size: 12.5, isBold: true, lineHeight: 16 },
  line: { size: 11, lineHeight: 14 },
  label: { size: 10.5 },
  padding: 10,
  mark: 24,
} as const;

const WIDTHS = { 'case-type': 190, list: 220, group: 170 } as const;
const widthOf = ({ kind }: GraphNode): number => (kind in WIDTHS ? WIDTHS[kind as keyof typeof WIDTHS] : 186);

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.edgeNode': '12',
  'elk.spacing.edgeEdge': '9',
  'elk.spacing.componentComponent': '24',
  'elk.spacing.edgeLabel': '3',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.randomSeed': '1',
  'elk.padding': '[top=4,left=4,bottom=4,right=4]',
} as const;

/** Lays the boxes out from left to right, without crossing where that can be had. */
export async function layOutGraph(graph: CaseTypeGraph): Promise<PlacedGraph> {
  // A megabyte and a half that nothing else needs.
  const { default: elkModule } = await import('elkjs/lib/elk.bundled.js');
  const Elk = elkModule as unknown as new () => { layout(root: ElkNode): Promise<ElkNode> };
  const wrapped = new Map<string, Wrapped>();
  const root: ElkNode = {
    id: 'root',
    layoutOptions: OPTIONS,
    children: graph.nodes.map((node) => toElkNode(node, wrapped)),
    edges: graph.edges.map(toElkEdge),
  };
  const placed = await new Elk().layout(root);
  return {
    nodes: placedNodes(placed.children ?? [], wrapped),
    edges: placedEdges(placed.edges ?? [], graph.edges),
    width: placed.width ?? 0,
    height: placed.height ?? 0,
  };
}

interface Wrapped {
  readonly node: GraphNode;
  readonly title: readonly string[];
  readonly lines: readonly string[];
  readonly width: number;
}

const isFrame = ({ children }: GraphNode): boolean => children.length > 0;

/** About as wide as a bullet and its space. */
const HANGING = '\u2002\u00A0';

function toElkNode(node: GraphNode, wrapped: Map<string, Wrapped>): ElkNode {
  const { title: titleStyle, line, padding, mark } = GRAPH_TEXT;
  const width = widthOf(node);
  const room = width - 2 * padding;
  const title = wrapText(node.title, { ...titleStyle, width: room - (node.mark === null ? 0 : mark) });
  const isList = node.kind === 'list';
  const lines = node.lines.flatMap((text) =>
    isList
      ? wrapText(text, { ...line, width: room - 18 }).map(
          (part, index) => `${index === 0 ? '• ' : HANGING}${part}`,
        )
      : wrapText(text, { ...line, width: room }),
  );
  wrapped.set(node.id, { node, title, lines, width });
  const textHeight = title.length * titleStyle.lineHeight + lines.length * line.lineHeight;
  if (!isFrame(node)) {
    return { id: node.id, width, height: Math.max(textHeight + 2 * padding - 2, 34) };
  }
  return {
    id: node.id,
    children: node.children.map((child) => toElkNode(child, wrapped)),
    layoutOptions: {
      'elk.padding': `[top=${String(textHeight + padding + 12)},left=14,bottom=14,right=14]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${String(width + 28)},60)`,
    },
  };
}

const toElkEdge = ({ id, from, to, label }: GraphEdge, index: number): ElkExtendedEdge => ({
  id: `${String(index)} ${id}`,
  sources: [from],
  targets: [to],
  labels: label === '' ? [] : [{ text: label, width: textWidth(label, GRAPH_TEXT.label) + 6, height: 14 }],
});

function placedNodes(
  children: readonly ElkNode[],
  wrapped: ReadonlyMap<string, Wrapped>,
): readonly PlacedNode[] {
  return children.flatMap((child) => {
    const text = wrapped.get(child.id);
    if (text === undefined) return [];
    const { x = 0, y = 0, width = text.width, height = 0 } = child;
    return [{ ...text, x, y, width, height }, ...placedNodes(child.children ?? [], wrapped)];
  });
}

function placedEdges(edges: readonly ElkExtendedEdge[], of: readonly GraphEdge[]): readonly PlacedEdge[] {
  return edges.flatMap((elkEdge, index) => {
    const edge = of[index];
    const section = elkEdge.sections?.[0];
    if (edge === undefined || section === undefined) return [];
    const label = elkEdge.labels?.[0];
    return [
      {
        edge,
        points: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
        label:
          label === undefined
            ? null
            : { x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 },
      },
    ];
  });
}
