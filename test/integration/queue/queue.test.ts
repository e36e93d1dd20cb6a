import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { JobOutcome } from '../../../src/queue/jobs.ts';
import type { PrivateRedis } from '../../../src/queue/private-redis.ts';
import { createQueueDesk, DONE, noting } from '../../support/queue-desk.ts';
import { startTestRedis } from '../../support/private-redis.ts';
import { dumpRedis } from '../../support/redis-dump.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { createStandingClock } from '../../support/standing-clock.ts';
import { until } from '../../support/until.ts';

const NOON = Date.UTC(2026, 2, 2, 12);
const DAY = 86_400_000;

let redis: PrivateRedis;
let admin: Redis;
const { open, closeAll } = createQueueDesk(() => redis.socket, NOON);

beforeAll(async () => {
  redis = await startTestRedis();
  admin = new Redis({ path: redis.socket, maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});
beforeEach(() => admin.flushall());
afterEach(closeAll);

describe('a wake-up', () => {
  it('that is due reaches a worker at once', async () => {
    const queue = await open();
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    await queue.wake([{ occurrenceId: 'email-1', at: NOON }]);
    await until('the job to run', () => seen.length === 1);
    expect(seen).toEqual([{ occurrenceId: 'email-1' }]);
  });

  it('given twice, or for another moment, is still one job', async () => {
    const queue = await open();
    await queue.wake([
      { occurrenceId: 'email-1', at: NOON + DAY },
      { occurrenceId: 'email-2', at: NOON + DAY },
    ]);
    await queue.wake([{ occurrenceId: 'email-1', at: NOON + 2 * DAY }]);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 2, failed: 0 });
    await queue.wake([{ occurrenceId: 'email-1', at: NOON - DAY }]);
    await queue.wake([{ occurrenceId: 'email-1', at: NOON - DAY }]);
    expect(await queue.counts()).toEqual({ waiting: 1, active: 0, delayed: 1, failed: 0 });
  });

  it('waits by the clock of the app: stepped over the moment, a sweep brings it at once', async () => {
    const clock = createStandingClock(NOON);
    const queue = await open({ clock });
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    await queue.wake([{ occurrenceId: 'email-1', at: NOON + DAY }]);
    await queue.whenIdle();
    expect(seen).toEqual([]);
    clock.advance(DAY);
    await queue.wake([{ occurrenceId: 'email-1', at: NOON + DAY }]);
    await queue.whenIdle();
    expect(seen).toEqual([{ occurrenceId: 'email-1' }]);
  });

  it('comes by itself when its moment is reached', async () => {
    const queue = await open();
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    await queue.wake([{ occurrenceId: 'email-1', at: NOON + 50 }]);
    expect((await queue.counts()).delayed + seen.length).toBe(1);
    await until('the delayed job to run', () => seen.length === 1);
  });

  it('runs again after it was done, and after it failed for good', async () => {
    const queue = await open();
    let runs = 0;
    await queue.run(
      noting([], {
        'occurrence.run': () => {
          runs += 1;
          return runs === 1 ? Promise.reject(new AppError('conflict', 'no')) : Promise.resolve(DONE);
        },
      }),
    );
    for (const expected of [1, 2, 3]) {
      await queue.wake([{ occurrenceId: 'email-1', at: NOON }]);
      await queue.whenIdle();
      expect(runs).toBe(expected);
    }
  });

  it('does not fail the caller while Redis is away', async () => {
    const logger = createRecordingLogger();
    const lonely = await startTestRedis();
    const queue = await open({ socket: lonely.socket, logger });
    await lonely.stop();
    await queue.wake([{ occurrenceId: 'email-1', at: NOON }]);
    expect(await queue.isReady()).toBe(false);
    expect(logger.lines.map((line) => line.message)).toContain(
      'Wake-ups could not be stored in Redis; the sweeper will repeat them',
    );
  });
});

