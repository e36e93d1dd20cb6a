import { join } from 'node:path';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { planOccurrences } from '../../../src/case/plan-occurrences.ts';
import type { Rule } from '../../../src/case/rule.ts';
import { ensureOriginFields } from '../../../src/civicrm/origin-fields.ts';
import { createReminderSite } from '../../../src/civicrm/reminder-site.ts';
import { createMailer } from '../../../src/mail/mailer.ts';
import { renderMail } from '../../../src/mail/render-mail.ts';
import { DEFAULT_REMINDER_SETTINGS, type ReminderParts } from '../../../src/reminder/reminder-parts.ts';
import { runDueReminders } from '../../../src/reminder/run-due-reminders.ts';
import { createMailRecordRepository } from '../../../src/store/mail-record-repository.ts';
import { createOccurrenceRepository } from '../../../src/store/occurrence-repository.ts';
import { openStore } from '../../../src/store/store.ts';
import { openMailSink } from '../../demo/mail-sink.ts';
import type { RealSite } from '../../real-sites.ts';
import { time, type Comparison } from '../measure.ts';
import { clientOf, clock } from './client-of.ts';
import { openRawSite } from './raw-site.ts';

const PHONE_CALL = '2';
const SCHEDULED = '1';
const TIME_ZONE = 'UTC';
const HOUR = 3_600_000;

const rule: Rule = {
  name: 'remind-assignee',
  sites: null,
  caseTypes: null,
  when: {
    activityType: 'Phone Call',
    status: 'incomplete',
    offset: { amount: 1, unit: 'hours' },
    at: null,
  },
  conditions: [],
  action: { kind: 'send-mail', to: { kind: 'assignee' }, template: 'activity-reminder', language: null },
  late: { send: true, untilDays: 3 },
};

/** What CiviCRM is told, in its own terms: the assignee of each scheduled phone call, an hour after its date. */
const SCHEDULE = {
  'mapping_id:name': 'activity_type',
  entity_value: [PHONE_CALL],
  entity_status: [SCHEDULED],
  start_action_date: 'activity_date_time',
  start_action_offset: 1,
  start_action_unit: 'hour',
  start_action_condition: 'after',
  recipient: '1',
  limit_to: 1,
  mode: 'Email',
  is_active: false,
  from_name: 'Case desk',
  from_email: 'desk@example.org',
  subject: 'Reminder: {activity.subject}',
  body_html:
    '<p>Dear {contact.display_name},</p><p>{activity.subject} is on {activity.activity_date_time}.</p>',
  body_text: 'Dear {contact.display_name}, {activity.subject} is on {activity.activity_date_time}.',
};

/** CiviCRM's two ways of doing it. Neither leaves anything on the case, where ours files an activity. */
const CORE_WAYS = [
  {
    name: 'bench-log',
    record_activity: false,
    records: 'its log (its default; nothing on the case)',
  },
  {
    name: 'bench-activity',
    record_activity: true,
    records: 'its log and an activity (beside the case)',
  },
] as const;

/**
 * Reminders of phone calls, some due in each round, sent and recorded by us (an activity on each case) and then by
 * CiviCRM's own scheduled job in both its ways, over the same SMTP server. Our planning is not in the time, CiviCRM's
 * is.
 */
