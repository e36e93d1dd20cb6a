import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { compare, type Comparison } from './measure.ts';

const root = resolve(import.meta.dirname, '../..');
const folders = [resolve(root, '../shared/civicrm/recordings/casetype-xml'), join(root, 'civicase-xml')];

/** Our reader (positions, lossless tree, core-equal definition) against fast-xml-parser making a plain object. */
export function compareReaders(): Promise<Comparison> {
  const plainParser = new XMLParser({ ignoreAttributes: false });
  const readable = readableCaseTypes();
  return compare(`read ${readable.length} case types vs fast-xml-parser alone`, 'file', readable.length, {
    ours: () => readable.forEach((bytes) => void readCaseTypeXml(bytes)),
    plain: () => readable.forEach((bytes) => void plainParser.parse(bytes)),
  });
}

/** Every case-type file at hand that CiviCRM can read. */
export function readableCaseTypes(): readonly Buffer[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.xml'))
    .map((path) => readFileSync(path))
    .filter((bytes) => isReadable(bytes));
}

function isReadable(bytes: Buffer): boolean {
  try {
    readCaseTypeXml(bytes);
    return true;
  } catch {
    return false;
  }
}
