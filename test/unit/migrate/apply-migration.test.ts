import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  rollbackMigration,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
} from '../../../src/migrate/index.ts';
import { caseType, hilltop, optionValue, riverside } from '../../support/migration-sites.ts';
import { optionRows, relationshipTypeRows } from '../../../src/migrate/site-rows.ts';
import { setActive } from '../../support/set-active.ts';

async function planBetween(source: MigrationSite, target: MigrationSite): Promise<MigrationPlan> {
  const from = await snapshotSite(source, { caseTypes: ['appeal'] });
  const contacts = contactKeysOf(from, 'appeal');
  const to = await snapshotSite(target, { caseTypes: ['appeal'], contacts });
  return planMigration({ source: from, target: to, caseTypes: ['appeal'] });
}

const everything = async (site: MigrationSite) => (await snapshotSite(site)).hashes;

describe('applying a plan', () => {
  it('makes the target hold what the source holds, in the words of the target', async () => {
    const target = hilltop();
    const plan = await planBetween(riverside(), target);
    const outcome = await applyMigration(plan, target, createMemoryRunJournal());
    expect(outcome.applied).toHaveLength(6);
    const [stored] = await target.caseTypes();
    const coach = (await relationshipTypeRows(target)).find((type) => type.nameAB === 'Coach of');
    expect(stored?.definition.activitySets).toMatchObject([
      {
        activityTypes: [
          { name: 'Open Case' },
          { name: 'Hearing', default_assignee_type: '3', default_assignee_contact: '570' },
          { default_assignee_relationship: `${String(coach?.id)}_b_a` },
        ],
      },
    ]);
    expect((await planBetween(riverside(), target)).changes).toEqual([]);
  });

  it('twice does nothing the second time', async () => {
    const [target, journal] = [hilltop(), createMemoryRunJournal()];
    const plan = await planBetween(riverside(), target);
    await applyMigration(plan, target, journal);
    const again = await applyMigration(plan, target, journal);
    expect(again).toMatchObject({ runId: null, applied: [] });
    expect(again.alreadyThere).toHaveLength(6);
    expect(await journal.runs()).toHaveLength(1);
  });

  it('enables what is disabled', async () => {
    const target = hilltop({ optionValues: [optionValue('activity_type', 'Hearing', { isActive: false })] });
    await applyMigration(await planBetween(riverside(), target), target, createMemoryRunJournal());
    const types = await optionRows(target, 'activity_type');
    expect(types.filter((type) => type.name === 'Hearing').map((type) => type.isActive)).toEqual([true]);
  });

  it('is refused on another site than it was made for', async () => {
    const plan = await planBetween(riverside(), hilltop());
    const elsewhere = hilltop({ name: 'valley' });
    const refused = applyMigration(plan, elsewhere, createMemoryRunJournal());
    await expect(refused).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('is refused, naming entity and field, when the target moved', async () => {
    const target = hilltop({ optionValues: [optionValue('case_status', 'Paused')] });
    const plan = await planBetween(riverside(), target);
    await setActive(target, { kind: 'case_status', name: 'Paused' }, false);
    await target.create(optionValue('activity_type', 'Hearing', { label: 'By someone else' }));
    const refused = applyMigration(plan, target, createMemoryRunJournal());
    await expect(refused).rejects.toMatchObject({
      kind: 'stale-plan',
      details: {
        moved: ['activity_type:Hearing has been created', 'case_status:Paused has another isActive'],
      },
    });
    expect(await target.caseTypes()).toEqual([]);
  });

  it('says so when the site keeps something else than it was given', async () => {
    const target = hilltop();
    const plan = await planBetween(riverside(), target);
    const forgetful: MigrationSite = {
      ...target,
      saveCaseType: async (entity) => ({ ...(await target.saveCaseType(entity)), definition: {} }),
    };
    const refused = applyMigration(plan, forgetful, createMemoryRunJournal());
    await expect(refused).rejects.toMatchObject({
      kind: 'remote-rejected',
      details: { key: 'case_type:appeal', fields: ['definition'] },
    });
  });

  it('takes what someone else made in the same way for made, and does not undo it', async () => {
    const [target, journal] = [hilltop(), createMemoryRunJournal()];
    const plan = await planBetween(riverside(), target);
    const hearing = { label: 'Hearing of appeal', icon: 'fa-gavel' };
    await target.create(optionValue('activity_type', 'Hearing', hearing));
    const outcome = await applyMigration(plan, target, journal);
    expect(outcome.alreadyThere).toEqual(['activity_type:Hearing']);
    const { undone } = await rollbackMigration(outcome.runId ?? '', target, journal);
    expect(undone).not.toContain('activity_type:Hearing');
  });
});

describe('rolling a run back', () => {
  it('leaves the target as it was before', async () => {
    const [target, journal] = [
      hilltop({
        caseTypes: () => [caseType('appeal', { caseRoles: [{ name: 'Case Coordinator' }] })],
        optionValues: [optionValue('activity_type', 'Hearing', { isActive: false })],
      }),
      createMemoryRunJournal(),
    ];
    const before = await everything(target);
    const { runId } = await applyMigration(await planBetween(riverside(), target), target, journal);
    expect(await everything(target)).not.toEqual(before);
    await rollbackMigration(runId ?? '', target, journal);
    expect(await everything(target)).toEqual(before);
    expect(await journal.run(runId ?? '')).toMatchObject({ state: 'rolled-back' });
    expect(await rollbackMigration(runId ?? '', target, journal)).toEqual({ undone: [], stays: [] });
  });

  it('is refused for an unknown run, and on another site', async () => {
    const [target, journal] = [hilltop(), createMemoryRunJournal()];
    const { runId } = await applyMigration(await planBetween(riverside(), target), target, journal);
    await expect(rollbackMigration('nope', target, journal)).rejects.toMatchObject({ kind: 'not-found' });
    const elsewhere = rollbackMigration(runId ?? '', hilltop({ name: 'valley' }), journal);
    await expect(elsewhere).rejects.toMatchObject({ kind: 'conflict' });
  });
});

/** The site, whose connection breaks at the n-th write: before or after the effect. */
function breakingSite(site: MigrationSite, at: number, moment: 'before' | 'after'): MigrationSite {
  let written = 0;
  const broken = (): never => {
    throw new AppError('remote-unavailable', 'The connection broke.');
  };
  const wrap =
    <Argument extends readonly unknown[], Value>(write: (...given: Argument) => Promise<Value>) =>
    async (...given: Argument): Promise<Value> => {
      written += 1;
      if (written === at && moment === 'before') return broken();
      const value = await write(...given);
      return written === at ? broken() : value;
    };
  return {
    ...site,
    create: wrap(site.create.bind(site)),
    saveCaseType: wrap(site.saveCaseType.bind(site)),
    update: wrap(site.update.bind(site)),
  };
}

describe('a crash', () => {
  const additions = {
    optionValues: [optionValue('activity_type', 'Hearing', { isActive: false })],
    caseTypes: () => [caseType('appeal', {})],
  };
  const steps = [1, 2, 3, 4, 5, 6].flatMap((step) =>
    (['before', 'after'] as const).map((moment) => ({ step, moment })),
  );

  it.each(steps)(
    '$moment write $step leaves a run that goes on to the same end',
    async ({ step, moment }) => {
      const untouched = hilltop(additions);
      await applyMigration(await planBetween(riverside(), untouched), untouched, createMemoryRunJournal());
      const [target, journal] = [hilltop(additions), createMemoryRunJournal()];
      const before = await everything(target);
      const plan = await planBetween(riverside(), target);
      expect(plan.changes).toHaveLength(6);
      await expect(applyMigration(plan, breakingSite(target, step, moment), journal)).rejects.toMatchObject({
        kind: 'remote-unavailable',
      });
      const { runId, applied } = await applyMigration(plan, target, journal);
      expect(await everything(target)).toEqual(await everything(untouched));
      expect(applied).toHaveLength(plan.changes.length);
      expect(await journal.runs()).toHaveLength(1);
      await rollbackMigration(runId ?? '', target, journal);
      expect(await everything(target)).toEqual(before);
    },
  );
});
