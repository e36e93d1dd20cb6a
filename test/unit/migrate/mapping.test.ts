import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkMapping,
  EMPTY_MAPPING,
  mapContactsOf,
  mapSource,
  renderSuggestions,
  skippedKeys,
  suggestMapping,
  type Mapping,
} from '../../../src/migrate/mapping/index.ts';
import type { MigrationSite } from '../../../src/migrate/ports.ts';
import { snapshotSite, type Snapshot } from '../../../src/migrate/snapshot.ts';
import {
  group,
  hilltop,
  optionValue,
  relationshipType,
  riverside,
  type SiteAdditions,
} from '../../support/migration-sites.ts';

const DESK = { id: 900, externalIdentifier: 'desk', email: 'desk@example.org' };

/** Means all that riverside means, in words of its own. */
const otherWords = (change: Partial<SiteAdditions> = {}): MigrationSite =>
  hilltop({
    optionValues: [
      optionValue('activity_type', 'Audience', { label: 'Hearing of Appeal', icon: 'fa-bell' }),
      optionValue('case_status', 'paused', { label: 'On hold' }),
      optionValue('activity_status', 'Held', { label: 'Held', filter: 1 }),
    ],
    relationshipTypes: [relationshipType('Mentor of', 'Mentored by')],
    groups: [group('desk-team', { title: 'The desk' })],
    contacts: [DESK],
    ...change,
  });

const MAPPING: Mapping = {
  ...EMPTY_MAPPING,
  names: {
    activity_type: { Hearing: 'Audience' },
    case_status: { Paused: 'paused' },
    activity_status: { Kept: 'Held' },
    relationship_type: { 'Coached by': 'Mentored by' },
    group: { desk_team: 'desk-team' },
  },
  contacts: { 'external_identifier:staff-7': 'external_identifier:desk' },
};

async function mapped(mapping: Mapping, target: MigrationSite): Promise<Snapshot> {
  const source = mapContactsOf(await snapshotSite(riverside()), mapping);
  const contacts = [{ by: 'external_identifier', text: 'desk' }] as const;
  const result = mapSource(source, mapping, await snapshotSite(target, { contacts }));
  if (result.kind !== 'snapshot') throw new Error('A snapshot was expected.');
  return result;
}

const definitionOf = (snapshot: Snapshot): string => JSON.stringify(snapshot.caseTypes[0]?.definition);

describe('a mapped source', () => {
  it("speaks in the target's names wherever one stands", async () => {
    const { caseTypes, entities } = await mapped(MAPPING, otherWords());
    expect(caseTypes[0]?.definition).toEqual({
      activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Audience' }, { name: 'Meeting' }],
      statuses: ['Open', 'paused', 'Closed'],
      activitySets: [
        {
          name: 'standard_timeline',
          label: 'Standard timeline',
          timeline: 1,
          activityTypes: [
            { name: 'Open Case', status: 'Completed' },
            {
              name: 'Audience',
              status: 'Held',
              reference_activity: 'Open Case',
              reference_offset: '7',
              default_assignee_type: 'name:SPECIFIC_CONTACT',
              default_assignee_contact: 'contact:external_identifier:desk',
            },
            {
              name: 'Meeting',
              reference_activity: 'Audience',
              reference_offset: '-2',
              default_assignee_type: 'name:BY_RELATIONSHIP',
              default_assignee_relationship: 'relationship:b_a:Mentor of',
            },
          ],
        },
      ],
      caseRoles: [
        { name: 'Mentored by', creator: '1', manager: '1', groups: ['desk-team'] },
        { name: 'Case Coordinator' },
      ],
      activityAsgmtGrps: ['desk-team'],
    });
    expect(entities.filter(({ kind }) => kind === 'relationship_type')).toContainEqual(
      expect.objectContaining({ nameAB: 'Mentor of', nameBA: 'Mentored by', labelAB: 'Mentor of' }),
    );
  });

  it("keeps what people read on the target, and the source's other fields", async () => {
    const { entities } = await mapped(MAPPING, otherWords());
    expect(entities).toContainEqual(
      expect.objectContaining({ name: 'Audience', label: 'Hearing of Appeal', icon: 'fa-gavel' }),
    );
  });

  it('takes names that change places', async () => {
    const swap = { names: { activity_type: { Hearing: 'Meeting', Meeting: 'Hearing' } } };
    const target = hilltop({ optionValues: [optionValue('activity_type', 'Hearing')] });
    const text = definitionOf(await mapped({ ...EMPTY_MAPPING, ...swap }, target));
    expect(text).toContain('"name":"Meeting","status":"Kept"');
    expect(text).toContain('"reference_activity":"Meeting","reference_offset":"-2"');
  });

  it('is itself again when the names go back', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 3, maxLength: 3 }),
        async (names) => {
          const [hearing = '', paused = '', desk = ''] = names.map((name) => `new ${name}`);
          const there: Mapping['names'] = {
            activity_type: { Hearing: hearing },
            case_status: { Paused: paused },
            group: { desk_team: desk },
          };
          const back: Mapping['names'] = {
            activity_type: { [hearing]: 'Hearing' },
            case_status: { [paused]: 'Paused' },
            group: { [desk]: 'desk_team' },
          };
          const [source, target] = await Promise.all([snapshotSite(riverside()), snapshotSite(hilltop())]);
          const forth = mapSource(source, { ...EMPTY_MAPPING, names: there }, target);
          expect(mapSource(forth, { ...EMPTY_MAPPING, names: back }, target)).toEqual(source);
        },
      ),
      { numRuns: 30, seed: 6 },
    ));

  it('gives a step another contact where the target lacks its own', async () => {
    const defaults = { contact: 'external_identifier:desk', fields: {} };
    const text = definitionOf(await mapped({ ...EMPTY_MAPPING, defaults }, otherWords()));
    expect(text).toContain('contact:external_identifier:desk');
    expect(text).not.toContain('staff-7');
  });

  it('fills empty fields of what is new there, and of nothing else', async () => {
    const fields = { case_status: { color: '#ff0000' }, activity_type: { icon: 'fa-star' } };
    const { entities } = await mapped(
      { ...EMPTY_MAPPING, defaults: { contact: null, fields } },
      hilltop({ optionValues: [optionValue('case_status', 'Paused')] }),
    );
    const valueOf = (name: string) => entities.find((entity) => 'name' in entity && entity.name === name);
    expect(valueOf('Paused')).toMatchObject({ color: null });
    expect(valueOf('Hearing')).toMatchObject({ icon: 'fa-gavel' });
  });

  it('knows what is left out', async () => {
    const source = await snapshotSite(riverside());
    expect(skippedKeys(source, { ...EMPTY_MAPPING, skip: ['group:*', 'case_status:Paused'] })).toEqual([
      'case_status:Paused',
      'group:desk_team',
    ]);
  });
});

