import { MemoryMirrorSite } from '../../../src/mirror/memory-mirror-site.ts';
import { describeMirrorSite } from '../../support/mirror-site-contract.ts';
import { OTHER, SEQUENCED, STEPS, WATCHED } from '../../support/mirror-source-contract.ts';
import type { DeskActivity, SiteDesk } from '../../support/site-desk.ts';

const timeline = ['Open Case', 'Follow up'];

describeMirrorSite('a site in memory', () => {
  const site = new MemoryMirrorSite('beta', 100, {
    caseTypes: {
      [WATCHED]: { timeline, sequence: [] },
      [OTHER]: { timeline, sequence: [] },
      [SEQUENCED]: { timeline: ['Open Case'], sequence: STEPS },
    },
    roleTypes: [
      { id: 2, nameAB: 'Homeless Services Coordinator is', nameBA: 'Homeless Services Coordinator' },
      { id: 3, nameAB: 'Case Coordinator is', nameBA: 'Case Coordinator' },
    ],
  });
  for (const step of STEPS) site.activityTypes.add(step);
  return Promise.resolve({
    source: site,
    connect: () => site,
    desk: createMemoryDesk(site),
    now: () => site.now(),
    nextSecond: () => {
      site.seconds += 1;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});

function createMemoryDesk(site: MemoryMirrorSite): SiteDesk {
  const at = <Value>(edit: () => Value): Promise<Value> => Promise.resolve().then(edit);
  const coordinator = { nameAB: 'Case Coordinator is', nameBA: 'Case Coordinator', startDate: '2026-01-05' };
  return {
    addPerson: (fields) => at(() => site.addContact(fields)),
    trashPerson: (id) => at(() => void Object.assign(site.contacts.get(id)!, { isDeleted: true })),
    openCase: (caseType, clientIds, creatorId) => at(() => site.openCase(clientIds, creatorId, { caseType })),
    editCase: (id, fields) => at(() => site.editCase(id, fields)),
    addActivity: (caseId, fields) => at(() => site.addActivity(caseId, activityOf(fields))),
    editActivity: (id, fields) => at(() => site.editActivity(id, activityOf(fields))),
    deleteActivity: (id) => at(() => site.deleteActivity(id)),
    addClient: (caseId, contactId) => at(() => void site.case(caseId).clientIds.push(contactId)),
    removeClient: (caseId, contactId) =>
      at(() => {
        const record = site.case(caseId);
        record.clientIds = record.clientIds.filter((id) => id !== contactId);
      }),
    addRole: (caseId, a, b) => at(() => site.addRole(caseId, a, b, coordinator)),
    endRole: (id, endDate) =>
      at(() => {
        for (const record of site.cases.values())
          record.roles = record.roles.map((role) =>
            role.relationshipId === id ? { ...role, isActive: false, endDate } : role,
          );
      }),
    removeRole: (id) =>
      at(() => {
        for (const record of site.cases.values())
          record.roles = record.roles.filter((role) => role.relationshipId !== id);
      }),
    file: (caseId, activityId) => at(() => site.file(caseId, activityId)),
    unfile: (caseId, activityId) => at(() => site.unfile(caseId, activityId)),
    addActivityType: (name) => at(() => void site.activityTypes.add(name)),
    dropKeys: (entity) => at(() => site.forgetKeys(entity)),
  };
}

function activityOf({ source, targets, assignees, ...same }: DeskActivity) {
  return {
    ...same,
    ...(source === undefined ? {} : { sourceContactId: source }),
    ...(targets === undefined ? {} : { targetContactIds: targets }),
    ...(assignees === undefined ? {} : { assigneeContactIds: assignees }),
  };
}
