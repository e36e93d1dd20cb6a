import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';

const FOLDER = new URL('../../golden/diff/', import.meta.url);
const cases = readdirSync(FOLDER).toSorted();
/** The page and the picture are compared where they show most. */
const DRAWN: ReadonlySet<string> = new Set(['steps-come-and-go', 'french']);

describe('civicase xml diff', () => {
  it.each(cases)('%s is told as in its golden files', async (name) => {
    const folder = new URL(`${name}/`, FOLDER);
    const diff = (...options: readonly string[]) =>
      runCivicase(['xml', 'diff', 'before.xml', 'after.xml', ...options], {
        workingDirectory: fileURLToPath(folder),
      });
    const english = await diff('--lang', 'en');
    expect(english.code).toBe(name === 'only-comments' ? 0 : 2);
    expectGolden(new URL('expected.txt', folder), english.out);
    expectGolden(new URL('expected.fr.txt', folder), (await diff('--lang', 'fr')).out);
    const outputs = ['after.xml', 'before.xml', 'expected.fr.txt', 'expected.txt'];
    if (DRAWN.has(name)) {
      expectGolden(new URL('expected.html', folder), (await diff('--html')).out);
      expectGolden(new URL('expected.svg', folder), (await diff('--svg')).out);
      outputs.push('expected.html', 'expected.svg');
    }
    expect(readdirSync(folder).toSorted()).toEqual(outputs.toSorted());
  });
});
