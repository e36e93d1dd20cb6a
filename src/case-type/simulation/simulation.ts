import type { CaseTypeDefinition } from '../definition.ts';
import { toLocalDateTime, type LocalDateTime } from '../local-date-time.ts';
import { toCaseTypeModel, type ActivityStep, type CaseTypeModel } from '../model.ts';
import { resolveRole, type RelationshipTypeNames, type ResolvedRole } from '../roles.ts';
import { SEED_ACTIVITY_STATUSES, SEED_RELATIONSHIP_TYPES } from '../seed-names.ts';
import { nextSequenceStep } from './sequence.ts';
import {
  assigneeRule,
  badAssigneeId,
  planActivitySet,
  standardTimeline,
  type ExistingActivity,
  type PlannedActivity,
  type ReferenceLookup,
  type SkippedStep,
  type StepPosition,
} from './timeline.ts';

/** What a certain site has; what is absent is taken as a fresh CiviCRM has it. */
export interface SiteKnowledge {
  /** Enabled activity types. Absent: all that the definition mentions, since saving it creates them. */
  readonly activityTypes?: ReadonlySet<string>;
  /** Activity types that are switched off, which only a sequence still makes. */
  readonly disabledActivityTypes?: ReadonlySet<string>;
  readonly activityStatuses?: ReadonlySet<string>;
  /** Those of them that count as done (`filter` 1). Absent: Completed alone. */
  readonly completedStatuses?: ReadonlySet<string>;
  /** Absent: the seed types, and for other roles the type that saving the definition creates. */
  readonly relationshipTypes?: readonly RelationshipTypeNames[];
}

export interface SimulationInput {
  readonly definition: CaseTypeDefinition | CaseTypeModel;
  /** `2026-03-01` or `2026-03-01 09:30:00`. */
  readonly startDate: string;
  /** The moment of the opening, which dates the first step of a sequence; default: the start of the case. */
  readonly now?: LocalDateTime;
  /** The case's subject; default `Case {start date}`. */
  readonly subject?: string;
  readonly site?: SiteKnowledge;
  readonly clientId?: number;
  readonly creatorId?: number;
  readonly referenceLookup?: ReferenceLookup;
  /** What the site's clock makes of a time that its zone may skip; absent, a zone without daylight saving. */
  readonly settle?: (dateTime: LocalDateTime) => LocalDateTime;
}

export interface SimulatedActivity extends Omit<PlannedActivity, 'stepIndex'> {
  readonly at: StepPosition;
  /** What CiviCRM stores. */
  readonly status: string;
  /** The step's status when the site does not know it. */
  readonly unknownStatus: string | null;
  /** A step of a sequence is created before the case has a client. */
  readonly hasTarget: boolean;
}

export interface SkippedActivity extends Omit<SkippedStep, 'stepIndex'> {
  readonly at: StepPosition;
}

export interface SimulatedRole {
  readonly relationshipType: RelationshipTypeNames;
  readonly role: ResolvedRole;
}

export interface Simulation {
  readonly startDate: string;
  readonly subject: string;
  readonly clientId: number;
  readonly creatorId: number;
  /** In the order of their creation. */
  readonly activities: readonly SimulatedActivity[];
  /** Steps that CiviCRM passes over without a word. */
  readonly skipped: readonly SkippedActivity[];
  /** The roles that whoever opens the case gets. */
  readonly roles: readonly SimulatedRole[];
  /** Why the site would stop with an error after what is listed; null when it would not. */
  readonly failure: string | null;
}

/** The status that CiviCRM gives a dated activity whose status is unknown. */
export const UNKNOWN_STATUS_BECOMES = 'Completed';

/**
 * What opening a case through APIv4 creates: the first step of a sequence, the creator's roles, then the
 * standard timeline. A missing role or activity type stops it half-way, and the case stays.
 *
 * Source: CRM/Case/XMLProcessor/Process.php, run; Civi/CCase/SequenceListener.php, as of CiviCRM 6.20.
 * @throws AppError invalid-input when the start date is no date
 */
