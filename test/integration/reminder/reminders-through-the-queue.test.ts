import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../../src/case/case-file.ts';
import { createMailer } from '../../../src/mail/mailer.ts';
import type { PrivateRedis } from '../../../src/queue/private-redis.ts';
import { openQueue, type Queue } from '../../../src/queue/queue.ts';
import { madeActivity, madeCase, madeContact } from '../../support/made-case.ts';
import { startTestRedis } from '../../support/private-redis.ts';
import { dumpRedis } from '../../support/redis-dump.ts';
import { openReminderScene, type ReminderScene } from '../../support/reminder-scene.ts';
import { startReminderWorker } from '../../support/reminder-worker.ts';
import { startSmtpSink, type SinkBehaviour, type SmtpSink } from '../../support/smtp-sink.ts';
import { until } from '../../support/until.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
/** The day before the reminders of these cases are due. */
const NOW = Date.UTC(2026, 1, 27, 7, 30);
const CASES = 60;
/** Stand for everything personal; nothing of it may be found outside the mails, the site and the memory. */
const CANARIES = /canary/i;

let redis: PrivateRedis;
let admin: Redis;
let directory: string;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  redis = await startTestRedis();
  admin = new Redis({ path: redis.socket, maxRetriesPerRequest: null });
  admin.on('error', () => undefined);
});
afterAll(async () => {
  admin.disconnect();
  await redis.stop();
});
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'reminders-'));
  await admin.flushall();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (behave?: (attempt: number) => SinkBehaviour) => {
  const sink: SmtpSink = await startSmtpSink(behave);
  closers.push(() => sink.close());
  const mailer = createMailer(sink.url, 'Case desk <desk@example.org>', { timeoutMillis: 2_000 });
  closers.push(() => mailer.close());
  const location = join(directory, 'store.sqlite');
  const scene = await openReminderScene({ now: NOW, mailer, location });
  closers.push(() => scene.store.close());
  const queue = await openQueue({
    socket: redis.socket,
    clock: scene.clock,
    logger: scene.parts.logger,
    guardMillis: 20,
  });
  closers.push(() => queue.close());
  return { sink, scene, queue, location };
};

const caseOf = (number: number): CaseFile => {
  const file = madeCase({
    id: number,
    subject: `Canary subject ${number}`,
    activities: [madeActivity(number * 10, { details: 'Canary details', assigneeContactIds: [3] })],
  });
  const assignee = madeContact(3, { displayName: 'Canary Name', email: `canary-${number}@example.org` });
  return { ...file, contacts: new Map([...file.contacts, [3, assignee]]) };
};

const planAndWake = async (scene: ReminderScene, queue: Queue): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let number = 1; number <= CASES; number += 1) ids.push(...(await scene.plan(caseOf(number))));
  const rows = await scene.occurrences.listPlanned({ site: 'riverside' });
  await queue.wake(rows.map(({ id, wakeAt }) => ({ occurrenceId: id, at: wakeAt })));
  return ids;
};

/** As the sweep job does it, asked for by hand where no rounds run. */
const sweep = async (queue: Queue): Promise<void> => {
  await queue.enqueue({ name: 'occurrences.sweep', data: {} });
  await queue.whenIdle();
};

const statesOf = async (scene: ReminderScene) =>
  Object.fromEntries((await scene.occurrences.countByState()).map(({ state, count }) => [state, count]));

