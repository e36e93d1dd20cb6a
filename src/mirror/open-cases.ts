import type { CaseFile } from '../case/case-file.ts';
import { mirrorKey } from '../case/origin-key.ts';
import type { CaseToMirror, MirrorContext } from './context.ts';
import { caseFields } from './fields.ts';
import type { People } from './people.ts';
import type { PlannedReject } from './plan-parts.ts';
import { initialRow } from './rows.ts';
import type { CountedWrite } from './report.ts';
import type { TargetNames } from './ports.ts';

export interface OpenedCases {
  /** Target case by source case; negative stand-ins in a dry run. */
  readonly targetIds: ReadonlyMap<number, number>;
  /** Cases opened by this run, or by an earlier one that died before it had finished with them. */
  readonly opening: ReadonlySet<number>;
  readonly rejects: ReadonlyMap<number, PlannedReject>;
  readonly writes: readonly CountedWrite[];
}

/**
 * Finds each case on the target by origin key, and opens those that are not there. CiviCRM then runs the case type's
 * timeline and gives creator roles; the plan of the case adopts what that makes. The intention is noted first, so
 * that the next run knows what a half-opened case is.
 */
export async function openCases(
  context: MirrorContext,
  cases: readonly CaseToMirror[],
  people: People,
  names: TargetNames,
): Promise<OpenedCases> {
  const { source, target, store, pair } = context;
  const keyOf = (file: CaseFile) => mirrorKey({ site: source.siteName, entity: 'Case', id: file.id });
  const byKey = await target.findByKey(
    'Case',
    cases.map(({ file }) => keyOf(file)),
  );
  const targetIds = new Map<number, number>();
  const opening = new Set<number>();
  const rejects = new Map<number, PlannedReject>();
  const toOpen: CaseToMirror[] = [];
  for (const item of cases) {
    const { file, row } = item;
    const targetId = byKey.get(keyOf(file));
    if (targetId !== undefined) {
      targetIds.set(file.id, targetId);
      if (row?.state === 'opening') opening.add(file.id);
      continue;
    }
    // A case that was in the trash before it was ever mirrored has nothing to say to the target.
    if (file.isDeleted) continue;
    const reason = refusal(item, people, names);
    if (reason === null) toOpen.push(item);
    else rejects.set(file.id, { entity: 'Case', sourceId: file.id, reason });
  }

  const writes = toOpen.map(({ file }): CountedWrite => {
    const { isDeleted: _live, ...fields } = caseFields(file, file.startTime !== undefined);
    const creatorId = creatorOf(file, people);
    return {
      caseId: file.id,
      entity: 'Case',
      sourceId: file.id,
      purpose: 'create',
      write: {
        kind: 'create-case',
        key: keyOf(file),
        caseType: file.caseType,
        fields,
        clientIds: file.clientIds.flatMap((id) => people.map(id) ?? []),
        creatorId,
      },
    };
  });
  if (context.dryRun) {
    for (const { file } of toOpen) targetIds.set(file.id, -file.id);
    return { targetIds, opening, rejects, writes };
  }
  if (toOpen.length === 0) return { targetIds, opening, rejects, writes };

  await store.saveOutcomes(
    pair.name,
    toOpen.map((item) => ({
      mirroredCase: {
        ...initialRow(item),
        state: 'opening',
        ourClientIds: item.file.clientIds.flatMap((id) => people.map(id) ?? []),
      },
      links: [],
    })),
  );
  const results = await context.write(writes.map(({ write }) => write));
  const refused: { readonly file: CaseFile; readonly reason: string }[] = [];
  results.forEach((result, index) => {
    const file = toOpen[index]?.file;
    if (file === undefined) return;
    if (result.kind === 'failed') {
      if (result.error.kind === 'remote-unavailable') throw result.error;
      refused.push({ file, reason: result.error.message });
      return;
    }
    targetIds.set(file.id, result.value);
    opening.add(file.id);
  });
  // Opening is not atomic: an answer of failure may leave a case behind, which is completed like any other.
  const halfOpen =
    refused.length === 0
      ? new Map<string, number>()
      : await target.findByKey(
          'Case',
          refused.map(({ file }) => keyOf(file)),
        );
  for (const { file, reason } of refused) {
    const targetId = halfOpen.get(keyOf(file));
    if (targetId === undefined) rejects.set(file.id, { entity: 'Case', sourceId: file.id, reason });
    else {
      targetIds.set(file.id, targetId);
      opening.add(file.id);
    }
  }
  return { targetIds, opening, rejects, writes };
}

function refusal({ file, row }: CaseToMirror, people: People, names: TargetNames): string | null {
  if (row?.state === 'mirrored' && row.targetId !== null) {
    return `Its case ${row.targetId} on the target was deleted there for good; it is not made again`;
  }
  if (!names.caseTypes.has(file.caseType)) return `The target has no case type named "${file.caseType}"`;
  if (file.status !== null && !names.caseStatuses.has(file.status)) {
    return `The target has no case status named "${file.status}"`;
  }
  if (file.clientIds.every((id) => people.map(id) === null)) {
    const client = file.clientIds[0];
    return client === undefined
      ? 'The case has no client'
      : (people.problems.get(client) ?? `Client ${client} cannot be read`);
  }
  return null;
}

/** Who opened the case on the source: then the role that opening gives to the creator is already the right one. */
function creatorOf(file: CaseFile, people: People): number | null {
  const opening = file.activities.find((activity) => activity.type === 'Open Case') ?? file.activities[0];
  const sourceId = opening?.sourceContactId ?? null;
  return sourceId === null ? null : people.map(sourceId);
}