describe('a mapping for two sites', () => {
  const faultsOf = async (change: Partial<Mapping>, target = otherWords()) =>
    checkMapping(
      { ...EMPTY_MAPPING, ...change },
      await snapshotSite(riverside()),
      await snapshotSite(target),
    ).map(({ path, message }) => `${path.join('.')}: ${message}`);

  it('is fine when both sides of every line are there', async () => {
    expect(await faultsOf(MAPPING)).toEqual([]);
  });

  it.each([
    [{ names: { activity_type: { Haering: 'Audience' } } }, 'Did you mean "Hearing"?'],
    [{ names: { activity_type: { Hearing: 'Audiance' } } }, 'Did you mean "Audience"?'],
    [
      { names: { activity_type: { Hearing: 'Audience', Meeting: 'Audience' } } },
      '"Hearing" is "Audience" on "hilltop" already: two cannot become one.',
    ],
    [{ names: { activity_type: { Hearing: 'Meeting' } } }, '"riverside" has the activity type "Meeting" too'],
    [
      { contacts: { 'staff-7': 'external_identifier:desk' } },
      'expected "external_identifier:…" or "email:…"',
    ],
    [{ defaults: { contact: 'desk', fields: {} } }, 'defaults.contact: expected "external_identifier:…"'],
    [{ skip: ['group:desk_taem'] }, 'Did you mean "group:desk_team"?'],
    [{ defaults: { contact: null, fields: { case_status: { colour: 'red' } } } }, 'Did you mean "color"?'],
  ] satisfies [Partial<Mapping>, string][])('says what %j has wrong', async (change, sentence) => {
    const faults = await faultsOf(change);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(sentence);
  });

  it('does not lead to something that is disabled there', async () => {
    const target = hilltop({ optionValues: [optionValue('activity_type', 'Audience', { isActive: false })] });
    expect(await faultsOf({ names: { activity_type: { Hearing: 'Audience' } } }, target)).toEqual([
      'names.activity_type.Hearing: The activity type "Audience" is disabled on "hilltop". Enable it there.',
    ]);
  });
});

describe('suggestions', () => {
  const suggestions = async (target: MigrationSite) =>
    suggestMapping(await snapshotSite(riverside()), await snapshotSite(target), ['appeal']);

  it('find what means the same, and how sure that is', async () => {
    expect(await suggestions(otherWords())).toEqual([
      { kind: 'activity_type', from: 'Hearing', to: 'Audience', confidence: 0.9, why: 'same-label' },
      { kind: 'case_status', from: 'Paused', to: 'paused', confidence: 0.95, why: 'same-letters' },
      { kind: 'activity_status', from: 'Kept', to: null, confidence: 0, why: 'nothing-like-it' },
      { kind: 'relationship_type', from: 'Coach of', to: null, confidence: 0, why: 'nothing-like-it' },
      { kind: 'group', from: 'desk_team', to: 'desk-team', confidence: 0.95, why: 'same-letters' },
    ]);
  });

  it('give nothing twice, and nothing that the source has itself', async () => {
    const target = hilltop({
      optionValues: [
        optionValue('activity_type', 'Hearing of appeal'),
        optionValue('case_status', 'Pausing', { grouping: 'Closed' }),
      ],
    });
    const found = await suggestions(target);
    expect(found.find(({ from }) => from === 'Hearing')?.to).toBe('Hearing of appeal');
    // Similar words, but it closes cases.
    expect(found.find(({ from }) => from === 'Paused')?.to).toBeNull();
    expect(await suggestions(riverside())).toEqual([]);
  });

  it('become a file in which the unsure ones are remarks', async () => {
    const text = renderSuggestions({ from: 'riverside', to: 'hilltop' }, await suggestions(otherWords()));
    expect(text).toBe(
      [
        '# What riverside and hilltop call differently. Read every line; what begins with # is not in force.',
        '# "civicase map schema" describes what else may stand here.',
        'from: riverside',
        'to: hilltop',
        'names:',
        '  activity_type:',
        '    Hearing: Audience # 90 %: the same label',
        '  case_status:',
        '    Paused: paused # 95 %: the same but for case, blanks or signs',
        '  # activity_status:',
        '    # Kept: "?" # nothing like it there: it will be created under its own name',
        '  # relationship_type:',
        '    # Coach of: "?" # nothing like it there: it will be created under its own name',
        '  group:',
        '    desk_team: desk-team # 95 %: the same but for case, blanks or signs',
        '',
      ].join('\n'),
    );
  });
});
