import { XMLParser } from 'fast-xml-parser';
import { lintDocument } from '../../src/xml/index.ts';
import { compare, type Comparison } from './measure.ts';
import { readableCaseTypes } from './readers.ts';

const FILES = 10_000;

/** Parse, project and lint of ten thousand case types against fast-xml-parser making plain objects of the same bytes. */
export async function compareLint(): Promise<Comparison> {
  const plainParser = new XMLParser({ ignoreAttributes: false });
  const some = readableCaseTypes();
  const files = Array.from({ length: FILES }, (_, index) => some[index % some.length] ?? Buffer.alloc(0));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const comparison = await compare(
    `parse, project and lint ${FILES} case types vs fast-xml-parser alone`,
    'file',
    FILES,
    {
      ours: () => files.forEach((bytes) => void lintDocument(bytes, 'case type')),
      plain: () => files.forEach((bytes) => void plainParser.parse(bytes)),
    },
  );
  globalThis.gc?.();
  const growth = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  return { ...comparison, note: `heap after them: ${growth >= 0 ? '+' : ''}${growth.toFixed(1)} MiB` };
}
