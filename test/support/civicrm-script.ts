import { spawnSync } from 'node:child_process';
import { civicrmScript } from '../../scripts/real-sites.ts';

/** Runs `npm run civicrm` to its end. */
export function runCivicrm(...args: readonly string[]): {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
} {
  const { status, stdout, stderr } = spawnSync('bash', [civicrmScript, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, error: stderr };
}
