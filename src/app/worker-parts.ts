import { AppError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Occurrence } from '../case/occurrence.ts';
import { planFollowUps } from '../follow-up/plan-follow-ups.ts';
import { runFollowUp, type FollowUpOutcome } from '../follow-up/run-follow-up.ts';
import { sweepOccurrences } from '../follow-up/sweep-occurrences.ts';
import type { Queue } from '../queue/queue.ts';
import { deliverReminder, type ReminderOutcome } from '../reminder/deliver-reminder.ts';
import { recordOutstanding } from '../reminder/record-reminders.ts';
import type { App } from './app.ts';
import { tellDrift } from './drift-mail.ts';
import { followUpParts, openOccurrences, planningParts } from './follow-ups.ts';
import { runMirror } from './mirrors.ts';
import { reminderParts } from './reminders.ts';

/** Everything the worker's jobs call, with the periods of the rounds in milliseconds. */
interface WorkerParts {
  readonly queue: Queue;
  readonly logger: Logger;
  readonly planEvery: Readonly<Record<string, number>>;
  readonly mirrorEvery: Readonly<Record<string, number>>;
  readonly driftEvery: Readonly<Record<string, number>>;
  readonly sweepEveryMillis: number;
  readonly findOccurrence: (id: string) => Promise<Occurrence | null>;
  readonly runFollowUp: (id: string) => Promise<FollowUpOutcome>;
  readonly deliverReminder: (id: string) => Promise<ReminderOutcome>;
  readonly runMirror: (pair: string, signal: AbortSignal) => Promise<unknown>;
  readonly planOccurrences: (site: string, signal: AbortSignal) => Promise<unknown>;
  readonly sweepOccurrences: () => Promise<unknown>;
  readonly recordOutstanding: () => Promise<unknown>;
  readonly lookForDrift: (site: string) => Promise<unknown>;
}

const MINUTE_MILLIS = 60_000;
const SWEEP_MILLIS = 60_000;

/** Opens what the worker needs: store, queue, sites and, where configured, mail. */
export async function workerParts(app: App): Promise<WorkerParts> {
  const { sites, pairs, schedule, drift } = app.config;
  const occurrences = await openOccurrences(app);
  const followUps = await followUpParts(app);
  const reminders = app.config.mail === null ? null : await reminderParts(app);
  const queue = await app.queue();
  return {
    queue,
    logger: app.logger,
    planEvery: everyOf(sites, schedule.followUpMinutes),
    mirrorEvery: everyOf(pairs, schedule.mirrorMinutes),
    driftEvery:
      drift === null
        ? {}
        : everyOf(
            Object.fromEntries((drift.sites ?? Object.keys(sites)).map((site) => [site, null])),
            drift.minutes,
          ),
    sweepEveryMillis: SWEEP_MILLIS,
    findOccurrence: (id) => occurrences.find(id),
    runFollowUp: (id) => runFollowUp(id, followUps),
    deliverReminder: (id) => {
      if (reminders !== null) return deliverReminder(id, reminders);
      throw new AppError(
        'invalid-input',
        'A reminder is due, but civicase.yaml has no "mail". Add it and start again.',
      );
    },
    runMirror: (pair) => runMirror(app, pair),
    planOccurrences: async (site, signal) =>
      planFollowUps({ ...(await planningParts(app, site)), wakeUps: queue, signal }),
    sweepOccurrences: () => sweepOccurrences({ occurrences, wakeUps: queue, now: app.clock.now() }),
    recordOutstanding: () => (reminders === null ? Promise.resolve(null) : recordOutstanding(reminders)),
    lookForDrift: (site) =>
      reminders === null ? Promise.resolve(null) : tellDrift(app, site, reminders.mailer),
  };
}

const everyOf = (entries: object, minutes: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.keys(entries).map((name) => [name, minutes * MINUTE_MILLIS]));
