import { caseFields } from './fields.ts';
import { planActivities } from './plan-activities.ts';
import { isEmpty, joinParts, planFields, rejected, withWrites } from './plan-parts.ts';
import type { CaseSituation, PlanPart } from './plan-parts.ts';
import { planRoles } from './plan-roles.ts';
import type { MirrorWrite } from './ports.ts';

/**
 * What has to be written so that the target's case becomes the source's: case, clients, roles, activities, in this
 * order. Pure, and computed from what the target really holds, so an interrupted run is simply planned again.
 */
export function planCase(situation: CaseSituation): PlanPart {
  return joinParts([
    planOwnColumns(situation),
    planClients(situation),
    planRoles(situation),
    planActivities(situation),
  ]);
}

function planOwnColumns(situation: CaseSituation): PlanPart {
  const { file, there, names } = situation;
  const record = { entity: 'Case', sourceId: file.id, targetId: there.id } as const;
  if (file.status !== null && !names.caseStatuses.has(file.status)) {
    return rejected(record, `The target has no case status named "${file.status}"`);
  }
  const withTime = file.startTime !== undefined && there.startTime !== undefined;
  const { write, part } = planFields(
    situation,
    record,
    caseFields(file, withTime),
    caseFields(there, withTime),
  );
  return withWrites(
    part,
    isEmpty(write) ? [] : [{ kind: 'update-case', id: there.id, fields: write }],
    record,
    'update',
  );
}

function planClients(situation: CaseSituation): PlanPart {
  const { file, there, map, problems, row } = situation;
  const record = { entity: 'Case', sourceId: file.id } as const;
  const wanted = file.clientIds.flatMap((id) => map(id) ?? []);
  const rejects = file.clientIds
    .filter((id) => map(id) === null)
    .map((id) => ({
      entity: 'Contact' as const,
      sourceId: id,
      reason: problems.get(id) ?? 'Client without a contact',
    }));
  // A client that people took off the target's case stays off; one that they added stays on.
  const takenOff = row.state === 'mirrored' ? row.ourClientIds : [];
  const add = wanted.filter((id) => !there.clientIds.includes(id) && !takenOff.includes(id));
  const remove = there.clientIds.filter((id) => !wanted.includes(id) && row.ourClientIds.includes(id));
  const conflicts = wanted
    .filter((id) => !there.clientIds.includes(id) && takenOff.includes(id))
    .map((id) => ({
      ...record,
      targetId: there.id,
      field: `client ${id}`,
      sourceValue: id,
      targetValue: null,
    }));
  const writes: MirrorWrite[] = [
    ...add.map((contactId) => ({ kind: 'add-client' as const, caseId: there.id, contactId })),
    ...remove.map((contactId) => ({ kind: 'remove-client' as const, caseId: there.id, contactId })),
  ];
  return withWrites({ writes: [], links: [], conflicts, rejects }, writes, record, 'update');
}
