import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  readPlan,
  reasonText,
  renderPlan,
  snapshotSite,
  type DefinitionSource,
  type MigrationPlan,
  type MigrationSite,
  type PlanSource,
} from '../../../src/migrate/index.ts';
import { changeKey } from '../../../src/migrate/plan.ts';
import {
  caseType,
  group,
  hilltop,
  optionValue,
  relationshipType,
  riverside,
  type SiteAdditions,
} from '../../support/migration-sites.ts';

async function planFrom(source: PlanSource, target: MigrationSite, name = 'appeal'): Promise<MigrationPlan> {
  const contacts = contactKeysOf(source, name);
  return planMigration({
    source,
    target: await snapshotSite(target, { caseTypes: [name], contacts }),
    caseTypes: [name],
  });
}

const planBetween = async (source: MigrationSite, target: MigrationSite): Promise<MigrationPlan> =>
  planFrom(await snapshotSite(source, { caseTypes: ['appeal'] }), target);

const planToHilltop = (change: Partial<SiteAdditions> = {}): Promise<MigrationPlan> =>
  planBetween(riverside(), hilltop(change));

const problemsOf = (plan: MigrationPlan) => plan.problems.map(({ kind, key }) => [kind, key]);

const fromFile = (definition: CaseTypeDefinition): DefinitionSource => ({
  kind: 'definition',
  name: 'appeal',
  definition,
});

const timeline = (...steps: readonly Record<string, string>[]): CaseTypeDefinition => ({
  activitySets: [{ name: 'standard_timeline', label: 'Standard', timeline: 1, activityTypes: steps }],
});

describe('a plan for a site that lacks everything', () => {
  it('creates what is missing in the order it can be made, the case type last', async () => {
    const plan = await planToHilltop();
    expect(plan.problems).toEqual([]);
    expect(plan.changes.map((change) => `${change.kind} ${changeKey(change)}`)).toEqual([
      'create relationship_type:Coach of',
      'create activity_type:Hearing',
      'create case_status:Paused',
      'create activity_status:Kept',
      'create group:desk_team',
      'create-case-type case_type:appeal',
    ]);
  });

  it('says why each thing is needed', async () => {
    const plan = await planToHilltop();
    const reasons = Object.fromEntries(
      plan.changes.map((change) => [changeKey(change), change.reasons.map((reason) => reasonText(reason))]),
    );
    expect(reasons['activity_type:Hearing']).toEqual([
      'offered in the menu of activities',
      'step 2 of Standard timeline',
      'date of step 3 of Standard timeline',
    ]);
    expect(reasons['relationship_type:Coach of']).toEqual([
      'case role "Coached by"',
      'assignee of step 3 of Standard timeline',
    ]);
    expect(reasons['group:desk_team']).toContain('holders of case role "Coached by"');
  });

  it('holds no id of either site', async () => {
    const text = JSON.stringify(await planToHilltop());
    expect(text).toContain('contact:external_identifier:staff-7');
    expect(text).toContain('relationship:b_a:Coach of');
    expect(text).toContain('name:SPECIFIC_CONTACT');
    expect(text).not.toMatch(/"(510|570|\d+_[ab]_[ab])"/);
  });

  it('is text for people in the same order', async () => {
    const text = renderPlan(await planToHilltop());
    expect(text).toContain('6 changes, in this order:');
    expect(text.indexOf('create relationship type "Coach of"')).toBeGreaterThan(0);
    expect(text.indexOf('create case type "appeal"')).toBeGreaterThan(
      text.indexOf('create group "desk_team"'),
    );
    expect(text).toContain('needed by: status of step 2 of Standard timeline');
  });
});

describe('what is there already', () => {
  it('keeps what records lean on, which is reported', async () => {
    const plan = await planToHilltop({
      optionValues: [
        optionValue('activity_status', 'Kept', { filter: 0 }),
        optionValue('case_status', 'Paused', { grouping: 'Closed', label: 'On pause' }),
      ],
    });
    expect(plan.changes.map(changeKey)).not.toContain('activity_status:Kept');
    expect(plan.notes.map(({ key, message }) => `${key}: ${message}`)).toEqual([
      'case_status:Paused: grouping is "Opened" at the source and stays "Closed" on "hilltop".',
      'activity_status:Kept: filter is 1 at the source and stays 0 on "hilltop".',
    ]);
  });

  it('is enabled when it is disabled there and live at the source', async () => {
    const disabled = { optionValues: [optionValue('activity_type', 'Hearing', { isActive: false })] };
    const plan = await planToHilltop(disabled);
    expect(plan.changes.map((change) => `${change.kind} ${changeKey(change)}`)).toContain(
      'update activity_type:Hearing',
    );
  });
});

