import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import type { CaseTypeEdit } from '../../src/case-type/index.ts';
import {
  editDocument,
  readCaseTypeXml,
  toDefinitionJson,
  type CaseTypeDocument,
} from '../../src/xml/index.ts';
import { editsOf } from '../support/arbitrary-edit.ts';
import { haveRealSites, openRealSites, type RealSite, type RealSites } from '../support/real-sites.ts';
import { corpusReadings } from '../unit/xml/corpus.ts';

const FILES = 20;
const EDITS = 6;

/** A file after several edits; those that are refused are left out. */
function edited(start: CaseTypeDocument, seed: number): CaseTypeDocument {
  let document = start;
  for (let turn = 0; turn < EDITS; turn += 1) {
    const { definition } = readCaseTypeXml(document.source.bytes);
    const [edit] = fc.sample(editsOf(definition), { seed: seed * EDITS + turn, numRuns: 1 });
    if (edit !== undefined) document = tryEdit(document, edit);
  }
  return document;
}

function tryEdit(document: CaseTypeDocument, edit: CaseTypeEdit): CaseTypeDocument {
  try {
    return editDocument(document, [edit]).document;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.kind !== 'internal') return document;
    throw thrown;
  }
}

interface Answer {
  readonly values: readonly Readonly<Record<string, unknown>>[];
}

/** Our own client sends no definition as XML: an older CiviCRM would spoil it. */
async function call(site: RealSite, action: 'save' | 'get', params: object): Promise<Answer> {
  const response = await fetch(`${site.url}/civicrm/ajax/api4/CaseType/${action}`, {
    method: 'POST',
    headers: { 'X-Civi-Auth': `Bearer ${site.keys.admin}`, 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify(params) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`CaseType.${action} answered ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
}

describe.skipIf(!haveRealSites)('a real CiviCRM and files that were edited here', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(() => sites.close());

  it('reads them as we read them', async () => {
    // As text in a request a definition is UTF-8, whatever it declares; and the API of 6.20 takes a stored text in
    // which it does not find "<CaseType>", letter by letter, for the name of a file.
    const readings = corpusReadings().filter(
      ({ document }) => document.encoding === 'utf-8' && document.source.text.includes('<CaseType>'),
    );
    const step = Math.floor(readings.length / FILES);
    const texts = Array.from({ length: FILES }, (_, index) => {
      const reading = readings[index * step];
      if (reading === undefined) throw new Error('the corpus has too few files');
      return edited(reading.document, index).source.text;
    });
    expect(texts.filter((text, index) => text !== readings[index * step]?.document.source.text).length).toBe(
      FILES,
    );
    const records = texts.map((definition, index) => ({
      name: `edited_${index}`,
      title: `Edited ${index}`,
      definition,
    }));
    await call(sites.a, 'save', { records });
    const { values } = await call(sites.a, 'get', {
      select: ['name', 'definition'],
      where: [['name', 'LIKE', 'edited_%']],
    });
    const read = new Map(values.map((row) => [row['name'], row['definition']]));
    for (const [index, text] of texts.entries())
      expect(read.get(`edited_${index}`), text).toEqual(toDefinitionJson(readCaseTypeXml(text).definition));
  });
});
