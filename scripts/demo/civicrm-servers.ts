import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { civicrmScript } from '../real-sites.ts';
import type { AtEnd } from './sites.ts';

/** A folder of the demo's own: its sites are reset at every start. */
const FOLDER = join(import.meta.dirname, '../../.demo/sites');

/**
 * The servers of two real sites: those named in the environment, or the demo's own, built and started if need be.
 *
 * @param atEnd is given what stops them again, unless they ran before.
 * @returns the file that says where they are.
 */
export async function startCivicrmServers(environment: NodeJS.ProcessEnv, atEnd: AtEnd): Promise<string> {
  const given = environment['TEST_CIVICRM_SITES'];
  if (given !== undefined) return given;
  const before = JSON.parse(await run(['status', '--json'])) as { readonly state: string };
  if (before.state !== 'running') atEnd(() => run(['down']));
  await run(['up', '--ports', 'any']);
  return join(FOLDER, 'sites.json');
}

/** What the script says is passed on as it says it; answers what it prints. */
async function run(args: readonly string[]): Promise<string> {
  const stdio: StdioOptions = ['ignore', 'pipe', 'inherit'];
  const child = spawn('bash', [civicrmScript, ...args, '--dir', FOLDER], { stdio });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const printed = child.stdout === null ? '' : await text(child.stdout);
  const [code] = await closed;
  if (code !== 0)
    throw new Error(
      `npm run civicrm -- ${args.join(' ')} ended with exit code ${String(code)}; its own words are above`,
    );
  return printed;
}
