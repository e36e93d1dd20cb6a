import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateRedis, type PrivateRedis } from '../../src/queue/private-redis.ts';

/** A Redis for one test file, in a directory that goes with it. */
export async function startTestRedis(): Promise<PrivateRedis> {
  const dataDir = mkdtempSync(join(tmpdir(), 'civicase-redis-'));
  const redis = await startPrivateRedis({ dataDir });
  return {
    ...redis,
    stop: async () => {
      await redis.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
