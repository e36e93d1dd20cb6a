import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import type { Occurrence } from '../../../src/case/occurrence.ts';
import type { JobHandlers } from '../../../src/queue/jobs.ts';
import type { Round } from '../../../src/queue/queue.ts';
import { startWorker, type WorkerParts } from '../../../src/worker/start-worker.ts';

const occurrence: Occurrence = {
  id: 'email-1',
  site: 'riverside',
  rule: 'remind-assignee',
  caseId: 7,
  activityId: 70,
  recipientId: 3,
  dueAt: 1_000,
  channel: 'email',
  state: 'planned',
  reason: null,
  attempts: 0,
  plannedAt: 0,
  wakeAt: 1_000,
  claimedAt: null,
  finishedAt: null,
  resultActivityId: null,
};
const never = new AbortController().signal;

/** Starts a worker on a queue that only notes, and answers its handlers with what they called. */
const start = async (change: Partial<WorkerParts> = {}, rounds = true) => {
  const called: unknown[] = [];
  let handlers: JobHandlers | undefined;
  let rung: readonly Round[] | undefined;
  const note = (name: string) => (subject?: string) => {
    called.push(subject === undefined ? [name] : [name, subject]);
    return Promise.resolve();
  };
  await startWorker(
    {
      queue: {
        run: (given) => {
          handlers = given;
          return Promise.resolve(() => Promise.resolve());
        },
        setRounds: (given) => {
          rung = given;
          return Promise.resolve();
        },
      },
      logger: silentLogger,
      findOccurrence: (id) => Promise.resolve(id === occurrence.id ? occurrence : null),
      runFollowUp: async (id) => {
        await note('follow-up')(id);
        return { kind: 'done', activityId: 5 };
      },
      deliverReminder: async (id) => {
        await note('reminder')(id);
        return { kind: 'sent', activityId: 5 };
      },
      runMirror: note('mirror'),
      planOccurrences: note('plan'),
      sweepOccurrences: () => note('sweep')(),
      recordOutstanding: () => note('record')(),
      planEvery: { riverside: 60_000 },
      mirrorEvery: { 'river-hill': 120_000 },
      lookForDrift: note('drift'),
      driftEvery: { hilltop: 90_000 },
      sweepEveryMillis: 30_000,
      ...change,
    },
    { rounds },
  );
  return { called, rung, handlers: handlers! };
};

describe('a worker', () => {
  it('gives each job to its use case', async () => {
    const { called, handlers } = await start();
    await handlers['mirror.run']({ pair: 'river-hill' }, never);
    await handlers['occurrences.plan']({ site: 'riverside' }, never);
    await handlers['occurrences.sweep']({}, never);
    await handlers['drift.look']({ site: 'hilltop' }, never);
    await handlers['occurrence.run']({ occurrenceId: 'email-1' }, never);
    expect(called).toEqual([
      ['mirror', 'river-hill'],
      ['plan', 'riverside'],
      ['sweep'],
      ['record'],
      ['drift', 'hilltop'],
      ['reminder', 'email-1'],
    ]);
  });

  it('runs an occurrence by its channel, and has nothing to do for one that is not there', async () => {
    const { called, handlers } = await start({
      findOccurrence: (id) => Promise.resolve(id === 'gone' ? null : { ...occurrence, channel: 'activity' }),
    });
    expect(await handlers['occurrence.run']({ occurrenceId: 'activity-1' }, never)).toEqual({ kind: 'done' });
    expect(await handlers['occurrence.run']({ occurrenceId: 'gone' }, never)).toEqual({ kind: 'done' });
    expect(called).toEqual([['follow-up', 'activity-1']]);
  });

  it('comes again for what was put off, and for what it was woken too early for', async () => {
    const putOff = await start({
      deliverReminder: () =>
        Promise.resolve({ kind: 'put-off', at: 9_000, reason: 'the site did not answer' }),
    });
    const run = putOff.handlers['occurrence.run'];
    expect(await run({ occurrenceId: 'email-1' }, never)).toEqual({ kind: 'again', at: 9_000 });
    const early = await start({ deliverReminder: () => Promise.resolve({ kind: 'not-mine' }) });
    const runEarly = early.handlers['occurrence.run'];
    expect(await runEarly({ occurrenceId: 'email-1' }, never)).toEqual({ kind: 'again', at: 1_000 });
  });

  it('leaves to another what another holds', async () => {
    const { handlers } = await start({
      findOccurrence: () => Promise.resolve({ ...occurrence, state: 'sending' }),
      deliverReminder: () => Promise.resolve({ kind: 'not-mine' }),
    });
    expect(await handlers['occurrence.run']({ occurrenceId: 'email-1' }, never)).toEqual({ kind: 'done' });
  });

  it.each(['occurrence.run', 'mirror.run', 'occurrences.plan', 'drift.look'] as const)(
    'refuses a payload of %s that does not fit, without repeating it',
    async (job) => {
      const { handlers, called } = await start();
      for (const payload of [null, {}, { occurrenceId: 7, pair: '', site: ['amina@example.org'] }]) {
        const refused = handlers[job](payload, never);
        await expect(refused).rejects.toBeInstanceOf(AppError);
        await expect(refused).rejects.toMatchObject({ kind: 'invalid-input' });
        await expect(refused).rejects.not.toThrow(/amina/);
      }
      expect(called).toEqual([]);
    },
  );

  it('sets the periodic jobs to what the configuration says, unless it is told not to', async () => {
    expect((await start()).rung).toEqual([
      { job: { name: 'occurrences.sweep', data: {} }, everyMillis: 30_000 },
      { job: { name: 'occurrences.plan', data: { site: 'riverside' } }, everyMillis: 60_000 },
      { job: { name: 'mirror.run', data: { pair: 'river-hill' } }, everyMillis: 120_000 },
      { job: { name: 'drift.look', data: { site: 'hilltop' } }, everyMillis: 90_000 },
    ]);
    expect((await start({}, false)).rung).toBeUndefined();
  });
});
