import { Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';

/** Where Redis listens: a `redis://` or `rediss://` URL, or a unix socket. */
export type RedisPlace = { readonly redisUrl: string } | { readonly socket: string };

export interface RedisConnectionOptions {
  readonly place: RedisPlace;
  readonly logger: Logger;
  /** Wait for ever for Redis to come back (workers), or fail a command after one attempt (everything else). */
  readonly patient: boolean;
}

const CONNECT_TIMEOUT_MILLIS = 5_000;
const DISCONNECT_TIMEOUT_MILLIS = 500;
const RECONNECT_MILLIS = { first: 100, longest: 2_000 };

/**
 * ioredis, told to disconnect while it waits for its next attempt to connect, only cancels that attempt: there is
 * no 'end', and commands in its queue stay pending for ever. BullMQ's worker waits for both, and holds the process
 * with its timers meanwhile. An attempt that is cut short at once ends as it should.
 */
class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    if (this.status === 'reconnecting' && !reconnect) this.connect().catch(() => undefined);
    super.disconnect(reconnect);
  }

  /** BullMQ makes its blocking connection so. */
  override duplicate(override?: Partial<RedisOptions>): Redis {
    return new EndingRedis({ ...this.options, ...override, replyMapping: 'legacy' });
  }
}

/** Opens a connection that repairs itself. Trouble is logged by its error code alone, once until it is over. */
export function connectRedis({ place, logger, patient }: RedisConnectionOptions): Redis {
  const options = {
    maxRetriesPerRequest: patient ? null : 1,
    connectTimeout: CONNECT_TIMEOUT_MILLIS,
    // A connection whose socket is gone already holds the process for so long after it was told to end.
    disconnectTimeout: DISCONNECT_TIMEOUT_MILLIS,
    retryStrategy: (attempt: number) =>
      Math.min(RECONNECT_MILLIS.first * 2 ** Math.min(attempt - 1, 10), RECONNECT_MILLIS.longest),
  };
  const redis =
    'socket' in place
      ? new EndingRedis({ ...options, path: place.socket })
      : new EndingRedis(place.redisUrl, options);
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
