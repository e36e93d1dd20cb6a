import { toCaseTypeModel, type CaseTypeModel } from '../case-type/model.ts';
import { resolveRole } from '../case-type/roles.ts';
import { numbered } from './dependencies.ts';
import type { CaseTypeEntity } from './entity.ts';
import { renameDefinition, type NameChanges } from './mapping/name-changes.ts';
import type { ImpactRow, MigrationPlan } from './plan.ts';
import type { ImpactQuestion, MigrationSite } from './ports.ts';
import { nameChangesIn, reversed } from './renames.ts';
import { entitiesOf, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/** What of the case types goes and whom that touches: open cases, open activities and people on the target. */
export async function readImpact(
  plan: MigrationPlan,
  target: Snapshot,
  site: Pick<MigrationSite, 'impactOf'>,
): Promise<readonly ImpactRow[]> {
  const names = nameChangesIn(plan.changes);
  const lost = plan.changes.flatMap((change) =>
    change.kind === 'update-case-type' ? lostParts(change.before, change.caseType, target, names) : [],
  );
  if (lost.length === 0) return [];
  const answers = await site.impactOf({
    questions: lost.map(({ question }) => question),
    closedStatuses: entitiesOf(target, 'case_status')
      .filter(({ grouping }) => grouping === 'Closed')
      .map(({ name }) => name),
    openActivityStatuses: entitiesOf(target, 'activity_status')
      .filter(({ filter }) => filter === 0)
      .map(({ name }) => name),
  });
  return lost.map(({ question, name }, index): ImpactRow => {
    const { openCases = 0, openActivities = 0, people = 0 } = answers[index] ?? {};
    return { caseType: question.caseType, what: question.kind, name, openCases, openActivities, people };
  });
}

interface LostPart {
  readonly question: ImpactQuestion;
  readonly name: string;
}

/** Under the names that the target has now; what only gets another name is not lost. */
function lostParts(
  before: CaseTypeEntity,
  after: CaseTypeEntity,
  target: Snapshot,
  names: NameChanges,
): readonly LostPart[] {
  const back = reversed(names);
  const wanted = toCaseTypeModel(renameDefinition(after.definition, back));
  const held = toCaseTypeModel(before.definition);
  const caseType = before.name;
  const types = relationshipTypesOf(target);
  const roles = lostNames(held, wanted, ({ caseRoles }) => caseRoles.map(({ name }) => name));
  return [
    ...lostStatuses(held, wanted, target).map((name) => ({
      question: { kind: 'status', caseType, name } as const,
      name,
    })),
    ...roles.flatMap((name): LostPart[] => {
      const resolved = resolveRole(name, numbered(types));
      const type = types[resolved?.relationshipTypeId ?? -1];
      if (resolved === null || type === undefined) return [];
      const holder = resolved.holderSide;
      return [{ question: { kind: 'role', caseType, nameAB: type.nameAB, holder }, name }];
    }),
    ...lostNames(held, wanted, typeNames).map((name) => ({
      question: { kind: 'activity-type', caseType, name } as const,
      name,
    })),
  ];
}

/** No list of statuses allows them all. */
function lostStatuses(held: CaseTypeModel, wanted: CaseTypeModel, target: Snapshot): readonly string[] {
  if (wanted.statuses.length === 0) return [];
  const all = entitiesOf(target, 'case_status').map(({ name }) => name);
  const allowed = held.statuses.length === 0 ? all : held.statuses;
  return allowed.filter((name) => !wanted.statuses.includes(name));
}

const typeNames = ({ activityTypes, activitySets }: CaseTypeModel): readonly string[] => [
  ...activityTypes.map(({ name }) => name),
  ...activitySets.flatMap(({ steps }) => steps.map(({ activityType }) => activityType)),
];

function lostNames(
  held: CaseTypeModel,
  wanted: CaseTypeModel,
  namesOf: (model: CaseTypeModel) => readonly string[],
): readonly string[] {
  const left = new Set(namesOf(wanted));
  return [...new Set(namesOf(held))].filter((name) => name !== '' && !left.has(name));
}
