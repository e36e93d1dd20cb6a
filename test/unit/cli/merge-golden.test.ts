import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mergeCaseTypes } from '../../../src/case-type/index.ts';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';

const FOLDER = new URL('../../golden/merge/', import.meta.url);
const cases = readdirSync(FOLDER).toSorted();

describe('civicase xml merge', () => {
  it.each(cases)('%s is merged as in its golden files', async (name) => {
    const folder = new URL(`${name}/`, FOLDER);
    const hasBase = existsSync(new URL('base.xml', folder));
    const { code, out, err } = await runCivicase(
      ['xml', 'merge', hasBase ? 'base.xml' : '-', 'ours.xml', 'theirs.xml'],
      { workingDirectory: fileURLToPath(folder), stdin: '' },
    );
    const isConflict = /^conflict-|^both-added$/.test(name);
    expect(code).toBe(isConflict ? 2 : 0);
    expectGolden(new URL('expected.xml', folder), out);
    expectGolden(new URL('expected.txt', folder), err);
    expect(out.includes('civicase-merge-conflict')).toBe(isConflict);
    // What stands in the file is what was merged: its comments change nothing of what CiviCRM reads.
    const read = (file: string) => readCaseTypeXml(readFileSync(new URL(file, folder))).definition;
    const merged = mergeCaseTypes(hasBase ? read('base.xml') : {}, read('ours.xml'), read('theirs.xml'));
    expect(readCaseTypeXml(out).definition).toEqual(merged.definition);
    expect(readdirSync(folder).toSorted()).toEqual([
      ...(hasBase ? ['base.xml'] : []),
      'expected.txt',
      'expected.xml',
      'ours.xml',
      'theirs.xml',
    ]);
  });
});