describe('a job', () => {
  it('comes again at the moment its handler names', async () => {
    const clock = createStandingClock(NOON);
    const queue = await open({ clock });
    let runs = 0;
    await queue.run(
      noting([], {
        'occurrence.run': () => {
          runs += 1;
          return Promise.resolve<JobOutcome>(runs === 3 ? DONE : { kind: 'again', at: clock.now() + 30 });
        },
      }),
    );
    await queue.wake([{ occurrenceId: 'email-1', at: NOON }]);
    await until('three runs', () => runs === 3);
    await queue.whenIdle();
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('asked for while it runs is not begun beside itself', async () => {
    const queue = await open();
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await queue.run(
      noting([], {
        'mirror.run': async () => {
          running += 1;
          most = Math.max(most, running);
          await gate;
          running -= 1;
          return DONE;
        },
      }),
    );
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await until('the first to run', () => running === 1);
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'hill-river' } });
    await until('the other pair to run', () => running === 2);
    expect(await queue.counts()).toMatchObject({ waiting: 0, active: 2 });
    release();
    await queue.whenIdle();
    expect(most).toBe(2);
  });

  it('is tried again later for a fault that may pass, and not for another', async () => {
    const logger = createRecordingLogger();
    const queue = await open({ logger });
    await queue.run(
      noting([], {
        'mirror.run': () =>
          Promise.reject(new AppError('remote-unavailable', 'Site hilltop does not answer.')),
        'occurrences.plan': () =>
          Promise.reject(new AppError('forbidden', 'The key of riverside is refused.')),
        'occurrences.sweep': () =>
          Promise.reject(new TypeError('550 <amina@example.org> unknown; key s3cr3t')),
      }),
    );
    await queue.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await queue.enqueue({ name: 'occurrences.plan', data: { site: 'riverside' } });
    await queue.enqueue({ name: 'occurrences.sweep', data: {} });
    await until('all to have failed', async () => (await queue.counts()).failed === 2);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 1, failed: 2 });
    expect(JSON.stringify(logger.lines)).toContain('Site hilltop does not answer.');
    expect(JSON.stringify([logger.lines, await dumpRedis(admin)])).not.toMatch(/amina|s3cr3t/);
  });

  it('is finished before the queue closes', async () => {
    const queue = await open();
    const steps: string[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    await queue.run(
      noting([], {
        'occurrences.sweep': async () => {
          steps.push('begun');
          await gate;
          steps.push('finished');
          return DONE;
        },
      }),
    );
    await queue.enqueue({ name: 'occurrences.sweep', data: {} });
    await until('the job to begin', () => steps.length === 1);
    const closing = queue.close().then(() => steps.push('closed'));
    release();
    await closing;
    expect(steps).toEqual(['begun', 'finished', 'closed']);
  });

  it('that is long hears of the stop, and what it leaves is kept for the next start', async () => {
    const stopped = await open();
    let begun = false;
    await stopped.run(
      noting([], {
        'mirror.run': (_data, signal) => {
          begun = true;
          return new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped between two steps')));
          });
        },
      }),
    );
    await stopped.enqueue({ name: 'mirror.run', data: { pair: 'river-hill' } });
    await until('the job to begin', () => begun);
    await stopped.close();

    const next = await open();
    expect(await next.counts()).toMatchObject({ active: 0, failed: 0 });
    const seen: unknown[] = [];
    await next.run(noting(seen));
    await until('the job to run again', () => seen.length === 1);
  });
});

describe('the periodic jobs', () => {
  const round = (everyMillis: number) => ({
    job: { name: 'occurrences.sweep', data: {} } as const,
    everyMillis,
  });

  it('run at once and then at their interval', async () => {
    const queue = await open();
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    await queue.setRounds([round(50)]);
    await until('three rounds', () => seen.length >= 3);
  });

  it('are replaced as a whole', async () => {
    const queue = await open();
    await queue.setRounds([
      round(3_600_000),
      { job: { name: 'mirror.run', data: { pair: 'a' } }, everyMillis: DAY },
    ]);
    await queue.setRounds([round(3_600_000)]);
    const keys = await admin.zrange('civicase:bridge:repeat', '0', '-1');
    expect(keys).toEqual(['occurrences-sweep']);
  });

  it('come back when Redis is wiped', async () => {
    const queue = await open();
    const seen: unknown[] = [];
    await queue.run(noting(seen));
    await queue.setRounds([round(3_600_000)]);
    await until('the first round', () => seen.length === 1);
    await admin.flushall();
    await until('a round after the wipe', () => seen.length === 2);
    expect(await admin.zcard('civicase:bridge:repeat')).toBe(1);
  });
});
