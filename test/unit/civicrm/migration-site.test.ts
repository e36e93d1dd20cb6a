import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import type { CaseTypeEntity } from '../../../src/migrate/entity.ts';
import { optionValue } from '../../support/migration-sites.ts';
import { createTestClient, siteUrl, thrownBy } from '../../support/test-site-client.ts';
import { formField, rows } from './nock-site.ts';

interface SentCall {
  readonly call: string;
  readonly params: Record<string, unknown>;
}

/** A site that answers each call from a table, and remembers what it was sent. */
function playSite(
  answers: Readonly<Record<string, (params: Record<string, unknown>) => object>>,
): SentCall[] {
  const sent: SentCall[] = [];
  const answerTo = (call: string, params: Record<string, unknown>): object => {
    if (call === 'Managed.get') return rows();
    sent.push({ call, params });
    const answer = answers[call];
    if (answer === undefined) throw new Error(`${call} was not expected.`);
    return answer(params);
  };
  nock(siteUrl)
    .persist()
    .post(/^\/civicrm\/ajax\//)
    .reply(200, (path, body) => {
      const calls = formField(body, 'calls');
      if (calls !== '')
        return (JSON.parse(calls) as [string, string, Record<string, unknown>][]).map(
          ([entityName, action, params]) => answerTo(`${entityName}.${action}`, params),
        );
      const isApi3 = path === '/civicrm/ajax/rest';
      const call = isApi3
        ? `${formField(body, 'entity')}.${formField(body, 'action')} (3)`
        : path.split('/').slice(-2).join('.');
      const params = JSON.parse(formField(body, isApi3 ? 'json' : 'params')) as Record<string, unknown>;
      return answerTo(call, params);
    });
  return sent;
}

const api3 = (...values: readonly object[]): object => ({ is_error: 0, version: 3, values });

const caseTypeRow = (change: object = {}): object => ({
  id: 4,
  name: 'appeal',
  title: 'Appeal',
  description: '',
  is_active: true,
  is_reserved: false,
  weight: 2,
  definition: { caseRoles: [{ name: 'Case Coordinator' }] },
  ...change,
});

const optionRow = (change: object = {}): object => ({
  id: 900,
  name: 'Hearing',
  label: 'Hearing',
  value: '68',
  description: null,
  'component_id:name': 'CiviCase',
  icon: null,
  color: null,
  grouping: null,
  filter: 0,
  is_active: true,
  weight: 69,
  ...change,
});

const entity: CaseTypeEntity = {
  kind: 'case_type',
  name: 'appeal',
  title: 'Appeal',
  description: null,
  isActive: true,
  weight: 2,
  definition: { caseRoles: [{ name: 'Case Coordinator' }] },
};

describe('the migration adapter', () => {
  beforeEach(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it('reads the definition of a file through APIv3, where APIv4 gives null', async () => {
    playSite({
      'CaseType.get': () =>
        rows(caseTypeRow({ definition: null }), caseTypeRow({ id: 5, name: 'empty', definition: [] })),
      'CaseType.get (3)': () =>
        api3(
          { id: '4', name: 'appeal', definition: { statuses: ['Open'] }, is_forkable: '', is_forked: '' },
          { id: '5', name: 'empty', definition: [], is_forkable: '1', is_forked: '' },
        ),
    });
    const site = createMigrationSite(createTestClient());
    expect(await site.caseTypes()).toMatchObject([
      { name: 'appeal', description: null, definition: { statuses: ['Open'] }, acceptsDefinition: false },
      { name: 'empty', definition: {}, acceptsDefinition: true },
    ]);
  });

  it('sends a definition as an object, and updates by id the row of exactly that name', async () => {
    const sent = playSite({
      'CaseType.get': () => rows(caseTypeRow({ id: 3, name: 'Appeal' }), caseTypeRow()),
      'CaseType.get (3)': () => api3({ name: 'appeal', is_forkable: '1' }),
      'CaseType.update': () => rows({ id: 4 }),
    });
    await createMigrationSite(createTestClient()).saveCaseType(entity);
    const update = sent.find(({ call }) => call === 'CaseType.update');
    expect(update?.params).toMatchObject({
      where: [['id', '=', 4]],
      values: { name: 'appeal', definition: { caseRoles: [{ name: 'Case Coordinator' }] } },
    });
    expect(JSON.stringify(update)).not.toContain('weight');
  });

  it('says that the row was stored when the broken XML of another case type fails the save', async () => {
    let stored = false;
    playSite({
      'CaseType.get': () => (stored ? rows(caseTypeRow()) : rows()),
      'CaseType.get (3)': () => api3(),
      'CaseType.create': () => {
        stored = true;
        return { error_code: 0, error_message: 'Failed to parse CaseType XML: Line=1', status: 500 };
      },
    });
    const site = createMigrationSite(createTestClient());
    const thrown = await thrownBy(site.saveCaseType(entity));
    expect(thrown).toMatchObject({ kind: 'remote-rejected', details: { stored: true } });
    expect(String(thrown)).toContain('The row was stored all the same.');
  });

  it('creates no second option value of a name, and places none among the others', async () => {
    let created = false;
    const sent = playSite({
      'OptionValue.get': () => (created ? rows(optionRow()) : rows(optionRow({ name: 'hearing' }))),
      'OptionValue.create': () => {
        created = true;
        return rows({ id: 900 });
      },
    });
    const site = createMigrationSite(createTestClient());
    const stored = await site.create(optionValue('activity_type', 'Hearing'));
    expect(stored).toEqual(optionValue('activity_type', 'Hearing', { weight: 69 }));
    const create = sent.find(({ call }) => call === 'OptionValue.create');
    expect(create?.params['values']).toEqual({
      'option_group_id:name': 'activity_type',
      name: 'Hearing',
      label: 'Hearing',
      description: null,
      'component_id:name': 'CiviCase',
      icon: null,
      color: null,
      grouping: null,
      filter: 0,
      is_active: true,
    });
    const again = site.create(optionValue('activity_type', 'Hearing'));
    expect(await thrownBy(again)).toMatchObject({ kind: 'conflict' });
    expect(sent.filter(({ call }) => call === 'OptionValue.create')).toHaveLength(1);
  });

  it('shows what was kept of a component that the site has not enabled', async () => {
    let created = false;
    playSite({
      'OptionValue.get': () => (created ? rows(optionRow({ 'component_id:name': null })) : rows()),
      'OptionValue.create': () => {
        created = true;
        return rows({ id: 900, component_id: null });
      },
    });
    const site = createMigrationSite(createTestClient());
    const stored = await site.create(optionValue('activity_type', 'Hearing'));
    expect(stored).toMatchObject({ component: null });
  });

  it('counts open cases by the grouping of their status', async () => {
    const sent = playSite({
      'OptionValue.get': () =>
        rows(
          optionRow({ name: 'Open', value: '1', grouping: 'Opened', is_default: true }),
          optionRow({ id: 901, name: 'Closed', value: '2', grouping: 'Closed', is_default: false }),
          optionRow({ id: 902, name: 'Lost', value: '7', grouping: 'Closed', is_default: false }),
        ),
      'CaseType.get': () => rows(caseTypeRow(), caseTypeRow({ id: 5, name: 'other' })),
      'Case.get': () =>
        rows(
          { case_type_id: 4, status_id: 1, cases: 2 },
          { case_type_id: 4, status_id: 3, cases: 1 },
          { case_type_id: 4, status_id: 7, cases: 9 },
          { case_type_id: 5, status_id: 2, cases: 4 },
        ),
    });
    expect(await createMigrationSite(createTestClient()).openCases()).toEqual({ appeal: 3 });
    expect(sent.map(({ call }) => call).sort()).toEqual(['Case.get', 'CaseType.get', 'OptionValue.get']);
  });

  it('counts what is in the trash among the uses', async () => {
    const sent = playSite({ 'Activity.get': () => ({ values: [], count: 1, countMatched: 1 }) });
    const site = createMigrationSite(createTestClient());
    expect(await site.uses({ kind: 'activity_type', name: 'Hearing' })).toBe(1);
    expect(sent[0]?.params['where']).toContainEqual(['is_deleted', 'IN', [false, true]]);
  });

  it('names the field when rows have another shape', async () => {
    playSite({ 'RelationshipType.get': () => rows({ id: 'seven' }) });
    const thrown = await thrownBy(createMigrationSite(createTestClient()).rows(['relationship_type']));
    expect(thrown).toMatchObject({ kind: 'remote-rejected', details: { field: 'id' } });
  });
});
