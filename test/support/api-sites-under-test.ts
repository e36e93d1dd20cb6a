import { occurrenceKey, originField } from '../../src/case/origin-key.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createFollowUpSite } from '../../src/civicrm/follow-up-site.ts';
import { ensureOriginFields } from '../../src/civicrm/origin-fields.ts';
import { createReminderSite } from '../../src/civicrm/reminder-site.ts';
import type { FollowUpSiteUnderTest, Place } from './follow-up-site-contract.ts';
import type { ReminderSiteUnderTest } from './reminder-site-contract.ts';
import { createApiDesk } from './site-desk.ts';

const ORIGIN = originField('Activity');

interface ApiSite {
  /** Another connection at each call. */
  readonly connect: () => SiteClient;
  readonly zone: string;
  readonly close: () => Promise<void>;
}

/** A site that answers APIv4, as the contract of follow-ups wants it. */
export function followUpSiteOf({ connect, zone, close }: ApiSite): FollowUpSiteUnderTest {
  const client = connect();
  const desk = createApiDesk(client);
  return {
    ...{ desk, zone, close },
    connect: () => createFollowUpSite(connect()),
    placesOf: (originKey) => placesOf(client, originKey),
    strand: (originKey) => strand(client, originKey),
    editActivity: (id, fields) => desk.editActivity(id, fields),
  };
}

/** The same for reminders. */
export function reminderSiteOf({ connect, close }: ApiSite): ReminderSiteUnderTest {
  const client = connect();
  const desk = createApiDesk(client);
  return {
    ...{ desk, close },
    connect: () => createReminderSite(connect()),
    placesOf: (occurrenceId) => placesOf(client, occurrenceKey(occurrenceId)),
    strand: (occurrenceId) => strand(client, occurrenceKey(occurrenceId)),
    trash: (id) => desk.editActivity(id, { isDeleted: true }),
    labels: { caseType: 'Housing Support', activityType: 'Open Case' },
  };
}

async function placesOf(client: SiteClient, originKey: string): Promise<readonly Place[]> {
  await ensureOriginFields(client);
  const { values } = await client.call({
    entity: 'Activity',
    action: 'get',
    params: {
      select: ['id', 'case_id'],
      where: [
        [ORIGIN, '=', originKey],
        ['is_deleted', 'IN', [false, true]],
      ],
    },
  });
  return values.map((row) => ({
    id: Number(row['id']),
    caseId: typeof row['case_id'] === 'number' ? row['case_id'] : null,
  }));
}

async function strand(client: SiteClient, originKey: string): Promise<number> {
  await ensureOriginFields(client);
  const values = {
    'activity_type_id:name': 'Email',
    source_contact_id: 'user_contact_id',
    [ORIGIN]: originKey,
  };
  const { values: rows } = await client.call({ entity: 'Activity', action: 'create', params: { values } });
  return Number(rows[0]?.['id']);
}
