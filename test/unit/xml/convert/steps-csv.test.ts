import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toReadForm, type CaseTypeDefinition } from '../../../../src/case-type/index.ts';
import { applyStepsCsv, readCaseTypeXml, writeStepsCsv } from '../../../../src/xml/index.ts';
import { arbitraryDefinition } from '../../../support/arbitrary-definition.ts';
import { recordedDefinitions } from '../../../support/recorded-definitions.ts';
import { shippedFile } from '../../../support/shipped-case-types.ts';

const plain = { separator: ',', byteOrderMark: false } as const;
const housing = readCaseTypeXml(readFileSync(shippedFile('housing_support', '.xml'))).definition;
const lines = writeStepsCsv(housing, plain).trimEnd().split('\r\n');
const apply = (rows: readonly string[]): CaseTypeDefinition =>
  applyStepsCsv(housing, rows.join('\r\n'), 'steps.csv');
const stepsOf = (definition: CaseTypeDefinition, set = 0): readonly Readonly<Record<string, unknown>>[] =>
  (definition.activitySets as { activityTypes: Record<string, unknown>[] }[])[set]?.activityTypes ?? [];

function hasOneNameEach(definition: CaseTypeDefinition): boolean {
  const sets = Array.isArray(definition.activitySets) ? definition.activitySets : [];
  const names = sets
    .filter((set) => !Array.isArray(set) && typeof set === 'object')
    .map((set) => (set as { name: unknown }).name);
  return new Set(names).size === names.length;
}

