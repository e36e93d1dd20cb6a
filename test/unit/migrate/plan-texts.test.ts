import { describe, expect, it } from 'vitest';
import { renderPlanPage } from '../../../src/cli/plan-page.ts';
import {
  applyMigration,
  askTarget,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  renderPlan,
  renderPlanMarkdown,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
  type PlanSource,
  type RunJournal,
} from '../../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from '../../support/entities-of-every-kind.ts';
import { expectGolden } from '../../support/golden.ts';
import {
  caseType,
  group,
  hilltop,
  optionValue,
  relationshipType,
  riverside,
  seededSite,
} from '../../support/migration-sites.ts';

async function plan(
  from: MigrationSite | PlanSource,
  target: MigrationSite,
  choices: PlanChoices = {},
  journal: RunJournal = createMemoryRunJournal(),
): Promise<MigrationPlan> {
  const source = 'kind' in from ? from : await snapshotSite(from);
  const caseTypes = source.kind === 'snapshot' ? source.caseTypeNames : [source.name];
  const contacts = caseTypes.flatMap((name) => contactKeysOf(source, name));
  const held = await snapshotSite(target, { contacts });
  const { given: base } = await journal.lastApplied(target.name);
  return askTarget(planMigration({ source, target: held, caseTypes, base, choices }), held, target);
}

const definition = (status: string, ...types: readonly string[]) => ({
  activityTypes: ['Open Case', ...types].map((name) => ({ name })),
  statuses: ['Open', status, 'Closed'],
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard timeline',
      timeline: 1,
      activityTypes: [
        { name: 'Open Case', status: 'Completed' },
        ...types.map((name, index) => ({
          name,
          reference_activity: 'Open Case',
          reference_offset: String(7 * (index + 1)),
        })),
      ],
    },
  ],
  caseRoles: [{ name: 'Case Coordinator', creator: '1', manager: '1' }],
});

const withVisits = (name: string, status: string, ...types: readonly string[]): MigrationSite =>
  seededSite({
    name,
    firstId: name.length * 20,
    optionValues: [
      optionValue('case_status', status, { label: `Case ${status.toLowerCase()}` }),
      ...types.map((type) => optionValue('activity_type', type)),
    ],
    impacts: {
      Paused: { openCases: 2, openActivities: 0, people: 3 },
      Letter: { openCases: 1, openActivities: 4, people: 1 },
    },
    caseTypes: () => [caseType('visits', definition(status, ...types), { title: 'Visits' })],
  });

const SCENES: readonly (readonly [string, () => Promise<MigrationPlan>])[] = [
  ['everything-is-new', () => plan(riverside(), hilltop())],
  [
    'every-kind',
    () => {
      const { before, after } = entitiesOfEveryKind('');
      const type = { ...hospiceVisit(''), acceptsDefinition: true };
      const entities = [...before, ...after];
      return plan(seededSite({ name: 'riverside', entities, caseTypes: () => [type] }), hilltop());
    },
  ],
  ['nothing-to-do', () => plan(riverside(), riverside())],
  [
    'something-goes',
    () =>
      plan(
        withVisits('riverside', 'Urgent', 'Phone Call'),
        withVisits('hilltop', 'Paused', 'Letter', 'Phone Call'),
      ),
  ],
  [
    'new-names',
    () =>
      plan(
        withVisits('riverside', 'Suspended', 'Phone Call'),
        withVisits('hilltop', 'Paused', 'Phone Call'),
        {
          rename: ['case_status:Paused=Suspended'],
        },
      ),
  ],
  [
    'asked-whether-renamed',
    () =>
      plan(withVisits('riverside', 'Suspended', 'Phone Call'), withVisits('hilltop', 'Paused', 'Phone Call')),
  ],
  [
    'pruned',
    () => plan(withVisits('riverside', 'Urgent'), withVisits('hilltop', 'Urgent', 'Letter'), { prune: true }),
  ],
  [
    'problems',
    () =>
      plan(
        riverside(),
        hilltop({
          optionValues: [
            optionValue('activity_type', 'hearing'),
            optionValue('case_status', 'Held', { label: 'Paused' }),
          ],
          relationshipTypes: [relationshipType('Coach of', 'Trained by')],
          contacts: [],
          forbidden: [{ kind: 'group', action: 'create' }],
        }),
      ),
  ],
  [
    'both-changed',
    async () => {
      const [source, target, journal] = [riverside(), hilltop(), createMemoryRunJournal()];
      await applyMigration(await plan(source, target), target, journal);
      const hearing = { kind: 'activity_type', name: 'Hearing' } as const;
      await source.update(hearing, { label: 'Hearing at court', icon: 'fa-scale' });
      await target.update(hearing, { label: 'Audience', description: 'With the judge' });
      return plan(source, target, {}, journal);
    },
  ],
  [
    'from-a-file',
    () =>
      plan(
        { kind: 'definition', name: 'visits', definition: definition('Urgent', 'Letter <b>') },
        hilltop({ optionValues: [optionValue('case_status', 'Urgent')], groups: [group('desk')] }),
      ),
  ],
  [
    'several-case-types',
    () => {
      const types = ['alpha', 'beta', 'gamma'].map((name) =>
        caseType(name, definition('Open', 'Letter', name)),
      );
      return plan(seededSite({ name: 'riverside', caseTypes: () => types }), hilltop());
    },
  ],
];

describe.each(SCENES)('the plan "%s"', (name, make) => {
  it('reads as it always did: in a terminal, in a pull request, on a page', async () => {
    const made = await make();
    const file = (ending: string): URL =>
      new URL(`../../golden/plan/${name}/expected.${ending}`, import.meta.url);
    expectGolden(file('txt'), renderPlan(made));
    expectGolden(file('md'), renderPlanMarkdown(made));
    const page = renderPlanPage(made);
    // The sheet of styles has tests of its own.
    expectGolden(file('html'), page.replace(/<style>.*?<\/style>/gs, '<style></style>'));
    expect(page).toContain('<title>');
  });
});
