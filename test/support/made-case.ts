import type { Activity, CaseFile, Contact } from '../../src/case/case-file.ts';
import type { Rule } from '../../src/case/rule.ts';

/** A contact with nothing against writing to them. */
export function madeContact(id: number, change: Partial<Contact> = {}): Contact {
  return {
    id,
    contactType: 'Individual',
    displayName: `Person ${id}`,
    firstName: 'Person',
    lastName: String(id),
    organizationName: null,
    householdName: null,
    externalIdentifier: null,
    email: `person-${id}@example.org`,
    emailOnHold: false,
    doNotEmail: false,
    isOptOut: false,
    isDeceased: false,
    isDeleted: false,
    preferredLanguage: 'en_US',
    ...change,
  };
}

/** A scheduled activity of 2 March 2026, 10:00, added by contact 2 and assigned to 3. */
export function madeActivity(id: number, change: Partial<Activity> = {}): Activity {
  return {
    id,
    type: 'Phone Call',
    status: 'Scheduled',
    statusClass: 'incomplete',
    subject: null,
    details: null,
    dateTime: '2026-03-02 10:00:00',
    durationMinutes: null,
    location: null,
    medium: null,
    priority: 'Normal',
    isAuto: false,
    isDeleted: false,
    sourceContactId: 2,
    targetContactIds: [1],
    assigneeContactIds: [3],
    modifiedDate: '2026-03-01 00:00:00',
    originKey: null,
    ...change,
  };
}

/** An open housing case of client 1 with coordinator 4 and every contact from 1 to 9. */
export function madeCase(change: Partial<CaseFile> = {}): CaseFile {
  return {
    id: 7,
    caseType: 'housing_support',
    subject: null,
    startDate: '2026-03-02',
    endDate: null,
    status: 'Open',
    statusGrouping: 'Opened',
    details: null,
    isDeleted: false,
    createdDate: null,
    modifiedDate: null,
    originKey: null,
    clientIds: [1],
    roles: [
      {
        relationshipId: 1,
        nameAB: 'Case Coordinator is',
        nameBA: 'Case Coordinator',
        contactIdA: 1,
        contactIdB: 4,
        isActive: true,
        startDate: '2026-03-02',
        endDate: null,
      },
    ],
    activities: [madeActivity(70)],
    contacts: new Map([1, 2, 3, 4, 5, 6, 7, 8, 9].map((id) => [id, madeContact(id)])),
    ...change,
  };
}

/** Call the client at nine, a week after each phone call. */
export function madeRule(change: Partial<Rule> = {}): Rule {
  return {
    name: 'call-after-a-week',
    sites: null,
    caseTypes: null,
    when: { activityType: 'Phone Call', status: 'any', offset: { amount: 7, unit: 'days' }, at: '09:00' },
    conditions: [],
    action: {
      kind: 'create-activity',
      activityType: 'Follow up',
      status: 'Scheduled',
      subject: 'Call the client',
      details: null,
      assignee: { kind: 'role', role: 'Case Coordinator' },
      dueIn: { amount: 0, unit: 'days' },
    },
    late: { send: true, untilDays: 3 },
    ...change,
  };
}
