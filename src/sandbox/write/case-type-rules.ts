import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { writeDefinitionXml } from '../../xml/index.ts';
import { isUnforkable } from '../case-types.ts';
import type { Row } from '../database.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { Site } from '../site.ts';
import { plainText } from '../query/literal.ts';
import { PhpCrash } from '../php-crash.ts';
import { reconcile } from './managed-entities.ts';
import { readRow, updateRow, useUpId } from './store-row.ts';
import { given, textIn, type EntityRules, type WriteContext } from './rules.ts';
import type { Values } from './record.ts';

function toXml(definition: CaseTypeDefinition, name: string): string {
  try {
    return writeDefinitionXml(definition, name);
  } catch {
    throw new PhpCrash('CaseType.definition cannot be written as XML');
  }
}

/** An array becomes XML, a text stays as it is, nothing means the file. */
function definitionColumn(values: Values, name: string): Row {
  if (!('definition' in values)) return {};
  const definition = values['definition'] ?? null;
  if (typeof definition === 'object' && definition !== null) {
    return { definition: toXml(definition as CaseTypeDefinition, name) };
  }
  const text = plainText(definition);
  return { definition: text === '' || text === 'null' ? null : text };
}

const isArray = (values: Values): boolean =>
  typeof values['definition'] === 'object' && values['definition'] !== null;

/** The text is answered as it was sent, and stored without markup. */
function encodeDefinition(site: Site, id: number): void {
  const definition = readRow(site, 'CaseType', id)?.['definition'] ?? null;
  if (typeof definition !== 'string') return;
  updateRow(site, 'CaseType', id, {
    definition: definition.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  });
}

const nameOf = ({ site }: WriteContext, id: number): string =>
  String(readRow(site, 'CaseType', id)?.['name'] ?? '');

/**
 * The list of case types that `case_type_id:name` is read by stays as it was first asked for, until something else
 * makes core forget its lists: an option, a role or a tag that is written, also by the definition of a case type.
 *
 * Source: CRM/Case/BAO/CaseType.php, add.
 */
export const caseTypeRules: EntityRules = {
  beforeCreate: ({ site }, values) => {
    const name = textIn(values, 'name');
    if (!/^[a-zA-Z0-9_]+$/.test(name))
      throw new ApiFailure(`Cannot create new case-type with malformed name [${name}]`);
    if ('weight' in values && !given(values, 'weight'))
      throw unknownToSandbox('CaseType', 'create', 'a weight that is nothing');
    const columns = definitionColumn(values, name);
    // The reconciliation runs after the rollback too, and its failure is the one that is told.
    const isTaken =
      site.database.get('SELECT id FROM civicrm_case_type WHERE collate_key(name) = collate_key(?)', [
        name,
      ]) !== undefined;
    if (isTaken && isArray(values)) {
      useUpId(site, 'CaseType');
      reconcile(site);
      throw new ApiFailure('DB Error: already exists');
    }
    return { ...columns, ...(given(values, 'weight') ? {} : { weight: 1 }) };
  },
  beforeUpdate: (context, id, values) => {
    if (['name', 'title'].some((name) => name in values && !given(values, name)))
      throw unknownToSandbox('CaseType', 'update', 'taking its name or title away');
    const name = given(values, 'name') ? textIn(values, 'name') : nameOf(context, id);
    const row = readRow(context.site, 'CaseType', id);
    const isForked = typeof row?.['definition'] === 'string' && row['definition'] !== '';
    // A file that says "not forkable" keeps its definition, without a word.
    if ('definition' in values && !isForked && isUnforkable(name))
      return { definition: row?.['definition'] ?? null };
    return definitionColumn(values, name);
  },
  afterWrite: ({ site }, id, values) => {
    if (site.facts.definitionText === 'encoded' && typeof values['definition'] === 'string')
      encodeDefinition(site, id);
    // A row that bears its name makes core forget what it had read of it before.
    if (isArray(values)) reconcile(site, given(values, 'name') ? undefined : id);
    site.request.definitions.clear();
  },
  beforeDelete: ({ site }, id) => {
    const used = Number(
      site.database.get('SELECT count(*) AS n FROM civicrm_case WHERE case_type_id = ?', [id])?.['n'] ?? 0,
    );
    if (used > 0) {
      throw new ApiFailure(
        `You can not delete this case type -- it is assigned to ${String(used)} existing case record(s). If you do not want this case type to be used going forward, consider disabling it instead.`,
      );
    }
  },
};
