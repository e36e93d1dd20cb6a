import type { JsonObject } from '../base/json.ts';
import {
  comparable,
  entityKey,
  fieldsOf,
  isActive,
  keyOf,
  nameOf,
  refOf,
  type Dependency,
  type EntityKey,
  type OptionValueEntity,
  type RelationshipTypeEntity,
} from './entity.ts';
import { kindOf, OPTION_KINDS } from './kinds/index.ts';
import type { Change, Note, Problem } from './plan.ts';
import type { Reason } from './reasons.ts';
import { entitiesNamed, entitiesOf, sameName, type Snapshot } from './snapshot.ts';
import { compareFields } from './three-way.ts';

/** What is known of the last apply, and what somebody decided. */
export interface Decisions {
  /** What was given to the target by the last apply, by key. */
  readonly base: Readonly<Record<EntityKey, JsonObject>>;
  /** Keys of what the source's value counts for in a conflict, and of what stays as the target has it. */
  readonly taken: ReadonlySet<EntityKey>;
  readonly kept: ReadonlySet<EntityKey>;
  /** What the source's labels are in; null: not known, and taken for the target's. */
  readonly language: string | null;
}

export const NO_DECISIONS: Decisions = { base: {}, taken: new Set(), kept: new Set(), language: null };

/** What one dependency adds to a plan. */
export interface Finding {
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/**
 * Compares one entity that a case type needs with what the target holds.
 *
 * @param wanted as the source has it, or as core would make it.
 * @param coming what the source describes and the target gets, if it lacks it.
 */
export function checkDependency(
  wanted: Dependency,
  target: Snapshot,
  reasons: readonly Reason[],
  coming: ReadonlySet<EntityKey> = new Set(),
  decisions: Decisions = NO_DECISIONS,
): Finding {
  const key = entityKey(wanted);
  const held = entitiesNamed(refOf(wanted), target);
  const [only] = held;
  if (held.length > 1)
    return blocked({
      kind: 'duplicate-name',
      key,
      message: `Site "${target.site}" has ${String(held.length)} of ${key}.`,
      remedy: 'Rename or delete all but one there: CiviCRM looks them up by name.',
    });
  if (only === undefined) return checkMissing(wanted, key, target, reasons, coming);
  const other = relationshipTypeClash(wanted, only);
  if (other !== null) return blocked(other);
  return checkDifferences(wanted, only, target, reasons, decisions);
}

/** What becomes of what both sides have and hold otherwise. */
function checkDifferences(
  wanted: Dependency,
  held: Dependency,
  target: Snapshot,
  reasons: readonly Reason[],
  { base, taken, kept, language }: Decisions,
): Finding {
  const key = entityKey(held);
  const [source, before] = [comparable(wanted), comparable(held)];
  const verdicts = compareFields(base[key] ?? null, source, before);
  const notes: Note[] = [];
  const conflicts: string[] = [];
  const moving: string[] = [];
  const { fields: known, meaning = [], labels } = kindOf(held.kind);
  const isTranslated =
    language !== null && target.features.language !== null && language !== target.features.language;
  const whose = kept.has(key) ? 'by your choice' : staysBecause(held, target);
  for (const [field, verdict] of verdicts) {
    const isFixed = known.some(({ name, isFixed: fixed }) => name === field && fixed === true);
    if (isFixed) continue;
    const [here, there] = [source[field], before[field]].map((value) => JSON.stringify(value ?? null));
    const stays = (why: string): string =>
      `${field} is ${String(here)} at the source and stays ${String(there)} on "${target.site}"${why === '' ? '' : `: ${why}`}.`;
    if (field === 'isActive' && !kept.has(key)) {
      // Nothing that the target uses is switched off by a move.
      if (isActive(wanted)) moving.push(field);
      else notes.push({ kind: 'differs', key, message: stays('') });
    } else if (whose !== null) notes.push({ kind: 'differs', key, message: stays(whose) });
    else if (isTranslated && [...labels, 'description'].includes(field))
      notes.push({ kind: 'differs', key, message: stays('the two sites speak different languages') });
    else if (meaning.includes(field)) notes.push({ kind: 'differs', key, message: stays('') });
    else if (verdict === 'moves' || taken.has(key)) moving.push(field);
    else if (verdict === 'stays')
      notes.push({
        kind: 'edited-at-target',
        key,
        message: stays('it was changed there since the last apply'),
      });
    else
      conflicts.push(
        `${field} was ${JSON.stringify(base[key]?.[field] ?? null)} when it was last applied, is ${String(here)} at the source and ${String(there)} on "${target.site}"`,
      );
  }
  if (conflicts.length > 0)
    return {
      changes: [],
      notes,
      problems: [
        {
          kind: 'conflict',
          key,
          message: `Both sides changed it: ${conflicts.join('; ')}.`,
          remedy: `Decide: --take "${key}" for the source's, --keep "${key}" for the target's.`,
        },
      ],
    };
  if (!isActive(wanted) && !isActive(held))
    notes.push({
      kind: 'disabled-at-source',
      key,
      message: `${key} is disabled on both sides and stays so.`,
    });
  if (moving.length === 0) return { changes: [], notes, problems: [] };
  const fields = [...moving].sort();
  const after = { ...before, ...Object.fromEntries(fields.map((field) => [field, source[field] ?? null])) };
  return {
    changes: [{ kind: 'update', ref: refOf(held), fields, before, after, reasons }],
    notes,
    problems: [],
  };
}

/** Why a move leaves the target's words and settings of it alone; null: it does not. */
function staysBecause(held: Dependency, target: Snapshot): string | null {
  if (fieldsOf(held)['isReserved'] === true) return 'CiviCRM needs it as it is';
  const extension = target.managed[entityKey(held)];
  return extension === undefined || extension === 'civicrm'
    ? null
    : `the extension ${extension} looks after it`;
}

function checkMissing(
  wanted: Dependency,
  key: EntityKey,
  target: Snapshot,
  reasons: readonly Reason[],
  coming: ReadonlySet<EntityKey>,
): Finding {
  const problem = nameClash(wanted, key, target) ?? missingGround(wanted, key, target, coming);
  if (problem !== null) return blocked(problem);
  const change: Change = { kind: 'create', entity: wanted, reasons };
  return { changes: [change], notes: [], problems: [] };
}

/** Something on the target that has nearly the name, or shows it to people. */
function nameClash(wanted: Dependency, key: EntityKey, target: Snapshot): Problem | null {
  const texts = textsOf(wanted);
  for (const candidate of entitiesOf(target, wanted.kind)) {
    const others = textsOf(candidate);
    const name = others.names.find((other) => texts.names.some((text) => sameName(text, other)));
    if (name !== undefined && !texts.names.includes(name))
      return {
        kind: 'name-differs-by-case',
        key,
        message: `Site "${target.site}" has "${name}" instead of ${key}: CiviCRM tells them apart, its database does not.`,
        remedy: `Give one of the two sites' entries the other's name.`,
      };
    if (name !== undefined && candidate.kind === 'relationship_type') return typeClash(key, candidate);
    const { unique = [], labels: shownFields } = kindOf(wanted.kind);
    const shown = unique.some((field) => shownFields.includes(field))
      ? [...texts.names, ...texts.labels]
      : texts.names;
    const label = others.labels.find((other) => shown.some((text) => sameName(text, other)));
    if (label !== undefined)
      return {
        kind: 'label-only',
        key,
        message: `Site "${target.site}" shows "${label}", but its name there is "${others.names.join('" / "')}".`,
        remedy: `If it means the same, give it that name on "${target.site}"; if not, change its label there.`,
      };
  }
  return null;
}

function relationshipTypeClash(wanted: Dependency, held: Dependency): Problem | null {
  if (wanted.kind !== 'relationship_type' || held.kind !== 'relationship_type') return null;
  return held.nameBA === wanted.nameBA ? null : typeClash(entityKey(wanted), held);
}

const typeClash = (key: EntityKey, held: RelationshipTypeEntity): Problem => ({
  kind: 'relationship-type-differs',
  key,
  message: `The target's relationship type with that name is "${held.nameAB}" / "${held.nameBA}": another pair.`,
  remedy: 'Give the relationship type the same pair of names on both sites.',
});

/** What the entity stands on and the target lacks: CiviCRM would store NULL, or a dangling name, without a word. */
function missingGround(
  wanted: Dependency,
  key: EntityKey,
  target: Snapshot,
  coming: ReadonlySet<EntityKey>,
): Problem | null {
  if (wanted.kind === 'activity_default_assignee')
    return {
      kind: 'unknown-here',
      key,
      message: `Site "${target.site}" has no rule "${wanted.name}" for default assignees.`,
      remedy: 'It belongs to CiviCRM itself or to an extension: update or install that there.',
    };
  if (isOption(wanted) && wanted.component !== null && !target.features.components.includes(wanted.component))
    return {
      kind: 'component-disabled',
      key,
      message: `${key} belongs to the component ${wanted.component}, which is not enabled on "${target.site}".`,
      remedy: `Enable ${wanted.component} there.`,
    };
  if (wanted.kind !== 'relationship_type') return null;
  const types = [wanted.contactTypeA, wanted.contactTypeB, wanted.contactSubTypeA, wanted.contactSubTypeB];
  const missing = types.find(
    (type) =>
      type !== null &&
      !target.features.contactTypes.includes(type) &&
      !coming.has(keyOf({ kind: 'contact_type', name: type })),
  );
  if (missing === undefined || missing === null) return null;
  return {
    kind: 'contact-type-missing',
    key,
    message: `${key} is for contacts of type "${missing}", which "${target.site}" does not have.`,
    remedy: `Create the contact type there.`,
  };
}

function textsOf(entity: Dependency): { names: readonly string[]; labels: readonly string[] } {
  const fields = fieldsOf(entity);
  const { key, unique = [], labels } = kindOf(entity.kind);
  const texts = (names: readonly string[]) =>
    names
      .map((name) => fields[name])
      .filter((text): text is string => typeof text === 'string' && text !== '');
  const own = key.length > 1 ? [nameOf(entity)] : texts(key);
  return {
    names: [...own, ...texts(unique.filter((name) => !labels.includes(name)))],
    labels: texts(labels),
  };
}

const isOption = (entity: Dependency): entity is OptionValueEntity =>
  OPTION_KINDS.some((kind) => kind === entity.kind);

const blocked = (problem: Problem): Finding => ({ changes: [], notes: [], problems: [problem] });

/** As core's reconciliation makes it when a definition names an unknown activity type (CRM/Case/ManagedEntities.php). */
export const activityTypeAsCoreMakes = (name: string): OptionValueEntity => ({
  kind: 'activity_type',
  name,
  label: name,
  description: name,
  component: 'CiviCase',
  icon: null,
  color: null,
  grouping: null,
  filter: 0,
  isActive: true,
  isReserved: false,
  weight: 0,
});

/** As core's reconciliation makes it for an unknown role: the client is contact A, of any type. */
export const relationshipTypeAsCoreMakes = (role: string): RelationshipTypeEntity => ({
  kind: 'relationship_type',
  nameAB: `${role} is`,
  nameBA: role,
  labelAB: `${role} is`,
  labelBA: role,
  description: role,
  contactTypeA: null,
  contactTypeB: null,
  contactSubTypeA: null,
  contactSubTypeB: null,
  isActive: true,
  isReserved: false,
});
