import { toCaseTypeModel, type CaseTypeModel } from '../case-type/model.ts';
import { resolveRole } from '../case-type/roles.ts';
import { numbered } from './dependencies.ts';
import type { CaseTypeEntity } from './entity.ts';
import type { ImpactRow, MigrationPlan } from './plan.ts';
import type { ImpactQuestion, MigrationSite } from './ports.ts';
import { entitiesOf, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/** The plan with what goes and whom that touches: open cases, open activities and people on the target. */
export async function withImpact(
  plan: MigrationPlan,
  target: Snapshot,
  site: Pick<MigrationSite, 'impactOf'>,
): Promise<MigrationPlan> {
  const lost = plan.changes.flatMap((change) =>
    change.kind === 'update-case-type' ? lostParts(change.before, change.caseType, target) : [],
  );
  if (lost.length === 0) return plan;
  const answers = await site.impactOf({
    questions: lost.map(({ question }) => question),
    closedStatuses: entitiesOf(target, 'case_status')
      .filter(({ grouping }) => grouping === 'Closed')
      .map(({ name }) => name),
    openActivityStatuses: entitiesOf(target, 'activity_status')
      .filter(({ filter }) => filter === 0)
      .map(({ name }) => name),
  });
  const impact = lost.map(({ question, name }, index): ImpactRow => {
    const { openCases = 0, openActivities = 0, people = 0 } = answers[index] ?? {};
    return { caseType: question.caseType, what: question.kind, name, openCases, openActivities, people };
  });
  return { ...plan, impact };
}

interface LostPart {
  readonly question: ImpactQuestion;
  readonly name: string;
}

function lostParts(before: CaseTypeEntity, after: CaseTypeEntity, target: Snapshot): readonly LostPart[] {
  const [held, wanted] = [toCaseTypeModel(before.definition), toCaseTypeModel(after.definition)];
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
