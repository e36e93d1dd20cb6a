import { describe, expect, it } from 'vitest';
import { definitionJsonSchema, isDefinition } from '../../../../src/xml/index.ts';
import { recordedDefinitions } from '../../../support/recorded-definitions.ts';

describe('the JSON Schema of a definition', () => {
  it('is draft 2020-12 and explains every key', () => {
    const schema = JSON.stringify(definitionJsonSchema());
    expect(schema).toContain('https://json-schema.org/draft/2020-12/schema');
    for (const text of ['reference_offset', 'Whole days after that date', 'caseRoles', 'case manager'])
      expect(schema).toContain(text);
  });

  it.skipIf(recordedDefinitions.length === 0)('takes every recorded definition', () => {
    expect(recordedDefinitions.filter((definition) => !isDefinition(definition))).toEqual([]);
  });

  it.each([
    {},
    [],
    { activityTypes: [], statuses: [], activitySets: [{ name: 'a', timeline: '1', activityTypes: [] }] },
    { activitySets: [{ timeline: true, activityTypes: [{ name: 'A', reference_offset: -2, status: [] }] }] },
  ])('takes %j', (definition) => {
    expect(isDefinition(definition)).toBe(true);
  });

  it.each([
    'text',
    ['x'],
    { activitySets: 'standard_timeline' },
    { activitySets: [{ timeline: 'maybe' }] },
    { activitySets: [{ activityTypes: 'Open Case' }] },
    { activityTypes: ['Open Case'] },
    { forkable: 'yes' },
  ])('refuses %j', (definition) => {
    expect(isDefinition(definition)).toBe(false);
  });
});
