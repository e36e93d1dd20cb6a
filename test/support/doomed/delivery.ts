import { silentLogger } from '../../../src/base/logger.ts';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import type { Rule } from '../../../src/case/rule.ts';
import { createFollowUpSite } from '../../../src/civicrm/follow-up-site.ts';
import { createReminderSite } from '../../../src/civicrm/reminder-site.ts';
import { planFollowUps } from '../../../src/follow-up/plan-follow-ups.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { sweepOccurrences } from '../../../src/follow-up/sweep-occurrences.ts';
import { createMailer } from '../../../src/mail/mailer.ts';
import { renderMail } from '../../../src/mail/render-mail.ts';
import { deliverReminder } from '../../../src/reminder/deliver-reminder.ts';
import { recordOutstanding } from '../../../src/reminder/record-reminders.ts';
import { DEFAULT_REMINDER_SETTINGS, type ReminderParts } from '../../../src/reminder/reminder-parts.ts';
import { createMailRecordRepository } from '../../../src/store/mail-record-repository.ts';
import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore } from '../../../src/store/store.ts';
import { madeRule } from '../made-case.ts';
import { clientFor, type SiteAddress } from './site-address.ts';

export interface DeliveryErrand {
  readonly site: SiteAddress;
  readonly smtpUrl: string;
  readonly storeFile: string;
  /** When the process believes to begin, as epoch milliseconds; from there its clock runs on. */
  readonly now: number;
}

const ZONE = 'Europe/Paris';
const AT_ONCE = 3;

const onTheDay = (name: string, activityType: string): Rule =>
  madeRule({
    name,
    when: { activityType, status: 'incomplete', offset: { amount: 0, unit: 'days' }, at: '07:00' },
    late: { send: true, untilDays: 30 },
  });
const mailOnTheDay = (activityType: string, to: 'client' | 'source'): Rule => ({
  ...onTheDay(`mail-the-${to}`, activityType),
  action: { kind: 'send-mail', to: { kind: to }, template: 'client-reminder', language: null },
});

/** For the timeline of housing support: an activity and a mail on the first day after a case opens, a mail on the second. */
const RULES: readonly Rule[] = [
  onTheDay('see-the-doctor', 'Medical evaluation'),
  mailOnTheDay('Mental health evaluation', 'client'),
  mailOnTheDay('Secure temporary housing', 'source'),
];

/** Plans what is due on a site and delivers it, three at a time, as a worker does. */
export async function deliverDue({ site: address, smtpUrl, storeFile, now }: DeliveryErrand): Promise<void> {
  const client = clientFor(address);
  const zone = createZoneClock(ZONE);
  const began = Date.now();
  const clock = { now: () => now + (Date.now() - began) };
  const store = await openStore(storeFile);
  const mailer = createMailer(smtpUrl, 'Case desk <desk@example.org>');
  try {
    const occurrences = createOccurrenceRepository(store.db);
    const followUpSite = createFollowUpSite(client);
    const reminderSite = createReminderSite(client);
    const rules = RULES;
    const shared = { occurrences, rules, clock, logger: silentLogger };
    const reminders: ReminderParts = {
      ...shared,
      records: createMailRecordRepository(store.db),
      site: () => ({ cases: reminderSite, zone, timeZone: ZONE }),
      mailer,
      renderMail,
      settings: DEFAULT_REMINDER_SETTINGS,
    };
    const followUps = { ...shared, site: () => ({ cases: followUpSite, zone }) };
    // What the sweep wakes is what is due; a queue would only carry the ids over.
    const wakeUps = { wake: () => Promise.resolve() };
    const planning = { ...shared, site: address.name, cases: followUpSite, zone, horizon: 0, wakeUps };
    await sweepOccurrences({ occurrences, wakeUps, now: clock.now() });
    await planFollowUps(planning);
    await recordOutstanding(reminders);
    const due = [...(await occurrences.listDue({ now: clock.now(), limit: 1000 }))];
    const deliver = async (): Promise<void> => {
      for (let next = due.shift(); next !== undefined; next = due.shift()) {
        if (next.channel === 'activity') await runFollowUp(next.id, followUps);
        else await deliverReminder(next.id, reminders);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, deliver));
  } finally {
    await mailer.close();
    await store.close();
  }
}