describe('the table of steps', () => {
  it.each([',', ';', '\t'] as const)(
    'changes nothing when it comes back as it went, separated by %j',
    (separator) => {
      const all = recordedDefinitions.filter(hasOneNameEach);
      for (const definition of [housing, ...all]) {
        const csv = writeStepsCsv(definition, { separator, byteOrderMark: true });
        expect(applyStepsCsv(definition, csv)).toEqual(toReadForm(definition));
      }
    },
  );

  it('changes nothing of any definition', () => {
    fc.assert(
      fc.property(arbitraryDefinition.map(toReadForm).filter(hasOneNameEach), (definition) => {
        expect(applyStepsCsv(definition, writeStepsCsv(definition, plain))).toEqual(definition);
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it('brings back changed days, another order, new and deleted rows, and keeps what has no column', () => {
    const [header = '', open = '', interview = '', review = '', ...rest] = lines;
    const changed = apply([
      header,
      open,
      review.replace(',3,newest', ',-5,oldest'),
      'standard_timeline,,Phone Call,,Scheduled,Open Case,2',
      ...rest,
    ]);
    expect(interview).toContain('Housing intake interview');
    expect(stepsOf(changed).map(({ name }) => name)).toEqual([
      'Open Case',
      'Income and benefits review',
      'Phone Call',
      'Emergency placement',
      'Housing plan',
      'Follow up',
    ]);
    expect(stepsOf(changed)[1]).toMatchObject({
      reference_offset: '-5',
      reference_select: 'oldest',
      status: 'Awaiting Documents',
    });
    expect(stepsOf(changed)[2]).toEqual({
      name: 'Phone Call',
      status: 'Scheduled',
      reference_activity: 'Open Case',
      reference_offset: '2',
    });
    expect(stepsOf(changed, 1)).toEqual(stepsOf(housing, 1));
    const odd = {
      activitySets: [
        { name: 'a', label: '', activityTypes: [{ name: 'A', note: 'kept', order: ['1', '2'] }] },
      ],
    };
    const csv = writeStepsCsv(odd, plain);
    expect(stepsOf(applyStepsCsv(odd, csv.replace('a,1,A,,', 'a,1,A,,Scheduled')))).toEqual([
      { name: 'A', note: 'kept', order: ['1', '2'], status: 'Scheduled' },
    ]);
  });

  it('shows no formula, keeps negative days as numbers, and takes texts back as they were', () => {
    const texts = ['=1+1', '+x', '-x', '@x', "'=x", "'x", '"q"', 'a,b', 'a;b', 'l1\nl2', ' x ', '\tx'];
    for (const text of texts) {
      const definition = toReadForm({
        activitySets: [
          { name: text, timeline: 1, activityTypes: [{ name: 'A', label: text, reference_offset: '-2' }] },
        ],
      });
      const csv = writeStepsCsv(definition, plain);
      expect(csv).not.toMatch(/(^|[,"])[=+@]/m);
      expect(csv).toContain(',-2,');
      expect(applyStepsCsv(definition, csv)).toEqual(definition);
    }
  });

  it('takes numbers, columns and line breaks as a spreadsheet gives them back', () => {
    const [header = '', ...rest] = lines;
    const shown = rest.map((line) => line.replace(/,(\d+),newest/, ',"$1,0",newest'));
    expect(apply([header, ...shown])).toEqual(toReadForm(housing));
    const wide = rest.map((line) => line.replace(/,(\d+),newest/, ', $1.00 ,newest'));
    expect(apply([header, ...wide])).toEqual(toReadForm(housing));
    const turned = lines.map((line) => line.split(',').toReversed().join(';'));
    expect(apply(turned)).toEqual(toReadForm(housing));
    const zeros = toReadForm({
      activitySets: [{ name: 'a', activityTypes: [{ name: 'A', reference_offset: '007' }] }],
    });
    expect(applyStepsCsv(zeros, writeStepsCsv(zeros, plain).replace('007', '7'))).toEqual(zeros);
    const broken = apply([header, 'standard_timeline,,Phone Call,"one\r\ntwo",Scheduled', ...rest]);
    expect(stepsOf(broken)[0]).toMatchObject({ label: 'one\r\ntwo' });
  });

  it('names line and column of the file, also behind a cell of two lines', () => {
    const [header = '', ...rest] = lines;
    const two = 'standard_timeline,,Phone Call,"one\ntwo",Scheduled';
    const dated = (rest[2] ?? '').replace(',3,newest', ',03/02/2026,newest');
    expect(() => apply([header, two, rest[0] ?? '', rest[1] ?? '', dated])).toThrow(
      'steps.csv:6:93: row 5, column days: expected whole days such as 3 or -2, got 03/02/2026.',
    );
    expect(() => apply([header, `${two},,,,,,,,,,`.replace(/,$/, ',x')])).toThrow(
      /^steps\.csv:3:\d+: row 2, column 15: a text stands where the first row names no column/,
    );
  });

  it.each([
    [
      { 3: (line: string) => line.replace(',3,newest', ',3 d,newest') },
      'row 4, column days: expected whole days such as 3 or -2, got 3 d.',
    ],
    [
      { 2: (line: string) => line.replace('standard_timeline', 'other') },
      'row 3, column set: expected a set of the case type (standard_timeline, timeline_tenancy), got other.',
    ],
    [
      { 2: (line: string) => line.replace(',2,', ',3,') },
      'row 3, column position: step 3 is Income and benefits review, not Housing intake interview.',
    ],
    [
      { 2: (line: string) => line.replace(',2,', ',99,') },
      'row 3, column position: expected a number from 1 to 6 as it came',
    ],
    [{ 2: () => lines[1] ?? '' }, 'row 3, column position: row 2 is step 1 already.'],
    [
      { 2: (line: string) => line.replace('newest', 'latest') },
      'row 3, column select: expected newest or oldest, got latest.',
    ],
    [
      { 2: (line: string) => line.replace('Housing intake', '"Housing intake') },
      'row 3, cell 3: the quote that begins it is not closed.',
    ],
    [{ 0: (line: string) => line.replace('days', 'tage') }, 'row 1, column tage: no such column.'],
    [
      { 0: (line: string) => line.replace('position', '') },
      'row 1, column position: the first row must name this column.',
    ],
    [
      { 7: () => '', 8: () => '', 9: () => '' },
      'no row belongs to the set timeline_tenancy, which has 3 steps.',
    ],
  ] satisfies [Readonly<Record<number, (line: string) => string>>, string][])(
    'says which row and column is wrong: %#',
    (changes, message) => {
      const table: Readonly<Record<number, (line: string) => string>> = changes;
      const rows = lines.map((line, index) => table[index]?.(line) ?? line);
      expect(() => apply(rows)).toThrow(message);
    },
  );
});
