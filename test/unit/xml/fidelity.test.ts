import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import {
  readCaseTypeDocument,
  readCaseTypeXml,
  readProcessModel,
  toDefinitionJson,
  writeCaseTypeDocument,
  writeDefinitionXml,
} from '../../../src/xml/index.ts';

const FIXTURES = new URL('../../fixtures/xml/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, FIXTURES));

const spaces = fc.constantFrom('', ' ', '\n  ', '\r\n', '\t');
const texts = fc.oneof(
  fc.constantFrom(
    'Open Case',
    'true',
    '0',
    ' 7 ',
    'Évaluation',
    '🏠',
    '&amp;',
    '&#233;',
    '<![CDATA[<b>]]>',
    '',
  ),
  fc.string({ maxLength: 8 }).map((text) => text.replace(/[^ -~]|[<&\]]/g, '')),
);
const asides = fc.constantFrom('', '', '<!-- aside -->', '<?tool x?>', '<ui:x xmlns:ui="u">y</ui:x>');
const leaves = fc
  .tuple(
    fc.constantFrom('name', 'status', 'reference_offset', 'max_instances', 'order', 'colour'),
    fc.constantFrom('', ' lang="fr"', "  a = 'b'"),
    texts,
  )
  .map(([name, attribute, text]) =>
    text === '' ? `<${name}${attribute}/>` : `<${name}${attribute}>${text}</${name} >`,
  );
const writableLeaves = fc
  .constantFrom('name', 'status', 'order')
  .chain((name) =>
    fc.constantFrom('Open Case', '0', ' 7 ', '&amp;é').map((text) => `<${name}>${text}</${name}>`),
  );

/** Documents of the right shape, made of these leaves and of what may stand beside them. */
function documentsOf(leaf: fc.Arbitrary<string>, aside: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const manyOf = (one: fc.Arbitrary<string>, maxLength: number) =>
    fc.array(fc.tuple(spaces, aside, one), { maxLength }).map((parts) => parts.flat().join(''));
  const items = (name: string, maxLength = 4) =>
    manyOf(leaf, maxLength).map((body) => `<${name}>${body}</${name}>`);
  const sets = fc
    .tuple(texts, fc.constantFrom('true', 'false', '1', ''), manyOf(items('ActivityType'), 4))
    .map(
      ([name, flag, steps]) =>
        `<ActivitySet><name>${name}</name><timeline>${flag}</timeline><ActivityTypes>${steps}</ActivityTypes></ActivitySet>`,
    );
  const declarations = fc.constantFrom(
    '',
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    "<?xml version='1.0'?>",
  );
  return fc
    .tuple(
      declarations,
      spaces,
      manyOf(items('ActivityType', 1), 4),
      manyOf(sets, 3),
      manyOf(items('RelationshipType', 1), 4),
    )
    .map(
      ([declaration, space, types, activitySets, roles]) =>
        `${declaration}<!-- head -->${space}<CaseType>${space}<name>t</name><ActivityTypes>${types}</ActivityTypes>` +
        `<ActivitySets>${activitySets}</ActivitySets><CaseRoles>${roles}</CaseRoles></CaseType>\n`,
    );
}
const documents = documentsOf(leaves, asides);
const writableDocuments = documentsOf(writableLeaves, fc.constant(''));

