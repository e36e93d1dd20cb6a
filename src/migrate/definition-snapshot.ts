import { activityTypeAsCoreMakes, relationshipTypeAsCoreMakes } from './as-core-makes.ts';
import { dependenciesOf } from './dependencies.ts';
import { entityKey, type Dependency } from './entity.ts';
import { readSource, type DefinitionSource } from './plan-source.ts';
import { hashEntities, inOrder, type Snapshot } from './snapshot.ts';

/**
 * A case type of a file as if a site held nothing else: with the activity types and relationship types that CiviCRM
 * makes for it (CRM/Case/ManagedEntities.php).
 *
 * @param shown how messages call the file.
 */
export function snapshotOfDefinition(source: DefinitionSource, shown: string): Snapshot {
  const { caseType } = readSource(source, source.name, null);
  const entities: Dependency[] = [];
  for (const need of dependenciesOf(caseType, [])) {
    if (need.kind === 'new-role') entities.push(relationshipTypeAsCoreMakes(need.role));
    else if (need.kind === 'entity' && need.ref.kind === 'activity_type')
      entities.push(activityTypeAsCoreMakes(need.ref.name));
  }
  const sorted = inOrder([...new Map(entities.map((entity) => [entityKey(entity), entity])).values()]);
  return {
    kind: 'snapshot',
    site: shown,
    caseTypes: [caseType],
    caseTypeFacts: { [caseType.name]: { acceptsDefinition: true, openCases: 0 } },
    caseTypeNames: [caseType.name],
    unreadableCaseTypes: [],
    entities: sorted,
    managed: {},
    unread: [],
    keptTypes: [],
    contacts: [],
    features: {
      version: null,
      components: ['CiviCase'],
      contactTypes: [],
      stepSubjects: null,
      language: null,
    },
    hashes: hashEntities([caseType, ...sorted]),
  };
}
