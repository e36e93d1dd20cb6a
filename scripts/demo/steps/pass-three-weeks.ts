import { openOccurrences, runMirror, type App } from '../../../src/app/index.ts';
import type { Queue } from '../../../src/queue/queue.ts';
import type { ReceivedMail } from '../mail-sink.ts';
import type { Printer } from '../printer.ts';
import type { SteppedClock } from '../stepped-clock.ts';
import { openCase, type DemoCase } from './open-cases.ts';

const HOUR = 3_600_000;
const DAYS = 21;
/** From eight in the morning: the times at which the rules come due, and the evening. */
const STEPS_IN_HOURS = [0, 0.5, 1, 2, 12];

interface Step {
  readonly app: App;
  readonly printer: Printer;
  readonly clock: SteppedClock;
  readonly queue: Queue;
  readonly cases: readonly DemoCase[];
  readonly received: readonly ReceivedMail[];
}

/**
 * Steps the clock through three weeks. At each step the rounds that a running service makes by itself are asked for
 * through the queue, and the workers do what became due.
 */
export async function passThreeWeeks({ app, printer, clock, queue, cases, received }: Step): Promise<void> {
  const start = clock.now();
  const occurrences = await openOccurrences(app);
  const followUpsSoFar = async (): Promise<number> =>
    (await occurrences.countByState())
      .filter(({ channel, state }) => channel === 'activity' && state === 'done')
      .reduce((sum, { count }) => sum + count, 0);
  let before = { mails: 0, followUps: 0 };
  for (let day = 0; day < DAYS; day += 1) {
    for (const hour of STEPS_IN_HOURS) {
      clock.stepTo(start + (day * 24 + hour) * HOUR);
      await queue.enqueue({ name: 'occurrences.plan', data: { site: 'riverside' } });
      await queue.whenIdle();
      await queue.enqueue({ name: 'occurrences.sweep', data: {} });
      await queue.whenIdle();
    }
    const now = { mails: received.length, followUps: await followUpsSoFar() };
    const events = [
      plural(now.mails - before.mails, 'mail'),
      plural(now.followUps - before.followUps, 'follow-up'),
      await liveThrough(day + 1, app, cases),
    ].filter((event) => event !== null);
    before = now;
    if (events.length > 0)
      printer.line(`${new Date(clock.now()).toISOString().slice(0, 10)}  ${events.join('; ')}`);
  }
  const { counts } = await runMirror(app, 'river-hill');
  printer.done(
    `mirrored to hilltop: cases ${counts.casesCreated} new, ${counts.casesUpdated} changed; ` +
      `activities ${counts.activitiesCreated + counts.activitiesAdopted} new, ${counts.activitiesUpdated} changed`,
  );
}

const plural = (count: number, noun: string): string | null =>
  count === 0 ? null : `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What the people of riverside do in these weeks, so that rules have something to notice. */
async function liveThrough(day: number, app: App, cases: readonly DemoCase[]): Promise<string | null> {
  const [first, second, third, fourth] = cases;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return null;
  const site = app.site('riverside');
  const onCase = ({ caseId }: DemoCase, type: string) => [
    ['case_id', '=', caseId] as const,
    ['activity_type_id:name', '=', type] as const,
    ['status_id:name', '=', 'Scheduled'] as const,
  ];
  switch (day) {
    case 4:
      await site.call({
        entity: 'Activity',
        action: 'update',
        params: { values: { 'status_id:name': 'Completed' }, where: onCase(first, 'Phone Call') },
      });
      return 'the call for one client is done, so nobody is asked to call again';
    case 9:
      await site.call({
        entity: 'Activity',
        action: 'update',
        params: {
          values: { activity_date_time: '2026-03-17 09:00:00' },
          where: onCase(second, 'Home visit'),
        },
      });
      return 'a visit is put off by five days, and its reminders with it';
    case 12:
      await site.call({
        entity: 'Case',
        action: 'update',
        params: { values: { 'status_id:name': 'Closed' }, where: [['id', '=', third.caseId]] },
      });
      return 'a case is closed, so its reminders are cancelled';
    case 20:
      await openCase(site, { ...fourth, startDate: '2026-03-21' });
      return 'a client comes back, and a new case is opened';
    default:
      return null;
  }
}
