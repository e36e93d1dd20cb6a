import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  createMemoryRunJournal,
  planMigration,
  reasonText,
  renderPlan,
  renderSnapshotFiles,
  rollbackMigration,
  snapshotSite,
  askTarget,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
} from '../../../src/migrate/index.ts';
import type { Dependency } from '../../../src/migrate/entity.ts';
import { changeKey } from '../../../src/migrate/plan.ts';
import { caseType, hilltop, optionValue, seededSite } from '../../support/migration-sites.ts';

const naming = (...types: readonly string[]): CaseTypeDefinition => ({
  activityTypes: [{ name: 'Open Case' }, ...types.map((name) => ({ name }))],
});

const siteWith = (
  name: string,
  definitions: Readonly<Record<string, CaseTypeDefinition>>,
  entities: readonly Dependency[] = [],
): MigrationSite =>
  seededSite({
    name,
    firstId: name.length * 10,
    optionValues: ['Visit', 'Letter'].map((type) => optionValue('activity_type', type)),
    keptTypes: ['Visit', 'Letter'],
    uses: { 'activity_type:Visit': 3, 'activity_type:Letter': 2 },
    entities,
    caseTypes: () => Object.entries(definitions).map(([type, definition]) => caseType(type, definition)),
  });

async function plan(
  source: MigrationSite,
  target: MigrationSite,
  caseTypes: readonly string[],
  choices: PlanChoices = {},
): Promise<MigrationPlan> {
  const held = await snapshotSite(target);
  const planned = planMigration({ source: await snapshotSite(source), target: held, caseTypes, choices });
  return askTarget(planned, held, target);
}

describe('several case types in one plan', () => {
  it('share what they need, once, with the case types that need it', async () => {
    const source = siteWith('riverside', { visits: naming('Visit'), letters: naming('Letter', 'Visit') });
    const both = await plan(source, hilltop(), ['visits', 'letters', 'visits']);
    expect(both.caseTypes).toEqual(['letters', 'visits']);
    expect(both.changes.map((change) => [changeKey(change), change.severity])).toEqual([
      ['activity_type:Letter', 'low'],
      ['activity_type:Visit', 'low'],
      ['case_type:letters', 'low'],
      ['case_type:visits', 'low'],
    ]);
    expect(both.changes[1]?.reasons.map((reason) => reasonText(reason))).toEqual([
      'offered in the menu of activities (letters)',
      'offered in the menu of activities (visits)',
    ]);
    expect(renderPlan(both)).toContain('2 case types from "riverside" to "hilltop": letters, visits');
    const target = hilltop();
    const before = (await snapshotSite(target)).hashes;
    const journal = createMemoryRunJournal();
    const { runId } = await applyMigration(
      await plan(source, target, ['visits', 'letters']),
      target,
      journal,
    );
    expect((await plan(source, target, ['visits', 'letters'])).changes).toEqual([]);
    await rollbackMigration(runId ?? '', target, journal);
    expect((await snapshotSite(target)).hashes).toEqual(before);
  });

  it('are saved in an order in which no activity type is unnamed in between', async () => {
    const source = siteWith('riverside', { alpha: naming(), beta: naming('Visit', 'Letter') });
    const target = siteWith('hilltop', { alpha: naming('Visit'), beta: naming('Letter') });
    const moving = await plan(source, target, ['alpha', 'beta']);
    expect(moving.problems).toEqual([]);
    expect(moving.changes.map(changeKey)).toEqual(['case_type:beta', 'case_type:alpha']);
    await applyMigration(moving, target, createMemoryRunJournal());
    expect((await target.keptActivityTypes()).map(({ name }) => name).sort()).toEqual(['Letter', 'Visit']);
  });

  it('stop where two would swap what only one of them names', async () => {
    const source = siteWith('riverside', { alpha: naming('Letter'), beta: naming('Visit') });
    const target = siteWith('hilltop', { alpha: naming('Visit'), beta: naming('Letter') });
    const swapping = await plan(source, target, ['alpha', 'beta']);
    expect(swapping.problems.map(({ kind, key }) => [kind, key])).toEqual([
      ['activities-lost', 'activity_type:Visit'],
    ]);
  });
});

