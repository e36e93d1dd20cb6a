import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClient, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, rows } from './nock-site.ts';

const option = (name: string, value: string, change: object = {}) => ({
  id: Number(value),
  'option_group_id:name': 'activity_status',
  name,
  label: name,
  value,
  filter: 0,
  grouping: null,
  is_active: true,
  is_default: null,
  ...change,
});
const caseStatus = (name: string, value: string) =>
  option(name, value, { 'option_group_id:name': 'case_status' });
const answerOptions = (...options: readonly object[]) =>
  answerNext('/civicrm/ajax/api4/OptionValue/get', { body: rows(...options) });
const answerGroups = (...names: readonly string[]) =>
  answerNext('/civicrm/ajax/api4/OptionGroup/get', { body: rows(...names.map((name) => ({ name }))) });

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

describe('options of a site', () => {
  it('are read once and then remembered, also by those who ask meanwhile', async () => {
    const scope = answerOptions(option('Scheduled', '1', { filter: '0', is_default: true }));
    const client = createTestClient();
    const [first] = await Promise.all([client.options('activity_status'), client.options('activity_status')]);
    expect(first).toEqual([
      {
        id: 1,
        name: 'Scheduled',
        label: 'Scheduled',
        value: '1',
        filter: 0,
        grouping: null,
        isActive: true,
        isDefault: true,
      },
    ]);
    expect(await client.optionValue('activity_status', 'Scheduled')).toBe('1');
    expect(scope.isDone()).toBe(true);
  });

  it('of several groups that are asked for in one moment are read by one request', async () => {
    const scope = answerOptions(option('Scheduled', '1'), caseStatus('Open', '1'), option('Completed', '2'));
    const client = createTestClient();
    const groups = await Promise.all(
      ['activity_status', 'case_status'].map((group) => client.options(group)),
    );
    expect(groups.map((options) => options.map(({ name }) => name))).toEqual([
      ['Scheduled', 'Completed'],
      ['Open'],
    ]);
    expect(scope.isDone()).toBe(true);
  });

  it('are read again after they were forgotten, and after a failure', async () => {
    const client = createTestClient();
    answerNext(/.*/, { status: 502, contentType: 'text/html' });
    await thrownBy(client.options('case_status'));
    answerOptions(caseStatus('Open', '1'));
    expect(await client.optionValue('case_status', 'Open')).toBe('1');
    client.forgetOptions('case_status');
    answerOptions(caseStatus('Open', '7'));
    expect(await client.optionValue('case_status', 'Open')).toBe('7');
    client.forgetOptions();
    answerOptions(caseStatus('Open', '8'));
    expect(await client.optionValue('case_status', 'Open')).toBe('8');
  });

  it('are looked for once more before a name is unknown', async () => {
    const client = createTestClient();
    answerOptions(caseStatus('Open', '1'));
    await client.options('case_status');
    answerOptions(caseStatus('Open', '1'), caseStatus('Paused', '9'));
    expect(await client.optionValue('case_status', 'Paused')).toBe('9');
  });

  it.each([
    ['Sheduled', 'Did you mean "Scheduled"?'],
    ['completed', 'Did you mean "Completed"?'],
    ['Nothing alike', 'It knows "Scheduled", "Completed".'],
  ])('do not know %s, and say what is near', async (name, offer) => {
    answerOptions(option('Scheduled', '1'), option('Completed', '2'));
    const error = await thrownBy(createTestClient().optionValue('activity_status', name));
    expect(error).toMatchObject({ kind: 'invalid-input' });
    expect(String(error)).toContain(`"riverside" has no option "${name}" in activity_status. ${offer}`);
  });

  it('of a group that does not exist are an error, of an empty group none', async () => {
    answerOptions();
    answerGroups('case_type', 'activity_status');
    const error = await thrownBy(createTestClient().options('activity_stats'));
    expect(String(error)).toContain('has no option group "activity_stats". Did you mean "activity_status"?');
    answerOptions();
    answerGroups('activity_type');
    expect(await createTestClient().options('activity_type')).toEqual([]);
  });

  it('with the same name: the active one counts, two active ones are a conflict', async () => {
    const visit = (value: string, change: object = {}) =>
      option('Visit', value, { 'option_group_id:name': 'activity_type', ...change });
    answerOptions(visit('5', { is_active: false }), visit('6'));
    expect(await createTestClient().optionValue('activity_type', 'Visit')).toBe('6');
    answerOptions(visit('5'), visit('6'));
    const error = await thrownBy(createTestClient().optionValue('activity_type', 'Visit'));
    expect(error).toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('values 5, 6') as unknown,
    });
  });
});
