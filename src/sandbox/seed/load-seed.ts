import type { Row, SqlValue } from '../database.ts';
import { ENTITIES } from '../schema/entity-schema.ts';
import type { Site } from '../site.ts';
import { insertRow } from '../write/store-row.ts';
import { optionIn, rowIn } from './edition-seed.ts';
import { OPTION_VALUES } from './option-values.ts';
import { ROWS } from './rows.ts';

/** Names that a site shall lack, so that two sites differ as real ones do. */
export interface Without {
  readonly optionValues?: Readonly<Record<string, readonly string[]>>;
  /** By `name_a_b`. */
  readonly relationshipTypes?: readonly string[];
  readonly caseTypes?: readonly string[];
}

export interface SeedOptions {
  readonly apiKeys: readonly (string | undefined)[];
  /** Added to the ids of all rows, and to the values of the options that a case carries. */
  readonly idOffset: number;
  readonly without: Without;
}

/** Options whose values differ between sites of different age. */
const SHIFTED_GROUPS = new Set([
  'activity_type',
  'activity_status',
  'case_status',
  'encounter_medium',
  'priority',
]);

const REFERENCES = new Set(['contact_id', 'location_type_id', 'option_group_id']);

function loadOptions(site: Site, { idOffset, without }: SeedOptions): void {
  let group = '';
  let groupId = 0;
  for (const line of OPTION_VALUES.split('\n').filter((one) => one !== '')) {
    const parts = line.split('\t');
    if (line.startsWith('@')) {
      const [id = '', name = '', title = '', rest = ''] = parts;
      group = name;
      groupId = Number(id.slice(1)) + idOffset;
      const extra = (rest === '' ? {} : JSON.parse(rest)) as Row;
      insertRow(site, 'OptionGroup', { id: groupId, name, title, is_reserved: 1, ...extra });
      continue;
    }
    const [id = '', name = '', label = '', value = '', weight = '', rest = ''] = parts;
    if (without.optionValues?.[group]?.includes(name) === true) continue;
    const extra = (rest === '' ? {} : JSON.parse(rest)) as Row;
    const option = optionIn(site.facts, group, {
      name: name === '~' ? null : name,
      value,
      weight: Number(weight),
      ...extra,
    });
    if (option === undefined) continue;
    insertRow(site, 'OptionValue', {
      ...option,
      id: Number(id) + idOffset,
      option_group_id: groupId,
      label: label === '=' ? name : label,
      value: SHIFTED_GROUPS.has(group)
        ? String(Number(option['value']) + idOffset)
        : (option['value'] ?? null),
    });
  }
}

function loadRows(site: Site, { idOffset, without, apiKeys }: SeedOptions): void {
  const isLeftOut = (entity: string, row: Row): boolean =>
    (entity === 'RelationshipType' &&
      without.relationshipTypes?.includes(String(row['name_a_b'])) === true) ||
    (entity === 'CaseType' && without.caseTypes?.includes(String(row['name'])) === true);
  const shift = (name: string, value: SqlValue): SqlValue => {
    if (typeof value === 'string')
      return value.replace('%site%', name === 'email' ? site.name.toLowerCase() : `Test ${site.name}`);
    return typeof value === 'number' && (name === 'id' || REFERENCES.has(name)) ? value + idOffset : value;
  };
  for (const [entity, rows] of Object.entries(ROWS)) {
    for (const row of rows.filter((one) => !isLeftOut(entity, one))) {
      const edited = rowIn(site.facts, entity, row, apiKeys);
      if (edited === undefined) continue;
      const key = entity === 'Contact' ? apiKeys[Number(row['id'])] : undefined;
      const shifted = Object.fromEntries(
        Object.entries(edited).map(([name, value]) => [name, shift(name, value)]),
      );
      insertRow(site, entity, {
        ...shifted,
        ...(entity === 'Domain' ? { id: 1 } : {}),
        ...(key === undefined ? {} : { api_key: key }),
      });
    }
  }
}

/** Rows that a fresh 6.20 holds and the sandbox does not: what its own extensions look after, and the templates it comes with. */
const NOT_HELD: Readonly<Record<string, number>> = { Managed: 80, MessageTemplate: 69 };

/** Fills an empty store with what a fresh site of the edition with CiviCase holds. */
export function loadSeed(site: Site, options: SeedOptions): void {
  site.database.bulk(() => {
    loadOptions(site, options);
    loadRows(site, options);
    // Tables that are still empty start at the offset too.
    for (const { name, table } of ENTITIES.values()) {
      const known = site.database.get('SELECT seq FROM sqlite_sequence WHERE name = ?', [table]);
      if (known !== undefined) continue;
      const last = options.idOffset + (NOT_HELD[name] ?? 0);
      site.database.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', [table, last]);
    }
  });
  site.options.forget();
}
