import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  rollbackMigration,
  snapshotSite,
  type MigrationSite,
} from '../../../src/migrate/index.ts';
import type { EntityKey } from '../../../src/migrate/entity.ts';
import { caseType, group, hilltop, optionValue, riverside } from '../../support/migration-sites.ts';
import { setActive } from '../../support/set-active.ts';

const everything = async (site: MigrationSite) => (await snapshotSite(site)).hashes;

const CREATED = [
  'activity_status:Kept',
  'activity_type:Hearing',
  'case_status:Paused',
  'case_type:appeal',
  'group:desk_team',
  'relationship_type:Coach of',
];

/** A target to which "appeal" and its five needs were brought; what was before is gone again with the run. */
async function broughtTo(change: Parameters<typeof hilltop>[0] = {}) {
  const uses: Record<EntityKey, number> = {};
  const target = hilltop({ uses, ...change });
  const journal = createMemoryRunJournal();
  const before = await everything(target);
  const from = await snapshotSite(riverside(), { caseTypes: ['appeal'] });
  const to = await snapshotSite(target, { contacts: contactKeysOf(from, 'appeal') });
  const plan = planMigration({ source: from, target: to, caseTypes: ['appeal'] });
  const { runId } = await applyMigration(plan, target, journal);
  const id = runId ?? '';
  return {
    ...{ target, uses, before, journal, id, plan },
    rollBack: (site = target, dryRun = false) => rollbackMigration(id, site, journal, { dryRun }),
    state: async () => (await journal.run(id)).state,
  };
}

const keysOf = (items: readonly { readonly key: string }[]) => items.map(({ key }) => key).sort();

