import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import type { PrivateRedis } from '../../../src/queue/private-redis.ts';
import { openQueue } from '../../../src/queue/queue.ts';
import { startTestRedis } from '../../support/private-redis.ts';
import { createQueueDesk, DONE, noting } from '../../support/queue-desk.ts';
import { createStandingClock } from '../../support/standing-clock.ts';
import { until } from '../../support/until.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const DAY = 86_400_000;

let redis: PrivateRedis;
const { open, closeAll } = createQueueDesk(() => redis.socket, NOON);

beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());
afterEach(closeAll);

describe('without Redis for a while', () => {
  it('goes on with everything when it is back', async () => {
    const queue = await open();
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    const killed = redis.pid();
    process.kill(killed, 'SIGKILL');
    await until('another process to serve', () => redis.pid() !== killed);
    await until('the connection to be back', () => queue.isReady());
    await queue.wake([{ occurrenceId: 'email-1', at: NOON }]);
    await until('the job to run', () => seen.length === 1);
  });

  it('still closes, with a job in hand that can no longer report its end', async () => {
    const lonely = await startTestRedis();
    const queue = await open({ socket: lonely.socket });
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let begun = false;
    await queue.run(
      noting([], {
        'occurrences.sweep': async () => {
          begun = true;
          await gate;
          return DONE;
        },
      }),
    );
    await queue.setRounds([{ job: { name: 'occurrences.sweep', data: {} }, everyMillis: DAY }]);
    await until('the job to begin', () => begun);
    await lonely.stop();
    release();
    const closed = await Promise.race([
      queue.close().then(() => 'closed'),
      new Promise((resolve) => setTimeout(resolve, 8_000, 'hanging')),
    ]);
    expect(closed).toBe('closed');
  });

  it('says where it looked when it cannot begin', async () => {
    await expect(open({ socket: '/nowhere/redis.sock' })).rejects.toMatchObject({
      kind: 'remote-unavailable',
      message: expect.stringMatching(/\/nowhere\/redis\.sock.*ENOENT/) as string,
    });
  }, 20_000);

  it('refuses an address that is none, without repeating it', async () => {
    const wrong = openQueue({
      redisUrl: 'http://user:s3cr3t@host',
      clock: createStandingClock(0),
      logger: silentLogger,
    });
    await expect(wrong).rejects.toMatchObject({ kind: 'invalid-input' });
    await expect(wrong).rejects.not.toThrow(/s3cr3t/);
  });
});
