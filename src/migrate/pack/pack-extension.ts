import { AppError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { SEED_ACTIVITY_TYPES } from '../../case-type/lint/seed-types.ts';
import { SEED_ACTIVITY_STATUSES, SEED_CASE_STATUSES } from '../../case-type/seed-names.ts';
import { writeDefinitionXml } from '../../xml/index.ts';
import { fieldsOf, nameOf, type CaseTypeEntity, type Dependency, type EntityKey } from '../entity.ts';
import { KIND_NAMES, kindOf, KINDS, type EntityKind } from '../kinds/index.ts';
import { mapLeaf, parseAssigneeType } from '../portable-definition.ts';
import { lacksOf } from '../lacks.ts';
import { entityWords } from '../reasons.ts';
import { portableSnapshot, type PortableOptions } from '../portable-snapshot.ts';
import { entitiesOf, type Snapshot } from '../snapshot.ts';
import { renderSnapshotFiles, type SnapshotFiles } from '../snapshot-files.ts';
import { filterName, infoXml, moduleFile, readme, type ExtensionInfo } from './extension-texts.ts';
import { managedCaseType, managedDependency } from './managed-entity.ts';
import { phpLiteral } from './php-literal.ts';

/** Where an extension keeps the snapshot that it was made from. */
export const PACKED_SNAPSHOT = 'civicase/';

export interface PackedExtension {
  readonly files: SnapshotFiles;
  /** Sentences on what CiviCRM cannot be told by an extension. */
  readonly left: readonly string[];
}

/**
 * A snapshot as an installable extension: path in its folder to content. Equal snapshots give equal bytes.
 *
 * A case type whose name CiviCRM's mixin `case-xml` accepts comes as a file of `xml/case`; any other name would
 * become another case type there, so that type comes as a managed entity with its definition.
 *
 * @throws AppError `invalid-input` for a key or version that CiviCRM would not install.
 */
export function packExtension(
  snapshot: Snapshot,
  info: ExtensionInfo,
  options: PortableOptions = {},
): PackedExtension {
  refuseBadInfo(info);
  const portable = portableSnapshot(snapshot, options);
  const left: string[] = [];
  const texts = new Map<string, string>();
  for (const caseType of portable.caseTypes) {
    const definition = plainDefinition(caseType, left);
    if (isFileType(caseType)) texts.set(`xml/case/${caseType.name}.xml`, fileOfMixin(caseType, definition));
    else
      texts.set(
        `managed/${placeOf('case_type')}_${fileName(caseType.name)}.mgd.php`,
        mgdFile([managedCaseType(caseType, definition as JsonObject, `CaseType_${caseType.name}`)], info),
      );
  }
  // The rules for default assignees are CiviCRM's own, or belong to an extension that knows what they mean.
  for (const kind of KINDS.filter(({ name }) => name !== 'activity_default_assignee')) {
    // What is reserved came with CiviCRM or another extension; a managed entity would take it over.
    const entities = entitiesOf(portable, kind.name).filter((entity) => isCarried(entity, left));
    const declared = entities.map((entity) => managedDependency(entity, `${kind.name}_${nameOf(entity)}`));
    if (declared.length > 0)
      texts.set(`managed/${placeOf(kind.name)}_${kind.name}.mgd.php`, mgdFile(declared, info));
  }
  left.push(...portable.caseTypes.flatMap(({ name }) => undescribed(name, portable)));
  texts.set('info.xml', infoXml(info));
  texts.set(`${info.file}.php`, moduleFile(info));
  texts.set('README.md', readme(info, portable, left));
  texts.set('LICENSE.txt', `SPDX-License-Identifier: ${info.licence}\n`);
  const inside = [...renderSnapshotFiles(portable, new Map(), options)].map(
    ([path, content]) => [`${PACKED_SNAPSHOT}${path}`, content] as const,
  );
  const outside = [...texts].map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return {
    files: new Map([...outside, ...inside].sort(([one], [other]) => (one < other ? -1 : 1))),
    left: [...new Set(left)],
  };
}

/**
 * Whether the mixin takes the name as it is: CRM_Case_XMLProcessor::mungeCaseType gives it back unchanged. The mixin
 * makes every type active.
 */
export const isFileType = ({ name, isActive }: Pick<CaseTypeEntity, 'name' | 'isActive'>): boolean =>
  isActive && /^[A-Z0-9][A-Za-z0-9]*$/.test(name);

/** The mixin takes title, description and weight from the file. */
function fileOfMixin({ title, description, weight }: CaseTypeEntity, definition: CaseTypeDefinition): string {
  const more = `${description === null ? '' : ` <description>${xmlText(description)}</description>\n`} <weight>${String(weight)}</weight>\n`;
  return writeDefinitionXml(definition, title).replace('</name>\n', () => `</name>\n${more}`);
}

/** What the case type names and neither the source describes nor every CiviCRM has. */
const undescribed = (caseType: string, snapshot: Snapshot): readonly string[] =>
  lacksOf(caseType, snapshot)
    .filter(({ key, kind }) => kind === 'missing' && !IN_EVERY_CIVICRM.has(key))
    .map(
      ({ key }) =>
        `The ${entityWords(key)}: "${caseType}" names it, and the source does not describe it; the site must have it.`,
    );

const IN_EVERY_CIVICRM: ReadonlySet<EntityKey> = new Set([
  ...SEED_ACTIVITY_TYPES.map((name) => `activity_type:${name}`),
  ...[...SEED_ACTIVITY_STATUSES].map((name) => `activity_status:${name}`),
  ...[...SEED_CASE_STATUSES].map((name) => `case_status:${name}`),
  ...['NONE', 'BY_RELATIONSHIP', 'SPECIFIC_CONTACT', 'USER_CREATING_THE_CASE'].map(
    (name) => `activity_default_assignee:${name}`,
  ),
]);

/** CiviCRM installs the rules under these values; who else is assigned has another id on every site. */
function plainDefinition({ name, definition }: CaseTypeEntity, left: string[]): CaseTypeDefinition {
  const rules = ['NONE', 'BY_RELATIONSHIP', 'SPECIFIC_CONTACT', 'USER_CREATING_THE_CASE'];
  const lost = new Set<string>();
  const drop = (text: string): string => {
    lost.add(text);
    return '';
  };
  const withoutPeople = mapLeaf(
    mapLeaf(definition, 'default_assignee_relationship', drop),
    'default_assignee_contact',
    drop,
  );
  const plain = mapLeaf(withoutPeople, 'default_assignee_type', (text) => {
    const place = rules.indexOf(parseAssigneeType(text) ?? '');
    // A rule without its relationship or contact assigns nobody, as 1 says.
    return place === 3 ? '4' : place < 0 && /^\d*$/.test(text) ? text : '1';
  });
  lost.delete('');
  if (lost.size > 0)
    left.push(
      `The default assignees of "${name}" that steps find by relationship or name as a contact: their ids differ from site to site. "civicase plan" and "civicase apply" from this folder set them.`,
    );
  return plain;
}

function isCarried(entity: Dependency, left: string[]): boolean {
  const fields = fieldsOf(entity);
  const what = `The ${kindOf(entity.kind).words.en} "${nameOf(entity)}"`;
  if (fields['isSmart'] === true) {
    left.push(`${what}: it is filled by a saved search, which stays behind.`);
    return false;
  }
  return fields['isReserved'] !== true;
}

function refuseBadInfo({ key, version }: ExtensionInfo): void {
  if (!/^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/i.test(key))
    throw new AppError(
      'invalid-input',
      `"${key}" is no key of an extension. Give one such as org.example.housing with --key.`,
    );
  if (!/^\d+(\.\d+)*([-.]?(alpha|beta|rc|dev)\d*)?$/.test(version))
    throw new AppError('invalid-input', `"${version}" is no version. Give one such as 1.0.0 with --release.`);
}

/** CiviCRM makes what the files declare in the order of their names. */
const placeOf = (kind: EntityKind): string => String(KIND_NAMES.indexOf(kind)).padStart(2, '0');
const fileName = (name: string): string => name.replace(/[^\w-]/g, (letter) => encodeURIComponent(letter));
const xmlText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const mgdFile = (entities: readonly JsonObject[], info: ExtensionInfo): string =>
  `<?php\n\nreturn ${filterName(info)}(${phpLiteral(entities, info.key)});\n`;
