import type { Activity } from '../case/case-file.ts';
import { mirrorKey, readMirrorKey } from '../case/origin-key.ts';
import { activityFields, sameContact } from './fields.ts';
import type { CaseSituation, PlanPart } from './plan-parts.ts';
import { isEmpty, joinParts, nothing, planFields, rejected, withWrites } from './plan-parts.ts';
import type { MirrorWrite, TargetNames } from './ports.ts';

/**
 * Activities are the same by origin key. What the target made by itself (timeline on opening, sequence later) is
 * adopted, by type and date, for source activities that have no counterpart yet; what then remains of it goes to the
 * trash. New ones are written before changed ones: a sequence on the target that finds its next step already there
 * does not make it again.
 */
export function planActivities(situation: CaseSituation): PlanPart {
  const { file, there, sourceSite, elsewhere, claimed } = situation;
  const byKey = new Map<string, Activity>();
  for (const activity of there.activities) {
    if (activity.originKey !== null && !byKey.has(activity.originKey)) {
      byKey.set(activity.originKey, activity);
    }
  }
  if (file.activities.length === 0 && byKey.size > 0) {
    return rejected(
      { entity: 'Case', sourceId: file.id },
      'The source shows no activity of this case any more; was a permission lost? Nothing was trashed',
    );
  }
  const keyOf = (activity: Activity) => mirrorKey({ site: sourceSite, entity: 'Activity', id: activity.id });
  const refused = new Map(file.activities.map((activity) => [activity.id, refusal(situation, activity)]));
  const writable = file.activities.filter((activity) => refused.get(activity.id) === null);
  const fresh = writable.filter((activity) => {
    const key = keyOf(activity);
    return !byKey.has(key) && !elsewhere.has(key) && !claimed.has(key);
  });
  const adopted = pairGenerated(fresh, situation);

  const creations: PlanPart[] = [];
  const changes: PlanPart[] = [];
  for (const activity of file.activities) {
    const record = { entity: 'Activity', sourceId: activity.id } as const;
    const reason = refused.get(activity.id) ?? null;
    if (reason !== null) {
      changes.push(rejected(record, reason));
      continue;
    }
    const key = keyOf(activity);
    const known = byKey.get(key);
    const generated = adopted.get(activity.id);
    const counterpart = known ?? generated;
    if (counterpart !== undefined) {
      changes.push(planUpdate(situation, activity, counterpart, known === undefined ? key : undefined));
    } else if (!claimed.has(key) || elsewhere.has(key)) {
      const targetId = elsewhere.get(key);
      const write: MirrorWrite =
        targetId === undefined
          ? {
              kind: 'create-activity',
              key,
              caseId: there.id,
              fields: activityFields(activity, situation.map),
            }
          : { kind: 'file-activity', caseId: there.id, activityId: targetId };
      creations.push(withWrites(nothing, [write], record, targetId === undefined ? 'create' : 'update'));
    }
  }
  const adoptedIds = new Set([...adopted.values()].map((activity) => activity.id));
  return joinParts([
    ...creations,
    ...changes,
    ...planVanished(situation),
    ...planSurplus(situation, adoptedIds),
  ]);
}

function refusal({ names, map, problems }: CaseSituation, activity: Activity): string | null {
  const unknown = unknownName(names, activity);
  if (unknown !== null) return unknown;
  const source = activity.sourceContactId;
  if (source === null) return 'The activity has no source contact, without which the target takes none';
  return map(source) === null ? (problems.get(source) ?? `Contact ${source} cannot be read`) : null;
}

function unknownName(names: TargetNames, activity: Activity): string | null {
  const checks: readonly [string, string | null, ReadonlySet<string>][] = [
    ['activity type', activity.type, names.activityTypes],
    ['activity status', activity.status, names.activityStatuses],
    ['encounter medium', activity.medium, names.media],
    ['priority', activity.priority, names.priorities],
  ];
  const missing = checks.find(([, name, known]) => name !== null && !known.has(name));
  return missing === undefined ? null : `The target has no ${missing[0]} named "${missing[1] ?? ''}"`;
}

