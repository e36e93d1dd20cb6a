import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  planMigration,
  readPlan,
  renderPlan,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../../src/migrate/index.ts';
import { activityTypesOf } from '../../../src/migrate/kept-types.ts';
import { caseType, hilltop, optionValue } from '../../support/migration-sites.ts';
import { optionRows } from '../../../src/migrate/site-rows.ts';
import { setActive } from '../../support/set-active.ts';

const naming = (types: readonly string[]): CaseTypeDefinition => ({
  activityTypes: [{ name: 'Open Case' }, ...types.map((name) => ({ name }))],
});

interface CaseTypeDraw {
  readonly types: readonly string[];
  readonly isActive: boolean;
}

interface SiteDraw {
  readonly appeal: CaseTypeDraw | null;
  readonly other: CaseTypeDraw;
  /** How many activities of each kept type there are. */
  readonly kept: Readonly<Record<string, number>>;
}

const siteOf = ({ appeal, other, kept }: SiteDraw): MigrationSite => {
  const row = (name: string, { types, isActive }: CaseTypeDraw) =>
    caseType(name, naming(types), { isActive });
  const missing = [...(appeal?.types ?? []), ...other.types].filter((name) => !(name in kept));
  return hilltop({
    optionValues: [...new Set([...Object.keys(kept), ...missing])].map((name) =>
      optionValue('activity_type', name),
    ),
    keptTypes: Object.keys(kept),
    uses: Object.fromEntries(
      Object.entries(kept).map(([name, activities]) => [`activity_type:${name}`, activities]),
    ),
    caseTypes: () => [...(appeal === null ? [] : [row('appeal', appeal)]), row('other', other)],
  });
};

const planOn = async (site: MigrationSite, types: readonly string[]): Promise<MigrationPlan> =>
  planMigration({
    source: { kind: 'definition', name: 'appeal', definition: naming(types) },
    target: await snapshotSite(site, { caseTypes: ['appeal'] }),
    caseTypes: ['appeal'],
  });

const typesOn = async (site: MigrationSite): Promise<readonly string[]> =>
  (await optionRows(site, 'activity_type')).map((type) => type.name);

const visited = (activities: number, other: CaseTypeDraw): SiteDraw => ({
  appeal: { types: ['Visit'], isActive: true },
  other,
  kept: { Visit: activities },
});
const idle: CaseTypeDraw = { types: [], isActive: true };