export function simulateOpening(input: SimulationInput): Simulation {
  const model = toModel(input.definition);
  const given = toLocalDateTime(input.startDate);
  const start = input.settle?.(given) ?? given;
  const subject = input.subject ?? `Case ${start.slice(0, 10)}`;
  const opening = { startDate: start.slice(0, 10), subject, clientId: input.clientId ?? 3 };
  const header = { ...opening, creatorId: input.creatorId ?? 2 };

  const sequence = sequenceStart(model, input.now ?? start, input.site);
  const stopsAt = (
    activities: readonly SimulatedActivity[],
    roles: readonly SimulatedRole[],
    why: string | null,
    skipped: readonly SkippedActivity[] = [],
  ): Simulation => ({ ...header, activities, skipped, roles, failure: why });
  if (sequence.refusal !== null) return stopsAt([], [], sequence.refusal);

  const { roles, unknownRole } = creatorRoles(model, input.site);
  if (unknownRole !== undefined) {
    return stopsAt(
      sequence.activities,
      roles,
      `The site has no relationship type for the role "${unknownRole}": create it, or correct the role's name.`,
    );
  }

  const set = standardTimeline(model.activitySets);
  const setIndex = set === undefined ? -1 : model.activitySets.indexOf(set);
  const steps = set?.steps ?? [];
  const refusals = steps.map((step) => refusalOf(step, input.site));
  const made = steps.slice(0, [...refusals.map((why) => why !== null), true].indexOf(true));
  const plan = planActivitySet({
    steps: made,
    activityTypes: model.activityTypes,
    existing: sequence.activities.map(toExisting),
    start,
    subject,
    activityStatuses: input.site?.activityStatuses ?? SEED_ACTIVITY_STATUSES,
    ...(input.referenceLookup === undefined ? {} : { referenceLookup: input.referenceLookup }),
    ...(input.settle === undefined ? {} : { settle: input.settle }),
  });
  const planned = plan.activities.map(({ stepIndex, ...activity }) => ({
    ...activity,
    at: { setIndex, stepIndex },
    status: activity.status ?? UNKNOWN_STATUS_BECOMES,
    unknownStatus: activity.status === null ? (steps[stepIndex]?.status ?? null) : null,
    hasTarget: true,
  }));
  const skipped = plan.skipped.map(({ stepIndex, ...step }) => ({ ...step, at: { setIndex, stepIndex } }));
  const why = refusals[made.length] ?? null;
  return stopsAt([...sequence.activities, ...planned], roles, why, skipped);
}

const isModel = (value: CaseTypeDefinition | CaseTypeModel): value is CaseTypeModel =>
  'assigneeGroups' in value;
const toModel = (value: CaseTypeDefinition | CaseTypeModel): CaseTypeModel =>
  isModel(value) ? value : toCaseTypeModel(value);

// APIv4 has no outer transaction, so the listener runs as soon as the case row is there.
function sequenceStart(model: CaseTypeModel, now: LocalDateTime, site: SiteKnowledge | undefined) {
  const next = nextSequenceStep(model.activitySets, []);
  if (next.kind !== 'create') return { activities: [], refusal: null };
  const { activityType } = next.step;
  const isOnSite = site?.disabledActivityTypes?.has(activityType) ?? false;
  if (!isOnSite && !hasActivityType(activityType, site))
    return { activities: [], refusal: missingActivityType(activityType) };
  const activity: SimulatedActivity = {
    at: { setIndex: model.activitySets.findIndex((set) => set.isSequence), stepIndex: 0 },
    activityType,
    status: 'Scheduled',
    unknownStatus: null,
    dateTime: now,
    isAuto: false,
    subject: null,
    weight: null,
    assignee: { kind: 'nobody' },
    reason: { kind: 'sequence', after: null },
    hasTarget: false,
  };
  return { activities: [activity], refusal: null };
}

function creatorRoles(model: CaseTypeModel, site: SiteKnowledge | undefined) {
  const roles: SimulatedRole[] = [];
  for (const { name } of model.caseRoles.filter((role) => role.isCreator)) {
    const types = site?.relationshipTypes ?? seedTypesAnd(name);
    const role = resolveRole(name, types);
    if (role === null) return { roles, unknownRole: name };
    const relationshipType = types.findLast((type) => type.id === role.relationshipTypeId);
    const isNew = roles.every((one) => one.role.key !== role.key);
    if (relationshipType !== undefined && isNew) roles.push({ relationshipType, role });
  }
  return { roles };
}

// Saving a definition creates what it lacks with the client as contact A.
function seedTypesAnd(name: string): readonly RelationshipTypeNames[] {
  if (resolveRole(name, SEED_RELATIONSHIP_TYPES) !== null) return SEED_RELATIONSHIP_TYPES;
  const nameAB = `${name} is`;
  return [{ id: 0, nameAB, nameBA: name, labelAB: nameAB, labelBA: name }];
}

export const hasActivityType = (name: string, site: SiteKnowledge | undefined): boolean =>
  site?.activityTypes?.has(name) ?? name !== '';

export const missingActivityType = (name: string): string =>
  `The site has no enabled activity type "${name}": create or enable it, or correct the step's name.`;

/** Why CiviCRM stops at a step, limit or not; null when it does not. */
function refusalOf(step: ActivityStep, site: SiteKnowledge | undefined): string | null {
  const { activityType } = step;
  if (!hasActivityType(activityType, site)) return missingActivityType(activityType);
  const badId = badAssigneeId(step);
  if (badId !== null)
    return `The default assignee of the step "${activityType}" names "${badId}", which is no id: write a number.`;
  const rule = assigneeRule(step);
  const { relationshipTypes } = site ?? {};
  if (rule.kind === 'relationship' && relationshipTypes?.every(({ id }) => id !== rule.relationshipTypeId))
    return `The step "${activityType}" is for the holder of a role of relationship type ${String(rule.relationshipTypeId)}, which the site lacks: write the id of one that it has.`;
  return null;
}

const toExisting = (activity: SimulatedActivity, index: number): ExistingActivity => ({
  id: index + 1,
  activityType: activity.activityType,
  dateTime: activity.dateTime,
  isDeleted: false,
});
