import type { Clock, RandomSource } from '../../src/base/clock.ts';
import type { JsonObject } from '../../src/base/json.ts';
import type { SiteClient } from '../../src/civicrm/index.ts';
import type { Change, MigrationPlan, MigrationSite } from '../../src/migrate/index.ts';
import { createSandbox, type Without } from '../../src/sandbox/index.ts';
import type { DemoPerson } from './people.ts';

export interface DemoSite {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

export interface DemoSiteOptions {
  readonly name: string;
  /** Moves the site's ids, so that no number means the same on two sites. */
  readonly idOffset: number;
  /** Names that a fresh CiviCRM has and this site has not. */
  readonly without?: Without;
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Starts a sandbox site on a free port of this machine. */
export async function startDemoSite(options: DemoSiteOptions): Promise<DemoSite> {
  const { name } = options;
  const apiKey = `${name}-demo-key`;
  const sandbox = createSandbox({ ...options, apiKey, timeZone: 'Europe/London' });
  const { url } = await sandbox.listen(0);
  return { name, url, apiKey, close: () => sandbox.close() };
}

/** Makes the first half of what a plan would create, so that the site lacks only the rest. */
export async function createHalf(plan: MigrationPlan, site: MigrationSite): Promise<void> {
  const creations = plan.changes.filter((change) => change.kind === 'create');
  for (const change of creations.slice(0, Math.floor(creations.length / 2))) await create(change, site);
}

async function create(change: Change & { kind: 'create' }, site: MigrationSite): Promise<void> {
  switch (change.entity.kind) {
    case 'option-value':
      await site.createOptionValue(change.entity);
      return;
    case 'relationship-type':
      await site.createRelationshipType(change.entity);
      return;
    case 'group':
      await site.createGroup(change.entity);
      return;
  }
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
