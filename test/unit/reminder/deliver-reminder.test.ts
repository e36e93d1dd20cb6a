import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { CaseFile, Contact } from '../../../src/case/case-file.ts';
import { deliverReminder } from '../../../src/reminder/deliver-reminder.ts';
import type { MailOutcome } from '../../../src/reminder/ports.ts';
import { recordOutstanding } from '../../../src/reminder/record-reminders.ts';
import type { ReminderParts } from '../../../src/reminder/reminder-parts.ts';
import { runDueReminders } from '../../../src/reminder/run-due-reminders.ts';
import { madeActivity, madeCase, madeContact } from '../../support/made-case.ts';
import { createNotingMailer, openReminderScene, type ReminderScene } from '../../support/reminder-scene.ts';

/** 28 February 2026, 08:30 in Paris: two days before the call of `madeCase`. */
const DUE = Date.UTC(2026, 1, 28, 7, 30);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const scenes: ReminderScene[] = [];
afterEach(async () => {
  for (const scene of scenes.splice(0)) await scene.store.close();
});

const open = async (
  options: {
    readonly answer?: () => MailOutcome;
    readonly change?: Partial<ReminderParts>;
    readonly caseFile?: CaseFile;
  } = {},
) => {
  const mailer = createNotingMailer(options.answer);
  const scene = await openReminderScene({ now: DUE - DAY, mailer, change: options.change ?? {} });
  scenes.push(scene);
  const [id = ''] = await scene.plan(options.caseFile ?? madeCase());
  expect(id).not.toBe('');
  scene.clock.advance(DAY);
  return { ...scene, mailer, id, row: () => scene.occurrences.find(id) };
};

const withAssignee = (change: Partial<Contact>): CaseFile => {
  const file = madeCase();
  return { ...file, contacts: new Map([...file.contacts, [3, madeContact(3, change)]]) };
};

describe('a reminder that is due', () => {
  it('goes to the assignee and is then on the case', async () => {
    const { id, parts, mailer, site, row } = await open();
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'sent', activityId: 900 });
    expect(mailer.sent).toHaveLength(1);
    expect(mailer.sent[0]).toMatchObject({
      to: { name: 'Person 3', address: 'person-3@example.org' },
      subject: 'Reminder: Phone Call, 2 March 2026',
      messageId: `<${id}@example.org>`,
      language: 'en',
    });
    expect(site.records).toEqual([
      {
        occurrenceId: id,
        caseId: 7,
        recipientId: 3,
        subject: 'Reminder sent: remind-assignee',
        details: `<p>Rule: remind-assignee<br />About activity: 70<br />Message-ID: &lt;${id}@example.org&gt;</p>`,
        sentAt: '2026-02-28 08:30:00',
      },
    ]);
    expect(await row()).toMatchObject({
      state: 'done',
      reason: null,
      resultActivityId: 900,
      finishedAt: DUE,
    });
  });

  it('goes out once, however often and by however many it is asked for', async () => {
    const { id, parts, mailer, site } = await open();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => deliverReminder(id, parts)));
    await deliverReminder(id, parts);
    await runDueReminders(parts);
    expect(outcomes.filter(({ kind }) => kind === 'sent')).toHaveLength(1);
    expect(mailer.sent).toHaveLength(1);
    expect(site.records).toHaveLength(1);
  });

  it('waits for its moment', async () => {
    const { id, parts, mailer, clock } = await open();
    clock.advance(-1);
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'not-mine' });
    expect(mailer.sent).toEqual([]);
  });

  it("speaks the recipient's language", async () => {
    const { id, parts, mailer } = await open({ caseFile: withAssignee({ preferredLanguage: 'fr_CA' }) });
    await deliverReminder(id, parts);
    expect(mailer.sent[0]?.subject).toBe('Rappel : Phone Call, 2 mars 2026');
  });

  it('carries no token that would file an answer on another case', async () => {
    const caseFile = madeCase({
      subject: '[case #99] Flat',
      activities: [madeActivity(70, { subject: 'Fwd: [case #1a2b3c4] call' })],
    });
    const { id, parts, mailer, site } = await open({ caseFile });
    await deliverReminder(id, parts);
    expect(JSON.stringify([mailer.sent, site.records])).not.toMatch(/\[case #/i);
    expect(mailer.sent[0]?.subject).toContain('Fwd: call');
  });
});

