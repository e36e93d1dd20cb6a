import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  readPlan,
  renderPlan,
  renderSnapshotFiles,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
  type Snapshot,
} from '../../../src/migrate/index.ts';
import { coreRoundTrip } from '../../../src/migrate/core-round-trip.ts';
import { closureOf } from '../../../src/migrate/closure.ts';
import { entityKey, refOf } from '../../../src/migrate/entity.ts';
import { changeKey } from '../../../src/migrate/plan.ts';
import { stateOf } from '../../../src/migrate/target-state.ts';
import {
  caseType,
  group,
  hilltop,
  optionValue,
  relationshipType,
  seededSite,
  type SiteAdditions,
} from '../../support/migration-sites.ts';
import { optionRows } from '../../../src/migrate/site-rows.ts';
import { setActive } from '../../support/set-active.ts';

const ACTIVITY_TYPES = ['Hearing', 'Visit', 'Phone Call', 'Report & file', 'Épreuve'];
const STATUSES = ['Paused', 'Urgent', 'Zu prüfen'];
const ACTIVITY_STATUSES = ['Kept', 'No show'];
const PAIRS = [
  ['Coach of', 'Coached by'],
  ['Guide is', 'Guide'],
  ['Peer of', 'Peer of'],
] as const;
const GROUPS = ['desk_team', 'nurses'];

const subset = <Item>(items: readonly Item[]) => fc.subarray([...items]);
const label = fc.constantFrom('', ' (new)', ' <b>', ' & co');
const isActive = fc.boolean();

/** Options, relationship types and groups of a site; labels never equal another entry's name. */
const additions = (name: string, firstId: number): fc.Arbitrary<SiteAdditions> =>
  fc
    .record({
      activityTypes: subset(ACTIVITY_TYPES),
      statuses: subset(STATUSES),
      activityStatuses: subset(ACTIVITY_STATUSES),
      pairs: subset(PAIRS),
      groups: subset(GROUPS),
      label,
      isActive,
    })
    .map((drawn) => ({
      name,
      firstId,
      optionValues: [
        ...drawn.activityTypes.map((type) =>
          optionValue('activity_type', type, { label: type + drawn.label, isActive: drawn.isActive }),
        ),
        ...drawn.statuses.map((status) =>
          optionValue('case_status', status, { label: status + drawn.label, color: '#00ff00' }),
        ),
        ...drawn.activityStatuses.map((status) => optionValue('activity_status', status, { filter: 1 })),
      ],
      relationshipTypes: drawn.pairs.map(([nameAB, nameBA]) => relationshipType(nameAB, nameBA)),
      groups: drawn.groups.map((name) => group(name, { isActive: drawn.isActive })),
    }));

interface StepDraw {
  readonly type: string;
  readonly status: string | undefined;
  readonly offset: string;
  readonly rule: string;
  readonly sides: string;
}

const step: fc.Arbitrary<StepDraw> = fc.record({
  type: fc.constantFrom('Open Case', 'Meeting', ...ACTIVITY_TYPES),
  status: fc.constantFrom(undefined, '', 'Completed', 'Scheduled', ...ACTIVITY_STATUSES),
  offset: fc.constantFrom('', '1', '-3', ' 7'),
  rule: fc.constantFrom('', '1', '2', '3', '4', '9'),
  sides: fc.constantFrom('a_b', 'b_a'),
});

const shape = fc.record({
  menu: fc.uniqueArray(fc.constantFrom('Open Case', ...ACTIVITY_TYPES)),
  statuses: subset(['Open', 'Closed', ...STATUSES]),
  sets: fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 2 }),
  roles: subset(['Case Coordinator', 'Coached by', 'Guide', 'Peer of', 'Somebody new']),
  groups: subset(GROUPS),
  title: fc.constantFrom('Appeal', 'Appeal & <co>'),
  isActive,
});
type Shape = typeof shape extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function definitionOf(drawn: Shape, typeId: (nameAB: string) => number, staffId: number): CaseTypeDefinition {
  const rule = ({ rule, sides }: StepDraw): Record<string, string> => ({
    ...(rule === '' ? {} : { default_assignee_type: rule }),
    default_assignee_relationship: rule === '2' ? `${String(typeId('Spouse of'))}_${sides}` : '',
    default_assignee_contact: rule === '3' || rule === '1' ? String(staffId) : '',
  });
  return {
    activityTypes: drawn.menu.map((name) => ({ name, max_instances: '1' })),
    statuses: drawn.statuses,
    activitySets: drawn.sets.map((steps, index) => ({
      name: `set_${String(index)}`,
      label: `Set & ${String(index)}`,
      ...(index === 0 ? { timeline: '1' } : { sequence: 'true' }),
      activityTypes: steps.map((one) => ({
        name: one.type,
        ...(one.status === undefined ? {} : { status: one.status }),
        reference_activity: 'Open Case',
        reference_offset: one.offset,
        ...rule(one),
      })),
    })),
    caseRoles: drawn.roles.map((name) => ({ name, creator: '1', groups: drawn.groups })),
    activityAsgmtGrps: drawn.groups,
  };
}