describe('an activity type that CiviCRM made for a definition', () => {
  it('stops a plan that would leave it unnamed, with how many activities would be lost and the cure', async () => {
    const plan = await planOn(siteOf(visited(3, idle)), []);
    expect(plan.problems).toEqual([
      {
        kind: 'activities-lost',
        key: 'activity_type:Visit',
        message:
          'On "hilltop" no active case type would name the activity type "Visit" any more; CiviCRM made it for a definition, and deletes it for good with its 3 activities at the next write of a definition.',
        remedy:
          'Name "Visit" in the definition of an active case type of "hilltop", or have CiviCRM leave the type alone: in the API Explorer there, Managed, delete, where name = civicase:act:Visit.',
      },
    ]);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(renderPlan(plan)).toContain('! activity type "Visit": On "hilltop" no active case type');
  });

  it('is only noted when nothing is lost', async () => {
    const plan = await planOn(siteOf(visited(0, idle)), []);
    expect(plan.problems).toEqual([]);
    expect(plan.notes.map(({ kind, key }) => `${kind} ${key}`)).toContain('type-goes activity_type:Visit');
  });

  it.each([
    ['another active case type names it', { types: ['Visit'], isActive: true }, []],
    ['the plan names it', idle, ['Visit', 'Call']],
  ])('stops nothing where %s', async (_, other, wanted) => {
    const plan = await planOn(siteOf(visited(3, other)), wanted);
    expect(plan.changes).not.toEqual([]);
    expect([plan.problems, plan.notes.filter(({ kind }) => kind === 'type-goes')]).toEqual([[], []]);
  });

  it.each([
    ['only a disabled case type names it', { types: ['Visit'], isActive: false }, []],
    ['the plan names it in other letters', idle, ['visit']],
  ])('stops a plan where %s', async (_, other, wanted) => {
    const { problems } = await planOn(siteOf(visited(3, other)), wanted);
    expect(problems.map(({ kind }) => kind)).toContain('activities-lost');
  });

  it('stops any plan that writes a case type where it is unnamed already', async () => {
    const site = siteOf({ appeal: null, other: idle, kept: { Visit: 1 } });
    const { problems } = await planOn(site, ['Call']);
    expect(problems.map(({ key }) => key)).toEqual(['activity_type:Visit']);
    expect(problems[0]?.message).toContain('with its 1 activity at');
    const nothingToWrite = siteOf({ appeal: { types: [], isActive: true }, other: idle, kept: { Visit: 1 } });
    expect((await planOn(nothingToWrite, [])).problems).toEqual([]);
  });

  it.each(['before the first change', 'right before the case type is written'])(
    'makes a plan stale that somebody overtook %s',
    async (moment) => {
      const site = siteOf(visited(0, idle));
      const plan = await planOn(site, ['Call']);
      let reads = 0;
      const overtaken: MigrationSite = {
        ...site,
        keptActivityTypes: () => {
          reads += 1;
          const activities = reads > 1 || moment === 'before the first change' ? 2 : 0;
          return Promise.resolve([{ name: 'Visit', activities }]);
        },
      };
      const applying = applyMigration(plan, overtaken, createMemoryRunJournal());
      await expect(applying).rejects.toMatchObject({
        kind: 'stale-plan',
        details: { activityType: 'Visit', activities: 2 },
      });
      expect((await site.caseTypes())[0]?.definition).toEqual(naming(['Visit']));
      expect((await typesOn(site)).includes('Call')).toBe(moment !== 'before the first change');
      expect((await planOn(siteOf(visited(2, idle)), ['Call'])).fingerprint.target).not.toBe(
        plan.fingerprint.target,
      );
    },
  );
});

describe('the law of activities', () => {
  const TYPES = ['Visit', 'Call', 'Note'];
  const drawn = fc.record({
    types: fc.subarray(TYPES),
    isActive: fc.boolean(),
  });
  const kept = fc.dictionary(fc.constantFrom(...TYPES), fc.nat({ max: 2 }));
  const scene = fc.record({
    site: fc.record({ appeal: fc.option(drawn), other: drawn, kept }),
    wanted: fc.subarray(TYPES),
    disabled: fc.boolean(),
  });

  it('neither a plan that is applied nor a rollback leaves a type with activities unnamed or deletes it', async () => {
    const seen = { applied: 0, stopped: 0, undone: 0, kept: 0 };
    await fc.assert(
      fc.asyncProperty(scene, async ({ site: contents, wanted, disabled }) => {
        const site = siteOf(contents);
        const used = Object.keys(contents.kept).filter((name) => (contents.kept[name] ?? 0) > 0);
        const plan = await planOn(site, wanted);
        const check = async (): Promise<void> => {
          const named = (await site.caseTypes()).filter((row) => row.isActive).flatMap(activityTypesOf);
          expect(await typesOn(site)).toEqual(expect.arrayContaining(used));
          expect(named).toEqual(expect.arrayContaining(used));
        };
        if (plan.problems.length > 0) {
          seen.stopped += 1;
          return;
        }
        const journal = createMemoryRunJournal();
        const { runId } = await applyMigration(plan, site, journal);
        if (runId === null) return;
        seen.applied += 1;
        await check();
        // People may leave a type unnamed themselves; a rollback must not take it from them.
        if (disabled) await setActive(site, { kind: 'case_type', name: 'other' }, false);
        const { stays } = await rollbackMigration(runId, site, journal);
        expect(await typesOn(site)).toEqual(expect.arrayContaining(used));
        if (stays.length === 0) {
          seen.undone += 1;
          await check();
        } else seen.kept += 1;
      }),
      { numRuns: 200, seed: 20260302 },
    );
    expect(Object.values(seen).every((times) => times > 0)).toBe(true);
  });
});
