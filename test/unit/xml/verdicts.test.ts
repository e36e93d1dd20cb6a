import { describe, expect, it } from 'vitest';
import {
  readCaseTypeDocument,
  readCaseTypeXml,
  writeCaseTypeDocument,
  writeDefinitionXml,
} from '../../../src/xml/index.ts';

const withName = (name: string, encoding?: string) =>
  `${encoding === undefined ? '' : `<?xml version="1.0" encoding="${encoding}"?>\n`}<CaseType><name>${name}</name></CaseType>`;
const nameOf = (input: Uint8Array | string) => readCaseTypeXml(input).name;
const bytes = (text: string, encoding: BufferEncoding, ...mark: readonly number[]) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);

describe('encodings', () => {
  it.each([
    ['UTF-8 without a declaration', bytes(withName('é🏠'), 'utf8'), 'é🏠'],
    ['UTF-8 with a byte order mark', bytes(withName('é', 'UTF-8'), 'utf8', 0xef, 0xbb, 0xbf), 'é'],
    ['Latin-1', bytes(withName('é', 'iso-8859-1'), 'latin1'), 'é'],
    ['Windows-1252', bytes(withName('\x80', 'windows-1252'), 'latin1'), '€'],
    ['Latin-5', bytes(withName('\xf0', 'iso-8859-9'), 'latin1'), 'ğ'],
    ['UTF-16 with a byte order mark', bytes(withName('é🏠', 'UTF-16'), 'utf16le', 0xff, 0xfe), 'é🏠'],
    ['UTF-16 that calls itself UTF-8', bytes(withName('é', 'UTF-8'), 'utf16le', 0xff, 0xfe), 'é'],
    ['UTF-8 that calls itself Latin-1', bytes(withName('é', 'iso-8859-1'), 'utf8'), 'Ã©'],
  ])('%s is read, and written back as it was', (_title, input, name) => {
    expect(nameOf(input)).toBe(name);
    const document = readCaseTypeDocument(input);
    const fromTree = writeCaseTypeDocument({ ...document, source: { ...document.source, text: '' } });
    expect(Buffer.from(fromTree).equals(input)).toBe(true);
  });

  it.each([
    ['bytes that are not UTF-8', bytes(withName('é'), 'latin1'), ':1:17: byte 0xE9 is not valid utf-8'],
    [
      'bytes that are not ASCII',
      bytes(withName('é', 'us-ascii'), 'latin1'),
      ':2:17: byte 0xE9 is not valid ascii',
    ],
    ['bytes that Windows-1252 lacks', bytes(withName('\x81', 'windows-1252'), 'latin1'), 'byte 0x81'],
    ['an encoding nobody knows', withName('x', 'klingon'), 'encoding "klingon" is not supported'],
    ['UTF-8 that calls itself UTF-16', withName('x', 'UTF-16'), 'declares UTF-16 but its bytes are utf-8'],
  ])('%s are refused with the place and the way out', (_title, input, message) => {
    expect(() => readCaseTypeXml(input, 'f.xml')).toThrow(message);
  });
});

