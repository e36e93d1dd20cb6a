import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { coreRoundTrip } from '../../src/migrate/core-round-trip.ts';
import { entityKey, nameOf, type CaseTypeEntity, type Dependency } from '../../src/migrate/entity.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  planMigration,
  readPlan,
  renderPlan,
  rollbackMigration,
  snapshotSite,
  askTarget,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
} from '../../src/migrate/index.ts';
import { renameDefinition, renameEntity } from '../../src/migrate/mapping/name-changes.ts';
import { RENAMED_KINDS } from '../../src/migrate/renames.ts';
import { entitiesOfEveryKind, hospiceVisit } from './entities-of-every-kind.ts';
import type { KindsSite } from './kinds-contract.ts';
import { seededSite } from './migration-sites.ts';
import { createApiDesk } from './site-desk.ts';

/** A source with these and nothing else but what CiviCRM installs. */
const sourceOf = (entities: readonly Dependency[], caseTypes: readonly CaseTypeEntity[]): MigrationSite =>
  seededSite({
    name: 'origin',
    entities,
    caseTypes: () =>
      caseTypes.map((one) => ({
        ...one,
        definition: coreRoundTrip(one.name)(one.definition),
        acceptsDefinition: true,
      })),
  });

async function plan(
  source: MigrationSite,
  target: MigrationSite,
  caseType: string,
  choices: PlanChoices = {},
): Promise<MigrationPlan> {
  const held = await snapshotSite(target);
  const from = await snapshotSite(source);
  return askTarget(
    planMigration({ source: from, target: held, caseTypes: [caseType], choices }),
    held,
    target,
  );
}

const later = (name: string): string => `${name}_renamed`;

/** The same things under other names, as somebody left them at the source. */
function renamed(prefix: string) {
  const { before, after } = entitiesOfEveryKind(prefix);
  const all = [...before, ...after];
  const caseType = hospiceVisit(prefix);
  const toRename = all.filter(({ kind }) => RENAMED_KINDS.includes(kind));
  const names: Record<string, Record<string, string>> = {
    case_type: { [caseType.name]: later(caseType.name) },
  };
  for (const entity of toRename)
    names[entity.kind] = { ...names[entity.kind], [nameOf(entity)]: later(nameOf(entity)) };
  const pairs = toRename.flatMap((entity) =>
    entity.kind === 'relationship_type'
      ? [{ from: entity, to: { nameAB: later(entity.nameAB), nameBA: later(entity.nameBA) } }]
      : [],
  );
  const changes = { names, pairs };
  return {
    entities: all.map((entity) => renameEntity(entity, changes)),
    caseType: {
      ...caseType,
      name: later(caseType.name),
      definition: renameDefinition(caseType.definition, changes),
    },
    texts: [...toRename, caseType].map((entity) => `${entityKey(entity)}=${later(nameOf(entity))}`),
  };
}

/** How many activities of a type an opened case gave the site; nothing where there are no cases. */
async function openCaseOf(
  client: SiteClient | null,
  caseType: string,
  person: string,
): Promise<number | null> {
  if (client === null) return null;
  const desk = createApiDesk(client);
  const contact = await desk.addPerson({ firstName: person, lastName: 'Seven' });
  return desk.openCase(caseType, [contact], contact);
}

async function activityTypesOf(client: SiteClient | null, caseId: number | null): Promise<readonly string[]> {
  if (client === null || caseId === null) return [];
  const { values } = await client.call({
    entity: 'Activity',
    action: 'get',
    params: {
      select: ['activity_type_id:name'],
      where: [['case_id', '=', caseId]],
      orderBy: { id: 'ASC' },
    },
  });
  return values.map((row) => z.string().parse(row['activity_type_id:name']));
}

const everything = async (site: MigrationSite) => (await snapshotSite(site)).hashes;

