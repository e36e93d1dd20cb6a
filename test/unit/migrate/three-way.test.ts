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
  renderPlanMarkdown,
  rollbackMigration,
  snapshotSite,
  askTarget,
  type MigrationPlan,
  type MigrationSite,
  type RunJournal,
} from '../../../src/migrate/index.ts';
import type { EntityRef } from '../../../src/migrate/entity.ts';
import type { PlanChoices } from '../../../src/migrate/plan-migration.ts';
import type { DependencyKind } from '../../../src/migrate/ports.ts';
import { compareFields } from '../../../src/migrate/three-way.ts';
import { group, hilltop, optionValue, riverside } from '../../support/migration-sites.ts';

async function planBetween(
  source: MigrationSite,
  target: MigrationSite,
  journal: RunJournal,
  choices: PlanChoices = {},
): Promise<MigrationPlan> {
  const from = await snapshotSite(source, { caseTypes: ['appeal'] });
  return planMigration({
    source: from,
    target: await snapshotSite(target, { caseTypes: ['appeal'], contacts: contactKeysOf(from, 'appeal') }),
    caseTypes: ['appeal'],
    base: (await journal.lastApplied(target.name)).given,
    choices,
  });
}

/** Two sites after a first move, and the journal that knows of it. */
async function movedOnce() {
  const [source, target, journal] = [riverside(), hilltop(), createMemoryRunJournal()];
  await applyMigration(await planBetween(source, target, journal), target, journal);
  expect((await planBetween(source, target, journal)).changes).toEqual([]);
  return { source, target, journal };
}

const HEARING: EntityRef<DependencyKind> = { kind: 'activity_type', name: 'Hearing' };

async function editDefinition(
  site: MigrationSite,
  edit: (definition: CaseTypeDefinition) => CaseTypeDefinition,
): Promise<void> {
  const held = (await site.caseTypes()).find(({ name }) => name === 'appeal');
  if (held === undefined) throw new Error('There is no case type.');
  const { acceptsDefinition: _acceptsDefinition, ...caseType } = held;
  await site.saveCaseType({ ...caseType, definition: edit(caseType.definition) });
}

const withStatuses =
  (...statuses: readonly string[]) =>
  (definition: CaseTypeDefinition) => ({
    ...definition,
    statuses,
  });

