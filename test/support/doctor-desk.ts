import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Examination } from '../../src/doctor/index.ts';
import { runCivicase } from './run-civicase.ts';

export interface DoctorRun {
  readonly code: number;
  readonly text: string;
  readonly site: Examination;
  /** `code` of each check that found something, once. */
  readonly found: readonly string[];
  /** Of one check: what was found and the cure, in one text. */
  readonly said: (code: string) => string;
}

/** Runs `civicase doctor` on one site, as a person does and with --json; fails when a secret is printed. */
export async function askDoctor(
  settings: Readonly<Record<string, unknown>>,
  { more = {}, words = [] }: { readonly more?: object; readonly words?: readonly string[] } = {},
): Promise<DoctorRun> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-doctor-'));
  try {
    const others = 'sites' in more ? (more.sites as object) : {};
    // JSON is YAML.
    const config = { ...more, sites: { here: { timeZone: 'UTC', ...settings }, ...others } };
    writeFileSync(join(folder, 'civicase.yaml'), JSON.stringify(config));
    const run = await runCivicase(['doctor', 'here', '--json', ...words], { workingDirectory: folder });
    const { sites } = JSON.parse(run.out === '' ? '{}' : run.out) as { sites?: Examination[] };
    const site = sites?.[0];
    if (site === undefined) throw new Error(`The doctor did not come: ${run.out}${run.err}`);
    const secrets = [settings['apiKey'], settings['siteKey']].filter((one) => typeof one === 'string');
    for (const secret of secrets)
      if (secret.trim().length > 3 && `${run.out}${run.err}`.includes(secret.trim()))
        throw new Error('A secret was printed.');
    const findingsOf = (code: string) => {
      const check = site.checks.find((one) => one.code === code);
      return check !== undefined && 'findings' in check ? check.findings : [];
    };
    return {
      code: run.code,
      text: run.out,
      site,
      found: site.checks.filter((check) => 'findings' in check).map(({ code }) => code),
      said: (code) =>
        findingsOf(code)
          .map(({ found, cure }) => `${found} ${cure}`)
          .join('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