const withAppeal = (site: SiteAdditions, drawn: Shape | null): MigrationSite =>
  seededSite({
    ...site,
    caseTypes: (typeId, staffId) =>
      drawn === null
        ? []
        : [
            caseType('appeal', coreRoundTrip('appeal')(definitionOf(drawn, typeId, staffId)), {
              title: drawn.title,
              isActive: drawn.isActive,
            }),
          ],
  });

const source = fc.record({ site: additions('riverside', 10), drawn: shape });
type Recipe = { readonly site: SiteAdditions; readonly drawn: Shape | null };

/** A site has what its definitions name: CiviCRM made it when they were saved. */
const withNamedTypes = (recipe: Recipe): Recipe => {
  const known = ['Open Case', 'Meeting', ...(recipe.site.optionValues ?? []).map(({ name }) => name)];
  const { menu = [], sets = [] } = recipe.drawn ?? {};
  const named = new Set([...menu, ...sets.flat().map(({ type }) => type)]);
  const made = [...named].filter((name) => !known.includes(name));
  const optionValues = [
    ...(recipe.site.optionValues ?? []),
    ...made.map((name) => optionValue('activity_type', name)),
  ];
  return { ...recipe, site: { ...recipe.site, optionValues } };
};
const target = fc.record({ site: additions('hilltop', 300), drawn: fc.option(shape) }).map(withNamedTypes);
const pair = fc.record({ source, target });
const open = ({ site, drawn }: Recipe): MigrationSite => withAppeal(site, drawn);
const openPair = (drawn: { readonly source: Recipe; readonly target: Recipe }) => ({
  from: open(drawn.source),
  to: open(drawn.target),
});

async function snapshots(from: MigrationSite, to: MigrationSite): Promise<[Snapshot, Snapshot]> {
  const read = await snapshotSite(from, { caseTypes: ['appeal'] });
  const contacts = contactKeysOf(read, 'appeal');
  return [read, await snapshotSite(to, { caseTypes: ['appeal'], contacts })];
}

/** What is asked about new names is answered: as renamed, each former name once, or as new. */
async function planBetween(
  from: MigrationSite,
  to: MigrationSite,
  isRenamed: boolean,
): Promise<MigrationPlan> {
  const [source, target] = await snapshots(from, to);
  const plan = (choices: PlanChoices = {}) =>
    planMigration({ source, target, caseTypes: ['appeal'], choices });
  const questions = plan().problems.filter(({ kind }) => kind === 'renamed-or-new');
  const former = new Map<string, string>();
  for (const { key, remedy } of isRenamed ? questions : []) {
    const text = /--rename "([^"]+)"/.exec(remedy)?.[1] ?? '';
    if (![...former.values()].some((one) => one.split('=')[0] === text.split('=')[0])) former.set(key, text);
  }
  const fresh = questions.map(({ key }) => key).filter((key) => !former.has(key));
  return plan({ rename: [...former.values()], fresh });
}

const everything = async (site: MigrationSite) => (await snapshotSite(site)).hashes;
const runs = { numRuns: 60, seed: 1 };

