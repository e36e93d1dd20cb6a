import type { Kysely } from 'kysely';
import type { Occurrence } from '../case/occurrence.ts';
import { createOccurrenceRepository } from './occurrence-repository.ts';
import type { Database } from './schema.ts';

/** Occurrences that somebody must look at, failed or of unknown outcome, the latest first. */
export async function listTroubles(db: Kysely<Database>, limit: number): Promise<readonly Occurrence[]> {
  const rows = await db
    .selectFrom('occurrence')
    .select('id')
    .where('state', 'in', ['failed', 'unknown'])
    .orderBy('finished_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  const repository = createOccurrenceRepository(db);
  const found = await Promise.all(rows.map(({ id }) => repository.find(id)));
  return found.filter((occurrence) => occurrence !== null);
}
