import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { comparable, keyOf, nameOf, refOf, type CaseTypeEntity, type EntityRef } from './entity.ts';
import { renameEntity, type NameChanges } from './mapping/name-changes.ts';
import { changeKey, formerKey, stateAfter, type Work } from './plan.ts';
import { toPortable, toSiteWords, type ReferenceBook } from './portable-definition.ts';
import type { ContactKey, InverseChange, MigrationSite } from './ports.ts';
import { renamedState, reversed } from './renames.ts';
import { optionRows, relationshipTypeRows } from './site-rows.ts';
import { inNormalForm } from './target-state.ts';

/**
 * What will undo the change; read before it is made.
 *
 * @param names what the plan renames: when the change is undone, all that has its former name again, but case types,
 * which are put back after what names them
 */
export async function inverseOf(
  change: Work,
  site: MigrationSite,
  names: NameChanges,
): Promise<InverseChange> {
  const { names: back, pairs } = reversed(names);
  const { case_type: _caseTypes, ...others } = back;
  const former = { names: others, pairs };
  switch (change.kind) {
    case 'create':
      return { kind: 'remove', ref: refOf(change.entity) };
    case 'update':
      return {
        kind: 'update',
        ref: change.ref,
        fields: partOf(renamedState(changeKey(change), change.before, former), change.fields),
      };
    case 'rename': {
      const ref = { kind: change.ref.kind, name: change.to };
      return { kind: 'update', ref, fields: partOf(change.before, change.fields) };
    }
    case 'remove':
      return { kind: 'create', entity: renameEntity(change.entity, former) };
    case 'create-case-type':
      return { kind: 'remove', ref: refOf(change.caseType) };
    case 'update-case-type':
      return {
        kind: 'restore',
        caseType: await heldCaseType(change.before.name, site),
        ...(formerKey(change) === null ? {} : { renamed: change.caseType.name }),
      };
    case 'remove-case-type':
      return { kind: 'restore', caseType: await heldCaseType(change.caseType.name, site) };
  }
}

/** As the site holds it, with its own ids. */
async function heldCaseType(name: string, site: MigrationSite): Promise<CaseTypeEntity> {
  const held = (await site.caseTypes()).find((row) => row.name === name);
  if (held === undefined)
    throw new AppError('stale-plan', `${keyOf({ kind: 'case_type', name })} is gone. Plan again.`);
  const { acceptsDefinition: _acceptsDefinition, ...caseType } = held;
  return caseType;
}

const partOf = (fields: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));

/** As it was to be, and as it was read back. */
export interface Written {
  readonly expected: JsonObject | null;
  readonly seen: JsonObject | null;
}

/** Makes the change and reads it back. */
export async function makeChange(
  change: Work,
  contacts: readonly ContactKey[],
  site: MigrationSite,
): Promise<Written> {
  switch (change.kind) {
    case 'create':
      return { expected: stateAfter(change), seen: comparable(await site.create(change.entity)) };
    case 'update':
    case 'rename': {
      const seen = await site.update(change.ref, partOf(change.after, change.fields));
      return { expected: change.after, seen: comparable(seen) };
    }
    case 'create-case-type':
      return saveCaseType(change.caseType, undefined, contacts, site);
    case 'update-case-type':
      return saveCaseType(
        change.caseType,
        formerKey(change) === null ? undefined : change.before.name,
        contacts,
        site,
      );
    case 'remove':
      return removeUnused(refOf(change.entity), site);
    case 'remove-case-type':
      return removeUnused(refOf(change.caseType), site);
  }
}

/** People may have begun to use it since the plan was made. */
async function removeUnused(ref: EntityRef, site: MigrationSite): Promise<Written> {
  const uses = await site.uses(ref);
  if (uses > 0)
    throw new AppError(
      'stale-plan',
      `Site "${site.name}" has changed since the plan was made: ${keyOf(ref)} is used by ${String(uses)} records now. Plan again.`,
      { details: { key: keyOf(ref), uses } },
    );
  await site.remove(ref);
  const { kind, name } = ref;
  const left =
    kind === 'case_type'
      ? (await site.caseTypes()).find((row) => row.name === name)
      : (await site.rows([kind])).rows.map(({ entity }) => entity).find((row) => nameOf(row) === name);
  return { expected: null, seen: left === undefined ? null : comparable(left) };
}

async function saveCaseType(
  planned: CaseTypeEntity,
  formerly: string | undefined,
  contactKeys: readonly ContactKey[],
  site: MigrationSite,
): Promise<Written> {
  const [assigneeTypes, relationshipTypes, contacts] = await Promise.all([
    optionRows(site, 'activity_default_assignee'),
    relationshipTypeRows(site),
    site.contactsByKey(contactKeys),
  ]);
  const book: ReferenceBook = { assigneeTypes, relationshipTypes, contacts };
  const definition = toSiteWords(planned.definition, book);
  const stored = await site.saveCaseType({ ...planned, definition }, formerly);
  const { acceptsDefinition: _acceptsDefinition, ...row } = stored;
  const seen = inNormalForm({ ...row, definition: toPortable(row.definition, book) }, relationshipTypes);
  return { expected: comparable(planned), seen: comparable(seen) };
}
