import { describe, expect, test } from 'vitest';
import { simulateOpening, toCaseTypeModel, type CaseTypeDefinition } from '../../../src/case-type/index.ts';
import { renderCaseTypePage, type CaseTypePage, type Language } from '../../../src/render/index.ts';
import { madeCaseType } from '../../support/drawn-case-types.ts';

const page = (definition: CaseTypeDefinition, change: Partial<CaseTypePage> = {}): string => {
  const model = toCaseTypeModel(definition);
  return renderCaseTypePage({
    title: 'Made',
    name: 'made',
    description: null,
    model,
    simulation: simulateOpening({ definition: model, startDate: '2026-03-05' }),
    language: 'en',
    ...change,
  });
};
const wordsOf = (html: string): string =>
  html
    .replace(/<(style|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/ +/g, ' ');
const call = { name: 'Call', reference_offset: '3' };
const timeline = (...steps: readonly Readonly<Record<string, string>>[]) => ({
  activitySets: [{ name: 'standard_timeline', label: 'Standard', timeline: '1', activityTypes: steps }],
});

describe('the page', () => {
  test('tells who, when, what and why', () => {
    const words = wordsOf(
      page({
        ...timeline({ ...call, default_assignee_type: '4' }),
        caseRoles: [{ name: 'Coordinator', creator: '1', manager: '1', groups: ['team'] }],
        statuses: ['Open', 'Waiting', 'Closed'],
        activityTypes: [{ name: 'Call', max_instances: '2' }, { name: 'Letter' }],
      }),
    );
    for (const told of [
      'Case manager. Given to whoever opens the case',
      'whoever opens the case (Coordinator)',
      '3 days after the case starts',
      'Waiting',
      'Call: 2',
      'Letter',
    ])
      expect(words).toContain(told);
  });

  test('tells what CiviCRM will not do with this case type, and only that', () => {
    const skipped = wordsOf(
      page({ ...timeline(call, call), activityTypes: [{ name: 'Call', max_instances: '1' }] }),
    );
    expect(skipped).toContain('Create “Call” in “Standard”: a case may have at most 1.');
    expect(skipped).toContain('Show a case manager: no role is marked as one.');
    expect(wordsOf(page(timeline(call)))).not.toContain('at most 1');
  });

  test('tells an empty case type, too', () => {
    expect(wordsOf(page({}))).toContain('Nothing: no activity set is a timeline.');
  });

  test('asks to settle what the check found', () => {
    expect(page({}, { findings: { errors: 1, warnings: 2 } })).toContain('1 error and 2 warnings');
    expect(page({}, { findings: { errors: 0, warnings: 0 } })).not.toContain('class="check"');
  });

  test.each(['en', 'fr'] as const)('leaves no text of the other language (%s)', (language: Language) => {
    const words = wordsOf(page(madeCaseType(20), { language, showDates: true }));
    const foreign = {
      en: /\b(le jour|dossier|étape)\b/,
      fr: /\b(the case|whoever|CiviCRM creates|at most)\b/,
    }[language];
    expect(words).not.toMatch(foreign);
  });

  test('sets French with no-break spaces before its double punctuation', () => {
    const words = wordsOf(
      page(timeline(call, { name: 'Lettre', reference_activity: 'Call' }), { language: 'fr' }),
    );
    expect(words).not.toMatch(/ [:;?!»]|« /);
    expect(words).toContain('le même jour que «\u00a0Call\u00a0»');
  });

  test('escapes what people wrote', () => {
    const html = page(timeline({ name: '<img src=x onerror=alert(1)>' }), {
      title: '<script>',
      description: '<b>',
    });
    expect(html).not.toMatch(/<script|<img|<b>/);
  });
});
