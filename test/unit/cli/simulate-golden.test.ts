import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';

const FOLDER = new URL('../../golden/simulate/', import.meta.url);
const OUTPUTS = { table: 'expected.txt', json: 'expected.json', ical: 'expected.ics' } as const;
/** Those that CiviCRM would not finish. */
const STOPPED = new Set(['stops-half-way']);
const cases = readdirSync(FOLDER).sort();

describe('civicase xml simulate', () => {
  it.each(cases)('%s', async (name) => {
    const folder = new URL(`${name}/`, FOLDER);
    const words = readFileSync(new URL('arguments.txt', folder), 'utf8').trimEnd().split('\n');
    for (const [format, file] of Object.entries(OUTPUTS)) {
      const run = await runCivicase(['xml', 'simulate', 'input.xml', ...words, '--format', format], {
        workingDirectory: fileURLToPath(folder),
      });
      expect(run.err).toBe('');
      expect(run.code).toBe(STOPPED.has(name) ? 2 : 0);
      expectGolden(new URL(file, folder), run.out);
    }
    expect(readdirSync(folder).sort()).toEqual(
      ['arguments.txt', ...Object.values(OUTPUTS), 'input.xml'].sort(),
    );
  });

  it('reads stdin, and a definition in JSON, and prints the same with --json', async () => {
    const folder = new URL('references/', FOLDER);
    const workingDirectory = fileURLToPath(folder);
    const words = readFileSync(new URL('arguments.txt', folder), 'utf8').trimEnd().split('\n');
    const expected = readFileSync(new URL('expected.json', folder), 'utf8');
    const xml = readFileSync(new URL('input.xml', folder));
    const piped = await runCivicase(['xml', 'simulate', '-', ...words, '--json'], {
      workingDirectory,
      stdin: xml,
    });
    expect(piped.out).toBe(expected);
    const definition = await runCivicase(['xml', 'definition', 'input.xml'], { workingDirectory });
    const asJson = await runCivicase(['xml', 'simulate', '-', ...words, '--json'], {
      workingDirectory,
      stdin: definition.out,
    });
    expect(asJson.out).toBe(expected);
  });

  it.each([
    [['--start', '2026-13-01'], 'Expected a date like 2026-03-01'],
    [['--start', '2026-03-01', '--completed', 'Phone Call'], 'Expected --completed "NAME=YYYY-MM-DD"'],
    [
      ['--start', '2026-03-01', '--completed', 'Nothing=2026-03-02'],
      'no open activity "Nothing" then. Open: ',
    ],
    [['--start', '2026-03-01', '--completed', 'Phone Call=2026-02-02'], 'in the order of time'],
    [['--start', '2026-03-01', '--add-set', 'nothing=2026-03-02'], 'It has: standard_timeline'],
    [['--start', '2026-03-01', '--country', 'XX'], 'No holidays are known for the country "XX"'],
    [['--start', '2026-03-01', '--country', 'DE', '--region', 'nowhere'], 'DE has no region "nowhere"'],
    [['--start', '2026-03-01', '--region', 'BY'], 'give --country, too'],
    [['--start', '2026-03-01', '--zone', 'Mars'], 'no time zone "Mars"'],
    [['--start', '2026-03-01', '--start', '2026-04-01', '--step'], 'give one --start with --step'],
    [['--start', '2026-03-01', '--step'], 'There is no terminal to ask in.'],
    [['--start', '2026-03-01', '--holidays', 'nothing.yaml'], 'The file nothing.yaml does not exist'],
    [['--start', '2026-03-01', '--holidays', 'input.xml'], 'input.xml:1: Expected days'],
  ])('refuses %j', async (words, message) => {
    const run = await runCivicase(['xml', 'simulate', 'input.xml', ...words], {
      workingDirectory: fileURLToPath(new URL('references/', FOLDER)),
    });
    expect(run.err).toContain(message);
    expect(run.code).toBe(1);
  });

  it('speaks French', async () => {
    const { out } = await runCivicase(
      ['xml', 'simulate', 'input.xml', '--start', '2026-03-01', '--lang', 'fr'],
      {
        workingDirectory: fileURLToPath(new URL('references/', FOLDER)),
      },
    );
    expect(out).toMatch(/^Un dossier ouvert le dim\. 2026-03-01$/m);
    expect(out).toContain('pourquoi ce jour');
    expect(out).toContain('la première créée');
  });

  it.each([
    [
      ['--completed', 'Intake=2026-03-04', '--lang', 'fr'],
      ['Dossier ouvert le 1 mars 2026', 'le 4 mars 2026'],
    ],
    [
      ['--start', '2026-05-01'],
      ['Case opened on 1 March 2026', 'Case opened on 1 May 2026'],
    ],
  ])('draws what becomes of cases: %j', async (words, texts) => {
    const { out } = await runCivicase(
      ['xml', 'simulate', 'input.xml', '--start', '2026-03-01', ...words, '--format', 'svg'],
      { workingDirectory: fileURLToPath(new URL('sequence-ends/', FOLDER)) },
    );
    for (const text of texts) expect(out).toContain(text);
  });

  it('draws the picture of one opening', async () => {
    const run = await runCivicase(
      ['xml', 'simulate', 'input.xml', '--start', '2026-03-01', '--format', 'svg'],
      {
        workingDirectory: fileURLToPath(new URL('references/', FOLDER)),
      },
    );
    expect(run.code).toBe(0);
    expect(run.out).toMatch(/^<svg [^]*Home visit[^]*<\/svg>\n$/);
  });
});
