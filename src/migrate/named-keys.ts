import { namesOf } from './closure.ts';
import { keyOf, type Dependency, type EntityKey } from './entity.ts';

/** Keys of all that an entity names, of the case types that it is for too. */
export const namedKeys = (entity: Dependency): readonly EntityKey[] => [
  ...namesOf(entity).map(({ ref }) => keyOf(ref)),
  ...caseTypesOf(entity),
];

const caseTypesOf = (entity: Dependency): readonly EntityKey[] =>
  entity.kind === 'custom_group' && entity['extends'] === 'Case' && Array.isArray(entity['of'])
    ? (entity['of'] as readonly string[]).map((name) => keyOf({ kind: 'case_type', name }))
    : [];
