import { sweepOccurrences } from '../../src/follow-up/sweep-occurrences.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { deliverReminder } from '../../src/reminder/deliver-reminder.ts';
import { recordOutstanding } from '../../src/reminder/record-reminders.ts';
import type { ReminderParts } from '../../src/reminder/reminder-parts.ts';
import { startWorker, type WorkerOptions, type WorkerParts } from '../../src/worker/start-worker.ts';
import type { ReminderScene } from './reminder-scene.ts';

/** A worker for reminders as the app wires it; mirrors and follow-ups have no part in it. */
export function startReminderWorker(
  scene: ReminderScene,
  queue: Queue,
  options: WorkerOptions & { readonly sweepEveryMillis?: number } = {},
): Promise<() => Promise<void>> {
  return startWorker(
    reminderWorkerParts(scene.parts, scene, queue, options.sweepEveryMillis ?? 3_600_000),
    options,
  );
}

function reminderWorkerParts(
  parts: ReminderParts,
  { occurrences, clock }: ReminderScene,
  queue: Queue,
  sweepEveryMillis: number,
): WorkerParts {
  const unexpected = () => Promise.reject(new Error('not part of this test'));
  return {
    queue,
    logger: parts.logger,
    findOccurrence: (id) => occurrences.find(id),
    runFollowUp: unexpected,
    runMirror: unexpected,
    planOccurrences: unexpected,
    deliverReminder: (id) => deliverReminder(id, parts),
    sweepOccurrences: () => sweepOccurrences({ occurrences, wakeUps: queue, now: clock.now() }),
    recordOutstanding: () => recordOutstanding(parts),
    planEvery: {},
    mirrorEvery: {},
    lookForDrift: unexpected,
    driftEvery: {},
    sweepEveryMillis,
  };
}
