import type { CaseTypeDefinition } from '../definition.ts';
import { toLocalDateTime } from '../local-date-time.ts';
import { toCaseTypeModel, type CaseTypeModel } from '../model.ts';
import { SEED_ACTIVITY_STATUSES } from '../seed-names.ts';
import {
  simulateOpening,
  UNKNOWN_STATUS_BECOMES,
  type SimulatedActivity,
  type Simulation,
} from '../simulation/simulation.ts';
import type { RenameKind } from '../rename.ts';
import {
  planActivitySet,
  standardTimeline,
  type AssigneeRule,
  type PlannedActivity,
} from '../simulation/timeline.ts';
import type { CaseTypeChange } from './change.ts';

/** An activity of a new case. */
export interface ImpactActivity {
  readonly activityType: string;
  /** Days after the start of the case. */
  readonly day: number;
  readonly status: string;
  readonly subject: string | null;
  readonly assignee: AssigneeRule;
}

/** What becomes of an activity of a new case; a side without it is null. */
export interface ImpactRow {
  readonly kind: 'comes' | 'goes' | 'changes' | 'stays';
  readonly before: ImpactActivity | null;
  readonly after: ImpactActivity | null;
  /** What differs. A name that was replaced everywhere is no difference. */
  readonly differences: readonly ('day' | 'status' | 'assignee' | 'subject')[];
}

/** What a case opened after the change gets otherwise than one opened before. */
export interface OpeningImpact {
  /** In the order in which the activities are due after the change. */
  readonly rows: readonly ImpactRow[];
  /** Roles that whoever opens the case gets, by name. */
  readonly rolesGained: readonly string[];
  readonly rolesLost: readonly string[];
  /** Why CiviCRM would stop while it opens the case; null when it would not. */
  readonly failureBefore: string | null;
  readonly failureAfter: string | null;
  /** The activity sets that are added by hand, and of which anything differs, in their order after the change. */
  readonly sets: readonly SetImpact[];
}

/** What a set gives that is added on the day on which the case opens. */
export interface SetImpact {
  /** Its label, or its name. */
  readonly label: string;
  readonly rows: readonly ImpactRow[];
}

/** Any day does: the offsets of steps are days of the calendar. */
const SOME_DAY = '2026-01-05';
const MILLIS_PER_DAY = 86_400_000;

/**
 * Opens a case before and after the change, and compares what it gets.
 * @throws AppError invalid-input when an offset leads out of the calendar
 */
export function openingImpact(
  before: CaseTypeDefinition,
  after: CaseTypeDefinition,
  changes: readonly CaseTypeChange[] = [],
): OpeningImpact {
  const [modelBefore, modelAfter] = [toCaseTypeModel(before), toCaseTypeModel(after)];
  const [was, is] = [open(modelBefore), open(modelAfter)];
  const renames = (kind: RenameKind): ReadonlyMap<string, string> =>
    new Map(
      changes.flatMap((change) =>
        change.kind === 'renamed' && change.rename === kind ? [[change.from, change.to]] : [],
      ),
    );
  const types = renames('rename-activity-type');
  const rows = match(was.activities.map(toImpact), is.activities.map(toImpact), types);
  const roles = renames('rename-role');
  const rolesBefore = rolesOf(was).map((role) => roles.get(role) ?? role);
  const rolesAfter = rolesOf(is);
  return {
    rows: rows.toSorted((a, b) => dayOf(a) - dayOf(b)),
    rolesGained: rolesAfter.filter((role) => !rolesBefore.includes(role)),
    rolesLost: rolesBefore.filter((role) => !rolesAfter.includes(role)),
    failureBefore: was.failure,
    failureAfter: is.failure,
    sets: setImpacts(
      setsByHand(modelBefore, was, renames('rename-set')),
      setsByHand(modelAfter, is, new Map()),
      types,
    ),
  };
}

interface SetByHand {
  readonly label: string;
  readonly activities: readonly ImpactActivity[];
}