describe('a custom group of some case types', () => {
  const facts = (...of: readonly string[]): Dependency => ({
    kind: 'custom_group',
    name: 'Facts',
    title: 'Facts',
    extends: 'Case',
    of,
    isActive: true,
    weight: 1,
  });

  it('comes to concern those of both sites, and never fewer', async () => {
    const source = siteWith('riverside', { visits: naming(), letters: naming() }, [
      facts('letters', 'visits'),
    ]);
    const target = siteWith('hilltop', { local: naming('Visit', 'Letter'), visits: naming() }, [
      facts('local', 'visits'),
    ]);
    const only = await plan(source, target, ['visits']);
    expect(only.changes).toEqual([]);
    expect(only.notes.map(({ message }) => message).join()).toContain('It concerns "letters" too');
    const both = await plan(source, target, ['letters', 'visits']);
    expect(
      both.changes.map((change) => (change.kind === 'update' ? change.after['of'] : changeKey(change))),
    ).toEqual(['case_type:letters', ['letters', 'local', 'visits']]);
  });
});

describe('how closely a change is to be looked at', () => {
  it('goes by what it takes from open cases', async () => {
    const named = {
      activityTypes: [{ name: 'Open Case' }, { name: 'Meeting' }],
      statuses: ['Open', 'Closed'],
    };
    const source = siteWith('riverside', { visits: { ...named, statuses: ['Open'] } });
    const target = (openCases: number): MigrationSite =>
      seededSite({
        name: 'hilltop',
        caseTypes: () => [caseType('visits', named)],
        impacts: { Closed: { openCases, openActivities: 0, people: openCases } },
      });
    const severities = async (openCases: number) =>
      (await plan(source, target(openCases), ['visits'])).changes.map(({ severity }) => severity);
    expect(await severities(0)).toEqual(['medium']);
    expect(await severities(2)).toEqual(['high']);
    const retitled = seededSite({
      name: 'riverside',
      caseTypes: () => [caseType('visits', named, { title: 'Home visits' })],
    });
    expect((await plan(retitled, target(2), ['visits'])).changes.map(({ severity }) => severity)).toEqual([
      'low',
    ]);
  });
});

describe('pruning', () => {
  it('leaves what records use, and says so', async () => {
    const source = siteWith('riverside', { visits: naming() });
    const status = optionValue('case_status', 'Paused');
    const target = seededSite({
      name: 'hilltop',
      optionValues: [status],
      uses: { 'case_status:Paused': 4 },
      caseTypes: () => [caseType('visits', { ...naming(), statuses: ['Open', 'Paused'] })],
    });
    const pruned = await plan(source, target, ['visits'], { prune: true });
    expect(pruned.problems).toMatchObject([{ kind: 'in-use', key: 'case_status:Paused' }]);
    expect(pruned.problems[0]?.remedy).toContain('--keep "case_status:Paused"');
    const kept = await plan(source, target, ['visits'], { prune: true, keep: ['case_status:Paused'] });
    expect([kept.problems, kept.changes.map(changeKey)]).toEqual([[], ['case_type:visits']]);
  });

  it('takes away a case type only when it came from the source once', async () => {
    const source = await snapshotSite(siteWith('riverside', { visits: naming() }));
    const types = naming('Visit', 'Letter');
    const target = await snapshotSite(siteWith('hilltop', { visits: naming(), gone: types, own: types }));
    const of = (base: Readonly<Record<string, JsonObject>>) =>
      planMigration({ source, target, caseTypes: ['visits'], base, choices: { prune: true } }).changes.map(
        changeKey,
      );
    expect(of({})).toEqual([]);
    expect(of({ 'case_type:gone': {} })).toEqual(['case_type:gone']);
    const last = planMigration({
      source,
      target: await snapshotSite(siteWith('hilltop', { visits: naming(), gone: types })),
      caseTypes: ['visits'],
      base: { 'case_type:gone': {} },
      choices: { prune: true },
    });
    expect(last.problems.map(({ kind, key }) => [kind, key])).toEqual([
      ['activities-lost', 'activity_type:Letter'],
      ['activities-lost', 'activity_type:Visit'],
    ]);
  });

  it('needs to know all case types of the target', async () => {
    const source = await snapshotSite(siteWith('riverside', { visits: naming() }));
    const target = await snapshotSite(siteWith('hilltop', { visits: naming(), own: naming() }), {
      caseTypes: ['visits'],
    });
    expect(() => planMigration({ source, target, caseTypes: ['visits'], choices: { prune: true } })).toThrow(
      'need all of them',
    );
  });
});

