import { stringify } from 'yaml';
import type { JsonObject } from '../base/json.ts';
import { writeDefinitionXml } from '../xml/index.ts';
import { dependenciesNamed } from './check-dependency.ts';
import { withoutUnwritable } from './definition-form.ts';
import { dependenciesOf } from './dependencies.ts';
import { byText, entityKey, sortedBy, type Dependency, type EntityKey } from './entity.ts';
import type { Snapshot } from './snapshot.ts';

const FILES = [
  { file: 'activity-types.yaml', prefix: 'activity_type:' },
  { file: 'activity-statuses.yaml', prefix: 'activity_status:' },
  { file: 'case-statuses.yaml', prefix: 'case_status:' },
  { file: 'relationship-types.yaml', prefix: 'relationship_type:' },
  { file: 'groups.yaml', prefix: 'group:' },
] as const;

/**
 * A snapshot as files, path to text: the definition of each case type as XML (portable references in the place
 * of ids, see portable-definition.ts), the case types' other fields, what they depend on by kind, and a lock
 * with a hash per entity. What core itself could not write again is in the hash, but not in the XML. Equal snapshots give equal bytes.
 */
export function renderSnapshotFiles(snapshot: Snapshot): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const needed = new Map<EntityKey, Dependency>();
  for (const caseType of snapshot.caseTypes) {
    files.set(
      `case-types/${caseType.name}.xml`,
      writeDefinitionXml(withoutUnwritable(caseType.definition, []), caseType.name),
    );
    for (const need of dependenciesOf(caseType, snapshot.relationshipTypes))
      if (need.kind === 'entity')
        for (const entity of dependenciesNamed(need.ref, snapshot)) needed.set(need.key, entity);
  }
  const rows = snapshot.caseTypes.map(({ kind: _kind, definition: _definition, ...fields }) => fields);
  files.set('case-types.yaml', stringify(rows));
  const dependencies = sortedBy([...needed.values()], entityKey);
  for (const { file, prefix } of FILES) {
    const entities = dependencies.filter((entity) => entityKey(entity).startsWith(prefix));
    files.set(file, stringify(entities.map(fieldsOf)));
  }
  files.set(
    'civicase.lock.yaml',
    stringify({ version: 1, site: snapshot.site, hashes: hashesOf(snapshot, needed) }),
  );
  return files;
}

function fieldsOf(entity: Dependency): JsonObject {
  const { kind: _kind, ...fields } = entity as unknown as JsonObject & { kind: string };
  return fields;
}

function hashesOf(snapshot: Snapshot, needed: ReadonlyMap<EntityKey, Dependency>): JsonObject {
  const keys = [...snapshot.caseTypes.map(entityKey), ...needed.keys()].sort(byText);
  return Object.fromEntries(keys.map((key) => [key, snapshot.hashes[key] ?? '']));
}
