import type { PlannedWrite } from './plan-parts.ts';

/** What a pass did, or would do; records, not requests. */
export interface MirrorCounts {
  readonly casesCreated: number;
  readonly casesUpdated: number;
  readonly casesUnchanged: number;
  readonly contactsCreated: number;
  readonly contactsMatched: number;
  readonly contactsUpdated: number;
  readonly rolesCreated: number;
  readonly rolesUpdated: number;
  readonly rolesRemoved: number;
  readonly activitiesCreated: number;
  readonly activitiesAdopted: number;
  readonly activitiesUpdated: number;
  readonly activitiesTrashed: number;
  readonly rejected: number;
  readonly conflicts: number;
}

export const noCounts: MirrorCounts = {
  casesCreated: 0,
  casesUpdated: 0,
  casesUnchanged: 0,
  contactsCreated: 0,
  contactsMatched: 0,
  contactsUpdated: 0,
  rolesCreated: 0,
  rolesUpdated: 0,
  rolesRemoved: 0,
  activitiesCreated: 0,
  activitiesAdopted: 0,
  activitiesUpdated: 0,
  activitiesTrashed: 0,
  rejected: 0,
  conflicts: 0,
};

export function sumCounts(counts: readonly MirrorCounts[]): MirrorCounts {
  const keys = Object.keys(noCounts) as (keyof MirrorCounts)[];
  return Object.fromEntries(
    keys.map((key) => [key, counts.reduce((sum, one) => sum + one[key], 0)]),
  ) as unknown as MirrorCounts;
}

export interface CountedWrite extends PlannedWrite {
  /** The source case it belongs to. */
  readonly caseId: number;
}

/** Counts each record once, however many writes it took. */
export function countWrites(writes: readonly CountedWrite[]): MirrorCounts {
  const counts = { ...noCounts };
  const seen = new Set<string>();
  for (const { entity, sourceId, purpose, write, caseId } of writes) {
    const record = `${entity}/${sourceId === 0 && 'id' in write ? `-${write.id}` : sourceId}`;
    const once = entity === 'Case' ? `Case/${caseId}` : record;
    if (seen.has(once)) continue;
    seen.add(once);
    const key = COUNT_OF[`${entity}.${purpose}`];
    if (key !== undefined) counts[key] += 1;
  }
  return counts;
}

const COUNT_OF: Readonly<Record<string, keyof MirrorCounts>> = {
  'Case.create': 'casesCreated',
  'Case.update': 'casesUpdated',
  'Relationship.create': 'rolesCreated',
  'Relationship.update': 'rolesUpdated',
  'Relationship.remove': 'rolesRemoved',
  'Activity.create': 'activitiesCreated',
  'Activity.adopt': 'activitiesAdopted',
  'Activity.update': 'activitiesUpdated',
  'Activity.remove': 'activitiesTrashed',
};
