import { Redis } from 'ioredis';
import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';

/** Where Redis listens: a `redis://` or `rediss://` URL, or a unix socket. */
export type RedisPlace = { readonly redisUrl: string } | { readonly socket: string };

export interface RedisConnectionOptions {
  readonly place: RedisPlace;
  readonly logger: Logger;
  /** Wait for ever for Redis to come back (workers), or fail a command after one attempt (everything else). */
  readonly patient: boolean;
  /** Once aborted, a lost connection, and any duplicate that BullMQ made of it, is not sought again. */
  readonly abandoned?: AbortSignal;
}

const CONNECT_TIMEOUT_MILLIS = 5_000;
const RECONNECT_MILLIS = { first: 100, longest: 2_000 };

/** Opens a connection that repairs itself. Trouble is logged by its error code alone, once until it is over. */
export function connectRedis({ place, logger, patient, abandoned }: RedisConnectionOptions): Redis {
  const options = {
    maxRetriesPerRequest: patient ? null : 1,
    connectTimeout: CONNECT_TIMEOUT_MILLIS,
    retryStrategy: (attempt: number) =>
      abandoned?.aborted === true
        ? null
        : Math.min(RECONNECT_MILLIS.first * 2 ** Math.min(attempt - 1, 10), RECONNECT_MILLIS.longest),
  };
  const redis =
    'socket' in place ? new Redis({ ...options, path: place.socket }) : new Redis(place.redisUrl, options);
  let troubled = false;
  redis.on('error', (error: Error) => {
    if (!troubled) logger.warn({ code: codeOf(error) }, 'Redis cannot be reached; trying again');
    troubled = true;
  });
  redis.on('ready', () => {
    if (troubled) logger.info({}, 'Redis is back');
    troubled = false;
  });
  return redis;
}

/**
 * Waits until the connection can be used.
 *
 * @throws AppError `remote-unavailable` when it cannot within five seconds.
 */
export async function waitUntilReady(redis: Redis, place: RedisPlace): Promise<void> {
  if (redis.status === 'ready') return;
  let lastCode = 'no answer';
  const noteError = (error: Error) => (lastCode = codeOf(error));
  redis.on('error', noteError);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        const message = `Redis at ${describePlace(place)} cannot be reached (${lastCode}). Is it running, and is REDIS_URL right?`;
        reject(new AppError('remote-unavailable', message));
      }, CONNECT_TIMEOUT_MILLIS);
      redis.once('ready', resolve);
    });
  } finally {
    clearTimeout(timer);
    redis.off('error', noteError);
  }
}

/** The place without user name and password. */
function describePlace(place: RedisPlace): string {
  if ('socket' in place) return place.socket;
  return URL.canParse(place.redisUrl) ? new URL(place.redisUrl).host : 'an unreadable URL';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