describe('problems', () => {
  it.each([
    [
      'name-differs-by-case',
      'activity_type:Hearing',
      { optionValues: [optionValue('activity_type', 'hearing')] },
    ],
    [
      'label-only',
      'activity_type:Hearing',
      { optionValues: [optionValue('activity_type', 'appeal_hearing', { label: 'Hearing' })] },
    ],
    [
      'duplicate-name',
      'activity_type:Hearing',
      { optionValues: [optionValue('activity_type', 'Hearing'), optionValue('activity_type', 'Hearing')] },
    ],
    [
      'relationship-type-differs',
      'relationship_type:Coach of',
      { relationshipTypes: [relationshipType('Coach of', 'Pupil of')] },
    ],
    [
      'relationship-type-differs',
      'relationship_type:Coach of',
      { relationshipTypes: [relationshipType('Teacher of', 'Coached by')] },
    ],
    ['label-only', 'group:desk_team', { groups: [group('team_2', { title: 'Desk_Team' })] }],
    [
      'component-disabled',
      'activity_type:Hearing',
      {
        features: {
          version: null,
          components: [],
          contactTypes: ['Individual'],
          stepSubjects: true,
          language: null,
        },
      },
    ],
    ['contact-missing', 'contact:external_identifier:staff-7', { contacts: [] }],
    ['name-differs-by-case', 'case_type:appeal', { caseTypes: () => [caseType('Appeal', {})] }],
    [
      'not-overridable',
      'case_type:appeal',
      { caseTypes: () => [caseType('appeal', {}, { acceptsDefinition: false })] },
    ],
  ])('%s stops %s', async (kind, key, additions) => {
    const plan = await planToHilltop(additions);
    expect(problemsOf(plan)[0]).toEqual([kind, key]);
    const site = hilltop(additions);
    const applied = applyMigration(plan, site, createMemoryRunJournal());
    await expect(applied).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('an e-mail address that two contacts have stops the rule that names it', async () => {
    const one = { externalIdentifier: null, email: 'desk@example.org' };
    const source = riverside({ contacts: [{ id: 510, ...one }] });
    const target = hilltop({
      contacts: [
        { id: 1, ...one },
        { id: 2, ...one, email: 'Desk@example.org' },
      ],
    });
    const plan = await planBetween(source, target);
    expect(problemsOf(plan)).toEqual([['contact-ambiguous', 'contact:email:desk@example.org']]);
    expect(renderPlan(plan)).not.toContain('desk@example.org');
    expect(plan.problems[0]?.message).not.toContain('desk@example.org');
  });

  it('a contact without any key cannot be moved', async () => {
    const nameless = [{ id: 510, externalIdentifier: null, email: null }];
    const plan = await planBetween(riverside({ contacts: nameless }), hilltop());
    expect(problemsOf(plan)).toEqual([['not-portable', 'case_type:appeal']]);
    expect(plan.problems[0]?.message).toContain('Step 2');
  });

  it('a role text that names another relationship type on the target is found', async () => {
    const plan = await planToHilltop({ relationshipTypes: [relationshipType('Case Coordinator', 'Led by')] });
    expect(problemsOf(plan)).toEqual([['role-resolves-differently', 'case_type:appeal']]);
    expect(plan.problems[0]?.message).toContain('contact A of "Case Coordinator" / "Led by" on "hilltop"');
  });

  it('a snapshot taken without the contacts is refused', async () => {
    const source = await snapshotSite(riverside());
    const target = await snapshotSite(hilltop(), { caseTypes: ['appeal'] });
    expect(() => planMigration({ source, target, caseTypes: ['appeal'] })).toThrow(/without the contacts/);
  });

  it('an unknown case type is refused with the names that are there', async () => {
    const source = await snapshotSite(riverside());
    const target = await snapshotSite(hilltop());
    expect(() => planMigration({ source, target, caseTypes: ['nope'] })).toThrow(
      'Site "riverside" has no case type named "nope". It has "appeal".',
    );
  });
});

describe('a case type that the target holds in another form', () => {
  it('says which leaves change, what is removed and how many open cases there are', async () => {
    const older = timeline({ name: 'Open Case', status: 'Completed' }, { name: 'Follow up' });
    const plan = await planToHilltop({
      caseTypes: () => [caseType('appeal', { ...older, caseRoles: [{ name: 'Spouse of' }] })],
      uses: { 'case_type:appeal': 3 },
    });
    const [change] = plan.changes.slice(-1);
    expect(change).toMatchObject({ kind: 'update-case-type', fields: ['definition', 'title'] });
    expect(plan.notes.map(({ kind }) => kind)).toEqual(['removed', 'removed', 'open-cases']);
    const text = renderPlan(plan);
    expect(text).toContain('Step "Follow up" of "standard_timeline" is removed.');
    expect(text).toContain('"hilltop" has 3 open cases of this type.');
    expect(text).toContain('title: "appeal" -> "Appeal"');
  });

  it('is the same when only order of keys, entities or a role by its label differ', async () => {
    const roles = (name: string) => [{ name, creator: '1' }];
    const types = [relationshipType('Guide of', 'Guided by', { labelBA: 'Is guided & led' })];
    const source = riverside({
      relationshipTypes: types,
      caseTypes: () => [caseType('appeal', { statuses: ['A &amp; B'], caseRoles: roles('Is guided & led') })],
      optionValues: [optionValue('case_status', 'A & B'), optionValue('case_status', 'A &amp; B')],
    });
    const target = hilltop({
      relationshipTypes: types,
      caseTypes: () => [caseType('appeal', { caseRoles: roles('Guided by'), statuses: ['A & B'] })],
      optionValues: [optionValue('case_status', 'A & B'), optionValue('case_status', 'A &amp; B')],
    });
    const plan = await planBetween(source, target);
    expect(plan.problems).toEqual([]);
    expect(plan.changes).toEqual([]);
    expect(plan.notes.map(({ kind }) => kind)).toEqual(['rewritten']);
  });
});

describe('a case type from a file', () => {
  it('brings activity types and roles as core would make them', async () => {
    const source = fromFile({
      ...timeline(
        { name: 'Open Case', status: 'Completed' },
        { name: 'House visit', default_assignee_type: '4' },
      ),
      caseRoles: [{ name: 'Advocate' }, { name: 'Case Coordinator' }],
    });
    const plan = await planFrom(source, hilltop());
    expect(plan.problems).toEqual([]);
    expect(plan.changes.slice(0, 2)).toMatchObject([
      { kind: 'create', entity: { nameAB: 'Advocate is', nameBA: 'Advocate', contactTypeA: null } },
      { kind: 'create', entity: { name: 'House visit', label: 'House visit', component: 'CiviCase' } },
    ]);
    expect(plan.notes.map(({ kind }) => kind)).toEqual(['made-as-core-would', 'made-as-core-would']);
  });

  it('cannot bring a status, an id of its site, or a rule CiviCRM does not know', async () => {
    const plan = await planFrom(
      fromFile({
        statuses: ['Paused'],
        ...timeline(
          { name: 'Open Case', status: 'Kept' },
          { name: 'Meeting', default_assignee_type: '3', default_assignee_contact: '12' },
          { name: 'Meeting', default_assignee_type: '2', default_assignee_relationship: '9_b_a' },
        ),
      }),
      hilltop(),
    );
    expect(problemsOf(plan)).toEqual([
      ['unknown-here', 'case_status:Paused'],
      ['unknown-here', 'activity_status:Kept'],
      ['not-portable', 'case_type:appeal'],
      ['not-portable', 'case_type:appeal'],
    ]);
  });

  it('keeps the title and state of the case type that is there', async () => {
    const definition = { caseRoles: [{ name: 'Case Coordinator' }] };
    const held = caseType('appeal', definition, { title: 'Appeal & co', isActive: false, description: 'x' });
    const plan = await planFrom(fromFile(definition), hilltop({ caseTypes: () => [held] }));
    expect(plan.changes).toEqual([]);
  });

  it('says what core would drop or crash on, and leaves it out', async () => {
    const plan = await planFrom(
      fromFile({
        activityTypes: [{ name: 'Meeting', max_instances: [] }],
        listeners: ['x'],
        ...timeline({ name: 'Meeting', default_assignee_contact: '12' }),
      }),
      hilltop(),
    );
    expect(plan.problems).toEqual([]);
    expect(plan.notes.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
      'dropped: "default_assignee_contact" of a step "Meeting": its assignee rule does not use it.',
      'dropped: "max_instances" of activity type "Meeting": CiviCRM cannot write it.',
      'dropped: "listeners" of the definition: CiviCRM does not store it.',
    ]);
  });

  it('needs a name that CiviCRM creates', async () => {
    const source: DefinitionSource = { ...fromFile({}), name: 'my appeal' };
    const plan = await planFrom(source, hilltop(), 'my appeal');
    expect(problemsOf(plan)).toEqual([['malformed-name', 'case_type:my appeal']]);
  });
});

describe('a plan in a file', () => {
  it('is read back as it was', async () => {
    const plan = await planToHilltop();
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('that is something else is refused by the key that is wrong', async () => {
    const plan = await planToHilltop();
    const [first, ...rest] = plan.changes;
    const bad = { ...plan, changes: [{ ...first, kind: 'destroy' }, ...rest] };
    expect(() => readPlan(bad)).toThrow(/at "changes\.0\.kind"/);
    expect(() => readPlan('{}')).toThrow(/at "the top"/);
    expect(() => readPlan({ ...plan, version: 1 })).toThrow(/at "version"/);
    expect(() => readPlan({ ...plan, basis: {} })).toThrow(/it was edited/);
  });
});
