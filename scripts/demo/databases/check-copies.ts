import { ORIGIN_ENTITIES } from '../../../src/case/origin-key.ts';
import type { RealSite } from '../../real-sites.ts';
import type { DatabaseCheck } from './check-databases.ts';
import { compareSides } from './compare.ts';
import {
  activities,
  CASE_TYPES,
  cases,
  copyNaming,
  findKeyColumn,
  GROUPS,
  OPTION_VALUES,
  PEOPLE,
  RELATIONSHIP_TYPES,
  repeatedKeys,
  roles,
  sourceNaming,
  type Naming,
} from './queries.ts';

const TABLES: readonly (readonly [string, (name: Naming) => string])[] = [
  ['case types', () => CASE_TYPES],
  ['option values', () => OPTION_VALUES],
  ['relationship types', () => RELATIONSHIP_TYPES],
  ['groups', () => GROUPS],
  ['people', () => PEOPLE],
  ['cases', cases],
  ['roles', roles],
  ['activities', activities],
];

/** Everything that was moved or mirrored is on hilltop as on riverside, once, and nothing besides. */
export async function checkCopies(riverside: RealSite, hilltop: RealSite): Promise<DatabaseCheck> {
  const [there, copied] = [sourceNaming('riverside'), await copyNaming(hilltop)];
  const findings: string[] = [];
  const counts: string[] = [];
  for (const [table, query] of TABLES) {
    const source = { name: 'riverside', rows: await riverside.rows(query(there)) };
    const copy = { name: 'hilltop', rows: await hilltop.rows(query(copied)) };
    findings.push(...compareSides(table, source, copy));
    counts.push(`${copy.rows.length} ${table}`);
  }
  for (const entity of ORIGIN_ENTITIES) {
    for (const [name, site] of [
      ['riverside', riverside],
      ['hilltop', hilltop],
    ] as const) {
      const keys = await findKeyColumn(site, entity);
      for (const row of keys === null ? [] : await site.rows(repeatedKeys(keys)))
        findings.push(
          `origin keys: "${String(row['key'])}" is on ${String(row['times'])} records of ${name}`,
        );
    }
  }
  return {
    facts: [`equal on riverside and hilltop: ${counts.join(', ')}`, 'every origin key is there once'],
    findings,
  };
}
