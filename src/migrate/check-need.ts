import { AppError } from '../base/errors.ts';
import {
  activityTypeAsCoreMakes,
  dependenciesNamed,
  relationshipTypeAsCoreMakes,
} from './check-dependency.ts';
import { roleType, type Need } from './dependencies.ts';
import { keyOf, sortedBy, type Dependency, type GroupEntity } from './entity.ts';
import type { Note, Problem } from './plan.ts';
import { sourceName, type SourceSide } from './plan-source.ts';
import { formatContact } from './portable-definition.ts';
import type { Snapshot } from './snapshot.ts';

export interface Choice {
  readonly entity: Dependency | null;
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** What the target should hold for a need: the source's entity, else the target's own, else what core would make. */
export function wantedEntity(
  need: Exclude<Need, { kind: 'contact' }>,
  source: SourceSide,
  target: Snapshot,
): Choice {
  const { key } = need;
  const plain = (entity: Dependency | null, ...notes: readonly Note[]): Choice => ({
    entity,
    notes,
    problems: [],
  });
  if (need.kind === 'new-role') {
    const known = roleType(
      need.role,
      sortedBy(target.relationshipTypes, (type) => type.nameAB),
    );
    if (known !== null && [known.nameAB, known.nameBA].includes(need.role)) return plain(known);
    return plain(relationshipTypeAsCoreMakes(need.role), {
      kind: 'made-as-core-would',
      key,
      message: `${sourceName(source)} knows no relationship type for the role "${need.role}": one is made as CiviCRM itself would.`,
    });
  }
  const [own] = source.snapshot === null ? [] : dependenciesNamed(need.ref, source.snapshot);
  if (own !== undefined) return own.kind === 'group' && own.isSmart ? emptied(own, target) : plain(own);
  const [theirs] = dependenciesNamed(need.ref, target);
  if (theirs !== undefined) return plain(theirs);
  if (need.ref.kind === 'option-value' && need.ref.group === 'activity_type')
    return plain(activityTypeAsCoreMakes(need.ref.name), {
      kind: 'made-as-core-would',
      key,
      message: `${sourceName(source)} does not describe it: it is made as CiviCRM itself would.`,
    });
  const message = `It exists neither on "${target.site}" nor ${source.snapshot === null ? 'in the file' : 'at the source'} (needed by: ${need.reasons.join(', ')}).`;
  if (source.snapshot !== null)
    return plain(null, {
      kind: 'missing-at-source',
      key,
      message: `${message} CiviCRM ignores it on both alike.`,
    });
  const remedy = `Create it on "${target.site}", or plan from a site that has it: a file does not describe it.`;
  return { entity: null, notes: [], problems: [{ kind: 'unknown-here', key, message, remedy }] };
}

function emptied(group: GroupEntity, target: Snapshot): Choice {
  const exists = dependenciesNamed({ kind: 'group', name: group.name }, target).length > 0;
  const entity = { ...group, isSmart: false };
  const key = keyOf({ kind: 'group', name: group.name });
  const message = `${key} is filled by a saved search, which is not moved: the group is created empty.`;
  return { entity, notes: exists ? [] : [{ kind: 'membership-stays', key, message }], problems: [] };
}

/** Whether the target has exactly one contact of that key. */
export function contactProblems(
  need: Extract<Need, { kind: 'contact' }>,
  target: Snapshot,
): readonly Problem[] {
  const { key, contact } = need;
  const found = target.contacts.find((match) => formatContact(match.key) === key);
  // Forgetting to look is not the same as not finding.
  if (found === undefined)
    throw new AppError(
      'invalid-input',
      `The snapshot of "${target.site}" was taken without the contacts that ${need.reasons.join(', ')} names. ` +
        'Take it with those of contactKeysOf(source, caseType).',
    );
  if (found.matches === 1) return [];
  const where = `${contact.by === 'email' ? 'with the e-mail address' : 'with the external identifier'} of the ${need.reasons.join(', ')}`;
  if (found.matches === 0)
    return [
      {
        kind: 'contact-missing',
        key,
        message: `Site "${target.site}" has no contact ${where}.`,
        remedy: 'Create the contact there, or change the step.',
      },
    ];
  return [
    {
      kind: 'contact-ambiguous',
      key,
      message: `Site "${target.site}" has ${String(found.matches)} contacts ${where}.`,
      remedy: 'Give the contact an external identifier, the same on both sites.',
    },
  ];
}
