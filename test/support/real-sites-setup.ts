import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { civicrmScript } from '../../scripts/real-sites.ts';
import { hold } from './hold-lock.ts';

/** Folders of the tests' own, kept between runs: the sites are built once and then only started and reset. */
const pairs = ['1', '2'].map((name) => join(import.meta.dirname, '../../.civicrm-test', name));
const report = join(import.meta.dirname, '../report');
/** scripts/test.sh prints this beside the count. */
const notRun = join(report, 'not-run.txt');
/** Exit code of the script where this machine lacks something that cannot be installed. */
const LACKING = 3;

/**
 * The pairs of real CiviCRM sites of this test run, on free ports; the `sites.json` of each goes to TEST_CIVICRM_SITES, and
 * pairs named there already are used instead. Where they cannot be had, their tests are skipped and a loud line says why; with
 * CI=true, or when building them fails, the run fails.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  mkdirSync(report, { recursive: true });
  rmSync(notRun, { force: true });
  if (process.env['TEST_CIVICRM_SITES'] !== undefined) return undefined;
  const release = await hold(
    join(report, 'real-sites.lock'),
    'Another test run uses the real CiviCRM sites; this one waits for it.',
  );
  const down = async () => {
    await Promise.all(pairs.map((pair) => civicrm('down', '--dir', pair)));
    await release();
  };
  const [first = ''] = pairs;
  for (const pair of pairs) {
    const like = pair === first ? [] : ['--like', first];
    const up = await civicrm('up', '--ports', 'any', '--dir', pair, ...like);
    if (up.code === 0) continue;
    await down();
    const reason = up.said.trim().split('\n').at(-1) ?? '';
    if (up.code !== LACKING || process.env['CI'] === 'true')
      throw new Error(`The real CiviCRM sites are needed, and they did not come up: ${reason}`);
    sayLoudly(reason);
    return undefined;
  }
  process.env['TEST_CIVICRM_SITES'] = pairs.map((pair) => join(pair, 'sites.json')).join(delimiter);
  return down;
}

/** Runs the script and shows what it says meanwhile. */
async function civicrm(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn('bash', [civicrmScript, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    process.stderr.write(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, said };
}

function sayLoudly(reason: string): void {
  const line = `NOT RUN: the tests against real CiviCRM sites. ${reason}`;
  writeFileSync(notRun, `${line}\n`);
  console.warn(`\n${'!'.repeat(80)}\n${line}\n${'!'.repeat(80)}\n`);
}
