import type { CaseTypeEntity, Dependency } from '../../src/migrate/entity.ts';
import { planMigration, snapshotSite, type Snapshot } from '../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from '../../test/support/entities-of-every-kind.ts';
import { seededSite } from '../../test/support/migration-sites.ts';
import { compare, type Comparison } from './measure.ts';

const CASE_TYPES = 200;
/** Tags, media and priorities are offered on every case: a site with 200 case types has not 200 of each. */
const SETS_OF_OFFERS = 10;
const OFFERED: readonly string[] = ['tag', 'encounter_medium', 'priority'];

/**
 * A plan of 200 case types with all that it leans on, from two snapshots in memory, against reading the same
 * two snapshots as JSON. The target has every second case type, with other labels.
 */
export async function comparePlanning(): Promise<Comparison> {
  const [source, target] = await Promise.all([
    snapshotOf('model', 1, () => true),
    snapshotOf('chapter', 5_000, (index) => index % 2 === 0),
  ]);
  const texts = [source, target].map((snapshot) => JSON.stringify(snapshot));
  let changes = 0;
  const comparison = await compare(
    `plan of ${CASE_TYPES} case types with what they need vs both sites' snapshots read as JSON`,
    'case type',
    CASE_TYPES,
    {
      ours: () => {
        const [from, to] = [
          { ...source, entities: [...source.entities] },
          { ...target, entities: [...target.entities] },
        ];
        changes = planMigration({ source: from, target: to, caseTypes: source.caseTypeNames }).changes.length;
      },
      plain: () => {
        for (const text of texts) JSON.parse(text);
      },
    },
  );
  const seconds = ((comparison.ours * CASE_TYPES) / 1_000).toFixed(2);
  return {
    ...comparison,
    note: `${seconds} s for all ${CASE_TYPES}, ${changes} changes; the sites hold ${source.entities.length} and ${target.entities.length} entities`,
  };
}

async function snapshotOf(
  name: string,
  firstId: number,
  isHeld: (index: number) => boolean,
): Promise<Snapshot> {
  const entities: Dependency[] = [];
  const types: CaseTypeEntity[] = [];
  for (let index = 0; index < CASE_TYPES; index += 1) {
    if (!isHeld(index)) continue;
    const prefix = `t${String(index)}_`;
    const { before, after } = entitiesOfEveryKind(prefix);
    entities.push(
      ...[...before, ...after].filter(({ kind }) => index < SETS_OF_OFFERS || !OFFERED.includes(kind)),
    );
    types.push({ ...hospiceVisit(prefix), title: `${name} ${String(index)}` });
  }
  const caseTypes = types.map((type) => ({ ...type, acceptsDefinition: true }));
  return snapshotSite(seededSite({ name, firstId, entities, caseTypes: () => caseTypes }));
}