describe('what has changed since the planning', () => {
  it.each<[string, CaseFile]>([
    [
      'the activity changed its status',
      madeCase({ activities: [madeActivity(70, { statusClass: 'completed' })] }),
    ],
    ['the case is closed', madeCase({ statusGrouping: 'Closed' })],
    [
      'the due moment moved',
      madeCase({ activities: [madeActivity(70, { dateTime: '2026-03-09 10:00:00' })] }),
    ],
    ['the recipient changed', madeCase({ activities: [madeActivity(70, { assigneeContactIds: [5] })] })],
  ])('counts: %s', async (reason, caseFile) => {
    const { id, parts, mailer, site, row } = await open();
    site.put(caseFile);
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'skipped', reason });
    expect(mailer.sent).toEqual([]);
    expect(await row()).toMatchObject({ state: 'skipped', reason });
  });

  it('counts: consent withdrawn', async () => {
    const { id, parts, mailer, site, row } = await open();
    site.put(withAssignee({ doNotEmail: true }));
    const reason = 'the recipient is not to be e-mailed';
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'suppressed', reason });
    expect(mailer.sent).toEqual([]);
    expect(await row()).toMatchObject({ state: 'suppressed', reason });
  });

  it('counts: found too long after its moment', async () => {
    const { id, parts, mailer, clock } = await open();
    clock.advance(3 * DAY + 1);
    expect(await deliverReminder(id, parts)).toEqual({
      kind: 'skipped',
      reason: 'its moment is too long past',
    });
    expect(mailer.sent).toEqual([]);
  });
});

describe('trouble with the mail server', () => {
  it('that may pass puts the mail off, longer each time, under one Message-ID', async () => {
    let answers = 0;
    const { id, parts, mailer, clock, row } = await open({
      answer: () => ((answers += 1) < 3 ? { kind: 'temporary', code: 'SMTP 450' } : { kind: 'accepted' }),
    });
    const reason = 'the mail server did not take it yet (SMTP 450)';
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'put-off', at: DUE + MINUTE, reason });
    expect(await row()).toMatchObject({ state: 'planned', wakeAt: DUE + MINUTE, reason });
    clock.advance(MINUTE);
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'put-off', at: DUE + 3 * MINUTE, reason });
    clock.advance(2 * MINUTE);
    expect(await deliverReminder(id, parts)).toMatchObject({ kind: 'sent' });
    expect(new Set(mailer.sent.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await parts.occurrences.findDelivery(id)).toMatchObject({ attempts: 3, lastError: null });
  });

  it('that does not pass ends after so many attempts', async () => {
    const { id, parts, clock } = await open({
      answer: () => ({ kind: 'temporary', code: 'ECONNREFUSED' }),
      change: { settings: { language: 'en', mailOptedOut: false, maxAttempts: 2 } },
    });
    await deliverReminder(id, parts);
    clock.advance(MINUTE);
    expect(await deliverReminder(id, parts)).toEqual({
      kind: 'failed',
      reason: 'the mail server did not take it in 2 attempts (ECONNREFUSED)',
    });
  });

  it.each<[MailOutcome, string, string]>([
    [{ kind: 'permanent', code: 'SMTP 550' }, 'failed', 'the mail server refused it (SMTP 550)'],
    [
      { kind: 'unknown', code: 'ECONNECTION' },
      'unknown',
      'the connection broke while the mail was handed over (ECONNECTION)',
    ],
  ])('that is final ends it: %o', async (answer, state, reason) => {
    const { id, parts, mailer, site, clock, row } = await open({ answer: () => answer });
    expect(await deliverReminder(id, parts)).toEqual({ kind: state, reason });
    clock.advance(DAY);
    await runDueReminders(parts);
    expect(mailer.sent).toHaveLength(1);
    expect(site.records).toEqual([]);
    expect(await row()).toMatchObject({ state, reason });
  });

  it('a death while the mail is handed over leaves it in doubt, and nobody sends it again', async () => {
    const { id, parts, mailer, clock, row } = await open();
    const dying: ReminderParts = {
      ...parts,
      mailer: { ...mailer, send: () => new Promise<MailOutcome>(() => undefined) },
    };
    void deliverReminder(id, dying);
    await expect.poll(async () => (await row())?.state).toBe('sending');
    clock.advance(16 * MINUTE);
    await runDueReminders(parts);
    expect(await row()).toMatchObject({ state: 'unknown' });
    expect(mailer.sent).toEqual([]);
  });
});

