import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { createReminderSite } from '../../../src/civicrm/reminder-site.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import type { MailRecord } from '../../../src/reminder/ports.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createStandingClock, machineClock } from '../../support/standing-clock.ts';

let sandbox: Sandbox;
let url: string;
let caseId: number;
let workerId: number;

beforeEach(async () => {
  sandbox = createSandbox({
    name: 'riverside',
    apiKey: 'desk-key',
    otherKeys: { limited: 'limited-key' },
    clock: createStandingClock(Date.UTC(2026, 2, 2, 12)),
    random: () => 0.5,
    idOffset: 500,
  });
  ({ url } = await sandbox.listen(0));
  const created = (entity: string, values: Record<string, unknown>) =>
    Number(sandbox.handle(entity, 'create', { values: values as never }).values[0]?.['id']);
  const clientId = created('Contact', { contact_type: 'Individual', first_name: 'Amina' });
  workerId = created('Contact', { contact_type: 'Individual', first_name: 'Worker', do_not_email: true });
  created('Email', { contact_id: workerId, email: 'worker@example.org', is_primary: true, on_hold: 1 });
  caseId = created('Case', {
    'case_type_id:name': 'housing_support',
    contact_id: clientId,
    creator_id: workerId,
  });
});
afterEach(() => sandbox.close());

const connect = (apiKey = 'desk-key') =>
  createReminderSite(
    createSiteClient(
      { name: 'riverside', url, apiKey, maxRetries: 0 },
      { clock: machineClock, random: () => 0.5, logger: silentLogger },
    ),
  );

const record = (change: Partial<MailRecord> = {}): MailRecord => ({
  occurrenceId: 'email-0123456789abcdef',
  caseId,
  recipientId: workerId,
  subject: 'Reminder sent: remind-assignee',
  details: '<p>Message-ID: &lt;x@example.org&gt;</p>',
  sentAt: '2026-03-02 08:30:00',
  ...change,
});

const recordsOnCase = () =>
  sandbox.handle('Activity', 'get', {
    select: [
      'id',
      'case_id',
      'subject',
      'activity_date_time',
      'status_id:name',
      'target_contact_id',
      'source_contact_id',
    ],
    where: [
      ['activity_type_id:name', '=', 'Reminder Sent'],
      ['is_deleted', 'IN', [false, true]],
    ],
  }).values;

describe('a site as reminders see it', () => {
  it('shows a case with the consent of its people, and null for one that is not there', async () => {
    const site = connect();
    const file = await site.readCase(caseId);
    expect(file).toMatchObject({ id: caseId, caseType: 'housing_support', statusGrouping: 'Opened' });
    expect(file?.contacts.get(workerId)).toMatchObject({
      email: 'worker@example.org',
      emailOnHold: true,
      doNotEmail: true,
    });
    expect(await site.readCase(caseId + 1_000)).toBeNull();
  });

  it('lists the open cases of some types, or of every type', async () => {
    const idsOf = async (caseTypes: readonly string[] | null) => {
      const ids: number[] = [];
      for await (const files of connect().readOpenCases(caseTypes)) ids.push(...files.map(({ id }) => id));
      return ids;
    };
    expect(await idsOf(null)).toEqual([caseId]);
    expect(await idsOf(['housing_support'])).toEqual([caseId]);
    expect(await idsOf([])).toEqual([]);
  });

  it('names the case type and the activity type as people there read them', async () => {
    const site = connect();
    const file = await site.readCase(caseId);
    const activity = file?.activities.find(({ type }) => type === 'Open Case');
    expect(await site.readLabels(file!, activity!)).toEqual({
      caseType: 'Housing Support',
      activityType: 'Open Case',
    });
  });

  it('files the record of a mail on its case once, also from two connections and after it was trashed', async () => {
    const id = await connect().recordMail(record());
    expect(await connect().recordMail(record())).toBe(id);
    expect(recordsOnCase()).toEqual([
      expect.objectContaining({
        id,
        case_id: caseId,
        subject: 'Reminder sent: remind-assignee',
        activity_date_time: '2026-03-02 08:30:00',
        'status_id:name': 'Completed',
        target_contact_id: [workerId],
      }),
    ]);
    sandbox.handle('Activity', 'update', { where: [['id', '=', id]], values: { is_deleted: true } });
    expect(await connect().recordMail(record())).toBe(id);
    expect(recordsOnCase()).toHaveLength(1);
  });

  it('tells two mails apart', async () => {
    const site = connect();
    await site.recordMail(record());
    await site.recordMail(record({ occurrenceId: 'email-fedcba9876543210' }));
    expect(recordsOnCase()).toHaveLength(2);
  });

  it('does not pretend: a key that may not write is told so', async () => {
    await connect().recordMail(record());
    await expect(
      connect('limited-key').recordMail(record({ occurrenceId: 'email-other' })),
    ).rejects.toMatchObject({
      name: 'AppError',
    });
    expect(recordsOnCase()).toHaveLength(1);
  });
});