describe('a second move', () => {
  it('carries what the source changed, and takes it back', async () => {
    const { source, target, journal } = await movedOnce();
    await source.update(HEARING, { label: 'Court hearing', icon: null });
    const plan = await planBetween(source, target, journal);
    expect(plan.changes).toMatchObject([
      { kind: 'update', ref: HEARING, fields: ['icon', 'label'], after: { label: 'Court hearing' } },
    ]);
    expect(renderPlan(plan)).toContain(
      '  1. change activity type "Hearing"\n       icon: "fa-gavel" -> null\n       label: "Hearing of appeal" -> "Court hearing"',
    );
    const before = await snapshotSite(target);
    const { runId } = await applyMigration(plan, target, journal);
    expect((await planBetween(source, target, journal)).changes).toEqual([]);
    await rollbackMigration(runId ?? '', target, journal);
    expect((await snapshotSite(target)).hashes).toEqual(before.hashes);
  });

  it('leaves what only the target changed', async () => {
    const { source, target, journal } = await movedOnce();
    await target.update(HEARING, { label: 'Hearing in room 4' });
    await editDefinition(target, withStatuses('Open', 'Closed'));
    const plan = await planBetween(source, target, journal);
    expect([plan.changes, plan.problems]).toEqual([[], []]);
    expect(plan.notes.map(({ kind, key }) => [kind, key])).toEqual(
      expect.arrayContaining([
        ['edited-at-target', 'activity_type:Hearing'],
        ['edited-at-target', 'case_type:appeal'],
      ]),
    );
  });

  it('merges what both changed in different places', async () => {
    const { source, target, journal } = await movedOnce();
    await target.update(HEARING, { icon: 'fa-bell' });
    await source.update(HEARING, { label: 'Court hearing' });
    await editDefinition(target, withStatuses('Open', 'Closed'));
    await editDefinition(source, (definition) => ({ ...definition, activityAsgmtGrps: [] }));
    const plan = await planBetween(source, target, journal);
    expect(plan.problems).toEqual([]);
    await applyMigration(plan, target, journal);
    const { rows } = await target.rows(['activity_type']);
    expect(rows.find(({ entity }) => 'name' in entity && entity.name === 'Hearing')?.entity).toMatchObject({
      label: 'Court hearing',
      icon: 'fa-bell',
    });
    const [held] = (await target.caseTypes()).filter(({ name }) => name === 'appeal');
    expect(held?.definition.statuses).toEqual(['Open', 'Closed']);
    expect(held?.definition.activityAsgmtGrps ?? []).toEqual([]);
    expect((await planBetween(source, target, journal)).changes).toEqual([]);
  });

  it('stops where both changed the same, until somebody decides', async () => {
    const { source, target, journal } = await movedOnce();
    await target.update(HEARING, { label: 'Hearing in room 4' });
    await source.update(HEARING, { label: 'Court hearing' });
    const plan = await planBetween(source, target, journal);
    expect(plan.problems).toEqual([
      {
        kind: 'conflict',
        key: 'activity_type:Hearing',
        message:
          'Both sides changed it: label was "Hearing of appeal" when it was last applied, is "Court hearing" at the source and "Hearing in room 4" on "hilltop".',
        remedy:
          'Decide: --take "activity_type:Hearing" for the source\'s, --keep "activity_type:Hearing" for the target\'s.',
      },
    ]);
    await expect(applyMigration(plan, target, journal)).rejects.toMatchObject({ kind: 'conflict' });
    const kept = await planBetween(source, target, journal, { keep: ['activity_type:Hearing'] });
    expect([kept.changes, kept.problems]).toEqual([[], []]);
    const taken = await planBetween(source, target, journal, { take: ['activity_type:Hearing'] });
    expect(taken.changes).toMatchObject([{ kind: 'update', after: { label: 'Court hearing' } }]);
  });

  it('stops where both changed one part of the definition', async () => {
    const { source, target, journal } = await movedOnce();
    const offset = (days: string) => (definition: CaseTypeDefinition) =>
      JSON.parse(
        JSON.stringify(definition).replace('"reference_offset":"7"', `"reference_offset":"${days}"`),
      ) as CaseTypeDefinition;
    await editDefinition(source, offset('8'));
    await editDefinition(target, offset('9'));
    const plan = await planBetween(source, target, journal);
    expect(plan.problems.map(({ kind, key }) => [kind, key])).toEqual([['conflict', 'case_type:appeal']]);
    expect(plan.problems[0]?.message).toContain('reference_offset of step "Hearing"');
    const taken = await planBetween(source, target, journal, { take: ['case_type:appeal'] });
    expect(taken.problems).toEqual([]);
    await applyMigration(taken, target, journal);
    expect((await planBetween(source, target, journal)).changes).toEqual([]);
  });

  it('forgets what was rolled back', async () => {
    const [source, target, journal] = [riverside(), hilltop(), createMemoryRunJournal()];
    const { runId } = await applyMigration(await planBetween(source, target, journal), target, journal);
    await rollbackMigration(runId ?? '', target, journal);
    expect(await journal.lastApplied('hilltop')).toEqual({ given: {}, left: {} });
  });
});