/** What the source calls otherwise now, and what it does not have any more. */
export function describeRenames(name: string, open: () => Promise<KindsSite>): void {
  describe(`new names, on ${name}`, () => {
    it('takes away what nothing needs any more, only when asked, and gives it back', async () => {
      const { site: target, close } = await open();
      try {
        const prefix = 'gone_';
        const { before, after } = entitiesOfEveryKind(prefix);
        const caseType = hospiceVisit(prefix);
        const journal = createMemoryRunJournal();
        const bare = await everything(target);
        const first = await plan(sourceOf([...before, ...after], [caseType]), target, caseType.name);
        const made = await applyMigration(first, target, journal);
        const untouched = await everything(target);
        const poorer = {
          ...caseType,
          definition: { activityTypes: [{ name: 'Open Case' }], statuses: ['Open'] },
        };
        const source = sourceOf([], [poorer]);
        const kept = await plan(source, target, caseType.name);
        expect(kept.changes.map(({ kind }) => kind)).toEqual(['update-case-type']);

        const pruning = await plan(source, target, caseType.name, { prune: true });
        expect(pruning.problems).toEqual([]);
        expect(
          pruning.changes.filter(({ kind }) => kind === 'remove').map(({ severity }) => severity),
        ).toContain('high');
        const { runId } = await applyMigration(pruning, target, journal);
        const left = (await snapshotSite(target)).entities
          .map(entityKey)
          .filter((key) => key.includes(prefix));
        // What is offered on every case, tags and the two lists, is nobody's.
        expect(left.map((key) => key.slice(0, key.indexOf(':'))).sort()).toEqual([
          'encounter_medium',
          'priority',
          'tag',
          'tag',
        ]);
        expect((await plan(source, target, caseType.name, { prune: true })).changes).toEqual([]);
        await rollbackMigration(runId ?? '', target, journal);
        expect(await everything(target)).toEqual(untouched);
        await rollbackMigration(made.runId ?? '', target, journal);
        expect(await everything(target)).toEqual(bare);
      } finally {
        await close();
      }
    });

    it('are asked for, reach every definition, keep all records, and are given back', async () => {
      const { site: target, client, close } = await open();
      try {
        const prefix = 'again_';
        const { before, after } = entitiesOfEveryKind(prefix);
        const caseType = hospiceVisit(prefix);
        const other = { ...caseType, name: `${prefix}other`, title: 'Other' };
        const first = sourceOf([...before, ...after], [caseType, other]);
        const journal = createMemoryRunJournal();
        for (const one of [caseType, other])
          await applyMigration(await plan(first, target, one.name), target, journal);
        const caseId = await openCaseOf(client, caseType.name, 'Renate');
        const types = await activityTypesOf(client, caseId);
        const untouched = await everything(target);

        const now = renamed(prefix);
        const source = sourceOf(now.entities, [now.caseType]);
        const asked = await plan(source, target, now.caseType.name);
        const questions = asked.problems.filter(
          ({ kind }) => kind === 'renamed-or-new' || kind === 'label-only',
        );
        expect(questions.map(({ key }) => key)).toContain(`activity_type:${later(`${prefix}Visit`)}`);
        expect(questions.map(({ remedy }) => remedy).join('\n')).toContain('--rename "');

        const decided = await plan(source, target, now.caseType.name, { rename: now.texts });
        expect(decided.problems).toEqual([]);
        expect(decided.impact).toEqual([]);
        expect(readPlan(JSON.parse(JSON.stringify(decided)))).toEqual(decided);
        expect(
          decided.changes.map(({ kind }) => kind).filter((kind) => !/rename|update-case-type/.test(kind)),
        ).toEqual([]);
        expect(renderPlan(decided)).toContain(
          `rename activity type "${prefix}Visit" to "${later(`${prefix}Visit`)}"`,
        );
        const { runId } = await applyMigration(decided, target, journal);
        const again = await plan(source, target, now.caseType.name);
        expect([again.changes, again.problems]).toEqual([[], []]);
        const held = await snapshotSite(target);
        expect(held.entities.map(entityKey)).not.toContain(`activity_type:${prefix}Visit`);
        expect(
          JSON.stringify(held.caseTypes.find(({ name: one }) => one === other.name)?.definition),
        ).toContain(later(`${prefix}Visit`));
        expect(await activityTypesOf(client, caseId)).toEqual(
          types.map((type) => (type === `${prefix}Visit` ? later(type) : type)),
        );
        // What comes later must find nothing that goes: CiviCRM cleans up when any case type is saved.
        await applyMigration(
          await plan(
            sourceOf(
              [],
              [
                {
                  ...other,
                  name: `${prefix}last`,
                  title: 'Last',
                  definition: { activityTypes: [{ name: 'Open Case' }] },
                },
              ],
            ),
            target,
            `${prefix}last`,
          ),
          target,
          journal,
        );
        expect(await activityTypesOf(client, caseId)).toHaveLength(types.length);
        await target.remove({ kind: 'case_type', name: `${prefix}last` });

        await rollbackMigration(runId ?? '', target, journal);
        expect(await everything(target)).toEqual(untouched);
        expect(await activityTypesOf(client, caseId)).toEqual(types);
      } finally {
        await close();
      }
    });
  });
}
