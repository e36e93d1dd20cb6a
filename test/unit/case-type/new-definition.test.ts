import { describe, expect, it } from 'vitest';
import {
  caseTypeNameFault,
  lintCaseType,
  newDefinition,
  suggestName,
  type NewCaseType,
} from '../../../src/case-type/index.ts';
import { newCaseTypeDocument, readCaseTypeXml, writeCaseTypeDocument } from '../../../src/xml/index.ts';

const answers: NewCaseType = {
  name: 'home_help',
  title: 'Home help -- for all',
  manager: 'Case Coordinator',
  language: 'en',
  steps: [
    { activityType: 'Phone Call', day: 1, to: { kind: 'opener' } },
    { activityType: 'Meeting', day: 7, to: { kind: 'nobody' } },
  ],
  statuses: ['Urgent', 'Closed'],
  afterClosing: [{ activityType: 'Follow up', day: 30, to: { kind: 'nobody' } }],
};

describe('a case type from answers', () => {
  it.each([answers, { ...answers, steps: [], afterClosing: [], statuses: [], title: '' }])(
    'has nothing that lint complains of: %#',
    (some) => {
      expect(lintCaseType(newDefinition(some), { name: some.name })).toEqual([]);
    },
  );

  it('reads as itself from its file', () => {
    const document = newCaseTypeDocument(newDefinition(answers), answers.name);
    const read = readCaseTypeXml(writeCaseTypeDocument(document));
    expect(read.name).toBe('home_help');
    expect(read.definition).toEqual(newDefinition(answers));
  });

  it('lists every type and keeps statuses once', () => {
    const { activityTypes, statuses } = newDefinition(answers);
    expect((activityTypes as { name: string }[]).map(({ name }) => name)).toEqual([
      'Open Case',
      'Phone Call',
      'Meeting',
      'Follow up',
      'Email',
      'Change Case Status',
      'Change Case Start Date',
    ]);
    expect(statuses).toEqual(['Open', 'Urgent', 'Closed']);
  });

  it.each([
    ['home_help', null],
    ['', 'it is empty'],
    ['home help', 'CiviCRM allows only letters without accents, digits and underscores'],
    ['a'.repeat(65), 'it has 65 characters, and CiviCRM stores 64'],
    ['__', 'it needs a letter or a digit'],
  ])('judges the name %j', (name, fault) => {
    expect(caseTypeNameFault(name)).toBe(fault);
  });

  it('makes a name of a title', () => {
    expect(suggestName('Aide à domicile (été)')).toBe('aide_a_domicile_ete');
  });
});