describe('reminders through Redis, workers and SMTP', () => {
  it('all arrive once and are recorded once when the clock is stepped over their moment', async () => {
    const { sink, scene, queue } = await open();
    await startReminderWorker(scene, queue, { rounds: false });
    const ids = await planAndWake(scene, queue);
    expect(ids).toHaveLength(CASES);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: CASES, failed: 0 });
    await sweep(queue);
    expect(sink.received).toHaveLength(0);

    scene.clock.advance(DAY);
    await sweep(queue);
    expect(await statesOf(scene)).toEqual({ done: CASES });
    expect(sink.received.map(({ messageId }) => messageId).sort()).toEqual(
      ids.map((id) => `<${id}@example.org>`).sort(),
    );
    expect(scene.site.records).toHaveLength(CASES);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
  });

  it('are neither lost nor doubled when Redis is wiped in the middle and killed', async () => {
    const { sink, scene, queue } = await open();
    await planAndWake(scene, queue);
    scene.clock.advance(DAY);
    await startReminderWorker(scene, queue, { concurrency: 2, sweepEveryMillis: 100 });
    await until('the first mails', () => sink.received.length >= 10);
    await admin.flushall();
    await until('more mails after the wipe', () => sink.received.length >= 30);
    const killed = redis.pid();
    process.kill(killed, 'SIGKILL');
    await until('another Redis', () => redis.pid() !== killed);
    await until('all to be done', async () => (await statesOf(scene))['done'] === CASES);
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(CASES);
    expect(sink.received).toHaveLength(CASES);
    expect(scene.site.records).toHaveLength(CASES);
  });

  it('survive a mail server in a bad mood: refused for now is sent later, in doubt is left to a person', async () => {
    const { sink, scene, queue } = await open((attempt) => {
      if (attempt % 7 === 0) return { kind: 'refuse', at: 'recipient', code: 451 };
      return attempt === 10 ? { kind: 'cut', at: 'after-data' } : { kind: 'accept' };
    });
    // One connection: a cut one takes no other mail with it, so exactly one is in doubt.
    await startReminderWorker(scene, queue, { rounds: false, concurrency: 1 });
    await planAndWake(scene, queue);
    scene.clock.advance(DAY);
    for (let round = 0; round < 4; round += 1) {
      await sweep(queue);
      scene.clock.advance(10 * MINUTE);
    }
    expect(await statesOf(scene)).toEqual({ done: CASES - 1, unknown: 1 });
    expect(sink.received).toHaveLength(CASES);
    expect(new Set(sink.received.map(({ messageId }) => messageId)).size).toBe(CASES);
    expect(scene.site.records).toHaveLength(CASES - 1);
  });

  it('leave no name, no address and no text in Redis, in the log or in the store', async () => {
    const { sink, scene, queue, location } = await open((attempt) =>
      attempt % 3 === 0
        ? { kind: 'refuse', at: 'recipient', code: attempt % 2 === 0 ? 450 : 550 }
        : { kind: 'accept' },
    );
    await startReminderWorker(scene, queue, { rounds: false });
    await planAndWake(scene, queue);
    scene.site.fail('recording', new TypeError('Canary from the depths of a library'));
    const before = await dumpRedis(admin);
    scene.clock.advance(DAY);
    await sweep(queue);
    const after = await dumpRedis(admin);

    expect(JSON.stringify(sink.received)).toMatch(CANARIES);
    expect(before).toContain('occurrence-run-email-');
    expect(before + after).not.toMatch(CANARIES);
    expect(scene.logLines.length).toBeGreaterThan(0);
    expect(JSON.stringify(scene.logLines)).not.toMatch(CANARIES);
    const rows = await scene.store.db.selectFrom('occurrence').selectAll().execute();
    const deliveries = await scene.store.db.selectFrom('delivery').selectAll().execute();
    expect(JSON.stringify([rows, deliveries])).not.toMatch(CANARIES);
    expect(location).toContain(directory);
  });
});

describe('a worker process that is killed while it works', () => {
  it('is relieved by another: what it had not begun to send is sent, once', async () => {
    const { sink, scene, queue, location } = await open();
    const [id = ''] = await scene.plan(caseOf(1));
    scene.clock.advance(DAY);
    await queue.wake([{ occurrenceId: id, at: scene.clock.now() }]);

    const doomed = startDoomedWorker({ socket: redis.socket, location, now: scene.clock.now() });
    await doomed.hasClaimed;
    doomed.kill();
    await doomed.ended;
    expect(await scene.occurrences.find(id)).toMatchObject({ state: 'claimed', attempts: 1 });

    await startReminderWorker(scene, queue, { rounds: false, lockMillis: 300 });
    await until('the job to be taken again', async () => {
      const { waiting, active } = await queue.counts();
      return waiting + active === 0;
    });
    expect(sink.received).toHaveLength(0);
    scene.clock.advance(6 * MINUTE);
    await sweep(queue);
    expect(await scene.occurrences.find(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(sink.received).toHaveLength(1);
    expect(scene.site.records).toHaveLength(1);
  });
});

/** A worker in a process of its own that claims an occurrence and gets no further. */
function startDoomedWorker(options: {
  readonly socket: string;
  readonly location: string;
  readonly now: number;
}) {
  const from = (path: string) => JSON.stringify(new URL(`../../../src/${path}`, import.meta.url).href);
  const program = `
    import { openQueue } from ${from('queue/queue.ts')};
    import { openStore } from ${from('store/store.ts')};
    import { createOccurrenceRepository } from ${from('store/occurrence-repository.ts')};
    const silent = () => undefined;
    const logger = { debug: silent, info: silent, warn: silent, error: silent };
    const now = ${options.now};
    const store = await openStore(${JSON.stringify(options.location)});
    const occurrences = createOccurrenceRepository(store.db);
    const queue = await openQueue({ socket: ${JSON.stringify(options.socket)}, clock: { now: () => now }, logger });
    const work = async ({ occurrenceId }) => {
      await occurrences.claim(occurrenceId, { now, until: now + 5 * 60_000 });
      console.log('claimed');
      return new Promise(() => undefined);
    };
    await queue.run({ 'occurrence.run': work }, { lockMillis: 300 });
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    hasClaimed: new Promise((resolve) => child.stdout.once('data', resolve)),
    ended: new Promise((resolve) => child.once('exit', resolve)),
    kill: () => child.kill('SIGKILL'),
  };
}
