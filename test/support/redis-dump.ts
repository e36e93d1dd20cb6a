import type { Redis } from 'ioredis';

/** Everything that a Redis holds, keys and values, as one text to search in. */
export async function dumpRedis(redis: Redis): Promise<string> {
  const entries: unknown[] = [];
  for (const key of await redis.keys('*')) entries.push([key, await valueOf(redis, key)]);
  return JSON.stringify(entries);
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'hash':
      return redis.hgetall(key);
    case 'stream':
      return redis.xrange(key, '-', '+');
    case 'list':
      return redis.lrange(key, '0', '-1');
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    default:
      return redis.get(key);
  }
}
