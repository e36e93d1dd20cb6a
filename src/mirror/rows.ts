import type { CaseFile } from '../case/case-file.ts';
import type { CaseToMirror, MirrorContext } from './context.ts';
import { fileDigest } from './digest.ts';
import { roleFields } from './fields.ts';
import type { People } from './people.ts';
import { linkName } from './plan-parts.ts';
import type { CaseSituation, PlanPart, PlannedReject, PlannedWrite } from './plan-parts.ts';
import { roleTriple } from './plan-roles.ts';
import type { CaseOutcome, IdLink, MirroredCase } from './ports.ts';

export interface Refusal {
  readonly write: PlannedWrite;
  readonly reason: string;
}

/** The row of a case before anything is known of it on the target. */
export function initialRow(item: CaseToMirror): MirroredCase {
  return {
    sourceId: item.file.id,
    targetId: null,
    state: 'mirrored',
    sourceModified: item.file.modifiedDate ?? '',
    modifiedSeenAt: item.modifiedSeenAt,
    readAt: item.readAt,
    linkDigest: item.linkDigest,
    fileDigest: '',
    foreignActivityIds: [],
    ourClientIds: [],
    ourRoles: [],
    mirroredAt: null,
  };
}

/** What is known of the target's case before this run writes to it. */
export function startingRow(item: CaseToMirror, there: CaseFile, opening: boolean): CaseSituation['row'] {
  const ourClientIds = item.row?.ourClientIds ?? [];
  const ourRoles = item.row?.ourRoles ?? [];
  if (opening) return { state: 'opening', foreignActivityIds: [], ourClientIds, ourRoles };
  // An interrupted run knew whose activities are whose; later ones may be what its writes brought about.
  if (item.row?.state === 'writing') {
    return { state: 'writing', foreignActivityIds: item.row.foreignActivityIds, ourClientIds, ourRoles };
  }
  const state = item.row === null ? 'writing' : 'mirrored';
  return { state, foreignActivityIds: foreignIds(there), ourClientIds, ourRoles };
}

/** What is noted before the first write: whatever then is there and equals this was not a person's doing. */
export function intention(
  item: CaseToMirror,
  targetId: number,
  situation: CaseSituation,
  plan: PlanPart,
): CaseOutcome {
  const before = situation.row;
  return {
    mirroredCase: {
      ...initialRow(item),
      targetId,
      state: before.state === 'opening' ? 'opening' : 'writing',
      foreignActivityIds: before.foreignActivityIds,
      ourClientIds: distinct([...before.ourClientIds, ...wantedClients(situation)]),
      ourRoles: distinct([...before.ourRoles, ...wantedRoles(situation)]),
    },
    links: plan.links.map(({ inConflict, desired, actual, ...record }): IdLink => {
      const old = situation.links.get(linkName(record.entity, record.sourceId));
      const settled = (fields: IdLink['sent'], previous: IdLink['sent'] | undefined) =>
        Object.fromEntries(
          Object.entries(fields).flatMap(([field, value]) => {
            const kept = inConflict.includes(field) ? previous?.[field] : value;
            return kept === undefined ? [] : [[field, kept]];
          }),
        );
      return { ...record, ours: true, sent: settled(desired, old?.sent), kept: settled(actual, old?.kept) };
    }),
  };
}

/** What is noted after the last look. */
export function outcome(
  context: MirrorContext,
  item: CaseToMirror,
  situation: CaseSituation,
  latest: PlanPart,
  first: PlanPart,
  refusals: readonly Refusal[],
  people: People,
): CaseOutcome {
  const at = context.clock.now();
  const caseId = item.file.id;
  const written = intention(item, situation.there.id, situation, latest);
  // A write that was refused as done already (its first answer was lost) is not in the last plan any more.
  const pending = new Set(latest.writes.map(({ write }) => JSON.stringify(write)));
  const refused = refusals
    .filter(({ write }) => pending.has(JSON.stringify(write.write)))
    .map(({ write, reason }): PlannedReject => {
      return { entity: write.entity, sourceId: write.sourceId, reason };
    });
  // Fields that differ after the last round: the site took the write and kept another value.
  const refusedRecords = new Set(refused.map((one) => linkName(one.entity, one.sourceId)));
  const unkept = latest.writes
    .filter((write) => !refusedRecords.has(linkName(write.entity, write.sourceId)))
    .map((write): PlannedReject => {
      const fields = 'fields' in write.write ? Object.keys(write.write.fields).join(', ') : write.write.kind;
      return {
        entity: write.entity,
        sourceId: write.sourceId,
        reason: `${context.target.siteName} accepted the write but does not show it: ${fields}`,
      };
    });
  const absent = [...item.file.contacts.keys()]
    .filter((id) => people.map(id) === null)
    .map((id): PlannedReject => {
      return { entity: 'Contact', sourceId: id, reason: people.problems.get(id) ?? 'Cannot be read' };
    });
  const unique = new Map(
    [...latest.rejects, ...refused, ...unkept, ...absent].map((one) => [
      linkName(one.entity, one.sourceId),
      { ...one, caseId, at },
    ]),
  );
  return {
    mirroredCase: {
      ...written.mirroredCase,
      state: 'mirrored',
      fileDigest: fileDigest(item.file),
      foreignActivityIds: foreignIds(situation.there),
      ourClientIds: wantedClients(situation),
      ourRoles: wantedRoles(situation),
      mirroredAt: at,
    },
    // A refused write is tried again: its last common value stays what it was.
    links: written.links.filter((link) => !refusedRecords.has(linkName(link.entity, link.sourceId))),
    rejects: [...unique.values()],
    conflicts: first.conflicts.map((conflict) => ({ ...conflict, caseId, at })),
  };
}

export function rejectedOutcome(
  context: MirrorContext,
  item: CaseToMirror,
  reject: PlannedReject | null,
): CaseOutcome {
  const row = initialRow(item);
  const at = context.clock.now();
  return {
    mirroredCase: {
      ...row,
      targetId: item.row?.targetId ?? null,
      state: reject === null ? 'mirrored' : 'rejected',
      fileDigest: fileDigest(item.file),
    },
    links: [],
    rejects: reject === null ? [] : [{ ...reject, caseId: item.file.id, at }],
    conflicts: [],
  };
}

function foreignIds(there: CaseFile): readonly number[] {
  return there.activities.filter((activity) => activity.originKey === null).map((activity) => activity.id);
}

function wantedClients({ file, map }: CaseSituation): readonly number[] {
  return file.clientIds.flatMap((id) => map(id) ?? []);
}

function wantedRoles({ file, map }: CaseSituation): readonly string[] {
  return distinct(file.roles.map((role) => roleTriple(roleFields(role, map))));
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items)];
}