describe('a file that is hard to read', () => {
  const reading = readCaseTypeXml(fixture('hard.xml'), 'hard.xml');

  it('reads as CiviCRM reads it', () => {
    expect(reading.name).toBe('hard');
    expect(reading.definition).toEqual(JSON.parse(fixture('hard.definition.json').toString('utf8')));
  });

  it('has its parts in the order in which CiviCRM reads them, which is not that in which it writes', () => {
    const text =
      '<CaseType><ActivityAsgmtGrps/><CaseRoles/><RestrictActivityAsgmtToCmsUser/><ActivityTypes/><forkable/></CaseType>';
    expect(Object.keys(readCaseTypeXml(text).definition)).toEqual([
      'forkable',
      'restrictActivityAsgmtToCmsUser',
      'activityAsgmtGrps',
      'activityTypes',
      'caseRoles',
    ]);
  });

  it('is stored as CiviCRM stores it', () => {
    expect(writeDefinitionXml(reading.definition, 'hard')).toBe(fixture('hard.written.xml').toString('utf8'));
  });

  it.each([
    [1e21, '1.0E+21'],
    [1.5e300, '1.5E+300'],
    [1e-7, '1.0E-7'],
    [0.1 + 0.2, '0.3'],
    [123456789012345, '123456789012345'],
    [-2.5, '-2.5'],
    ['a\0b', 'a'],
  ])('writes %j as the text that PHP makes of it', (value, text) => {
    expect(writeDefinitionXml({ activityTypes: [{ name: value }] }, 't')).toContain(`<name>${text}</name>`);
  });

  it.each([
    [1e21, '3875820019684212736'],
    [1.5e300, '0'],
    ['9223372036854775808', '9223372036854775807'],
    [2.9, '2'],
  ])('casts %j to an integer as PHP does', (forkable, text) => {
    expect(writeDefinitionXml({ forkable }, 't')).toContain(`<forkable>${text}</forkable>`);
  });

  it('ends names and texts at a NUL, after the groups were joined', () => {
    const written = writeDefinitionXml(
      { activityTypes: [{ 'a\0b': 'x' }], caseRoles: [{ groups: ['a\0b', 'staff'] }] },
      't',
    );
    expect(written).toContain('<a>x</a>');
    expect(written).toContain('<groups>a</groups>');
  });

  it('refuses a key whose letters the writer of CiviCRM does not know', () => {
    expect(() => writeDefinitionXml({ activityTypes: [{ '🏠': 'x' }] }, 't')).toThrow(AppError);
  });

  it('is written back byte for byte', () => {
    expect(Buffer.from(writeCaseTypeDocument(reading.document)).equals(fixture('hard.xml'))).toBe(true);
  });

  it('warns of what CiviCRM would lose, with line and column', () => {
    expect(reading.warnings.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['foreign-element', 10, 3],
      ['foreign-element', 17, 57],
      ['repeated-block', 19, 3],
      ['flag-not-true', 43, 7],
      ['flag-not-true', 44, 7],
      ['dropped-element', 45, 7],
    ]);
  });

  it('runs in ways that its definition does not tell', () => {
    const process = readProcessModel(reading.document);
    expect(process.activityTypes.map(({ name }) => name)).toEqual(['Open Case', 'A&B <now>', 'Second block']);
    expect(process.activitySets.map(({ isTimeline, isSequence }) => [isTimeline, isSequence])).toEqual([
      [true, false],
      [true, true],
    ]);
    expect(process.caseRoles[0]?.isCreator).toBe(true);
    expect(process.activitySets[0]?.steps[0]).toMatchObject({ activityType: 'Open Case', status: '' });
    expect(process.activitySets[0]?.steps[1]).toMatchObject({
      activityType: 'For the night shift',
      referenceOffsetDays: 2,
    });
  });
});

describe('laws of reading and writing', () => {
  it('gives back the bytes of any document from its tree', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const document = readCaseTypeDocument(text);
        // Another source text keeps the writer from handing out the bytes it was given.
        const fromTree = writeCaseTypeDocument({ ...document, source: { ...document.source, text: '' } });
        expect(Buffer.from(fromTree).toString('utf8')).toBe(text);
      }),
    );
  });

  it('reads its own writing as what it wrote, where CiviCRM can write at all', () => {
    fc.assert(
      fc.property(writableDocuments, (text) => {
        const { definition, name, warnings } = readCaseTypeXml(text);
        expect(warnings.filter(({ code }) => code === 'not-writable')).toEqual([]);
        const once = writeDefinitionXml(definition, name);
        const again = readCaseTypeXml(once);
        expect(again.definition.activityTypes).toEqual(definition.activityTypes);
        expect(writeDefinitionXml(again.definition, again.name)).toBe(once);
      }),
    );
  });

  it('answers damaged bytes with a reading or an AppError that names the place, never with anything else', () => {
    const whole = fixture('hard.xml');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (index, byte) => {
        const damaged = Buffer.from(whole);
        damaged[index] = byte;
        try {
          readCaseTypeXml(damaged, 'damaged.xml');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          expect((thrown as AppError).message).toMatch(/^damaged\.xml:\d+:\d+: /);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the end of an empty definition', () => {
  it('is an empty list in JSON, as in PHP', () => {
    expect(toDefinitionJson(readCaseTypeXml('<CaseType> </CaseType>').definition)).toEqual([]);
  });
});
