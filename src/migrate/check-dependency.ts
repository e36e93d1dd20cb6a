import { oncePer } from '../base/once-per.ts';
import { checkDifferences, type Finding } from './check-differences.ts';
import { NO_DECISIONS, type Decisions } from './decisions.ts';
import {
  entityKey,
  fieldsOf,
  keyOf,
  nameOf,
  refOf,
  type Dependency,
  type EntityKey,
  type OptionValueEntity,
  type RelationshipTypeEntity,
} from './entity.ts';
import { kindOf, OPTION_KINDS } from './kinds/index.ts';
import type { Problem, Work } from './plan.ts';
import type { Reason } from './reasons.ts';
import { RENAMED_KINDS } from './renames.ts';
import { entitiesNamed, entitiesOf, sameName, type Snapshot } from './snapshot.ts';

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
      message: `Site "${target.site}" has ${String(held.length)} of that name.`,
      remedy: 'Rename or delete all but one there: CiviCRM looks them up by name.',
    });
  if (only === undefined) return checkMissing(wanted, key, target, reasons, coming);
  const other = relationshipTypeClash(wanted, only);
  if (other !== null) return blocked(other);
  return checkDifferences(wanted, only, target, reasons, decisions);
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
  const change: Work = { kind: 'create', entity: wanted, reasons };
  return { works: [change], notes: [], problems: [] };
}

/** Something on the target that has nearly the name, or shows it to people. */
function nameClash(wanted: Dependency, key: EntityKey, target: Snapshot): Problem | null {
  const texts = textsOf(wanted);
  const spoken = bySpokenText(target.entities);
  const alike = new Set(
    [...texts.names, ...texts.labels].flatMap((text) => spoken.get(spokenKey(wanted, text)) ?? []),
  );
  if (alike.size === 0) return null;
  for (const candidate of entitiesOf(target, wanted.kind).filter((one) => alike.has(one))) {
    const others = textsOf(candidate);
    const name = others.names.find((other) => texts.names.some((text) => sameName(text, other)));
    if (name !== undefined && !texts.names.includes(name))
      return {
        kind: 'name-differs-by-case',
        key,
        message: `Site "${target.site}" has "${name}" instead: CiviCRM tells them apart, its database does not.`,
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
        remedy: RENAMED_KINDS.includes(wanted.kind)
          ? `If it means the same: --rename "${entityKey(candidate)}=${nameOf(wanted)}"; if not, change its label there.`
          : `If it means the same, give it that name on "${target.site}"; if not, change its label there.`,
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
      message: `It belongs to the component ${wanted.component}, which is not enabled on "${target.site}".`,
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
    message: `It is for contacts of type "${missing}", which "${target.site}" does not have.`,
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

const spokenKey = ({ kind }: Dependency, text: string): string => `${kind}:${text.toLowerCase()}`;

/** By kind and any text that people or the database know it by, in any case. */
const bySpokenText = oncePer(
  (entities: readonly Dependency[]): ReadonlyMap<string, readonly Dependency[]> => {
    const byText = new Map<string, Dependency[]>();
    for (const entity of entities) {
      const { names, labels } = textsOf(entity);
      for (const key of new Set([...names, ...labels].map((text) => spokenKey(entity, text)))) {
        const same = byText.get(key);
        if (same === undefined) byText.set(key, [entity]);
        else same.push(entity);
      }
    }
    return byText;
  },
);

const isOption = (entity: Dependency): entity is OptionValueEntity =>
  OPTION_KINDS.some((kind) => kind === entity.kind);

const blocked = (problem: Problem): Finding => ({ works: [], notes: [], problems: [problem] });
