import { createZoneClock } from '../../src/calendar/wall-clock.ts';
import type { CaseFile } from '../../src/case/case-file.ts';
import { occurrenceId, type OccurrenceKey } from '../../src/case/occurrence.ts';
import type { OccurrenceStore } from '../../src/case/occurrence-store.ts';
import { planOccurrences } from '../../src/case/plan-occurrences.ts';
import type { Rule } from '../../src/case/rule.ts';
import { renderMail } from '../../src/mail/render-mail.ts';
import {
  createMemoryReminderSite,
  type MemoryReminderSite,
} from '../../src/reminder/memory-reminder-site.ts';
import type { MailOutcome, MailSender, OutgoingMail } from '../../src/reminder/ports.ts';
import { DEFAULT_REMINDER_SETTINGS, type ReminderParts } from '../../src/reminder/reminder-parts.ts';
import { createMailRecordRepository } from '../../src/store/mail-record-repository.ts';
import { createOccurrenceRepository } from '../../src/store/occurrence-repository.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { madeRule } from './made-case.ts';
import { createRecordingLogger, type LogLine } from './recording-logger.ts';
import { createStandingClock, type StandingClock } from './standing-clock.ts';

const ZONE = 'Europe/Paris';

/** Mails the assignee of each open phone call at 08:30 two days before it. */
const remindAssignee: Rule = madeRule({
  name: 'remind-assignee',
  when: {
    activityType: 'Phone Call',
    status: 'incomplete',
    offset: { amount: -2, unit: 'days' },
    at: '08:30',
  },
  action: { kind: 'send-mail', to: { kind: 'assignee' }, template: 'activity-reminder', language: null },
});

/** A mailer that only notes, and answers what the test says. */
export function createNotingMailer(
  answer: (mail: OutgoingMail) => MailOutcome = () => ({ kind: 'accepted' }),
) {
  const sent: OutgoingMail[] = [];
  const mailer: MailSender = {
    messageIdFor: (id) => `<${id}@example.org>`,
    inTurn: (work) => work(),
    send(mail) {
      sent.push(mail);
      return Promise.resolve(answer(mail));
    },
  };
  return { ...mailer, sent };
}

export interface ReminderScene {
  readonly store: Store;
  readonly occurrences: OccurrenceStore;
  readonly site: MemoryReminderSite;
  readonly clock: StandingClock;
  readonly parts: ReminderParts;
  readonly logLines: readonly LogLine[];
  /** Plans what the rules say of a case and answers the ids. */
  plan(caseFile: CaseFile): Promise<readonly string[]>;
}

/** A store in memory or a file, a site called riverside, a standing clock, and the parts on top of them. */
export async function openReminderScene(options: {
  readonly now: number;
  readonly mailer: MailSender;
  readonly location?: string;
  readonly change?: Partial<ReminderParts>;
}): Promise<ReminderScene> {
  const store = await openStore(options.location ?? ':memory:');
  const occurrences = createOccurrenceRepository(store.db);
  const site = createMemoryReminderSite();
  const clock = createStandingClock(options.now);
  const logger = createRecordingLogger();
  const zone = createZoneClock(ZONE);
  const parts: ReminderParts = {
    occurrences,
    records: createMailRecordRepository(store.db),
    rules: [remindAssignee],
    site: () => ({ cases: site, zone, timeZone: ZONE }),
    mailer: options.mailer,
    renderMail,
    clock,
    logger,
    settings: DEFAULT_REMINDER_SETTINGS,
    ...options.change,
  };
  return {
    store,
    occurrences,
    site,
    clock,
    parts,
    logLines: logger.lines,
    async plan(caseFile) {
      site.put(caseFile);
      const context = { rules: parts.rules, site: 'riverside', zone, now: clock.now() };
      const keys: readonly OccurrenceKey[] = planOccurrences({
        ...context,
        caseFile,
        horizon: 30 * 86_400_000,
      });
      await occurrences.insertPlanned(keys, clock.now());
      return keys.map(occurrenceId);
    },
  };
}
