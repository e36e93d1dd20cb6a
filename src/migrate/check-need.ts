import { AppError } from '../base/errors.ts';
import { activityTypeAsCoreMakes, relationshipTypeAsCoreMakes } from './as-core-makes.ts';
import { roleType, type Need } from './dependencies.ts';
import { entityKey, keyOf, sortedBy, type Dependency, type GroupEntity } from './entity.ts';
import type { Note, Problem } from './plan.ts';
import { sourceName, type SourceSide } from './plan-source.ts';
import { ownFields, withoutForeignIds } from './foreign-ids.ts';
import { formatContact } from './portable-definition.ts';
import { kindOf } from './kinds/index.ts';
import { reasonText } from './reasons.ts';
import { unreadText } from './unread-kinds.ts';
import { entitiesNamed, relationshipTypesOf, type Snapshot } from './snapshot.ts';

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
      sortedBy(relationshipTypesOf(target), (type) => type.nameAB),
    );
    if (known !== null && [known.nameAB, known.nameBA].includes(need.role)) return plain(known);
    return plain(relationshipTypeAsCoreMakes(need.role), {
      kind: 'made-as-core-would',
      key,
      message: `${sourceName(source)} knows no relationship type for the role "${need.role}": one is made as CiviCRM itself would.`,
    });
  }
  const [own] = source.snapshot === null ? [] : entitiesNamed(need.ref, source.snapshot);
  const [theirs] = entitiesNamed(need.ref, target);
  if (own?.kind === 'group' && own.isSmart) return emptied(own, target);
  if (own !== undefined) return plain(withoutForeignIds(own, theirs), ...foreignNotes(own));
  if (theirs !== undefined) return plain(theirs);
  if (need.ref.kind === 'activity_type')
    return plain(activityTypeAsCoreMakes(need.ref.name), {
      kind: 'made-as-core-would',
      key,
      message: `${sourceName(source)} does not describe it: it is made as CiviCRM itself would.`,
    });
  const message = `It exists neither on "${target.site}" nor ${source.snapshot === null ? 'in the file' : 'at the source'} (needed by: ${need.reasons.map((reason) => reasonText(reason)).join(', ')}).`;
  if (source.snapshot !== null)
    return plain(null, {
      kind: 'missing-at-source',
      key,
      message: `${message} CiviCRM ignores it on both alike.`,
    });
  const remedy = `Create it on "${target.site}", or plan from a site that has it: a file does not describe it.`;
  return { entity: null, notes: [], problems: [{ kind: 'unknown-here', key, message, remedy }] };
}

const foreignNotes = (entity: Dependency): readonly Note[] =>
  [...new Set(ownFields(entity).map(({ message }) => message))].map((message) => ({
    kind: 'dropped',
    key: entityKey(entity),
    message,
  }));

/** What the target does not show cannot be compared, and perhaps not be made either. */
export function unreadHere(
  { ref, key, reasons }: Extract<Need, { kind: 'entity' }>,
  target: Snapshot,
): Problem | null {
  const unread = target.unread.find(({ kind }) => kind === ref.kind);
  if (unread === undefined) return null;
  const entity = kindOf(ref.kind).api;
  const message = `Whether "${target.site}" has it cannot be told (needed by: ${reasons.map((reason) => reasonText(reason)).join(', ')}).`;
  return {
    kind: 'unread-here',
    key,
    message,
    remedy:
      unread.reason === 'forbidden'
        ? `Give the key the permission to read ${entity} there.`
        : `Its CiviCRM did not answer ${entity}.get: update it there, or leave what needs it out at the source.`,
  };
}

/** What the source does not show is not moved, whether the case type needs it or not. */
export const unreadNotes = (source: SourceSide): readonly Note[] => [
  ...(source.snapshot?.unread ?? []).map((unread): Note => ({
    kind: 'unread-at-source',
    key: `${unread.kind}:`,
    message: unreadText(unread, source.site ?? ''),
  })),
  ...(source.snapshot?.notRead ?? []).map((message): Note => ({
    kind: 'unread-at-source',
    key: entityKey(source.caseType),
    message,
  })),
];

/** Of what an extension looks after at the source, a copy is made: updates of the extension do not reach it. */
export function shippedNotes({ key }: Need, source: SourceSide): readonly Note[] {
  const extension = source.snapshot?.managed[key];
  if (extension === undefined || extension === 'civicrm') return [];
  const message = `At the source it belongs to the extension ${extension}: better install that than move a copy.`;
  return [{ kind: 'managed-at-source', key, message }];
}

/** A custom group may concern case types that are not moved with it. */
export function withKnownCaseTypes(
  entity: Dependency,
  moved: readonly string[],
  target: Snapshot,
): { readonly entity: Dependency; readonly notes: readonly Note[] } {
  if (entity.kind !== 'custom_group' || entity['extends'] !== 'Case' || !Array.isArray(entity['of']))
    return { entity, notes: [] };
  const names = entity['of'] as readonly string[];
  const known = names.filter((name) => moved.includes(name) || target.caseTypeNames.includes(name));
  if (known.length === names.length) return { entity, notes: [] };
  const left = names.filter((name) => !known.includes(name)).join('", "');
  const message = `It concerns "${left}" too, which "${target.site}" does not have.`;
  return { entity: { ...entity, of: known }, notes: [{ kind: 'dropped', key: entityKey(entity), message }] };
}

function emptied(group: GroupEntity, target: Snapshot): Choice {
  const exists = entitiesNamed({ kind: 'group', name: group.name }, target).length > 0;
  const entity = { ...group, isSmart: false };
  const key = keyOf({ kind: 'group', name: group.name });
  const message = `It is filled by a saved search, which is not moved: the group is created empty.`;
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
      `The snapshot of "${target.site}" was taken without the contacts that ${need.reasons.map((reason) => reasonText(reason)).join(', ')} names. ` +
        'Take it with those of contactKeysOf(source, caseType).',
    );
  if (found.matches === 1) return [];
  const where = `${contact.by === 'email' ? 'with the e-mail address' : 'with the external identifier'} of the ${need.reasons.map((reason) => reasonText(reason)).join(', ')}`;
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
