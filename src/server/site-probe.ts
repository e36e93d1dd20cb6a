import type { App } from '../app/index.ts';
import type { EpochMillis } from '../base/clock.ts';
import { toAppError } from '../base/errors.ts';
import type { SiteAccess } from '../civicrm/index.ts';

/** What a site last answered when asked who our key belongs to. */
export interface SiteState {
  readonly name: string;
  readonly url: string;
  readonly kind: 'asking' | 'ready' | 'limited' | 'unusable';
  readonly version: string | null;
  /** Sentences on what to repair. */
  readonly findings: readonly string[];
  readonly checkedAt: EpochMillis | null;
}

export interface SiteProbe {
  /** The last known states; asks again in the background what is older than a minute. */
  read(): Promise<readonly SiteState[]>;
}

const FRESH_MILLIS = 60_000;
/** A page does not wait longer for a site that was never asked. */
const PATIENCE_MILLIS = 2_500;

export function createSiteProbe(app: App): SiteProbe {
  const states = new Map<string, SiteState>();
  const asking = new Map<string, Promise<void>>();

  const ask = async (name: string, url: string): Promise<void> => {
    const known = { name, url, checkedAt: app.clock.now() };
    try {
      const access = await app.site(name).checkAccess();
      states.set(name, {
        ...known,
        kind: kindOf(access),
        version: access.version,
        findings: access.findings,
      });
    } catch (thrown) {
      const finding = app.withoutSecrets(toAppError(thrown).message);
      states.set(name, { ...known, kind: 'unusable', version: null, findings: [finding] });
    } finally {
      asking.delete(name);
    }
  };

  return {
    async read() {
      const sites = Object.entries(app.config.sites);
      const firstTime = sites.map(([name, { url }]) => {
        const state = states.get(name);
        const isFresh = state?.checkedAt != null && app.clock.now() - state.checkedAt < FRESH_MILLIS;
        if (!isFresh && !asking.has(name)) asking.set(name, ask(name, url));
        return state === undefined ? (asking.get(name) ?? Promise.resolve()) : Promise.resolve();
      });
      await patiently(Promise.all(firstTime));
      return sites.map(
        ([name, { url }]) =>
          states.get(name) ?? { name, url, kind: 'asking', version: null, findings: [], checkedAt: null },
      );
    },
  };
}

function kindOf(access: SiteAccess): 'ready' | 'limited' {
  const { read, write, administer } = access.abilities;
  return read.allowed && write.allowed && administer.allowed ? 'ready' : 'limited';
}

/** Real time: it is a person in front of a browser who waits. */
async function patiently(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MILLIS);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}
