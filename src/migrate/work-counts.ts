import { toCaseTypeModel } from '../case-type/model.ts';
import { activityTypesOf } from './kept-types.ts';
import { roleType } from './dependencies.ts';
import type { CaseTypeEntity, RelationshipTypeEntity } from './entity.ts';

/** How much people have going on a site, by names: counts alone, neither ids nor anybody. The trash does not count. */
export interface WorkCounts {
  readonly cases: readonly { readonly caseType: string; readonly status: string; readonly cases: number }[];
  /** Those filed on cases. */
  readonly activities: readonly {
    readonly caseType: string;
    readonly activityType: string;
    readonly status: string;
    readonly activities: number;
  }[];
  /** Relationships of cases that have not ended. */
  readonly roles: readonly { readonly caseType: string; readonly nameAB: string; readonly roles: number }[];
}

/** What becomes of people's work when a case type changes. */
export type WorkLeft =
  /** CiviCRM deletes the activities with their type. */
  | { readonly kind: 'activities-deleted'; readonly activityType: string; readonly activities: number }
  /** The cases stay in a status that the definition allows no more. */
  | {
      readonly kind: 'status-left';
      readonly caseType: string;
      readonly status: string;
      readonly cases: number;
    }
  /** The activities stay, and the definition names their type no more. */
  | {
      readonly kind: 'activities-left';
      readonly caseType: string;
      readonly activityType: string;
      readonly activities: number;
    }
  /** The role stays with those who hold it, and the definition has it no more. */
  | {
      readonly kind: 'role-left';
      readonly caseType: string;
      readonly nameAB: string;
      readonly roles: number;
    };

/** What of the work on cases of a type its new definition has no place for, and its old one had. */
export function workLeft(
  { cases, activities, roles }: WorkCounts,
  before: CaseTypeEntity,
  after: CaseTypeEntity,
  relationshipTypes: readonly RelationshipTypeEntity[],
): readonly WorkLeft[] {
  const held = { before: rolesOf(before, relationshipTypes), after: rolesOf(after, relationshipTypes) };
  const caseType = before.name;
  const named = { before: new Set(activityTypesOf(before)), after: new Set(activityTypesOf(after)) };
  const byType = new Map<string, number>();
  for (const row of activities)
    if (row.caseType === caseType && named.before.has(row.activityType) && !named.after.has(row.activityType))
      byType.set(row.activityType, (byType.get(row.activityType) ?? 0) + row.activities);
  return [
    ...cases
      .filter((row) => row.caseType === caseType && allows(before, row.status) && !allows(after, row.status))
      .map(({ status, cases: count }) => ({ kind: 'status-left' as const, caseType, status, cases: count })),
    ...[...byType].map(([activityType, count]) => ({
      kind: 'activities-left' as const,
      caseType,
      activityType,
      activities: count,
    })),
    ...roles
      .filter(
        (row) => row.caseType === caseType && held.before.has(row.nameAB) && !held.after.has(row.nameAB),
      )
      .map((row) => ({ kind: 'role-left' as const, ...row })),
  ];
}

const rolesOf = (
  { definition }: CaseTypeEntity,
  relationshipTypes: readonly RelationshipTypeEntity[],
): ReadonlySet<string> =>
  new Set(
    toCaseTypeModel(definition).caseRoles.flatMap(({ name }) => {
      const type = roleType(name, relationshipTypes);
      return type === null ? [] : [type.nameAB];
    }),
  );

/** No list of statuses allows them all. */
function allows({ definition }: CaseTypeEntity, status: string): boolean {
  const { statuses } = toCaseTypeModel(definition);
  return statuses.length === 0 || statuses.includes(status);
}
