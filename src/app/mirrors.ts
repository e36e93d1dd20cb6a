import { createMirrorSource } from '../civicrm/mirror-source.ts';
import { createMirrorTarget } from '../civicrm/mirror-target.ts';
import { mirrorStatus, runMirrorPass, type MirrorReport, type MirrorStatus } from '../mirror/index.ts';
import { createMirrorStore } from '../store/mirror-store.ts';
import type { App } from './app.ts';
import { runLocked } from './run-lock.ts';

/**
 * One pass of a mirror pair.
 *
 * @throws AppError `not-found` for an unknown pair, `conflict` while another process runs the same pair.
 */
export async function runMirror(
  app: App,
  name: string,
  options: { readonly dryRun?: boolean } = {},
): Promise<MirrorReport> {
  const pair = { name, ...app.pair(name) };
  const { db } = await app.store();
  const timeoutSeconds = app.config.sites[pair.to]?.timeoutSeconds;
  const run = () =>
    runMirrorPass({
      pair,
      source: createMirrorSource(app.site(pair.from)),
      target: createMirrorTarget(app.site(pair.to)),
      store: createMirrorStore(db),
      clock: app.clock,
      logger: app.logger,
      dryRun: options.dryRun ?? false,
      ...(timeoutSeconds === undefined ? {} : { patienceMillis: timeoutSeconds * 1000 }),
    });
  return options.dryRun === true
    ? run()
    : runLocked(app.config.dataDir, `mirror-${name}`, `A pass of "${name}"`, run);
}

/** Where mirrors stand, from the store alone. `not-found` for an unknown name; null: all. */
export async function readMirrors(app: App, name: string | null = null): Promise<readonly MirrorStatus[]> {
  const names = name === null ? Object.keys(app.config.pairs) : [name];
  const pairs = names.map((each) => ({ name: each, ...app.pair(each) }));
  const { db } = await app.store();
  const store = createMirrorStore(db);
  return Promise.all(pairs.map((pair) => mirrorStatus(store, pair, app.clock)));
}