describe('trouble with the site', () => {
  const away = new AppError('remote-unavailable', 'riverside does not answer.');

  it('before the mail puts it off', async () => {
    const { id, parts, mailer, site, clock } = await open();
    site.fail('reading', away);
    expect(await deliverReminder(id, parts)).toEqual({
      kind: 'put-off',
      at: DUE + MINUTE,
      reason: 'the site did not answer',
    });
    site.fail('reading', null);
    clock.advance(MINUTE);
    expect(await deliverReminder(id, parts)).toMatchObject({ kind: 'sent' });
    expect(mailer.sent).toHaveLength(1);
  });

  it('is told by the report of a run: each reason once, with the first moment of another attempt', async () => {
    const codes = ['ECONNREFUSED', 'SMTP 450', 'SMTP 450'];
    const activities = [70, 71, 72].map((activityId) => madeActivity(activityId));
    const { parts, clock } = await open({
      answer: () => ({ kind: 'temporary', code: codes.shift() ?? 'SMTP 421' }),
      caseFile: madeCase({ activities }),
    });
    const ticking = { ...parts, clock: { now: () => (clock.advance(1), clock.now()) } };
    const { outcomes, putOff } = await runDueReminders(ticking);
    expect(outcomes).toMatchObject({ sent: 0, 'put-off': 3 });
    expect(putOff?.reasons).toHaveLength(2);
    expect(new Set(putOff?.reasons)).toEqual(
      new Set([
        'the mail server did not take it yet (ECONNREFUSED)',
        'the mail server did not take it yet (SMTP 450)',
      ]),
    );
    const waiting = await parts.occurrences.listDue({ now: DUE + DAY, limit: 10, channel: 'email' });
    expect(putOff?.until).toBe(Math.min(...waiting.map(({ wakeAt }) => wakeAt)));
    expect((await runDueReminders(parts)).putOff).toBeNull();
  });

  it('that refuses ends it', async () => {
    const { id, parts, site, row } = await open();
    site.fail('reading', new AppError('forbidden', 'riverside refuses the key.'));
    expect(await deliverReminder(id, parts)).toMatchObject({ kind: 'failed' });
    expect(await row()).toMatchObject({
      state: 'failed',
      reason: 'the site does not permit reading the case',
    });
  });

  it('after the mail delays the record only', async () => {
    const { id, parts, mailer, site, clock, row } = await open();
    site.fail('recording', away);
    expect(await deliverReminder(id, parts)).toEqual({ kind: 'sent', activityId: null });
    expect(await row()).toMatchObject({ state: 'done', resultActivityId: null });
    expect(await recordOutstanding(parts)).toEqual({ recorded: 0, outstanding: 0 });
    clock.advance(MINUTE);
    expect(await recordOutstanding(parts)).toEqual({ recorded: 0, outstanding: 1 });
    site.fail('recording', null);
    clock.advance(MINUTE);
    expect(await recordOutstanding(parts)).toEqual({ recorded: 1, outstanding: 0 });
    expect(await row()).toMatchObject({ state: 'done', resultActivityId: 900 });
    expect(site.records[0]?.sentAt).toBe('2026-02-28 08:30:00');
    expect(mailer.sent).toHaveLength(1);
  });

  it('that refuses the record is told, and not asked again', async () => {
    const { id, parts, site, clock, row } = await open();
    site.fail('recording', new AppError('remote-rejected', 'no such type'));
    await deliverReminder(id, parts);
    site.fail('recording', null);
    clock.advance(DAY);
    await recordOutstanding(parts);
    expect(site.records).toEqual([]);
    expect(await row()).toMatchObject({
      state: 'done',
      reason: 'sent, but the site refused the record (remote-rejected)',
    });
  });
});
