import { closureOf } from './closure.ts';
import { comparable, entityKey, kindOfKey, type EntityKey } from './entity.ts';
import { caseTypeOf, entitiesByKey, type Snapshot } from './snapshot.ts';

/** Something that a case type names and its own site lacks, or has switched off. */
export interface Lack {
  readonly key: EntityKey;
  readonly kind: 'missing' | 'disabled';
}

/**
 * What would keep cases of that type from being as its definition says, by what the site holds of it.
 *
 * @throws AppError `not-found` when the site has no such case type.
 */
export function lacksOf(name: string, snapshot: Snapshot): readonly Lack[] {
  const caseType = caseTypeOf(snapshot, name);
  const unread = new Set<string>(snapshot.unread.map(({ kind }) => kind));
  const byKey = entitiesByKey(snapshot);
  const needed = closureOf(caseType, snapshot).filter(
    ({ kind, key }) => kind !== 'contact' && !unread.has(kindOfKey(key)),
  );
  return [
    ...(caseType.isActive ? [] : [{ key: entityKey(caseType), kind: 'disabled' } as const]),
    ...needed.flatMap(({ key, reasons }): readonly Lack[] => {
      const held = byKey.get(key)?.[0];
      if (held === undefined) return [{ key, kind: 'missing' }];
      // What merely belongs to it, such as a reminder that is switched off, is as people want it.
      const isNamed = reasons.some(({ kind }) => NAMING.has(kind));
      return isNamed && comparable(held)['isActive'] === false ? [{ key, kind: 'disabled' }] : [];
    }),
  ];
}

const NAMING: ReadonlySet<string> = new Set([
  'menu',
  'allowed-status',
  'assignee-group',
  'role',
  'role-holders',
  'step',
]);