describe('a first move onto what is there', () => {
  const withOwn = (change: object) =>
    hilltop({
      optionValues: [optionValue('activity_type', 'Hearing', { label: 'Anhörung', ...change })],
      groups: [group('desk_team', { title: 'The desk', description: 'Ours' })],
    });

  it('brings words and settings to what the source has', async () => {
    const plan = await planBetween(riverside(), withOwn({}), createMemoryRunJournal());
    const updates = plan.changes.filter(({ kind }) => kind === 'update');
    expect(updates).toMatchObject([
      { ref: HEARING, fields: ['icon', 'label'] },
      { ref: { kind: 'group', name: 'desk_team' }, fields: ['description', 'title'] },
    ]);
  });

  it('leaves what CiviCRM needs as it is, and labels of another language', async () => {
    const reserved = await planBetween(riverside(), withOwn({ isReserved: true }), createMemoryRunJournal());
    expect(reserved.notes.map(({ message }) => message)).toContain(
      'label is "Hearing of appeal" at the source and stays "Anhörung" on "hilltop": CiviCRM needs it as it is.',
    );
    const french = hilltop({
      optionValues: [optionValue('activity_type', 'Hearing', { label: 'Audience' })],
      features: {
        version: '6.20.0',
        components: ['CiviCase'],
        contactTypes: ['Individual'],
        stepSubjects: true,
        language: 'fr_FR',
      },
    });
    const plan = await planBetween(riverside(), french, createMemoryRunJournal());
    expect(plan.changes.filter(({ kind }) => kind === 'update')).toMatchObject([{ fields: ['icon'] }]);
    expect(plan.notes.map(({ message }) => message).join()).toContain(
      'the two sites speak different languages',
    );
  });
});

describe('what a case type loses', () => {
  it('is told with whom that touches', async () => {
    const source = riverside();
    const target = hilltop({
      impacts: {
        Paused: { openCases: 3, openActivities: 0, people: 4 },
        'Coach of': { openCases: 1, openActivities: 0, people: 1 },
      },
    });
    const journal = createMemoryRunJournal();
    await applyMigration(await planBetween(source, target, journal), target, journal);
    await editDefinition(source, (definition) => ({
      ...definition,
      statuses: ['Open', 'Closed'],
      caseRoles: [{ name: 'Case Coordinator', creator: '1' }],
    }));
    const plan = await planBetween(source, target, journal);
    const told = await askTarget(plan, await snapshotSite(target), target);
    expect(readPlan(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(renderPlan(told)).toContain(
      [
        'What goes, and whom that touches on "hilltop":',
        '  - case status no longer allowed: "Paused": 3 open cases, 4 people',
        '  - case role no longer there: "Coached by": 1 open case, 1 person',
      ].join('\n'),
    );
  });
});

describe('a plan for a pull request', () => {
  it('is Markdown that no text of a site breaks', async () => {
    const { source, target, journal } = await movedOnce();
    await source.update(HEARING, { label: 'Court | <b>hearing</b> `x`' });
    await editDefinition(source, withStatuses('Open', 'Closed'));
    const text = renderPlanMarkdown(await planBetween(source, target, journal));
    expect(text).toBe(
      [
        '## Case type `appeal` from `riverside` to `hilltop`',
        '',
        '| | severity | what | change | needed by |',
        '|---|---|---|---|---|',
        '| 1 | low | activity type "Hearing" | label: "Hearing of appeal" → "Court \\| \\<b\\>hearing\\</b\\> \\`x\\`" | offered in the menu of activities; step 2 of Standard timeline; date of step 3 of Standard timeline |',
        '| 2 | medium | case type "appeal" | Case status *Paused* removed | the case type to move |',
        '',
        text.slice(text.lastIndexOf('Fingerprint')).trimEnd(),
        '',
      ].join('\n'),
    );
  });
});

describe('the comparison of fields', () => {
  const state = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.option(fc.nat(2)) });

  it('follows whoever changed something, and finds nothing between equals', () => {
    fc.assert(
      fc.property(state, state, state, (base, source, target) => {
        const verdicts = compareFields(base, source, target);
        expect(compareFields(base, source, source).size).toBe(0);
        for (const field of ['a', 'b', 'c'] as const) {
          const verdict = verdicts.get(field);
          if (source[field] === target[field]) expect(verdict).toBeUndefined();
          else if (target[field] === base[field]) expect(verdict).toBe('moves');
          else expect(verdict).toBe(source[field] === base[field] ? 'stays' : 'conflict');
        }
        for (const verdict of compareFields(null, source, target).values()) expect(verdict).toBe('moves');
      }),
      { seed: 6 },
    );
  });
});
