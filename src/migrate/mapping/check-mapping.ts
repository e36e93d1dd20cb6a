import { nameHint } from '../../base/nearest-name.ts';
import { entityKey, isActive, kindOfKey, nameOf, type Dependency, type DependencyKind } from '../entity.ts';
import { kindOf } from '../kinds/index.ts';
import { parseContact } from '../portable-definition.ts';
import { entitiesOf, relationshipTypesOf, type Snapshot } from '../snapshot.ts';
import { matches, namesOfKind } from './map-source.ts';
import { MAPPED_KINDS, type MappedKind, type Mapping, type MappingFault } from './mapping.ts';

/** Everything in a mapping that means nothing on these two sites. `source` null: a file, whose names are not known. */
export function checkMapping(
  mapping: Mapping,
  source: Snapshot | null,
  target: Snapshot,
): readonly MappingFault[] {
  return [
    ...MAPPED_KINDS.flatMap((kind) => nameFaults(mapping, kind, source, target)),
    ...contactFaults(mapping),
    ...(source === null ? [] : skipFaults(mapping, source)),
    ...fieldFaults(mapping),
  ];
}

function nameFaults(
  mapping: Mapping,
  kind: MappedKind,
  source: Snapshot | null,
  target: Snapshot,
): readonly MappingFault[] {
  const ours = source === null ? null : namesIn(source, kind);
  const theirs = namesIn(target, kind);
  const words = kindOf(kind).words.en;
  const taken = new Map<string, string>();
  return Object.entries(namesOfKind(mapping, kind)).flatMap(([from, to]): MappingFault[] => {
    const path = ['names', kind, from];
    const earlier = taken.get(to);
    taken.set(to, from);
    if (ours !== null && !ours.includes(from))
      return [
        { path, message: `${siteOf(source)} has no ${words} named ${quoted(from)}. ${nameHint(from, ours)}` },
      ];
    if (!theirs.includes(to))
      return [
        {
          path,
          message:
            `"${target.site}" has no ${words} named ${quoted(to)}. ${nameHint(to, theirs)} ` +
            'A mapping names what is there already; leave the line out and the source’s name is created.',
        },
      ];
    if (earlier !== undefined)
      return [
        {
          path,
          message: `${quoted(earlier)} is ${quoted(to)} on "${target.site}" already: two cannot become one.`,
        },
      ];
    // Another of the source that keeps the name would collide with this one.
    if (ours?.includes(to) === true && namesOfKind(mapping, kind)[to] === undefined && from !== to)
      return [
        {
          path,
          message: `${siteOf(source)} has the ${words} ${quoted(to)} too: two cannot become one. Give that one a line of its own.`,
        },
      ];
    const held = entitiesOf(target, kind).find((entity) => namesOf(entity).includes(to));
    return held === undefined || isActive(held)
      ? []
      : [{ path, message: `The ${words} ${quoted(to)} is disabled on "${target.site}". Enable it there.` }];
  });
}

function contactFaults({ contacts, defaults }: Mapping): readonly MappingFault[] {
  const isContact = (text: string): boolean => parseContact(`contact:${text}`) !== null;
  const form = 'expected "external_identifier:…" or "email:…"';
  const pairs = Object.entries(contacts).flatMap(([from, to]) =>
    [from, to]
      .filter((text) => !isContact(text))
      .map(() => ({ path: ['contacts', from], message: `${form} on both sides` })),
  );
  const { contact } = defaults;
  return contact === null || isContact(contact)
    ? pairs
    : [...pairs, { path: ['defaults', 'contact'], message: form }];
}

function skipFaults({ skip }: Mapping, source: Snapshot): readonly MappingFault[] {
  const keys = source.entities.map(entityKey);
  return skip.flatMap((pattern, index) => {
    if (keys.some((key) => matches(pattern, key))) return [];
    const ofKind = keys.filter((key) => kindOfKey(key) === kindOfKey(pattern));
    const known = ofKind.length === 0 ? [...new Set(keys.map((key) => `${kindOfKey(key)}:*`))] : ofKind;
    return [
      {
        path: ['skip', String(index)],
        message: `${siteOf(source)} has nothing that ${quoted(pattern)} names. ${nameHint(pattern, known)}`,
      },
    ];
  });
}

function fieldFaults({ defaults }: Mapping): readonly MappingFault[] {
  return Object.entries(defaults.fields).flatMap(([kind, fields]) => {
    const known = kindOf(kind as DependencyKind)
      .fields.filter(({ isOwn, type }) => isOwn !== true && type === 'text')
      .map(({ name }) => name);
    return Object.keys(fields)
      .filter((field) => !known.includes(field))
      .map((field) => ({
        path: ['defaults', 'fields', kind, field],
        message: `nothing of this kind has a field ${quoted(field)} that may be empty. ${nameHint(field, known)}`,
      }));
  });
}

const namesIn = (snapshot: Snapshot, kind: MappedKind): readonly string[] =>
  (kind === 'relationship_type' ? relationshipTypesOf(snapshot) : entitiesOf(snapshot, kind)).flatMap(
    (entity) => namesOf(entity as Dependency),
  );

const namesOf = (entity: Dependency): readonly string[] =>
  entity.kind === 'relationship_type' ? [entity.nameAB, entity.nameBA] : [nameOf(entity)];

const siteOf = (source: Snapshot | null): string => `"${source?.site ?? ''}"`;

const quoted = (text: string): string => `"${text}"`;