describe('what is not XML', () => {
  it.each([
    ['', 'f.xml:1:1: expected an element, got the end of the document'],
    ['just text', 'f.xml:1:1: expected an element, got "j"'],
    ['\n<?xml version="1.0"?><CaseType/>', 'f.xml:2:1: the XML declaration must be the very first thing'],
    ['<CaseType>\n<name>A</nme></CaseType>', 'f.xml:2:8: expected "</name>", got "</nme>"'],
    ['<CaseType><name>A</name>', '<CaseType> is never closed'],
    ['<CaseType><name>Fish & chips</name></CaseType>', 'write "&amp;" for the sign itself'],
    ['<CaseType><name>a < b</name></CaseType>', 'write "&lt;" for the sign itself'],
    ['<CaseType><name>&nbsp;</name></CaseType>', 'entity "&nbsp;" is not declared'],
    [
      '<?xml version="1.0" standalone="yes"?><!DOCTYPE c SYSTEM "c.dtd"><c><name>&e;</name></c>',
      'entity "&e;" is not declared',
    ],
    [
      '<!DOCTYPE c [<!ENTITY % p SYSTEM "p">%p;]><c><name>&e;</name></c>',
      'entity "&e;" is not declared: write the character itself',
    ],
    [
      '<!DOCTYPE c SYSTEM "c.dtd"><c><name a="&e;"/></c>',
      'entity "&e;" in an attribute is not declared here',
    ],
    ['<!DOCTYPE c [<!ENTITY % p "">%p;]><c>t</c>', 'parameter entity "%p;" is not supported'],
    ['<!DOCTYPE c [<!ELEMENT name (#PCDATA&#0;)>]><c>t</c>', 'expected a declaration in the document type'],
    ['<CaseType><name a="1" a="2"/></CaseType>', 'attribute "a" stands twice'],
    ['<CaseType><name>\u0007</name></CaseType>', 'character U+0007 is not allowed'],
    ['<CaseType><!-- a -- b --></CaseType>', 'a comment may not hold "--"'],
    ['<CaseType>]]></CaseType>', 'write "]]&gt;"'],
    ['<CaseType>t</CaseType><CaseType/>', 'expected nothing more after the root element'],
    ['<!DOCTYPE c [<!ENTITY e "&e;">]><c>&e;</c>', 'entity "&e;" refers to itself'],
    [`${'<a>'.repeat(258)}${'</a>'.repeat(258)}`, 'nested deeper than 257'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => readCaseTypeXml(text, 'f.xml')).toThrow(message);
  });

  it('refuses an explosion of entities before it costs anything', () => {
    const entities = Array.from(
      { length: 9 },
      (_, level) => `<!ENTITY e${String(level + 1)} "${`&e${String(level)};`.repeat(10)}">`,
    );
    const bomb = `<!DOCTYPE c [<!ENTITY e0 "ha">${entities.join('')}]><c>&e9;</c>`;
    expect(() => readCaseTypeXml(bomb)).toThrow('explosion of entities');
  });

  it('passes over a parameter entity that lives elsewhere', () => {
    const text = '<!DOCTYPE c [<!ENTITY % p SYSTEM "p">%p;<!ENTITY e "x">]><c><name>t</name></c>';
    expect(nameOf(text)).toBe('t');
  });

  it('never fetches what a document refers to', () => {
    const text = '<!DOCTYPE c [<!ENTITY e SYSTEM "file:///etc/hostname">]><c><name>A&e;B</name></c>';
    expect(nameOf(text)).toBe('AB');
  });

  it('takes a root with nothing visible in it for no case type', () => {
    expect(() => readCaseTypeXml('<CaseType/>', 'f.xml')).toThrow('f.xml:1:1: <CaseType> has nothing in it');
    expect(() => readCaseTypeXml('<c:CaseType xmlns:c="u"><c:name>t</c:name></c:CaseType>')).toThrow(
      'no case type',
    );
    expect(nameOf('<CaseType> </CaseType>')).toBe('');
  });

  it('names the place where CiviCRM itself would crash', () => {
    const text =
      '<CaseType><CaseRoles><RelationshipType>\n<groups>a</groups><groups>b</groups></RelationshipType></CaseRoles></CaseType>';
    expect(() => readCaseTypeXml(text, 'f.xml')).toThrow('f.xml:2:1: <groups> of a role must hold one');
  });
});

describe('writing a definition', () => {
  it('refuses what CiviCRM cannot store, with the path in the definition', () => {
    expect(() => writeDefinitionXml({ activityTypes: [{ name: 'A', max_instances: [] }] }, 't')).toThrow(
      'Expected a text at activityTypes.0.max_instances, got a list',
    );
    expect(() => writeDefinitionXml({ activityTypes: [{ '@attributes': { a: '1' } }] }, 't')).toThrow(
      '"@attributes" at activityTypes.0.@attributes cannot be the name of an XML element',
    );
  });

  it('writes scalars as PHP casts them and cuts a text at a NUL', () => {
    const xml = writeDefinitionXml(
      {
        forkable: 'true',
        activityTypes: [{ name: 'A\0B', max_instances: 3, editable: true, colour: null, shade: false }],
        activitySets: [
          { name: 's', timeline: 'false', sequence: '0', activityTypes: [{ name: 'A', order: [] }] },
        ],
        caseRoles: [{ name: 'R', groups: ['a', 'b'] }],
        activityAsgmtGrps: 'staff',
      },
      'a "quoted" <name>',
    );
    expect(xml).toContain(' <name>a &quot;quoted&quot; &lt;name&gt;</name>\n <forkable>0</forkable>\n');
    expect(xml).toContain(
      '   <name>A</name>\n   <max_instances>3</max_instances>\n   <editable>1</editable>\n',
    );
    expect(xml).toContain('   <colour></colour>\n   <shade></shade>\n');
    expect(xml).toContain('   <timeline>true</timeline>\n   <ActivityTypes>');
    expect(xml).not.toContain('sequence');
    expect(xml).toContain('     <order></order>\n');
    expect(xml).toContain('   <groups>a,b</groups>\n');
    expect(xml).toContain('  <Group>staff</Group>\n');
  });
});