/** By name; of several with one name the first is the one that CiviCRM runs. */
function setsByHand(
  { activitySets, activityTypes }: CaseTypeModel,
  { activities }: Simulation,
  renamed: ReadonlyMap<string, string>,
): ReadonlyMap<string, SetByHand> {
  const existing = activities.map(({ activityType, dateTime }, index) => ({
    id: index + 1,
    activityType,
    dateTime,
    isDeleted: false,
  }));
  const opening = standardTimeline(activitySets);
  const byHand = activitySets.filter((set) => set !== opening && (set.isTimeline || !set.isSequence));
  return new Map(
    byHand.toReversed().map(({ name, label, steps }) => {
      const plan = planActivitySet({
        steps,
        activityTypes,
        existing,
        start: SOME_DAY,
        activityStatuses: SEED_ACTIVITY_STATUSES,
      });
      return [
        renamed.get(name) ?? name,
        { label: label.trim() === '' ? name : label, activities: plan.activities.map(toImpact) },
      ] as const;
    }),
  );
}

function setImpacts(
  before: ReadonlyMap<string, SetByHand>,
  after: ReadonlyMap<string, SetByHand>,
  types: ReadonlyMap<string, string>,
): readonly SetImpact[] {
  const names = new Set([...[...after.keys()].reverse(), ...before.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    const rows = match(was?.activities ?? [], is?.activities ?? [], types).toSorted(
      (a, b) => dayOf(a) - dayOf(b),
    );
    if (rows.every(({ kind }) => kind === 'stays')) return [];
    return [{ label: (is ?? was)?.label ?? name, rows }];
  });
}

const open = (definition: CaseTypeModel): Simulation => simulateOpening({ definition, startDate: SOME_DAY });
const dayOf = ({ before, after }: ImpactRow): number => (after ?? before)?.day ?? 0;
const rolesOf = ({ roles }: Simulation): readonly string[] => roles.map(({ role }) => role.name);

function toImpact({
  activityType,
  dateTime,
  status,
  subject,
  assignee,
}: SimulatedActivity | PlannedActivity): ImpactActivity {
  const millis = (text: string): number => Date.parse(`${toLocalDateTime(text).slice(0, 10)}T00:00:00Z`);
  return {
    activityType,
    day: Math.round((millis(dateTime) - millis(SOME_DAY)) / MILLIS_PER_DAY),
    status: status ?? UNKNOWN_STATUS_BECOMES,
    subject,
    assignee,
  };
}

/** Of one type, activities that stay go together first, then the others in their order. */
function match(
  before: readonly ImpactActivity[],
  after: readonly ImpactActivity[],
  renamed: ReadonlyMap<string, string>,
): readonly ImpactRow[] {
  const free = new Set(before);
  const typeOf = (one: ImpactActivity): string => renamed.get(one.activityType) ?? one.activityType;
  const taken = new Map<ImpactActivity, ImpactActivity>();
  for (const isNear of [
    (one: ImpactActivity, other: ImpactActivity) => differencesOf(one, other).length === 0,
    (one: ImpactActivity, other: ImpactActivity) => one.day === other.day,
    () => true,
  ]) {
    for (const other of after) {
      if (taken.has(other)) continue;
      const one = [...free].find(
        (candidate) => typeOf(candidate) === other.activityType && isNear(candidate, other),
      );
      if (one !== undefined && free.delete(one)) taken.set(other, one);
    }
  }
  return [
    ...after.map((other): ImpactRow => {
      const one = taken.get(other) ?? null;
      if (one === null) return { kind: 'comes', before: null, after: other, differences: [] };
      const differences = differencesOf(one, other);
      return { kind: differences.length === 0 ? 'stays' : 'changes', before: one, after: other, differences };
    }),
    ...[...free].map((one): ImpactRow => ({ kind: 'goes', before: one, after: null, differences: [] })),
  ];
}

function differencesOf(one: ImpactActivity, other: ImpactActivity): ImpactRow['differences'] {
  return (['day', 'status', 'assignee', 'subject'] as const).filter(
    (key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]),
  );
}
