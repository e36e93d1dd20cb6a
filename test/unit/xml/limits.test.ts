import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { readCaseTypeXml, readProcessModel, rewriteDocument } from '../../../src/xml/index.ts';
import { damage, judge, randomFrom } from '../../support/xml-fuzz.ts';
import { corpusFiles } from './corpus.ts';

const inRoot = (inside: string) => `<CaseType><name>t</name>${inside}</CaseType>`;
const inStep = (inside: string) =>
  inRoot(
    `<ActivitySets><ActivitySet><ActivityTypes><ActivityType>${inside}</ActivityType></ActivityTypes></ActivitySet></ActivitySets>`,
  );
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join('');
const declared = (encoding: string, body: Buffer) =>
  Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><c>`), body, Buffer.from('</c>')]);
const million = 1_000_000;

/** Seconds of the processor, which a busy machine does not stretch; mebibytes above the start. */
function cost(work: () => void) {
  globalThis.gc?.();
  const [cpu, memory] = [process.cpuUsage(), process.memoryUsage().rss];
  work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (user + system) / million, mebibytes: (process.memoryUsage().rss - memory) / 2 ** 20 };
}

const refused: readonly (readonly [string, () => string | Buffer, string])[] = [
  ['a hundred megabytes', () => Buffer.alloc(100 * million, 0x20), 'more than 16777216 bytes'],
  ['a hundred megabytes of text', () => inRoot('x'.repeat(100 * million)), 'more than 16777216 bytes'],
  ['a depth of a million', () => '<a>'.repeat(million), 'nested deeper than 257'],
  ['four million elements', () => inRoot('<a/>'.repeat(3.9 * million)), 'more than 200000 elements'],
  [
    'three hundred thousand attributes',
    () => `<c ${many(300_000, (one) => `a${one}="1" `)}/>`,
    'more than 200000 elements, texts and attributes',
  ],
  [
    'a text of ten million characters',
    () => inRoot(`<x>${'y'.repeat(11 * million)}</x>`),
    'longer than 10000000',
  ],
  [
    'a billion laughs',
    () =>
      `<!DOCTYPE c [<!ENTITY e0 "ha">${many(12, (level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`)}]><c>&e12;</c>`,
    'explosion of entities',
  ],
  [
    'a long entity used often',
    () => `<!DOCTYPE c [<!ENTITY e "${'x'.repeat(100_000)}">]><c>${'&e;'.repeat(100_000)}</c>`,
    'explosion of entities',
  ],
  [
    'an entity of elements used often',
    () => `<!DOCTYPE c [<!ENTITY e "${'<b/>'.repeat(10_000)}">]><c>${'&e;'.repeat(1000)}</c>`,
    'more than 200000 elements',
  ],
  [
    'a million empty entities',
    () => `<!DOCTYPE c [<!ENTITY e "">]><c>${'&e;'.repeat(million)}</c>`,
    'more than 200000',
  ],
  [
    'a million entities in an attribute',
    () => `<!DOCTYPE c [<!ENTITY e "">]><c a="${'&e;'.repeat(million)}"/>`,
    'more than 200000',
  ],
  [
    'a choice that never ends',
    () => `<!DOCTYPE c [<!ATTLIST c a (${' '.repeat(5 * million)}`,
    'expected a declaration',
  ],
  [
    'brackets that never end',
    () => `<!DOCTYPE c [<!ELEMENT c (${') '.repeat(5 * million)}`,
    'expected a declaration',
  ],
  [
    'a fault at the end of a long line',
    () => inRoot(`${'🏠'.repeat(2 * million)}&`),
    'expected a name after "&"',
  ],
  ['a fault after millions of lines', () => inRoot(`${'\n'.repeat(9 * million)}&`), 'f.xml:9000001:2: '],
  [
    'a byte too few',
    () => Buffer.concat([Buffer.from('<c>'), Buffer.alloc(15 * million, 0x41), Buffer.of(0xc3)]),
    'byte 0xC3 is not valid utf-8',
  ],
  [
    'bytes that are no EUC-JP',
    () => declared('euc-jp', Buffer.alloc(9 * million, 0xff)),
    'is not valid euc-jp',
  ],
  ['a comment of dashes', () => `<c><!--${'-'.repeat(9 * million)}--></c>`, 'may not hold "--"'],
  ['a name of nine million letters', () => `<${'a'.repeat(9 * million)}>`, 'never closed'],
];

const read: readonly (readonly [string, () => string | Buffer])[] = [
  ['fifty thousand leaves of one name', () => inStep('<x/>'.repeat(50_000))],
  ['twenty thousand leaves of many names', () => inStep(many(20_000, (one) => `<x${one}>1</x${one}>`))],
  ['a hundred thousand CDATA sections', () => inStep(`<x>${'<![CDATA[x]]>'.repeat(100_000)}</x>`)],
  ['a million references', () => inStep(`<x>${'&amp;'.repeat(million)}</x>`)],
  [
    'thousands of bound prefixes',
    () =>
      `<c ${many(20_000, (one) => `xmlns:a${one}="u" `)}>${'<b xmlns:q="u"><q:d/></b>'.repeat(20_000)}</c>`,
  ],
  ['ten million bytes of Windows-1252', () => declared('windows-1252', Buffer.alloc(9.5 * million, 0x80))],
  ['ten million bytes of Latin-5', () => declared('iso-8859-9', Buffer.alloc(9.5 * million, 0xd0))],
  [
    'a hundred thousand entities',
    () => `<!DOCTYPE c [${many(100_000, (one) => `<!ENTITY e${one} "x">`)}]><c>x</c>`,
  ],
  ['a long tail behind a NUL', () => `<c>x</c>\0${'x'.repeat(15 * million)}`],
  [
    'twenty thousand activity types',
    () =>
      inRoot(
        `<ActivityTypes>${many(20_000, (one) => `<ActivityType><name>n${one}</name></ActivityType>`)}</ActivityTypes>`,
      ),
  ],
];

describe('files that are made to do harm', () => {
  it.each(refused)('%s: refused within two seconds and 200 MB', (_name, make, message) => {
    const input = make();
    let thrown: unknown;
    const { seconds, mebibytes } = cost(() => {
      try {
        readCaseTypeXml(input, 'f.xml');
      } catch (error) {
        thrown = error;
      }
    });
    expect(thrown).toBeInstanceOf(AppError);
    expect((thrown as AppError).message).toContain(message);
    expect(seconds).toBeLessThan(2);
    expect(mebibytes).toBeLessThan(200);
  });

  it.each(read)('%s: read, run and rewritten within two seconds and 200 MB', (_name, make) => {
    const input = make();
    const { seconds, mebibytes } = cost(() => {
      const { document, definition, name } = readCaseTypeXml(input, 'f.xml');
      readProcessModel(document);
      expect(rewriteDocument(document, definition, name)).toBe(document);
    });
    expect(seconds).toBeLessThan(2);
    expect(mebibytes).toBeLessThan(200);
  });

  it('are not followed to other files: neither entities nor XInclude are fetched', () => {
    const text =
      '<!DOCTYPE c [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd">]>' +
      '<CaseType><name>A&e;B</name><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></CaseType>';
    const { name, definition, warnings } = readCaseTypeXml(text);
    expect([name, definition]).toEqual(['AB', {}]);
    expect(warnings.map(({ code }) => code)).toContain('foreign-element');
  });
});

describe('damaged files', () => {
  it('are refused with the place, or read and given back as they are: never anything else', () => {
    const files = corpusFiles().map(({ bytes }) => bytes);
    const random = randomFrom(11);
    const verdicts = { read: 0, 'no case type': 0, refused: 0 };
    for (let count = 0; count < 1_500; count += 1) verdicts[judge(damage(files, random))] += 1;
    expect(verdicts.read).toBeGreaterThan(300);
    expect(verdicts.refused).toBeGreaterThan(300);
  });
});
