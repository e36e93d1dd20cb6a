import { toAppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { SiteClient } from '../civicrm/client.ts';
import { keyOf } from '../migrate/entity.ts';
import type { MigrationSite, Snapshot } from '../migrate/index.ts';
import type { WorkCounts, WorkLeft } from '../migrate/work-counts.ts';
import type { Unloaded } from './rehearsal-site.ts';

/** One activity for all of its type. */
interface StandIn {
  readonly activityType: string;
  readonly id: number;
}

/** What stands on the rehearsal's site for the work of people on the target. */
export interface LoadedWork {
  readonly standIns: readonly StandIn[];
  readonly unloaded: readonly Unloaded[];
}

/**
 * Puts on a site that is thrown away what is in the way of a migration there: for each status that cases of these types are
 * in one such case, and an activity of each type that CiviCRM may delete with all its activities. Nobody's own.
 */
export async function loadWork(
  client: SiteClient,
  { cases }: WorkCounts,
  { keptTypes }: Pick<Snapshot, 'keptTypes'>,
  caseTypes: readonly string[],
): Promise<LoadedWork> {
  const make = async (entity: string, values: JsonObject): Promise<number> => {
    const { values: made } = await client.call({ entity, action: 'create', params: { values } });
    return Number(made[0]?.['id']);
  };
  const contact = await make('Contact', { contact_type: 'Individual', first_name: 'Stand', last_name: 'In' });
  const subject = 'Stands for those of the target';
  const standIns: StandIn[] = [];
  const unloaded: Unloaded[] = [];
  const attempt = async (kind: 'activity_type' | 'case_type', name: string, work: () => Promise<unknown>) => {
    await work().catch((thrown: unknown) =>
      unloaded.push({ key: keyOf({ kind, name }), reason: toAppError(thrown).message }),
    );
  };
  for (const { caseType, status } of cases.filter((row) => caseTypes.includes(row.caseType)))
    await attempt('case_type', caseType, () =>
      make('Case', {
        ...{ 'case_type_id:name': caseType, 'status_id:name': status, subject },
        ...{ contact_id: [contact], creator_id: contact },
      }),
    );
  for (const { name } of keptTypes.filter(({ activities }) => activities > 0))
    await attempt('activity_type', name, async () => {
      const values = { 'activity_type_id:name': name, source_contact_id: contact, subject };
      standIns.push({ activityType: name, id: await make('Activity', values) });
    });
  return { standIns, unloaded };
}

/** The rehearsal's site where one of the target stands for many: how many there are, the target tells. */
export const countingAs = (site: MigrationSite, target: MigrationSite): MigrationSite => ({
  ...site,
  uses: (ref) => target.uses(ref),
  openCases: () => target.openCases(),
  async keptActivityTypes() {
    const [here, there] = await Promise.all([site.keptActivityTypes(), target.keptActivityTypes()]);
    const countOf = new Map(there.map(({ name, activities }) => [name, activities]));
    return here.map((type) => ({ ...type, activities: countOf.get(type.name) ?? type.activities }));
  },
});

/** The activities that are gone, as many as those that are gone stand for. */
export async function deletedActivities(
  client: SiteClient,
  { standIns }: LoadedWork,
  { keptTypes }: Pick<Snapshot, 'keptTypes'>,
): Promise<readonly WorkLeft[]> {
  if (standIns.length === 0) return [];
  const { values } = await client.call({
    entity: 'Activity',
    action: 'get',
    params: { select: ['id'], where: [['id', 'IN', standIns.map(({ id }) => id)]], limit: 0 },
  });
  const left = new Set(values.map(({ id }) => id));
  return standIns
    .filter(({ id }) => !left.has(id))
    .map(({ activityType }) => ({
      kind: 'activities-deleted',
      activityType,
      activities: keptTypes.find(({ name }) => name === activityType)?.activities ?? 0,
    }));
}