function planUpdate(
  situation: CaseSituation,
  activity: Activity,
  counterpart: Activity,
  key: string | undefined,
): PlanPart {
  const record = { entity: 'Activity', sourceId: activity.id, targetId: counterpart.id } as const;
  const desired = activityFields(activity, situation.map);
  const { write, part } = planFields(situation, record, desired, activityFields(counterpart, sameContact));
  if (key === undefined && isEmpty(write)) return part;
  const update: MirrorWrite = {
    kind: 'update-activity',
    id: counterpart.id,
    caseId: situation.there.id,
    fields: write,
    ...(key === undefined ? {} : { key }),
  };
  return withWrites(part, [update], record, key === undefined ? 'update' : 'adopt');
}

/** Pairs source activities with generated ones: by type, in order of date and id. */
function pairGenerated(fresh: readonly Activity[], situation: CaseSituation): ReadonlyMap<number, Activity> {
  const generated = situation.there.activities.filter((activity) => isGenerated(situation, activity));
  const pairs = new Map<number, Activity>();
  for (const type of new Set(fresh.map((activity) => activity.type))) {
    const made = inOrder(generated.filter((activity) => activity.type === type));
    inOrder(fresh.filter((activity) => activity.type === type)).forEach((activity, index) => {
      const partner = made[index];
      if (partner !== undefined) pairs.set(activity.id, partner);
    });
  }
  return pairs;
}

function inOrder(activities: readonly Activity[]): readonly Activity[] {
  return [...activities].sort(
    (one, other) =>
      (one.dateTime < other.dateTime ? -1 : one.dateTime > other.dateTime ? 1 : 0) || one.id - other.id,
  );
}

/** Made by the target itself: nobody's key, and either new since our writes began or an untouched sequence step. */
function isGenerated({ there, row, names }: CaseSituation, activity: Activity): boolean {
  if (activity.originKey !== null || activity.isDeleted) return false;
  const untouched =
    activity.subject === null && activity.details === null && activity.assigneeContactIds.length === 0;
  const isStep = names.sequenceSteps.get(there.caseType)?.has(activity.type) === true && untouched;
  if (row.foreignActivityIds.includes(activity.id)) return isStep;
  return isStep || activity.isAuto || activity.type === 'Open Case';
}

/** Mirrored activities that the source's case does not have any more. */
function planVanished({ file, there, sourceSite, existing }: CaseSituation): readonly PlanPart[] {
  const current = new Set(file.activities.map((activity) => activity.id));
  return there.activities.flatMap((activity) => {
    const origin = readMirrorKey(activity.originKey);
    if (origin?.site !== sourceSite || origin.entity !== 'Activity' || current.has(origin.id)) return [];
    const record = { entity: 'Activity', sourceId: origin.id } as const;
    if (existing.has(origin.id)) {
      return [
        withWrites(
          nothing,
          [{ kind: 'unfile-activity', caseId: there.id, activityId: activity.id }],
          record,
          'update',
        ),
      ];
    }
    return activity.isDeleted ? [] : [trash(there.id, activity, record)];
  });
}

/**
 * Generated on the target and not wanted: trashed, never deleted, so that a person can bring it back. Only the one
 * step that a sequence misses on the case stays: the target would make it again at once.
 */
function planSurplus(situation: CaseSituation, adopted: ReadonlySet<number>): readonly PlanPart[] {
  const { there, row, names } = situation;
  const surplus = there.activities.filter(
    (activity) =>
      isGenerated(situation, activity) &&
      !adopted.has(activity.id) &&
      !row.foreignActivityIds.includes(activity.id),
  );
  const staying = new Set(
    there.activities
      .filter((activity) => !activity.isDeleted && !surplus.includes(activity))
      .map((activity) => activity.type),
  );
  const steps = names.sequenceSteps.get(there.caseType) ?? new Set();
  return surplus
    .filter((activity) => {
      const isMissedStep = steps.has(activity.type) && !staying.has(activity.type);
      staying.add(activity.type);
      return !isMissedStep;
    })
    .map((activity) => trash(there.id, activity, { entity: 'Activity', sourceId: 0 }));
}

function trash(
  caseId: number,
  activity: Activity,
  record: { readonly entity: 'Activity'; readonly sourceId: number },
): PlanPart {
  const write: MirrorWrite = {
    kind: 'update-activity',
    id: activity.id,
    caseId,
    fields: { isDeleted: true },
  };
  return withWrites(nothing, [write], record, 'remove');
}
