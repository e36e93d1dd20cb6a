import {
  standardTimeline,
  type CaseTypeModel,
  type Simulation,
  type SiteKnowledge,
} from '../../case-type/index.ts';
import type { Language } from '../language.ts';
import { caseStatusLabel, nameLabel } from '../seed-labels.ts';
import { drawingTexts } from '../texts.ts';
import { timelineLanes, type LaneKind, type LaneStep, type TimelineLane } from '../timeline/lanes.ts';
import { statusName, stepName } from '../timeline/layout.ts';
import { createWhoLegend, type WhoLegend, type WhoMark } from '../timeline/who-legend.ts';

export type GraphNodeKind = 'case-type' | 'set' | 'step' | 'roles' | 'role' | 'group' | 'list';

/** A box of the graph: its title, small lines below, and for a frame what stands in it. */
export interface GraphNode {
  readonly id: string;
  readonly kind: GraphNodeKind;
  readonly title: string;
  readonly lines: readonly string[];
  readonly mark: WhoMark | null;
  readonly isFaint: boolean;
  readonly children: readonly GraphNode[];
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isDashed: boolean;
}

export interface CaseTypeGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly who: WhoLegend;
}

export interface GraphInput {
  readonly title: string;
  readonly model: CaseTypeModel;
  readonly simulation: Simulation;
  readonly language: Language;
  readonly site?: SiteKnowledge;
}

const CASE_TYPE = 'case-type';

/** The parts of a case type and what refers to what. */
export function caseTypeGraph({ title, model, simulation, language, site }: GraphInput): CaseTypeGraph {
  const texts = drawingTexts(language).graph;
  const lanes = timelineLanes(model, simulation, site);
  const steps = lanes.flatMap((lane) => lane.steps);
  const lone = loneSteps(lanes);
  const who = createWhoLegend(
    steps.flatMap((step) =>
      step.outcome.kind === 'created' && step.who.kind !== 'nobody' ? [step.who] : [],
    ),
    model,
    language,
    site?.relationshipTypes,
  );
  const groups = groupNodes(model, texts.group);
  const listed = [statusList(model, language), handList(model, language)].filter((node) => node !== null);
  const roles = roleNodes(model, language);
  return {
    nodes: [
      node({ id: CASE_TYPE, kind: 'case-type', title, lines: [texts.caseType] }),
      ...lanes.map((lane) => laneNode(lane, lone, language, who)),
      ...roles,
      ...groups,
      ...listed,
    ],
    edges: [
      ...lanes.flatMap((lane) => laneEdges(lane, language)),
      ...(roles.length > 0 ? [edge(CASE_TYPE, 'roles')] : []),
      ...roleEdges(model, texts.pickedFrom),
      ...distinct(model.assigneeGroups).map((name) => edge(CASE_TYPE, groupId(name), texts.assignees)),
      ...listed.map(({ id }) => edge(CASE_TYPE, id)),
    ],
    who,
  };
}

type Sketch = Pick<GraphNode, 'id' | 'kind' | 'title'> & Partial<GraphNode>;
const node = (sketch: Sketch): GraphNode => ({
  lines: [],
  mark: null,
  isFaint: false,
  children: [],
  ...sketch,
});
const edge = (from: string, to: string, label = '', isDashed = false): GraphEdge => ({
  id: `${from}>${to}`,
  from,
  to,
  label,
  isDashed,
});
const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];
const groupId = (name: string): string => `group ${name}`;

const laneId = ({ setIndex, kind }: TimelineLane): string =>
  `set ${String(setIndex)} ${isChain(kind) ? 'chain' : 'days'}`;
const stepId = (lane: TimelineLane, step: Pick<LaneStep, 'key'>): string =>
  `step ${step.key}${isChain(lane.kind) ? ' chain' : ''}`;
const isChain = (kind: LaneKind): boolean => kind === 'sequence' || kind === 'dead-sequence';

/** More steps than this to which no arrow leads are told in one list. */
const MOST_LONE_STEPS = 8;

function laneNode(
  lane: TimelineLane,
  lone: ReadonlySet<LaneStep>,
  language: Language,
  who: WhoLegend,
): GraphNode {
  const texts = drawingTexts(language);
  const drawn = lane.steps
    .filter((step) => !lone.has(step))
    .map((step) => stepNode(step, lane, language, who));
  const listed = lane.steps
    .filter((step) => lone.has(step))
    .map((step) => {
      const { letter } = who.markOf(step.who);
      const name = `${texts.day(step.day ?? 0)}: ${stepName(step.activityType, language)}`;
      return letter === '' ? name : `${name} (${letter})`;
    });
  return node({
    id: laneId(lane),
    kind: 'set',
    title: lane.label.trim() === '' ? lane.name : lane.label,
    lines: lane.steps.length === 0 ? [texts.noSteps] : [],
    isFaint: lane.kind === 'dead-sequence',
    children:
      listed.length === 0
        ? drawn
        : [
            ...drawn,
            node({ id: `${laneId(lane)} alone`, kind: 'list', title: texts.graph.alone, lines: listed }),
          ],
  });
}

