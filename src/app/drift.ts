import { createEditTraces } from '../civicrm/edit-traces.ts';
import {
  driftSince,
  driftSinceFolder,
  snapshotSite,
  type Drift,
  type TracedDrift,
} from '../migrate/index.ts';
import type { SnapshotFolder } from '../migrate/read-snapshot-files.ts';
import type { App } from './app.ts';
import { openMigrationSite, openRunJournal } from './migration.ts';

/** What of a site is not as it is known to have been. */
export interface SiteDrift {
  readonly site: string;
  /** How many things were looked at. */
  readonly looked: number;
  readonly drift: readonly TracedDrift[];
}

/** Names of the sites to which something was applied from here and not rolled back, sorted. */
export async function appliedSites(app: App): Promise<readonly string[]> {
  const runs = await (await openRunJournal(app)).runs();
  const sites = runs.filter(({ state }) => state === 'done').map(({ site }) => site);
  return [...new Set(sites)].filter((site) => Object.hasOwn(app.config.sites, site)).sort();
}

/** A site against what was last applied to it. */
export async function driftSinceApply(app: App, site: string): Promise<SiteDrift> {
  const { left: known } = await (await openRunJournal(app)).lastApplied(site);
  const looked = Object.keys(known).length;
  const drift = looked === 0 ? [] : driftSince(known, await snapshotSite(openMigrationSite(app, site)));
  return { site, looked, drift: await traced(app, site, drift) };
}

/** A site against a folder that was pulled from it, or from another one that it is to equal. */
export async function driftSincePull(app: App, folder: SnapshotFolder, site: string): Promise<SiteDrift> {
  const drift = driftSinceFolder(folder, await snapshotSite(openMigrationSite(app, site)));
  const looked = Object.keys(folder.snapshot.hashes).length;
  return { site, looked, drift: await traced(app, site, drift) };
}

async function traced(app: App, site: string, drift: readonly Drift[]): Promise<readonly TracedDrift[]> {
  const keysOf = (...kinds: readonly Drift['kind'][]) =>
    drift.filter(({ kind }) => kinds.includes(kind)).map(({ key }) => key);
  const traces = await createEditTraces(app.site(site))(keysOf('changed', 'added'), keysOf('added'));
  return drift.map((one) => ({ ...one, lastEdit: traces.get(one.key) ?? null }));
}
