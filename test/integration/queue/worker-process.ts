import { once } from 'node:events';
import { silentLogger } from '../../../src/base/logger.ts';
import { openQueue } from '../../../src/queue/queue.ts';
import { DONE, noting } from '../../support/queue-desk.ts';
import { machineClock } from '../../support/standing-clock.ts';

// Takes jobs and holds the first in hand; its parent says when to close, and when the job may finish.
const [socket] = process.argv.slice(2) as [string];
const say = (word: string): void => {
  process.send?.(word);
};
const hears = async (expected: string): Promise<void> => {
  for (;;) {
    const [word] = (await once(process, 'message')) as [unknown];
    if (word === expected) return;
  }
};

const queue = await openQueue({ socket, clock: machineClock, logger: silentLogger });
const hold = async (_data: unknown, signal: AbortSignal) => {
  say('job');
  await once(signal, 'abort');
  say('stopping');
  await hears('finish');
  say('finished');
  return DONE;
};
const told = hears('close');
await queue.run(noting([], { 'mirror.run': hold }), { lockMillis: 300 });
// A job may be taken before.
say('running');
await told;
await queue.close();
say('closed');
process.disconnect();
