import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';
import { resolveRole, writeAssigneeRelationship } from './roles.ts';
import { SEED_RELATIONSHIP_TYPES } from './seed-names.ts';
import { OPEN_CASE } from './simulation/timeline.ts';

/** A step as someone answers for it. */
export interface NewStep {
  readonly activityType: string;
  /** Whole days after the case opens, or after the set is added to a case by hand. */
  readonly day: number;
  readonly to: NewStepOwner;
}

/**
 * Whom CiviCRM assigns. A role is told by the id of its relationship type, so only those that every CiviCRM has from
 * its installation can be meant.
 */
export type NewStepOwner =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'opener' }
  | { readonly kind: 'role'; readonly role: string };

/** What is asked of someone who wants a case type. */
export interface NewCaseType {
  readonly name: string;
  readonly title: string;
  /** The role of the case manager, as the relationship type names its holder. */
  readonly manager: string;
  readonly steps: readonly NewStep[];
  /** Names of case statuses. Open and Closed are added. */
  readonly statuses: readonly string[];
  /** What is still done once a case is closed: a timeline that is added by hand. */
  readonly afterClosing: readonly NewStep[];
  readonly language: 'en' | 'fr';
}

const LABELS = {
  en: { timeline: 'Standard timeline', closing: 'After closing' },
  fr: { timeline: 'Chronologie standard', closing: 'Après la clôture' },
} as const;

/** Activities that every case needs in its menu: CiviCRM's own names for them. */
const ALWAYS = ['Phone Call', 'Email', 'Change Case Status', 'Change Case Start Date'];

/** The definition that a few answers make: Open Case, a standard timeline, a manager, a status that closes. */
export function newDefinition(answers: NewCaseType): CaseTypeDefinition {
  const { steps, afterClosing, statuses, manager, title } = answers;
  const label = LABELS[answers.language];
  const opening: JsonObject = {
    name: 'standard_timeline',
    label: title === '' ? label.timeline : title,
    timeline: 1,
    activityTypes: [
      { name: OPEN_CASE, status: 'Completed' },
      ...steps.map((step) => toStep(step, OPEN_CASE)),
    ],
  };
  const closing: JsonObject = {
    name: 'timeline_after_closing',
    label: label.closing,
    timeline: 1,
    activityTypes: afterClosing.map((step) => toStep(step, null)),
  };
  const sets = afterClosing.length === 0 ? [opening] : [opening, closing];
  const types = new Set([...[...steps, ...afterClosing].map(({ activityType }) => activityType), ...ALWAYS]);
  types.delete(OPEN_CASE);
  return {
    forkable: 1,
    activityTypes: [{ name: OPEN_CASE, max_instances: '1' }, ...[...types].map((name) => ({ name }))],
    statuses: [...new Set(['Open', ...statuses.filter((status) => status !== 'Closed'), 'Closed'])],
    activitySets: sets,
    timelineActivityTypes: sets.flatMap(({ activityTypes }) => activityTypes as readonly JsonObject[]),
    caseRoles: [
      { name: manager, creator: '1', manager: '1' },
      ...[...rolesOf([...steps, ...afterClosing])]
        .filter((role) => role !== manager)
        .map((name) => ({ name })),
    ],
  };
}

const rolesOf = (steps: readonly NewStep[]): ReadonlySet<string> =>
  new Set(steps.flatMap(({ to }) => (to.kind === 'role' ? [to.role] : [])));

function toStep({ activityType, day, to }: NewStep, after: string | null): JsonObject {
  return {
    name: activityType,
    status: 'Scheduled',
    ...(after === null ? {} : { reference_activity: after }),
    reference_offset: String(day),
    ...(after === null ? {} : { reference_select: 'newest' }),
    ...assigneeLeaves(to),
  };
}

function assigneeLeaves(to: NewStepOwner): JsonObject {
  switch (to.kind) {
    case 'nobody':
      return {};
    case 'opener':
      return { default_assignee_type: '4' };
    case 'role': {
      const rule = roleAssignee(to.role);
      if (rule === null)
        throw new AppError(
          'invalid-input',
          `"${to.role}" cannot be assigned: its relationship type has another id on each site. Choose it in CiviCRM's case-type editor.`,
        );
      return { default_assignee_type: '2', default_assignee_relationship: rule };
    }
    default:
      return to satisfies never;
  }
}

/** The assignee rule for the holder of a role, or null unless every CiviCRM has the role from its installation. */
export function roleAssignee(role: string): string | null {
  const resolved = resolveRole(role, SEED_RELATIONSHIP_TYPES);
  if (resolved === null) return null;
  const { relationshipTypeId, holderSide: assigneeSide, clientSide } = resolved;
  return writeAssigneeRelationship({ relationshipTypeId, assigneeSide, clientSide });
}

/** What CiviCRM refuses in a case type's name, as the end of a sentence; null when it is good. */
export function caseTypeNameFault(name: string): string | null {
  if (name === '') return 'it is empty';
  if (!/^[A-Za-z0-9_]+$/.test(name))
    return 'CiviCRM allows only letters without accents, digits and underscores';
  if (name.length > 64) return `it has ${String(name.length)} characters, and CiviCRM stores 64`;
  // CiviCRM looks for files under the name without underscores and with capitals.
  return /[A-Za-z0-9]/.test(name) ? null : 'it needs a letter or a digit';
}

/** A name for a title: `Aide à domicile` becomes `aide_a_domicile`. */
export const suggestName = (title: string): string =>
  title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64);
