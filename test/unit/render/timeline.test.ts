import { describe, expect, test } from 'vitest';
import { createDaysOff } from '../../../src/calendar/days-off.ts';
import { simulateOpening, toCaseTypeModel, type CaseTypeDefinition } from '../../../src/case-type/index.ts';
import {
  renderGraphSvg,
  renderTimelineSvg,
  timelineLanes,
  type TimelineDrawing,
} from '../../../src/render/index.ts';
import { createDayAxis } from '../../../src/render/timeline/day-axis.ts';
import { readCaseTypeDocument } from '../../../src/xml/index.ts';
import { madeCaseType } from '../../support/drawn-case-types.ts';

type Step = Readonly<Record<string, string>>;
const withSteps = (...steps: readonly Step[]): CaseTypeDefinition => ({
  activitySets: [{ name: 'standard_timeline', label: 'Standard', timeline: '1', activityTypes: steps }],
});
const drawing = (definition: CaseTypeDefinition, startDate = '2026-03-05'): TimelineDrawing => {
  const model = toCaseTypeModel(definition);
  return {
    title: 'Made',
    model,
    language: 'en',
    simulation: simulateOpening({ definition: model, startDate }),
  };
};
const lanesOf = (definition: CaseTypeDefinition) => {
  const { model, simulation } = drawing(definition);
  return timelineLanes(model, simulation);
};
const wordsIn = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = '']) => words);

describe('lanes', () => {
  test('a step knows the step from which it is counted', () => {
    const [lane] = lanesOf(
      withSteps(
        { name: 'Open Case' },
        { name: 'Call', reference_activity: 'Open Case', reference_offset: '3' },
      ),
    );
    expect(lane?.steps[1]).toMatchObject({
      day: 3,
      offsetDays: 3,
      base: { kind: 'reference', activityType: 'Open Case', stepKey: '0.0' },
    });
  });

  test('a reference that nothing creates counts from the start', () => {
    const [lane] = lanesOf(withSteps({ name: 'Call', reference_activity: 'Never', reference_offset: '3' }));
    expect(lane?.steps[0]).toMatchObject({
      day: 3,
      base: { kind: 'reference-missing', activityType: 'Never' },
    });
  });

  test('a skipped step stands where it would have been', () => {
    const [lane] = lanesOf({
      ...withSteps({ name: 'Call' }, { name: 'Call', reference_activity: 'Call', reference_offset: '5' }),
      activityTypes: [{ name: 'Call', max_instances: '1' }],
    });
    expect(lane?.steps[1]).toMatchObject({ day: 5, outcome: { kind: 'skipped', limit: 1 } });
  });

  test('what comes after a step without a type is not reached', () => {
    const [lane] = lanesOf(withSteps({ name: 'Call' }, { name: '' }, { name: 'Letter' }));
    expect(lane?.steps.map(({ outcome }) => outcome.kind)).toEqual(['created', 'not-reached', 'not-reached']);
  });

  test('a set that is added by hand may refer to a step of the opening', () => {
    const lanes = lanesOf({
      activitySets: [
        { name: 'a', timeline: '1', activityTypes: [{ name: 'Call', reference_offset: '4' }] },
        {
          name: 'b',
          timeline: '1',
          activityTypes: [{ name: 'Letter', reference_activity: 'Call', reference_offset: '2' }],
        },
      ],
    });
    expect(lanes.map(({ kind }) => kind)).toEqual(['opening', 'added']);
    expect(lanes[1]?.steps[0]).toMatchObject({ day: 6, base: { stepKey: '0.0' } });
  });

  test('only the first sequence is followed', () => {
    const sequence = { sequence: '1', activityTypes: [{ name: 'Call' }] };
    const lanes = lanesOf({
      activitySets: [
        { name: 'a', ...sequence },
        { name: 'b', ...sequence },
      ],
    });
    expect(lanes.map(({ kind }) => kind)).toEqual(['sequence', 'dead-sequence']);
  });
});

describe('the axis of days', () => {
  const axis = (...days: readonly number[]) => createDayAxis({ days, left: 0, right: 600, tickWidth: 42 });

  test('is drawn to scale', () => {
    const { x } = axis(0, 10, 40);
    expect(x(20) - x(10)).toBeCloseTo(x(40) - x(30));
    expect([x(0), x(40)]).toEqual([0, 600]);
  });

  test('leaves out months in which nothing happens, and says which', () => {
    const { breaks, shows, ticks } = axis(0, 7, 14, 30, 1095);
    expect(breaks).toMatchObject([{ fromDay: 30, toDay: 1095 }]);
    expect([shows(30), shows(500), shows(1095)]).toEqual([true, false, true]);
    expect(ticks.map(({ day }) => day)).toContain(1095);
  });

  test('has room for the label of every tick', () => {
    for (const last of [7, 40, 100, 400, 1095, 40_000]) {
      const xs = axis(-30, 3, last).ticks.map(({ x }) => x);
      expect(xs.slice(1).every((x, index) => x - (xs[index] ?? 0) >= 42)).toBe(true);
    }
  });
});

describe('the picture', () => {
  test('is the same for the same case type', () => {
    expect(renderTimelineSvg(drawing(madeCaseType(30)))).toBe(renderTimelineSvg(drawing(madeCaseType(30))));
  });

  test('is well-formed whatever the names hold', async () => {
    const made = drawing(
      withSteps(
        { name: '</text><script>alert(1)</script>' },
        { name: 'a\u0000b\u000bc\ud800' },
        { name: '&amp; "\'' },
      ),
    );
    for (const svg of [renderTimelineSvg(made), await renderGraphSvg(made)]) {
      expect(() => readCaseTypeDocument(svg)).not.toThrow();
      expect(svg).not.toContain('<script');
      expect(svg).not.toContain('\u0000');
    }
  });

  test('names itself and tells its content to who cannot see it', () => {
    const svg = renderTimelineSvg(drawing(withSteps({ name: 'Call', reference_offset: '3' })));
    expect(svg).toContain('role="img" aria-labelledby="timeline-title timeline-desc"');
    expect(svg).toContain('<title id="timeline-title">Timeline: Made</title>');
    expect(/<desc[^>]*>(.*)<\/desc>/.exec(svg)?.[1]).toContain('Day 3, Call, 3 days after the case starts');
  });

  test('marks each rule by a colour, a shape and a letter of its own', () => {
    const svg = renderTimelineSvg(
      drawing(
        withSteps(
          { name: 'A', default_assignee_type: '4' },
          { name: 'B', default_assignee_type: '3', default_assignee_contact: '202' },
          { name: 'C' },
        ),
      ),
    );
    expect(wordsIn(svg)).toEqual(
      expect.arrayContaining(['A', 'B', 'whoever opens the case', 'contact no. 202', 'nobody yet']),
    );
  });

  test('shows dates, weekends and holidays only for the set that opens the case', () => {
    const made = drawing(
      withSteps({ name: 'Call', reference_offset: '2' }, { name: 'Letter', reference_offset: '32' }),
    );
    const svg = renderTimelineSvg({ ...made, showDates: true, daysOff: createDaysOff({ country: 'FR' }) });
    expect(wordsIn(svg)).toEqual(expect.arrayContaining(['Sat, 7 Mar 2026', 'weekend', 'Lundi de Pâques']));
    expect(wordsIn(renderTimelineSvg(made)).join()).not.toContain('2026');
  });

  test('says so when there is nothing to draw', () => {
    expect(wordsIn(renderTimelineSvg(drawing({}))).join(' ')).toContain('opening a case creates nothing');
  });
});
