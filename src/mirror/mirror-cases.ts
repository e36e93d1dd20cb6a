import type { CaseFile } from '../case/case-file.ts';
import { mirrorKey, readMirrorKey } from '../case/origin-key.ts';
import type { CaseToMirror, MirrorContext } from './context.ts';
import { openCases } from './open-cases.ts';
import { resolvePeople } from './people.ts';
import type { People } from './people.ts';
import { planCase } from './plan-case.ts';
import { linkName } from './plan-parts.ts';
import type { CaseSituation, PlanPart } from './plan-parts.ts';
import { countWrites, noCounts, sumCounts } from './report.ts';
import type { CountedWrite, MirrorCounts } from './report.ts';
import { intention, outcome, rejectedOutcome, startingRow } from './rows.ts';
import type { Refusal } from './rows.ts';
import type { IdLink, MirrorWrite, TargetNames } from './ports.ts';

// The target reacts to writes (a sequence makes its next step, a finished one closes the case): look and write again.
const ROUNDS = 3;

export interface GroupResult {
  readonly counts: MirrorCounts;
  readonly writes: readonly MirrorWrite[];
}

/** One case before a look at the target. */
interface Seed {
  readonly item: CaseToMirror;
  readonly targetId: number;
  readonly opening: boolean;
  readonly links: ReadonlyMap<string, IdLink>;
  /** The row and the plan of the first look, which alone can tell conflicts. */
  readonly row: CaseSituation['row'] | null;
  readonly first: PlanPart | null;
  readonly refusals: readonly Refusal[];
}

/** One case after a look: what is there, and what is to be written. */
interface Desk extends Seed {
  readonly row: CaseSituation['row'];
  readonly first: PlanPart;
  readonly situation: CaseSituation;
  readonly plan: PlanPart;
}

/**
 * Brings a group of cases to the target. Every stage plans from what the target really holds, notes what it is about
 * to do before doing it, and is read back after; so the next run completes whatever this one leaves behind.
 */
export async function mirrorCases(
  context: MirrorContext,
  cases: readonly CaseToMirror[],
  names: TargetNames,
): Promise<GroupResult> {
  const contacts = new Map(cases.flatMap(({ file }) => [...file.contacts]));
  const people = await resolvePeople(context, contacts);
  const opened = await openCases(context, cases, people, names);
  const done: CountedWrite[] = [...opened.writes];

  const present = cases.flatMap((item) => {
    const targetId = opened.targetIds.get(item.file.id);
    return targetId === undefined ? [] : [{ item, targetId, opening: opened.opening.has(item.file.id) }];
  });
  const links = await linksOf(context, cases);
  const seeds = present.map((seed): Seed => ({ ...seed, links, row: null, first: null, refusals: [] }));
  let desks = await look(context, seeds, people, names);
  if (!context.dryRun) {
    const intentions = desks
      .filter((desk) => desk.plan.writes.length > 0)
      .map((desk) => intention(desk.item, desk.situation.there.id, desk.situation, desk.plan));
    await context.store.saveOutcomes(context.pair.name, intentions);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const writes = desks.flatMap(pendingWrites);
    done.push(...writes);
    if (context.dryRun || writes.length === 0) break;
    const refusals = await send(context, writes);
    desks = await look(
      context,
      desks.map((desk) => {
        const mine = refusals.filter(({ write }) => write.caseId === desk.item.file.id);
        return { ...desk, refusals: [...desk.refusals, ...mine] };
      }),
      people,
      names,
    );
  }

  const counts = countWrites(done);
  const peopleCounts = {
    ...noCounts,
    contactsCreated: people.counts.created,
    contactsMatched: people.counts.matched,
    contactsUpdated: people.counts.updated,
  };
  const planned = [...people.writes, ...done.map(({ write }) => write)];
  if (context.dryRun) {
    const rejected = opened.rejects.size + desks.reduce((sum, desk) => sum + desk.plan.rejects.length, 0);
    const conflicts = desks.reduce((sum, desk) => sum + desk.plan.conflicts.length, 0);
    return {
      counts: sumCounts([counts, peopleCounts, { ...noCounts, rejected, conflicts }]),
      writes: planned,
    };
  }
  const outcomes = [
    ...desks.map((desk) =>
      outcome(context, desk.item, desk.situation, desk.plan, desk.first, desk.refusals, people),
    ),
    ...cases
      .filter(({ file }) => !opened.targetIds.has(file.id))
      .map((item) => rejectedOutcome(context, item, opened.rejects.get(item.file.id) ?? null)),
  ];
  await context.store.saveOutcomes(context.pair.name, outcomes);
  const touched = new Set(done.map(({ caseId }) => caseId));
  return {
    counts: sumCounts([
      counts,
      peopleCounts,
      {
        ...noCounts,
        casesUnchanged: cases.filter(({ file }) => !touched.has(file.id)).length,
        rejected: outcomes.reduce((sum, one) => sum + (one.rejects?.length ?? 0), 0),
        conflicts: outcomes.reduce((sum, one) => sum + (one.conflicts?.length ?? 0), 0),
      },
    ]),
    writes: planned,
  };
}