/** Created steps that refer to nothing and to which no step refers, of whatever lane. */
function loneSteps(lanes: readonly TimelineLane[]): ReadonlySet<LaneStep> {
  const dated = lanes.filter(({ kind }) => !isChain(kind)).map(({ steps }) => steps);
  const referredTo = new Set(
    dated.flat().map(({ base }) => (base.kind === 'reference' ? base.stepKey : null)),
  );
  const inLanes = dated.map((steps) =>
    steps.filter(
      ({ base, key, outcome }) =>
        base.kind !== 'reference' && outcome.kind === 'created' && !referredTo.has(key),
    ),
  );
  return new Set(inLanes.filter(({ length }) => length > MOST_LONE_STEPS).flat());
}

function stepNode(step: LaneStep, lane: TimelineLane, language: Language, who: WhoLegend): GraphNode {
  const texts = drawingTexts(language);
  const { outcome } = step;
  const isCreated = outcome.kind === 'created';
  return node({
    id: stepId(lane, step),
    kind: 'step',
    title: stepName(step.activityType, language),
    lines: [
      ...(step.day === null ? [] : [texts.day(step.day)]),
      ...(outcome.kind === 'skipped' ? [texts.skipped(outcome.limit)] : []),
      ...(outcome.kind === 'not-reached' ? [texts.notReached] : []),
      ...(isCreated && step.status !== 'Scheduled' ? [statusName(step, language)] : []),
    ],
    mark: isCreated && step.who.kind !== 'nobody' ? who.markOf(step.who) : null,
    isFaint: !isCreated,
  });
}

function laneEdges(lane: TimelineLane, language: Language): readonly GraphEdge[] {
  const texts = drawingTexts(language).graph;
  const kinds: Readonly<Record<LaneKind, string>> = {
    opening: texts.opening,
    added: texts.added,
    unmarked: texts.unmarked,
    sequence: texts.sequence,
    'dead-sequence': texts.deadSequence,
    case: texts.opening,
  };
  const into = edge(CASE_TYPE, laneId(lane), kinds[lane.kind], lane.kind === 'dead-sequence');
  if (isChain(lane.kind)) {
    const links = lane.steps.slice(1).map((step, index) => {
      const before = lane.steps[index];
      return edge(stepId(lane, before ?? step), stepId(lane, step));
    });
    return [into, ...links];
  }
  return [
    into,
    ...lane.steps.flatMap((step) =>
      step.base.kind === 'reference' && step.base.stepKey !== null
        ? [
            edge(
              stepId(lane, { key: step.base.stepKey }),
              stepId(lane, step),
              step.offsetDays === 0 ? texts.sameDay : texts.offset(step.offsetDays),
            ),
          ]
        : [],
    ),
  ];
}

function roleNodes({ caseRoles }: CaseTypeModel, language: Language): readonly GraphNode[] {
  const texts = drawingTexts(language).graph;
  if (caseRoles.length === 0) return [];
  const manager = caseRoles.findIndex(({ isManager }) => isManager);
  const children = caseRoles.map((role, index) =>
    node({
      id: `role ${String(index)}`,
      kind: 'role',
      title: nameLabel(role.name, language),
      lines: [...(index === manager ? [texts.manager] : []), ...(role.isCreator ? [texts.opener] : [])],
    }),
  );
  return [node({ id: 'roles', kind: 'roles', title: texts.roles, children })];
}

const roleEdges = ({ caseRoles }: CaseTypeModel, label: string): readonly GraphEdge[] =>
  caseRoles.flatMap(({ groups }, index) =>
    distinct(groups).map((name) => edge(`role ${String(index)}`, groupId(name), label)),
  );

const groupNodes = ({ caseRoles, assigneeGroups }: CaseTypeModel, kind: string): readonly GraphNode[] =>
  distinct([...caseRoles.flatMap(({ groups }) => groups), ...assigneeGroups]).map((name) =>
    node({ id: groupId(name), kind: 'group', title: name, lines: [kind] }),
  );

function statusList({ statuses }: CaseTypeModel, language: Language): GraphNode {
  const texts = drawingTexts(language).graph;
  return node({
    id: 'statuses',
    kind: 'list',
    title: texts.statuses,
    lines:
      statuses.length === 0 ? [texts.allStatuses] : statuses.map((name) => caseStatusLabel(name, language)),
  });
}

/** What the menu offers and no set creates. */
function handList({ activityTypes, activitySets }: CaseTypeModel, language: Language): GraphNode | null {
  const texts = drawingTexts(language).graph;
  const opening = standardTimeline(activitySets);
  const used = new Set(activitySets.flatMap((set) => set.steps.map((step) => step.activityType)));
  const lines = activityTypes
    .filter(({ name }) => !used.has(name) && !(opening === undefined && name === ''))
    .map(({ name, maxInstances }) =>
      maxInstances === null
        ? stepName(name, language)
        : `${stepName(name, language)} (${texts.limit(maxInstances)})`,
    );
  return lines.length === 0 ? null : node({ id: 'by-hand', kind: 'list', title: texts.byHand, lines });
}
