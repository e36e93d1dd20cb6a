import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { CaseTypeDefinition } from '../../../src/case-type/definition.ts';
import {
  readCaseTypeDocument,
  readCaseTypeXml,
  toDefinitionJson,
  writeCaseTypeDocument,
  writeDefinitionXml,
} from '../../../src/xml/index.ts';

const FOLDER = new URL('../../../../shared/civicrm/recordings/casetype-xml/', import.meta.url);

interface Verdict {
  readonly parses: boolean;
  readonly root?: string;
  readonly name?: string;
  readonly definition?: CaseTypeDefinition;
  readonly definition_error?: string;
  readonly xml?: string;
  readonly xml_error?: string;
}

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.xml')) : [];
const bytesOf = (file: string): Uint8Array => readFileSync(new URL(file, FOLDER));
const verdictOf = (file: string): Verdict =>
  JSON.parse(readFileSync(new URL(file.replace(/\.xml$/, '.expected.json'), FOLDER), 'utf8')) as Verdict;

describe.skipIf(files.length === 0)('case types recorded from CiviCRM (needs ../shared/civicrm)', () => {
  it.each(files)('%s is read and written as CiviCRM does', (file) => {
    const verdict = verdictOf(file);
    const read = () => readCaseTypeXml(bytesOf(file), file);
    if (!verdict.parses || verdict.definition_error !== undefined) {
      expect(read).toThrow(AppError);
      expect(read).toThrow(new RegExp(`^${file}:\\d+:\\d+: `));
      return;
    }
    const reading = read();
    expect(reading.name).toBe(verdict.name);
    expect(toDefinitionJson(reading.definition)).toEqual(verdict.definition);
    const write = () => writeDefinitionXml(reading.definition, reading.name);
    const isWritable = verdict.xml_error === undefined;
    if (isWritable) expect(write()).toBe(verdict.xml);
    else expect(write).toThrow(AppError);
    expect(reading.warnings.some(({ code }) => code === 'not-writable')).toBe(!isWritable);
  });

  it.each(files)('%s is written back byte for byte, or refused', (file) => {
    const bytes = bytesOf(file);
    const isXml = verdictOf(file).parses || /made--(?:empty_root|namespace)/.test(file);
    if (!isXml) expect(() => readCaseTypeDocument(bytes, file)).toThrow(AppError);
    else
      expect(Buffer.from(writeCaseTypeDocument(readCaseTypeDocument(bytes, file))).equals(bytes)).toBe(true);
  });
});