describe('what the key may not do on the target', () => {
  it('stands in the plan, once for each thing it may not', async () => {
    const source = siteWith('riverside', { visits: naming('Visit', 'Letter') });
    const target = seededSite({ name: 'hilltop', forbidden: [{ kind: 'activity_type', action: 'create' }] });
    const { problems } = await plan(source, target, ['visits']);
    expect(problems).toEqual([
      {
        kind: 'not-permitted',
        key: 'activity_type:Letter',
        message: 'The key of "hilltop" may not create it there (and 1 more like it).',
        remedy:
          'Give the user of the key the permission to create OptionValue; "civicase doctor hilltop" names it.',
      },
    ]);
  });
});

describe('what names records of its own site', () => {
  const field = (change: Readonly<Record<string, string | null>>): Dependency => ({
    kind: 'custom_field',
    group: 'Facts',
    name: 'Doctor',
    label: 'Doctor',
    dataType: 'ContactReference',
    inputType: 'Autocomplete-Select',
    default: null,
    filter: null,
    isActive: true,
    ...change,
  });
  const group = {
    kind: 'custom_group',
    name: 'Facts',
    title: 'Facts',
    extends: 'Case',
    of: ['visits'],
    isActive: true,
    weight: 1,
  } as Dependency;
  const reminder = (change: Readonly<Record<string, string | boolean | number>>): Dependency => ({
    kind: 'reminder',
    name: 'soon',
    title: 'Soon',
    activityTypes: ['Visit'],
    recipient: 'manual',
    limit: 1,
    isActive: true,
    ...change,
  });
  const ours = field({ default: '17', filter: 'action=get&group=5' });

  it('stays behind, and is told', async () => {
    const source = siteWith('riverside', { visits: naming('Visit') }, [group, ours, reminder({})]);
    const target = siteWith('hilltop', { other: naming('Visit', 'Letter') });
    const first = await plan(source, target, ['visits']);
    const told = first.notes
      .filter(({ kind }) => kind === 'dropped')
      .map(({ key, message }) => `${key}: ${message}`);
    expect(told).toEqual([
      'reminder:soon: It goes to people chosen one by one, who stay behind. Where it is new it is made switched off: choose them there, then switch it on.',
      'custom_field:Facts.Doctor: Its default, a record of its own site, is not carried. Set it on the target by hand.',
      'custom_field:Facts.Doctor: Its filter, which names records of its own site, is not carried. Set it on the target by hand.',
    ]);
    await applyMigration(first, target, createMemoryRunJournal());
    expect((await snapshotSite(target)).entities).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'custom_field', default: null, filter: null }),
        // To everybody of the activity it would go, were it switched on.
        expect.objectContaining({ kind: 'reminder', recipient: null, limit: null, isActive: false }),
      ]),
    );
    expect((await plan(source, target, ['visits'])).changes).toEqual([]);
    const files = [...renderSnapshotFiles(await snapshotSite(source)).values()].map((content) =>
      new TextDecoder().decode(content),
    );
    expect(files.join()).not.toMatch(/group=5|"?17"?\n/);
  });

  it('leaves what the target has in its place', async () => {
    const source = siteWith('riverside', { visits: naming('Visit') }, [group, ours, reminder({})]);
    const theirs = [
      group,
      field({ default: '3', filter: null }),
      reminder({ recipient: '2', title: 'Soon!' }),
    ];
    const target = siteWith('hilltop', { visits: naming('Visit'), other: naming('Letter') }, theirs);
    const { changes } = await plan(source, target, ['visits']);
    expect(
      changes.map((change) => [changeKey(change), change.kind === 'update' ? change.fields : []]),
    ).toEqual([['reminder:soon', ['title']]]);
  });
});
