import { runMirror, type App } from '../../../src/app/index.ts';
import type { Queue } from '../../../src/queue/queue.ts';
import type { ReceivedMail } from '../mail-sink.ts';
import type { Printer } from '../printer.ts';
import type { SteppedClock } from '../stepped-clock.ts';
import type { DemoCase } from './open-cases.ts';

const HOUR = 3_600_000;
const DAYS = 21;
const HOURS_A_STEP = 8;

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
  let mailsYesterday = 0;
  for (let day = 1; day <= DAYS; day += 1) {
    for (let hour = 0; hour < 24; hour += HOURS_A_STEP) {
      clock.stepTo(start + ((day - 1) * 24 + hour) * HOUR);
      await queue.enqueue({ name: 'occurrences.plan', data: { site: 'riverside' } });
      await queue.whenIdle();
      await queue.enqueue({ name: 'occurrences.sweep', data: {} });
      await queue.whenIdle();
    }
    const event = await liveThrough(day, app, cases);
    const mails = received.length - mailsYesterday;
    mailsYesterday = received.length;
    if (mails > 0 || event !== null)
      printer.line(
        `${new Date(clock.now()).toISOString().slice(0, 10)}  ${mails === 0 ? 'no mail' : mails === 1 ? '1 mail' : `${mails} mails`}${event === null ? '' : `; ${event}`}`,
      );
  }
  const { counts } = await runMirror(app, 'river-hill');
  printer.done(
    `mirrored to hilltop: ${counts.activitiesCreated} new activities, ${counts.activitiesUpdated} changed, ${counts.casesUpdated} cases changed`,
  );
}

/** What the people of riverside do in these weeks, so that rules have something to notice. */
async function liveThrough(day: number, app: App, cases: readonly DemoCase[]): Promise<string | null> {
  const [first, second, third] = cases;
  if (first === undefined || second === undefined || third === undefined) return null;
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
    default:
      return null;
  }
}
