import { describe, expect, it } from 'vitest';
import { callsOf } from '../../../src/civicrm/mirror-writes.ts';

describe('the calls of a mirror write', () => {
  it('create by save with a match on the origin key, never trashed and never with an empty list', () => {
    const [call, ...more] = callsOf({
      kind: 'create-activity',
      key: 'alpha/Activity/7',
      caseId: 12,
      fields: {
        type: 'Meeting',
        status: 'Scheduled',
        medium: null,
        isDeleted: true,
        source: 5,
        targets: [],
        assignees: [6],
      },
    });
    expect(more).toEqual([]);
    expect(call).toEqual({
      entity: 'Activity',
      action: 'save',
      params: {
        records: [
          {
            'activity_type_id:name': 'Meeting',
            'status_id:name': 'Scheduled',
            medium_id: null,
            source_contact_id: 5,
            assignee_contact_id: [6],
            case_id: 12,
            'Civicase_Bridge_Activity.origin_key': 'alpha/Activity/7',
          },
        ],
        match: ['Civicase_Bridge_Activity.origin_key'],
      },
    });
  });

  it('update columns in one call and each contact list in one of its own', () => {
    const calls = callsOf({
      kind: 'update-activity',
      id: 9,
      caseId: 12,
      fields: { status: 'Completed', targets: [1], assignees: [] },
    });
    expect(calls.map(({ params }) => params.values)).toEqual([
      { 'status_id:name': 'Completed' },
      { target_contact_id: [1] },
      { assignee_contact_id: [] },
    ]);
    expect(calls.every(({ action, params }) => action === 'update' && params.where?.[0]?.[2] === 9)).toBe(
      true,
    );
  });

  it('say where an activity belongs when its subject holds a case token', () => {
    const fields = { subject: '[case #abcdef1] Re: visit' };
    const [call] = callsOf({ kind: 'update-activity', id: 9, caseId: 12, fields });
    expect(call?.params.values).toMatchObject({ case_id: 12 });
  });

  it('file, unfile and clear so that a second time does no harm', () => {
    expect(callsOf({ kind: 'file-activity', caseId: 1, activityId: 2 })[0]?.params).toEqual({
      records: [{ case_id: 1, activity_id: 2 }],
      match: ['case_id', 'activity_id'],
    });
    expect(callsOf({ kind: 'remove-client', caseId: 1, contactId: 2 })[0]).toMatchObject({
      action: 'delete',
      params: {
        where: [
          ['case_id', '=', 1],
          ['contact_id', '=', 2],
        ],
      },
    });
    expect(callsOf({ kind: 'update-contact', id: 4, fields: { email: null } })).toMatchObject([
      { entity: 'Email', action: 'delete' },
    ]);
  });
});
