import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { AppError } from '../base/errors.ts';
import type { Clock, IdSource, RandomSource } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { createSiteClient, type HttpSiteClient } from '../civicrm/index.ts';
import { nameHint } from '../base/nearest-name.ts';
import { type Config, type PairSettings, type SiteSettings } from '../config/index.ts';
import { openStore, type Store } from '../store/store.ts';
import { startPrivateRedis } from '../queue/private-redis.ts';
import { openQueue, type Queue } from '../queue/queue.ts';
import { systemClock, systemRandom } from './clock.ts';
import { createClosers } from './closers.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { secretRemover, secretsOf } from './secrets.ts';

/** Everything that the entrances need, opened when first asked for. */
export interface App {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly newId: IdSource;
  readonly logger: Logger;
  /** Aborted when the app is to stop: waits and long runs end early. */
  readonly signal: AbortSignal;
  store(): Promise<Store>;
  /** Redis of the configuration, or a private one in the data directory. */
  queue(): Promise<Queue>;
  /** Whether each part that is in use answers at this moment. */
  parts(): Promise<readonly PartState[]>;
  /** One client per site for the app's life. `not-found` with the nearest name for an unknown one. */
  site(name: string): HttpSiteClient;
  /** `not-found` with the nearest name for an unknown site. */
  siteSettings(name: string): SiteSettings & { readonly timeZone: string };
  /** `not-found` with the nearest name for an unknown pair. */
  pair(name: string): PairSettings;
  /** Takes every credential of the configuration out of a text. */
  withoutSecrets(text: string): string;
  /** Has something closed with the app, before all that was opened earlier. */
  onClose(name: string, close: () => Promise<void>): void;
  /** Closes what the app opened, last first. Safe to call twice. */
  close(): Promise<void>;
}

export interface PartState {
  readonly name: 'store' | 'queue';
  readonly works: boolean;
}

export interface AppOverrides {
  /** Another clock for what is due when; calls on the wire keep the real one. */
  readonly clock?: Clock;
  readonly random?: RandomSource;
  readonly newId?: IdSource;
  readonly logLevel?: LogLevel;
  /** Takes one line of the log with its line break; default stderr. */
  readonly writeLog?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** The composition root: nothing is opened yet, and nothing outside is touched. */
export function createApp(config: Config, overrides: AppOverrides = {}): App {
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? systemRandom;
  const withoutSecrets = secretRemover(secretsOf(config));
  const logger = createLogger({
    level: overrides.logLevel ?? 'info',
    clock,
    write: overrides.writeLog ?? ((line) => process.stderr.write(line)),
    withoutSecrets,
  });
  const closers = createClosers(logger);
  const clients = new Map<string, HttpSiteClient>();
  let store: Promise<Store> | null = null;
  let queue: Promise<Queue> | null = null;

  const siteSettings = (name: string) => {
    const settings = ownEntry(config.sites, name);
    if (settings === null) throw unknownName('site', name, config.sites, config.file);
    return {
      ...settings,
      timeZone: settings.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
  };

  const openStoreOnce = () => {
    store ??= openStore(config.database).then((opened) => {
      closers.add('store', () => opened.close());
      return opened;
    });
    return store;
  };

  const connectQueue = async (): Promise<Queue> => {
    const { redisUrl, dataDir } = config;
    let place: { readonly redisUrl: string } | { readonly socket: string };
    if (redisUrl === null) {
      const redis = await startPrivateRedis({ dataDir, logger });
      closers.add('private redis', () => redis.stop());
      place = { socket: redis.socket };
    } else place = { redisUrl };
    const opened = await openQueue({ ...place, clock, logger });
    closers.add('queue', () => opened.close());
    return opened;
  };

  return {
    config,
    clock,
    random,
    newId: overrides.newId ?? randomUUID,
    logger,
    signal: overrides.signal ?? new AbortController().signal,
    withoutSecrets,
    siteSettings,
    store: openStoreOnce,
    queue: () => (queue ??= connectQueue()),
    async parts() {
      const storeWorks = openStoreOnce().then(({ db }) => sql`select 1`.execute(db));
      return [
        { name: 'store', works: await succeeds(storeWorks) },
        ...(queue === null
          ? []
          : [
              {
                name: 'queue' as const,
                works: await queue.then((opened) => opened.isReady()).catch(() => false),
              },
            ]),
      ];
    },
    site(name) {
      const known = clients.get(name);
      if (known !== undefined) return known;
      const settings = siteSettings(name);
      const client = createSiteClient(
        {
          name,
          url: settings.url,
          apiKey: settings.apiKey,
          siteKey: settings.siteKey ?? undefined,
          pathStyle: settings.path === 'auto' ? undefined : settings.path,
          timeoutMillis: settings.timeoutSeconds * 1000,
          concurrency: settings.concurrency,
        },
        { clock: systemClock, random, logger },
      );
      clients.set(name, client);
      return client;
    },
    pair(name) {
      const settings = ownEntry(config.pairs, name);
      if (settings === null) throw unknownName('pair', name, config.pairs, config.file);
      return settings;
    },
    onClose: (name, close) => closers.add(name, close),
    close: () => closers.closeAll(),
  };
}

function ownEntry<Value>(entries: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(entries, name) ? (entries[name] ?? null) : null;
}

function unknownName(kind: 'site' | 'pair', name: string, known: object, file: string): AppError {
  return new AppError(
    'not-found',
    `There is no ${kind} "${name}" in ${file}. ${nameHint(name, Object.keys(known))}`,
    { details: { [kind]: name, known: Object.keys(known) } },
  );
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
