import { openOccurrences, runMirror, type App } from '../../../src/app/index.ts';
import type { Queue } from '../../../src/queue/queue.ts';
import type { ReceivedMail } from '../mail-sink.ts';
import type { Printer } from '../printer.ts';
import type { SteppedClock } from '../stepped-clock.ts';
import type { StoryCalendar } from '../story-calendar.ts';
import { mirrorAgain } from './mirror-cases.ts';
import { openCase, type DemoCase } from './open-cases.ts';

const DAYS = 21;
/** When the rules come due. */
const DUE_TIMES = ['08:30', '09:00', '10:00'];

interface Step {
  readonly app: App;
  readonly printer: Printer;
  readonly clock: SteppedClock;
  readonly calendar: StoryCalendar;
  readonly queue: Queue;
  readonly cases: readonly DemoCase[];
  readonly received: readonly ReceivedMail[];
  readonly signal: AbortSignal;
}

/**
 * Steps the clock through three weeks. Every morning the round that plans is asked for through the queue, at each time
 * the one that looks what is due; a running service makes both by itself. The workers do what became due.
 */
export async function passThreeWeeks(step: Step): Promise<void> {
  const { app, printer, clock, calendar, queue, cases, received, signal } = step;
  const occurrences = await openOccurrences(app);
  const followUpsSoFar = async (): Promise<number> =>
    (await occurrences.countByState())
      .filter(({ channel, state }) => channel === 'activity' && state === 'done')
      .reduce((sum, { count }) => sum + count, 0);
  let before = { mails: 0, followUps: 0 };
  for (let day = 0; day < DAYS; day += 1) {
    signal.throwIfAborted();
    clock.stepTo(calendar.instant(day, '08:00'));
    await queue.enqueue({ name: 'occurrences.plan', data: { site: 'riverside' } });
    await queue.whenIdle(signal);
    for (const time of DUE_TIMES) {
      clock.stepTo(calendar.instant(day, time));
      await queue.enqueue({ name: 'occurrences.sweep', data: {} });
      await queue.whenIdle(signal);
    }
    clock.stepTo(calendar.instant(day, '20:00'));
    const now = { mails: received.length, followUps: await followUpsSoFar() };
    const events = [
      plural(now.mails - before.mails, 'mail'),
      plural(now.followUps - before.followUps, 'follow-up'),
      await liveThrough(day + 1, app, cases, calendar),
    ].filter((event) => event !== null);
    before = now;
    if (events.length > 0) printer.line(`${calendar.date(day)}  ${events.join('; ')}`);
  }
  const { counts } = await runMirror(app, 'river-hill');
  printer.done(
    `mirrored to hilltop: cases ${counts.casesCreated} new, ${counts.casesUpdated} changed; ` +
      `activities ${counts.activitiesCreated + counts.activitiesAdopted} new, ${counts.activitiesUpdated} changed`,
  );
  await mirrorAgain(app, printer);
}

const plural = (count: number, noun: string): string | null =>
  count === 0 ? null : `${count} ${noun}${count === 1 ? '' : 's'}`;

/** What the people of riverside do in these weeks, so that rules have something to notice. */
async function liveThrough(
  day: number,
  app: App,
  cases: readonly DemoCase[],
  calendar: StoryCalendar,
): Promise<string | null> {
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
          values: { activity_date_time: `${calendar.date(15)} 09:00:00` },
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
      await openCase(site, { ...fourth, startDate: calendar.date(19) });
      return 'a client comes back, and a new case is opened';
    default:
      return null;
  }
}