function pendingWrites(desk: Desk): readonly CountedWrite[] {
  const refused = new Set(desk.refusals.map(({ write }) => JSON.stringify(write.write)));
  return desk.plan.writes
    .filter(({ write }) => !refused.has(JSON.stringify(write)))
    .map((write) => ({ ...write, caseId: desk.item.file.id }));
}

async function send(
  context: MirrorContext,
  writes: readonly CountedWrite[],
): Promise<readonly { readonly write: CountedWrite; readonly reason: string }[]> {
  const results = await context.write(writes.map(({ write }) => write));
  return results.flatMap((result, index) => {
    const write = writes[index];
    if (result.kind === 'done' || write === undefined) return [];
    // Nothing is wrong with the record: the pass ends here and the next one goes on.
    if (result.error.kind === 'remote-unavailable') throw result.error;
    return [{ write, reason: result.error.message }];
  });
}

/** Reads the target's cases and plans each anew. */
async function look(
  context: MirrorContext,
  seeds: readonly Seed[],
  people: People,
  names: TargetNames,
): Promise<readonly Desk[]> {
  const { source, target } = context;
  const real = seeds.map(({ targetId }) => targetId).filter((id) => id > 0);
  const files = real.length === 0 ? [] : await target.readCases(real);
  const there = new Map(files.map((file) => [file.id, file]));
  const elsewhere = new Map(await findElsewhere(context, seeds, files));
  const claimed = new Set<string>();
  const vanished = seeds.flatMap(({ item, targetId }) =>
    vanishedIds(item.file, there.get(targetId), source.siteName),
  );
  const existing = vanished.length === 0 ? new Set<number>() : await source.existingActivities(vanished);
  return seeds.map((seed): Desk => {
    const { item, targetId, first } = seed;
    const file = there.get(targetId) ?? blank(item.file, targetId);
    const row = seed.row ?? startingRow(item, file, seed.opening || targetId < 0);
    const situation: CaseSituation = {
      file: item.file,
      there: file,
      sourceSite: source.siteName,
      row,
      links: seed.links,
      names,
      map: people.map,
      problems: people.problems,
      existing,
      elsewhere,
      claimed,
      frozen:
        first === null
          ? null
          : new Set(first.conflicts.map((one) => `${linkName(one.entity, one.sourceId)}/${one.field}`)),
    };
    const plan = planCase(situation);
    for (const { write } of plan.writes) {
      if (write.kind === 'create-activity') claimed.add(write.key);
      if (write.kind === 'update-activity' && write.key !== undefined) elsewhere.set(write.key, write.id);
    }
    return { ...seed, row, situation, plan, first: first ?? plan };
  });
}

/** Mirrored activities that are on the target but on none of these cases, by origin key. */
async function findElsewhere(
  { source, target }: MirrorContext,
  seeds: readonly Seed[],
  files: readonly CaseFile[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const activity of files.flatMap((file) => file.activities)) {
    if (activity.originKey !== null && !found.has(activity.originKey)) {
      found.set(activity.originKey, activity.id);
    }
  }
  const absent = seeds
    .flatMap(({ item }) => item.file.activities)
    .map(({ id }) => mirrorKey({ site: source.siteName, entity: 'Activity', id }))
    .filter((key) => !found.has(key));
  if (absent.length === 0) return found;
  return new Map([...found, ...(await target.findByKey('Activity', absent))]);
}

function vanishedIds(file: CaseFile, there: CaseFile | undefined, sourceSite: string): readonly number[] {
  const current = new Set(file.activities.map(({ id }) => id));
  return (there?.activities ?? []).flatMap(({ originKey }) => {
    const origin = readMirrorKey(originKey);
    const isOurs = origin?.site === sourceSite && origin.entity === 'Activity';
    return isOurs && !current.has(origin.id) ? [origin.id] : [];
  });
}

async function linksOf(
  { store, pair }: MirrorContext,
  cases: readonly CaseToMirror[],
): Promise<ReadonlyMap<string, IdLink>> {
  const files = cases.map(({ file }) => file);
  const found = [
    await store.links(
      pair.name,
      'Case',
      files.map(({ id }) => id),
    ),
    await store.links(
      pair.name,
      'Activity',
      files.flatMap(({ activities }) => activities.map(({ id }) => id)),
    ),
    await store.links(
      pair.name,
      'Relationship',
      files.flatMap(({ roles }) => roles.map(({ relationshipId }) => relationshipId)),
    ),
  ];
  return new Map(found.flat().map((link) => [linkName(link.entity, link.sourceId), link]));
}

/** A case that is only planned: a dry run has not opened it. */
function blank(file: CaseFile, targetId: number): CaseFile {
  return { ...file, id: targetId, clientIds: [], roles: [], activities: [], contacts: new Map() };
}