describe('rolling back each item by itself', () => {
  it('leaves a case type with cases, and all that it needs', async () => {
    const { uses, rollBack, target, before, state } = await broughtTo();
    uses['case_type:appeal'] = 2;
    const applied = await everything(target);
    const first = await rollBack();
    expect(first.undone).toEqual([]);
    expect(keysOf(first.stays)).toEqual(CREATED);
    expect(first.stays.find(({ key }) => key === 'case_type:appeal')).toEqual({
      key: 'case_type:appeal',
      kind: 'used',
      reason: 'it is used by 2 cases',
      remedy: expect.stringContaining('roll back again') as string,
    });
    expect(first.stays.find(({ key }) => key === 'group:desk_team')).toMatchObject({
      kind: 'needed',
      reason: 'case type "appeal" needs it, and stays',
    });
    expect(await everything(target)).toEqual(applied);
    expect(await state()).toBe('done');
    uses['case_type:appeal'] = 0;
    expect((await rollBack()).stays).toEqual([]);
    expect(await everything(target)).toEqual(before);
    expect(await state()).toBe('rolled-back');
  });

  it('leaves what an entity that is enabled again is for, while the case type stays', async () => {
    const disabled = [optionValue('activity_type', 'Hearing', { isActive: false })];
    const { uses, rollBack, target, before } = await broughtTo({ optionValues: disabled });
    uses['case_type:appeal'] = 1;
    expect((await rollBack()).undone).toEqual([]);
    uses['case_type:appeal'] = 0;
    await rollBack();
    expect(await everything(target)).toEqual(before);
  });

  it('leaves what another case type needs, and undoes the rest', async () => {
    const { rollBack, target, before, state } = await broughtTo();
    await target.saveCaseType(caseType('other', { activityTypes: [{ name: 'Hearing' }] }));
    const { undone, stays } = await rollBack();
    expect(undone).toHaveLength(CREATED.length - 1);
    expect(stays).toMatchObject([
      { key: 'activity_type:Hearing', kind: 'needed', reason: 'case type "other" needs it' },
    ]);
    expect(await state()).toBe('done');
    await target.remove({ kind: 'case_type', name: 'other' });
    expect((await rollBack()).undone).toEqual(['activity_type:Hearing']);
    expect(await everything(target)).toEqual(before);
    expect(await state()).toBe('rolled-back');
  });

  it('leaves what was changed since, until it is as the run left it', async () => {
    const { rollBack, target, before, journal } = await broughtTo();
    await setActive(target, { kind: 'group', name: 'desk_team' }, false);
    const { undone, stays } = await rollBack();
    expect(undone).toHaveLength(CREATED.length - 1);
    expect(stays).toMatchObject([
      { key: 'group:desk_team', kind: 'changed', reason: 'it has been changed since: isActive' },
    ]);
    // What is undone is no longer held against the site by the next plan.
    expect(Object.keys((await journal.lastApplied('hilltop')).left)).toContain('group:desk_team');
    expect(Object.keys((await journal.lastApplied('hilltop')).left)).not.toContain('case_type:appeal');
    await setActive(target, { kind: 'group', name: 'desk_team' }, true);
    await rollBack();
    expect(await everything(target)).toEqual(before);
  });

  it('leaves what something names that was made since', async () => {
    const { rollBack, target } = await broughtTo();
    const tag = { isActive: true, isReserved: false, description: null, label: 'x', color: null };
    await target.create({
      ...{ kind: 'custom_group', name: 'Ward', title: 'Ward', extends: 'Case', of: ['appeal'], ...tag },
    });
    const { stays } = await rollBack();
    expect(stays.find(({ key }) => key === 'case_type:appeal')).toMatchObject({
      kind: 'needed',
      reason: 'custom group "Ward" needs it',
    });
    expect(keysOf(stays)).toEqual(CREATED);
  });

  it('shows beforehand what would go and what would stay, and changes nothing', async () => {
    const { rollBack, target, uses } = await broughtTo();
    uses['group:desk_team'] = 1;
    const applied = await everything(target);
    const shown = await rollBack(target, true);
    expect(await everything(target)).toEqual(applied);
    expect(keysOf(shown.stays)).toEqual(['group:desk_team']);
    expect(await rollBack()).toEqual(shown);
  });

  it('goes on with the rest when the site refuses one', async () => {
    const { rollBack, target, before } = await broughtTo();
    const refusing: MigrationSite = {
      ...target,
      remove: (ref) =>
        ref.kind === 'case_status'
          ? Promise.reject(new AppError('remote-rejected', 'The value is in use.'))
          : target.remove(ref),
    };
    const { undone, stays } = await rollBack(refusing);
    expect(stays).toMatchObject([
      { key: 'case_status:Paused', kind: 'refused', reason: 'The value is in use.' },
    ]);
    expect(undone).toHaveLength(CREATED.length - 1);
    await rollBack();
    expect(await everything(target)).toEqual(before);
  });

  it('goes on after the connection broke', async () => {
    const { rollBack, target, before, state } = await broughtTo();
    let removed = 0;
    const breaking: MigrationSite = {
      ...target,
      remove: async (ref) => {
        await target.remove(ref);
        removed += 1;
        if (removed === 3) throw new AppError('remote-unavailable', 'The connection broke.');
      },
    };
    await expect(rollBack(breaking)).rejects.toMatchObject({ kind: 'remote-unavailable' });
    expect(await state()).toBe('done');
    expect((await rollBack()).undone).toHaveLength(3);
    expect(await everything(target)).toEqual(before);
    expect(await state()).toBe('rolled-back');
  });

  it('lets the plan be applied again after a part of it was undone', async () => {
    const { rollBack, target, before, plan, journal, uses } = await broughtTo();
    uses['group:desk_team'] = 1;
    await rollBack();
    const again = await applyMigration(plan, target, journal);
    expect(again.alreadyThere).toEqual(['group:desk_team']);
    expect(Object.keys(await everything(target))).toEqual(expect.arrayContaining(CREATED));
    expect((await rollbackMigration(again.runId ?? '', target, journal)).stays).toEqual([]);
    uses['group:desk_team'] = 0;
    await rollBack();
    expect(await everything(target)).toEqual(before);
  });

  it('keeps a group of another name apart', async () => {
    const { rollBack, target } = await broughtTo();
    await target.create(group('night_team'));
    expect((await rollBack()).stays).toEqual([]);
    expect(Object.keys(await everything(target))).toContain('group:night_team');
  });
});
