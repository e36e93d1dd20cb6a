import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { originField } from '../../../src/case/origin-key.ts';
import type { ApiCall, CallOptions, SiteClient } from '../../../src/civicrm/client.ts';
import { createFollowUpSite } from '../../../src/civicrm/follow-up-site.ts';
import type { FollowUp } from '../../../src/follow-up/ports.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

const ORIGIN = originField('Activity');
const followUp: FollowUp = {
  originKey: 'occurrence/activity-0123',
  caseId: 7,
  activityType: 'Follow up',
  status: 'Scheduled',
  subject: 'Call the client',
  details: null,
  dateTime: '2026-03-09 09:00:00',
  targetContactIds: [1],
  assigneeContactIds: [4],
};

let rows: JsonObject[];
let saves: { readonly call: ApiCall; readonly options: CallOptions | undefined }[];
/** What the site makes of a record before it stores it. */
let storing: (record: JsonObject) => JsonObject;
let fieldsMissing: boolean;

beforeEach(() => {
  rows = [];
  saves = [];
  storing = (record) => record;
  fieldsMissing = false;
});

/** Enough of a site for the calls that follow-ups make; any other is an error. */
function fakeClient(): SiteClient {
  const find = (where: ApiCall['params']['where']) =>
    rows.filter((row) =>
      (where ?? []).every(([field, operator, value]) =>
        operator === '='
          ? row[field] === value
          : (value as readonly JsonValue[]).includes(row[field] ?? null),
      ),
    );
  const client: Partial<SiteClient> = {
    siteName: 'riverside',
    call: ({ entity, action, params }, options) => {
      if (entity !== 'Activity') throw new Error(`unexpected call of ${entity}.${action}`);
      if (action === 'get') {
        const values = find(params.where);
        return Promise.resolve({ values, count: values.length });
      }
      saves.push({ call: { entity, action, params }, options });
      const record = storing(params.records?.[0] ?? {});
      const matched = rows.findIndex((row) => row[ORIGIN] === record[ORIGIN]);
      const id = matched < 0 ? 501 + rows.length : (rows[matched]?.['id'] ?? null);
      rows.splice(matched < 0 ? rows.length : matched, 1, { ...record, id, is_deleted: false });
      return Promise.resolve({ values: [{ id }], count: 1 });
    },
    get: (entity, params, schema) => {
      const groups = ['Case', 'Activity', 'Contact'].map((name) => ({
        ...{ id: 1, extends: name, is_active: true, is_multiple: false },
        name: `Civicase_Bridge_${name}`,
      }));
      const fields = groups.map(({ name }) => ({
        ...{ id: 1, name: 'origin_key', is_active: true },
        'custom_group_id.name': name,
      }));
      const answers: Readonly<Record<string, readonly unknown[]>> = {
        CustomGroup: fieldsMissing ? [] : groups,
        CustomField: fieldsMissing ? [] : fields,
        Activity: find(params.where),
      };
      return Promise.resolve((answers[entity] ?? []).map((row) => schema.parse(row)));
    },
    batch: (calls) => {
      fieldsMissing = false;
      return Promise.resolve(calls.map(() => ({ kind: 'done', value: { values: [], count: 0 } })));
    },
    optionValue: (group, name) => Promise.resolve(`${group}:${name}`),
  };
  return client as SiteClient;
}

describe('writing a follow-up to a site', () => {
  it('sends case, status, date and source in so many words, and option values instead of names', async () => {
    expect(await createFollowUpSite(fakeClient()).writeFollowUp(followUp)).toBe(501);
    expect(saves.map(({ call }) => call)).toEqual([
      {
        entity: 'Activity',
        action: 'save',
        params: {
          records: [
            {
              [ORIGIN]: 'occurrence/activity-0123',
              case_id: 7,
              activity_type_id: 'activity_type:Follow up',
              status_id: 'activity_status:Scheduled',
              activity_date_time: '2026-03-09 09:00:00',
              subject: 'Call the client',
              details: null,
              source_contact_id: 'user_contact_id',
              target_contact_id: [1],
              assignee_contact_id: [4],
            },
          ],
          match: [ORIGIN],
        },
      },
    ]);
  });

  it('does not have the write repeated at once, since a timed-out one may still be at work', async () => {
    await createFollowUpSite(fakeClient()).writeFollowUp(followUp);
    expect(saves[0]?.options?.repeatable).toBe(false);
  });

  it.each([
    ['edited', { case_id: 7, is_deleted: false }],
    ['moved to another case', { case_id: 8, is_deleted: false }],
    ['trashed', { case_id: null, is_deleted: true }],
  ])('leaves alone what carries the key already and was %s', async (_, state) => {
    rows.push({ id: 480, [ORIGIN]: followUp.originKey, subject: 'Edited since', ...state });
    expect(await createFollowUpSite(fakeClient()).writeFollowUp(followUp)).toBe(480);
    expect(saves).toEqual([]);
  });

  it('completes one that a dying site left on no case', async () => {
    rows.push({ id: 480, [ORIGIN]: followUp.originKey, case_id: null, is_deleted: false });
    expect(await createFollowUpSite(fakeClient()).writeFollowUp(followUp)).toBe(480);
    expect(rows).toEqual([expect.objectContaining({ id: 480, case_id: 7, subject: 'Call the client' })]);
  });

  it('says which fields the site stored otherwise', async () => {
    storing = (record) => ({ ...record, case_id: null });
    const writing = createFollowUpSite(fakeClient()).writeFollowUp(followUp);
    await expect(writing).rejects.toMatchObject({ kind: 'remote-rejected' });
    await expect(writing).rejects.toThrow(/case_id/);
  });

  it('makes the fields for origin keys once, and says so', async () => {
    fieldsMissing = true;
    const logger = createRecordingLogger();
    const site = createFollowUpSite(fakeClient(), logger);
    await site.writeFollowUp(followUp);
    await site.writeFollowUp({ ...followUp, originKey: 'occurrence/activity-4567' });
    expect(
      logger.lines.filter(({ message }) => message === 'Made custom fields for origin keys'),
    ).toHaveLength(1);
  });
});