describe('laws of migration', () => {
  it('a site planned onto itself has nothing to change', async () => {
    await fc.assert(
      fc.asyncProperty(source, async (recipe) => {
        const site = open(recipe);
        const own = await snapshots(site, site);
        const plan = planMigration({ source: own[0], target: own[1], caseTypes: ['appeal'] });
        // What the site lacks itself would be made: its own definition names it.
        const made = plan.changes.filter((change) => change.kind !== 'create');
        expect(made).toEqual([]);
        const named = plan.notes.filter((note) => note.kind === 'made-as-core-would').map((note) => note.key);
        expect(plan.changes.map(changeKey).every((key) => named.includes(key))).toBe(true);
      }),
      runs,
    );
  });

  it('after applying a plan the same plan is empty, and rolling back restores the target', async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(pair, async (recipe) => {
        const { from, to } = openPair(recipe);
        const plan = await planBetween(from, to, false);
        expect(plan.problems).toEqual([]);
        const before = await everything(to);
        const journal = createMemoryRunJournal();
        const { runId } = await applyMigration(plan, to, journal);
        const again = await planBetween(from, to, false);
        expect(again.changes).toEqual([]);
        if (runId === null) return;
        applied += 1;
        await rollbackMigration(runId, to, journal);
        expect(await everything(to)).toEqual(before);
      }),
      runs,
    );
    expect(applied).toBeGreaterThan(0);
  });

  it('after the source gave one of its things another name, the target follows, and comes back', async () => {
    let renamed = 0;
    await fc.assert(
      fc.asyncProperty(
        source,
        fc.constantFrom(...ACTIVITY_TYPES, ...STATUSES, ...GROUPS),
        async (recipe, name) => {
          const [before, to] = [open(recipe), hilltop()];
          const first = await planBetween(before, to, false);
          const journal = createMemoryRunJournal();
          await applyMigration(first, to, journal);
          const held = await everything(to);
          const from = open(
            JSON.parse(JSON.stringify(recipe).replaceAll(`"${name}"`, `"${name} now"`)) as Recipe,
          );
          const plan = await planBetween(from, to, true);
          expect(plan.problems).toEqual([]);
          const kinds = plan.changes.map(({ kind }) => kind);
          expect(kinds.filter((kind) => kind !== 'rename' && kind !== 'update-case-type')).toEqual([]);
          const { runId } = await applyMigration(plan, to, journal);
          expect((await planBetween(from, to, false)).changes).toEqual([]);
          if (runId === null) return;
          renamed += kinds.filter((kind) => kind === 'rename').length;
          await rollbackMigration(runId, to, journal);
          expect(await everything(to)).toEqual(held);
        },
      ),
      runs,
    );
    expect(renamed).toBeGreaterThan(0);
  });

  it('a rollback after somebody edited something leaves that and all that it leans on, and undoes the rest', async () => {
    const seen = { whole: 0, part: 0 };
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async (recipe, pick) => {
        const { from, to } = openPair(recipe);
        const plan = await planBetween(from, to, false);
        const before = await snapshotSite(to);
        const journal = createMemoryRunJournal();
        const { runId } = await applyMigration(plan, to, journal);
        if (runId === null) return;
        const applied = await snapshotSite(to);
        const switches = [...applied.entities, ...applied.caseTypes].filter((one) => 'isActive' in one);
        const edited = switches[pick % switches.length];
        if (edited === undefined) return;
        const isOn = edited.isActive === true;
        await setActive(to, refOf(edited), !isOn);
        const held = await snapshotSite(to);
        const { undone, stays } = await rollbackMigration(runId, to, journal);
        const after = await snapshotSite(to);
        const ours = plan.changes.map(changeKey);
        expect([...undone, ...stays.map(({ key }) => key)].sort()).toEqual([...ours].sort());
        for (const key of new Set([...Object.keys(before.hashes), ...Object.keys(held.hashes)])) {
          const then = undone.includes(key) ? before : held;
          expect(stateOf(after, key), key).toEqual(stateOf(then, key));
        }
        const stayed = stays.filter(({ key }) => key.startsWith('case_type:'));
        for (const { key } of stayed) {
          const staying = after.caseTypes.find((one) => entityKey(one) === key);
          const needs = staying === undefined ? [] : closureOf(staying, after).map((need) => need.key);
          expect(undone.filter((one) => needs.includes(one))).toEqual([]);
        }
        const isOurs = ours.includes(entityKey(edited));
        expect(stays.length > 0).toBe(isOurs);
        seen[isOurs ? 'part' : 'whole'] += 1;
        await setActive(to, refOf(edited), isOn);
        if (!isOurs) return;
        expect((await rollbackMigration(runId, to, journal)).stays).toEqual([]);
        expect((await snapshotSite(to)).hashes).toEqual(before.hashes);
      }),
      { ...runs, seed: 20260302 },
    );
    expect(Object.values(seen).every((times) => times > 0)).toBe(true);
  });

  it('a plan does not depend on the order in which sites answer, and survives a file', async () => {
    const shuffled = <Item>(items: readonly Item[]): readonly Item[] => [...items].reverse();
    await fc.assert(
      fc.asyncProperty(pair, async (recipe) => {
        const { from, to } = openPair(recipe);
        const [read, held] = await snapshots(from, to);
        const plan = planMigration({ source: read, target: held, caseTypes: ['appeal'] });
        const turned = (snapshot: Snapshot): Snapshot => ({
          ...snapshot,
          entities: shuffled(snapshot.entities),
          caseTypes: shuffled(snapshot.caseTypes),
          contacts: shuffled(snapshot.contacts),
        });
        const other = planMigration({ source: turned(read), target: turned(held), caseTypes: ['appeal'] });
        expect(other).toEqual(plan);
        expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
        expect(renderPlan(other)).toBe(renderPlan(plan));
      }),
      runs,
    );
  });

  it('a target that moved in anything the plan looked at is refused and left alone', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async (recipe, pick) => {
        const { from, to } = openPair(recipe);
        const plan = await planBetween(from, to, false);
        const watched = optionRows(to, 'activity_type');
        const kept = (await watched).filter(
          ({ name, isActive }) => plan.basis[`activity_type:${name}`] !== undefined && isActive,
        );
        const moved = kept[pick % Math.max(kept.length, 1)];
        if (moved === undefined) return;
        await setActive(to, { kind: 'activity_type', name: moved.name }, false);
        const before = await everything(to);
        await expect(applyMigration(plan, to, createMemoryRunJournal())).rejects.toMatchObject({
          kind: 'stale-plan',
          details: { moved: [`activity_type:${moved.name} has another isActive`] },
        });
        expect(await everything(to)).toEqual(before);
        refused += 1;
      }),
      runs,
    );
    expect(refused).toBeGreaterThan(0);
  });

  it('pulling an unchanged site twice gives the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(source, async (recipe) => {
        const site = open(recipe);
        const first = renderSnapshotFiles(await snapshotSite(site));
        const second = renderSnapshotFiles(await snapshotSite(site));
        expect([...second]).toEqual([...first]);
      }),
      { numRuns: 30, seed: 1 },
    );
  });
});