export async function compareReminderMails(
  site: RealSite,
  smtpPort: number,
  folder: string,
  calls: { readonly first: number; readonly rounds: readonly number[] },
): Promise<readonly Comparison[]> {
  const raw = openRawSite(site);
  const client = clientOf(site);
  await ensureOriginFields(client);
  for (const { name, record_activity } of CORE_WAYS)
    await raw.calls([
      ['ActionSchedule', 'create', { values: { ...SCHEDULE, name, title: name, record_activity } }],
    ]);
  const activate = (name: string, isActive: boolean) =>
    raw.calls([
      ['ActionSchedule', 'update', { where: [['name', '=', name]], values: { is_active: isActive } }],
    ]);
  const sink = await openMailSink({ port: smtpPort });
  const store = await openStore(join(folder, 'reminders.sqlite'));
  const mailer = createMailer(sink.url, 'Case desk <desk@example.org>');
  const zone = createZoneClock(TIME_ZONE);
  const reminderSite = createReminderSite(client);
  const occurrences = createOccurrenceRepository(store.db);
  const parts: ReminderParts = {
    occurrences,
    records: createMailRecordRepository(store.db),
    rules: [rule],
    site: () => ({ cases: reminderSite, zone, timeZone: TIME_ZONE }),
    mailer,
    renderMail,
    clock,
    logger: silentLogger,
    settings: DEFAULT_REMINDER_SETTINGS,
  };
  const plan = async () => {
    const context = { rules: parts.rules, site: site.name, zone, now: clock.now() };
    for await (const files of reminderSite.readOpenCases(null))
      for (const caseFile of files)
        await occurrences.insertPlanned(planOccurrences({ ...context, caseFile, horizon: 0 }), clock.now());
  };
  const mailsOf = async (wanted: number, work: () => Promise<void>): Promise<number> => {
    const before = sink.received.length;
    const millis = await time(work);
    const sent = sink.received.length - before;
    if (sent !== wanted) throw new Error(`${sent} mails arrived of ${wanted}`);
    return millis;
  };
  try {
    const total = { ours: 0, core: CORE_WAYS.map(() => 0), mails: 0 };
    let first = calls.first;
    for (const [round, count] of calls.rounds.entries()) {
      const due = zone.toLocal(clock.now() - 2 * HOUR);
      await site.rows('UPDATE civicrm_activity SET activity_date_time = ? WHERE id >= ? AND id < ?', [
        due,
        first,
        first + count,
      ]);
      first += count;
      await plan();
      const ours = await mailsOf(count, async () => {
        const { outcomes } = await runDueReminders(parts);
        if (outcomes.sent !== count) throw new Error(`we sent ${outcomes.sent} of ${count}`);
      });
      const core: number[] = [];
      for (const { name } of CORE_WAYS) {
        await activate(name, true);
        core.push(
          await mailsOf(count, async () => {
            await raw.api3('Job', 'send_reminder', {});
          }),
        );
        await activate(name, false);
      }
      // The first round warms up.
      if (round === 0) continue;
      total.ours += ours;
      total.core = total.core.map((millis, way) => millis + (core[way] ?? 0));
      total.mails += count;
    }
    const [made] = await site.rows(
      `SELECT COUNT(filing.id) AS filed, COUNT(*) AS activities FROM civicrm_activity activity
      JOIN civicrm_option_value type ON type.value = activity.activity_type_id AND type.name = 'Reminder Sent'
      JOIN civicrm_option_group types ON types.id = type.option_group_id AND types.name = 'activity_type'
      LEFT JOIN civicrm_case_activity filing ON filing.activity_id = activity.id`,
    );
    const [logged] = await site.rows(
      'SELECT COUNT(*) AS n FROM civicrm_action_log WHERE is_error = 0 AND action_date_time IS NOT NULL',
    );
    const all = calls.rounds.reduce((sum, count) => sum + count, 0);
    const counts = [made?.['filed'], made?.['activities'], logged?.['n']].map(Number);
    // On cases: ours. Of all activities, CiviCRM's one way makes as many; its log has both ways.
    if (counts.join() !== [all, 2 * all, CORE_WAYS.length * all].join())
      throw new Error(`${counts.join(', ')} filed, made and logged after ${all} mails each`);
    const rate = (millis: number) => ((total.mails / millis) * 1000).toFixed(0);
    return CORE_WAYS.map(({ records }, way) => {
      const core = total.core[way] ?? 0;
      return {
        name: `real: ${total.mails} due reminders sent vs Job.send_reminder`,
        unit: 'mail',
        ours: total.ours / total.mails,
        plain: core / total.mails,
        note: `ours files an activity on the case; CiviCRM writes ${records}; ${rate(total.ours)} mails a second, CiviCRM ${rate(core)}`,
      };
    });
  } finally {
    await mailer.close();
    await store.close();
    await sink.close();
  }
}
