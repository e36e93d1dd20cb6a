import { toCaseTypeModel } from '../case-type/model.ts';
import { byText, type CaseTypeEntity } from './entity.ts';
import type { MigrationSite, SiteCaseType } from './ports.ts';

/**
 * An activity type that CiviCRM made because a definition named it. The first write of any case type's definition
 * after no active case type names it any more deletes it, and every activity of the type with it, for good
 * (CRM/Case/ManagedEntities.php).
 */
export interface KeptType {
  readonly name: string;
  /** Those in the trash included. */
  readonly activities: number;
  /** The active case types whose definition names it. */
  readonly namedBy: readonly string[];
}

/** A case type as a change leaves it; null: it is gone. */
type CaseTypeAfter = Pick<CaseTypeEntity, 'isActive' | 'definition'> | null;

/** Kept types in the order of their names. */
export async function readKeptTypes(
  site: MigrationSite,
  caseTypes?: readonly SiteCaseType[],
): Promise<readonly KeptType[]> {
  const [all, kept] = await Promise.all([caseTypes ?? site.caseTypes(), site.keptActivityTypes()]);
  return kept
    .map((type) => ({
      ...type,
      namedBy: all
        .filter((row) => names(row, type.name))
        .map((row) => row.name)
        .sort(byText),
    }))
    .sort((left, right) => byText(left.name, right.name));
}

/** Names of the activity types that a definition makes a site keep. */
export function activityTypesOf({ definition }: Pick<CaseTypeEntity, 'definition'>): readonly string[] {
  const model = toCaseTypeModel(definition);
  return [
    ...model.activityTypes.map((type) => type.name),
    ...model.activitySets.flatMap((set) => set.steps.map((step) => step.activityType)),
  ].filter((name) => name !== '');
}

const names = (caseType: CaseTypeAfter, type: string): boolean =>
  caseType?.isActive === true && activityTypesOf(caseType).includes(type);

/** Those that no active case type names once the case type is as `after`. */
export function droppedTypes(
  kept: readonly KeptType[],
  caseType: string,
  after: CaseTypeAfter,
): readonly KeptType[] {
  return kept.filter(
    ({ name, namedBy }) => !names(after, name) && namedBy.every((other) => other === caseType),
  );
}

/** Those that are left once the case type is as `after`, and who names them then. */
export function keptAfter(
  kept: readonly KeptType[],
  caseType: string,
  after: CaseTypeAfter,
): readonly KeptType[] {
  const dropped = droppedTypes(kept, caseType, after);
  return kept
    .filter((type) => !dropped.includes(type))
    .map((type) => {
      const others = type.namedBy.filter((other) => other !== caseType);
      return { ...type, namedBy: names(after, type.name) ? [...others, caseType].sort(byText) : others };
    });
}

const counted = (count: number): string =>
  count === 1 ? 'its 1 activity' : `its ${String(count)} activities`;

/** What is lost, as a clause. */
export const lossOf = ({ name, activities }: KeptType): string =>
  `no active case type would name the activity type "${name}" any more; CiviCRM made it for a definition, and ` +
  `deletes it for good with ${counted(activities)} at the next write of a definition`;

export const lossRemedy = ({ name }: KeptType, site: string): string =>
  `Name "${name}" in the definition of an active case type of "${site}", or have CiviCRM leave the type alone: ` +
  `in the API Explorer there, Managed, delete, where name = civicase:act:${name}.`;
