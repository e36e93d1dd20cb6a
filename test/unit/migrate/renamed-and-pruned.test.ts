import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  planMigration,
  rollbackMigration,
  selectChanges,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
} from '../../../src/migrate/index.ts';
import { comparable, entityKey } from '../../../src/migrate/entity.ts';
import { changeKey } from '../../../src/migrate/plan.ts';
import { caseType, optionValue, seededSite } from '../../support/migration-sites.ts';

const visits = (status: string, ...types: readonly string[]): CaseTypeDefinition => ({
  activityTypes: ['Open Case', ...types].map((name) => ({ name })),
  statuses: ['Open', status],
});

const site = (name: string, status: string, ...types: readonly string[]): MigrationSite =>
  seededSite({
    name,
    firstId: name.length * 30,
    optionValues: [
      optionValue('case_status', status),
      ...types.map((type) => optionValue('activity_type', type)),
    ],
    caseTypes: () => [caseType('visits', visits(status, ...types)), caseType('other', visits('Open'))],
  });

async function plan(
  source: MigrationSite,
  target: MigrationSite,
  choices: PlanChoices,
): Promise<MigrationPlan> {
  const [from, held] = [await snapshotSite(source), await snapshotSite(target)];
  return planMigration({ source: from, target: held, caseTypes: ['visits'], choices });
}

const renaming = (target: MigrationSite): Promise<MigrationPlan> =>
  plan(site('riverside', 'Suspended', 'Visit'), target, { rename: ['case_status:Paused=Suspended'] });
const pruning = (target: MigrationSite): Promise<MigrationPlan> =>
  plan(site('riverside', 'Paused'), target, { prune: true });
const PAUSED = (): MigrationSite => site('hilltop', 'Paused', 'Visit');

describe('only some changes of a plan', () => {
  it('take every definition with a new name, and what names it before something goes', async () => {
    const renamed = selectChanges(await renaming(PAUSED()), ['case_status:Suspended']);
    expect(renamed.plan.changes.map(changeKey)).toEqual(['case_status:Suspended', 'case_type:visits']);
    expect(renamed.left).toEqual([]);
    const pruned = selectChanges(await pruning(PAUSED()), ['activity_type:Visit']);
    expect(pruned.plan.changes.map(changeKey)).toEqual(['case_type:visits', 'activity_type:Visit']);
    const definition = selectChanges(await pruning(PAUSED()), ['case_type:visits']);
    expect(definition.left).toEqual(['activity_type:Visit']);
  });

  it('leave a plan that can be applied whole later', async () => {
    const target = PAUSED();
    const journal = createMemoryRunJournal();
    const whole = await pruning(target);
    await applyMigration(selectChanges(whole, ['case_type:visits']).plan, target, journal);
    const { applied, alreadyThere } = await applyMigration(whole, target, journal);
    expect([applied, alreadyThere]).toEqual([['activity_type:Visit'], ['case_type:visits']]);
  });
});

describe('a rollback of new names', () => {
  it('leaves a name that a definition which stays needs', async () => {
    const target = PAUSED();
    const journal = createMemoryRunJournal();
    const { runId } = await applyMigration(await renaming(target), target, journal);
    await target.update({ kind: 'case_type', name: 'visits' }, { title: 'Visits at home' });
    const held = (await snapshotSite(target)).hashes;
    const outcome = await rollbackMigration(runId ?? '', target, journal);
    expect(outcome.undone).toEqual([]);
    expect(outcome.stays.map(({ key, kind }) => [key, kind])).toEqual([
      ['case_status:Suspended', 'needed'],
      ['case_type:visits', 'changed'],
    ]);
    expect((await snapshotSite(target)).hashes).toEqual(held);
    await target.update({ kind: 'case_type', name: 'visits' }, { title: 'visits' });
    expect((await rollbackMigration(runId ?? '', target, journal)).stays).toEqual([]);
    expect((await snapshotSite(target)).entities.map((entity) => entity['name' as never])).toContain(
      'Paused',
    );
  });

  it('leaves a name that another case type came to use', async () => {
    const target = PAUSED();
    const journal = createMemoryRunJournal();
    const { runId } = await applyMigration(await renaming(target), target, journal);
    const other = (await target.caseTypes()).find(({ name }) => name === 'other');
    if (other === undefined) throw new Error('There is no other case type.');
    const { acceptsDefinition: _acceptsDefinition, ...entity } = other;
    await target.saveCaseType({ ...entity, definition: visits('Suspended') });
    const { undone, stays } = await rollbackMigration(runId ?? '', target, journal);
    expect(undone).toEqual([]);
    expect(stays.map(({ key, kind }) => [key, kind])).toEqual([
      ['case_status:Suspended', 'needed'],
      ['case_type:visits', 'lacks'],
    ]);
  });
});

describe('a rollback of what was pruned', () => {
  it('gives back what went, unless somebody made it again', async () => {
    const target = PAUSED();
    const journal = createMemoryRunJournal();
    const states = async () =>
      Object.fromEntries(
        (await snapshotSite(target)).entities.map((one) => [entityKey(one), comparable(one)]),
      );
    const before = await states();
    const first = await applyMigration(await pruning(target), target, journal);
    await rollbackMigration(first.runId ?? '', target, journal);
    expect(await states()).toEqual(before);

    const { runId } = await applyMigration(await pruning(target), target, journal);
    await target.create(optionValue('activity_type', 'Visit', { label: 'Home visit' }));
    const { undone, stays } = await rollbackMigration(runId ?? '', target, journal);
    expect(stays.map(({ key, reason }) => [key, reason])).toEqual([
      ['activity_type:Visit', 'it has been created again since'],
    ]);
    expect(undone).toEqual(['case_type:visits']);
  });
});
