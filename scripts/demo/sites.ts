import type { JsonObject } from '../../src/base/json.ts';
import type { SiteClient } from '../../src/civicrm/index.ts';
import type { MigrationPlan, MigrationSite } from '../../src/migrate/index.ts';
import type { DatabaseCheck, Told } from './databases/check-databases.ts';
import type { DemoPerson } from './people.ts';

export interface DemoSite {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
}

/** Takes what is to be closed when the demo ends, however it ends; the last one given is closed first. */
export type AtEnd = (close: () => Promise<unknown>) => void;

/** The two sites of the story: hilltop lacks the case type, and no number means the same on both. */
export interface DemoSites {
  readonly riverside: DemoSite;
  readonly hilltop: DemoSite;
  /** What kind of sites they are. */
  readonly description: string;
  /** How to look at them in a browser; null where there is nothing to see. */
  readonly login: string | null;
  /** Holds what the story left behind against what must be there; null where no database can be asked. */
  checkDatabases(told: Told): Promise<DatabaseCheck | null>;
}

/** Makes the first half of what a plan would create, so that the site lacks only the rest. */
export async function createHalf(plan: MigrationPlan, site: MigrationSite): Promise<void> {
  const creations = plan.changes.filter((change) => change.kind === 'create');
  for (const change of creations.slice(0, Math.floor(creations.length / 2))) await site.create(change.entity);
}

/** Adds people with their addresses; answers their ids by key. */
export async function addPeople(
  client: SiteClient,
  people: readonly DemoPerson[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (const { key, contact, email } of people) {
    const id = await createRow(client, 'Contact', contact);
    if (email !== null) await createRow(client, 'Email', { contact_id: id, ...email });
    ids.set(key, id);
  }
  return ids;
}

export async function createRow(client: SiteClient, entity: string, values: JsonObject): Promise<number> {
  const answer = await client.call({ entity, action: 'create', params: { values } });
  const id = answer.values[0]?.['id'];
  if (typeof id !== 'number') throw new Error(`${entity}.create on ${client.siteName} answered no id`);
  return id;
}
