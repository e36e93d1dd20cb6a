import { z } from 'zod';
import type { MigrationSite } from '../migrate/ports.ts';
import type { BatchedReads } from './batched-reads.ts';
import type { WhereClause } from './client.ts';

const trashToo: WhereClause = ['is_deleted', 'IN', [false, true]];
const MANAGED_TYPE = 'civicase:act:';
const managedRow = z.object({ name: z.string(), 'type.value': z.string() });
const activityCount = z.object({ activity_type_id: z.number(), activities: z.number() });

/** The activity types that definitions made, from CiviCRM's own record of what it looks after. */
export async function keptActivityTypes(
  client: BatchedReads,
): ReturnType<MigrationSite['keptActivityTypes']> {
  const managed = await client.get(
    'Managed',
    {
      select: ['name', 'type.value'],
      join: [['OptionValue AS type', 'INNER', ['entity_id', '=', 'type.id']]],
      where: [
        ['module', '=', 'civicrm'],
        ['name', 'LIKE', `${MANAGED_TYPE}%`],
        ['entity_type', '=', 'OptionValue'],
        ['cleanup', '!=', 'never'],
      ],
      orderBy: { name: 'ASC' },
      limit: 0,
    },
    managedRow,
  );
  if (managed.length === 0) return [];
  const counts = await client.get(
    'Activity',
    {
      select: ['activity_type_id', 'COUNT(id) AS activities'],
      where: [['activity_type_id', 'IN', managed.map((row) => Number(row['type.value']))], trashToo],
      groupBy: ['activity_type_id'],
      limit: 0,
    },
    activityCount,
  );
  const countOf = new Map(counts.map((row) => [row.activity_type_id, row.activities]));
  return managed.map((row) => ({
    name: row.name.slice(MANAGED_TYPE.length),
    activities: countOf.get(Number(row['type.value'])) ?? 0,
  }));
}
