import type { JsonValue } from '../base/json.ts';
import { resolveRole, type RelationshipTypeNames } from '../case-type/roles.ts';
import { toCaseTypeModel, type CaseTypeModel } from '../case-type/model.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { readCaseTypeXml, toDefinitionJson } from '../xml/index.ts';
import type { Row, SqlValue } from './database.ts';
import { ApiFailure } from './failure.ts';
import { FILE_DEFINITIONS } from './seed/file-definitions.ts';
import { plainText } from './query/literal.ts';
import type { Site } from './site.ts';

type Parsed =
  | { readonly kind: 'read'; readonly definition: CaseTypeDefinition }
  | { readonly kind: 'broken'; readonly reason: string };

const PARSED_KEPT = 200;
const parsed = new Map<string, Parsed>();

/** libxml's words for no document, and for one that ends inside an element: the faults that are met most. */
function libxmlReason(xml: string): string {
  if (!/^\s*</.test(xml)) return "Line=1 Column=1 Code=4: Start tag expected, '<' not found";
  const open: { name: string; line: number }[] = [];
  for (const tag of xml.matchAll(/<(\/?)([A-Za-z_][\w.-]*)[^<>]*?(\/?)>/g)) {
    const [, closing, name = '', empty] = tag;
    if (closing === '/') open.pop();
    else if (empty !== '/') open.push({ name, line: xml.slice(0, tag.index).split('\n').length });
  }
  const innermost = open.at(-1);
  if (innermost === undefined) return '';
  const lines = xml.split('\n');
  const position = `Line=${String(lines.length)} Column=${String((lines.at(-1)?.length ?? 0) + 1)}`;
  return `${position} Code=77: Premature end of data in tag ${innermost.name} line ${String(innermost.line)}`;
}

function parse(xml: string): Parsed {
  const known = parsed.get(xml);
  if (known !== undefined) return known;
  let result: Parsed;
  try {
    result = { kind: 'read', definition: readCaseTypeXml(xml).definition };
  } catch {
    result = { kind: 'broken', reason: libxmlReason(xml) };
  }
  if (parsed.size >= PARSED_KEPT) parsed.clear();
  parsed.set(xml, result);
  return result;
}

const munged = (name: string): string =>
  name
    .split(/[_ ]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/[^a-zA-Z0-9]/g, '');

const fileOf = (name: string): CaseTypeDefinition | undefined =>
  FILE_DEFINITIONS[name] ?? FILE_DEFINITIONS[munged(name)];

/** Whether the case type's file says that the database may not override it. */
export const isUnforkable = (name: string): boolean => {
  const forkable = fileOf(name)?.forkable;
  return (
    forkable !== undefined && !['1', 'true', 'y', 'yes', 't'].includes(plainText(forkable).toLowerCase())
  );
};

/**
 * The definition that `CaseType.get` answers: from the row, else from the file, else an empty list.
 * @param showsFiles false: a definition in a file reads as null
 */
export function readDefinition(value: SqlValue, showsFiles = true): JsonValue {
  if (typeof value !== 'string') return null;
  if (!value.startsWith(IN_FILE)) {
    const result = parse(value);
    return result.kind === 'read' ? toDefinitionJson(result.definition) : [];
  }
  if (!showsFiles) return null;
  const definition = fileOf(value.slice(IN_FILE.length));
  return definition === undefined ? [] : toDefinitionJson(definition);
}

/** Before the name of a case type whose definition is in a file. */
const IN_FILE = '@file:';

/** The SQL of a definition for `readDefinition`: the stored text, or a mark with the name of the file. */
export const definitionSql = (alias: string): string =>
  `coalesce(nullif(${alias}.definition, ''), '${IN_FILE}' || ${alias}.name)`;

/** With which CiviCRM ends its words about a case type that does not fit the site. */
export const SET_UP_LINK =
  '<a href="https://docs.civicrm.org/user/en/latest/case-management/set-up"  target="_blank" class="crm-doc-link no-popup" title="Opens documentation in a new window.">Learn more... <i class="crm-i fa-external-link" role="img" aria-hidden="true"></i></a>';

/**
 * The definition by which a case of this type is processed.
 * @throws ApiFailure when there is none, or when the stored text is no XML
 */
function definitionOf(row: Row): CaseTypeDefinition {
  const xml = row['definition'];
  if (typeof xml === 'string' && xml !== '') {
    const result = parse(xml);
    if (result.kind === 'broken') throw new ApiFailure(`Failed to parse CaseType XML: ${result.reason}`);
    return result.definition;
  }
  const definition = fileOf(String(row['name']));
  if (definition === undefined) {
    throw new ApiFailure(
      `Configuration file could not be retrieved for case type = '${String(row['name'])}' ${SET_UP_LINK}.`,
    );
  }
  return definition;
}
/** Whether there is a definition for this case type, in its row or in a file. */
export const hasDefinition = (row: Row): boolean =>
  !['', null].includes((row['definition'] ?? null) as string | null) ||
  fileOf(String(row['name'])) !== undefined;

export const modelOf = (row: Row): CaseTypeModel => toCaseTypeModel(definitionOf(row));

/** The statuses that a case type, by id or name, offers to its cases; empty when it offers all. */
export function statusesOf(site: Site, caseType: unknown): readonly string[] {
  const wanted = plainText(caseType ?? '');
  if (wanted === '' || wanted === '0') return [];
  const column = /^\d+$/.test(wanted) ? 'id' : 'name';
  const row = site.database.get(`SELECT * FROM civicrm_case_type WHERE ${column} = ?`, [wanted]);
  if (row === undefined) return [];
  const xml = row['definition'];
  const isBroken = typeof xml === 'string' && xml !== '' && parse(xml).kind === 'broken';
  return isBroken ? [] : modelOf(row).statuses.map(String);
}

export const relationshipTypes = (site: Site): readonly RelationshipTypeNames[] =>
  site.database
    .all('SELECT id, name_a_b, name_b_a, label_a_b, label_b_a FROM civicrm_relationship_type ORDER BY id')
    .map((row) => ({
      id: Number(row['id']),
      nameAB: String(row['name_a_b']),
      nameBA: String(row['name_b_a']),
      labelAB: row['label_a_b'] as string | null,
      labelBA: row['label_b_a'] as string | null,
    }));

export interface ManagerRole {
  readonly caseTypeId: number;
  readonly relationshipTypeId: number;
  readonly holderSide: 'a' | 'b';
}

/** For each case type the relationship of its first role marked as manager. */
export function managerRoles(site: Site): readonly ManagerRole[] {
  const types = relationshipTypes(site);
  return site.database.all('SELECT * FROM civicrm_case_type WHERE is_active = 1').flatMap((row) => {
    const isKnown =
      (typeof row['definition'] === 'string' && row['definition'] !== '') ||
      fileOf(String(row['name'])) !== undefined;
    const role = isKnown ? modelOf(row).caseRoles.find((one) => one.isManager) : undefined;
    const resolved = role === undefined ? null : resolveRole(role.name, types);
    return resolved === null
      ? []
      : [
          {
            caseTypeId: Number(row['id']),
            relationshipTypeId: resolved.relationshipTypeId,
            holderSide: resolved.holderSide,
          },
        ];
  });
}
