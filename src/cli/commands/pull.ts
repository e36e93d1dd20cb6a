import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Command } from 'commander';
import { openMigrationSite } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { nameHint } from '../../config/index.ts';
import {
  readSiteNames,
  renderSiteNames,
  renderSnapshotFiles,
  SITE_NAMES_FILE,
  snapshotSite,
} from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';

interface PullOptions {
  readonly dir?: string;
  readonly caseType?: readonly string[];
}

export function pullCommand(context: CommandContext): Command {
  return new Command('pull')
    .description('read the case types of a site, and what they need, into files')
    .argument('<site>', 'a site of civicase.yaml')
    .option('--dir <folder>', 'where to write (default: a folder named after the site)')
    .option('--case-type <name...>', 'only these case types, by name')
    .addHelpText(
      'after',
      `
Writes one XML file per case type as CiviCRM itself would, and the names they refer to as YAML, sorted, so that
version control shows what changed; in site-names.yaml all names that the site has, for "civicase xml lint
--snapshot". Reads only; writing over files of an earlier pull is the point.

Examples:
  civicase pull riverside
  civicase pull riverside --dir snapshots/riverside --case-type housing_support`,
    )
    .action(async (site: string, options: PullOptions) => {
      const folder = resolve(context.io.workingDirectory, options.dir ?? site);
      const files = await context.withApp(async (app) => {
        const migrationSite = openMigrationSite(app, site);
        const snapshot = await snapshotSite(
          migrationSite,
          options.caseType === undefined ? {} : { caseTypes: options.caseType },
        );
        requireCaseTypes(site, options.caseType ?? [], snapshot.caseTypes, snapshot.caseTypeNames);
        const names = renderSiteNames(await readSiteNames(migrationSite));
        return new Map([...renderSnapshotFiles(snapshot), [SITE_NAMES_FILE, names]]);
      });
      const paths = [...files.keys()];
      for (const [path, content] of files) writeUnder(folder, path, content);
      context.report({
        exitCode: 0,
        json: { site, folder, files: paths },
        text: [`${site}: written to ${folder}`, ...paths.map((path) => `  ${path}`)].join('\n'),
      });
    });
}

/** @throws AppError `not-found` for the first name that the site does not have. */
export function requireCaseTypes(
  site: string,
  wanted: readonly string[],
  found: readonly { readonly name: string }[],
  known: readonly string[],
): void {
  const missing = wanted.find((name) => !found.some((caseType) => caseType.name === name));
  if (missing === undefined) return;
  throw new AppError(
    'not-found',
    `Site "${site}" has no case type named "${missing}" (its name, not its title). ${nameHint(missing, known)}`,
    { details: { site, caseType: missing, known } },
  );
}

function writeUnder(folder: string, path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'invalid-input',
      `The file ${file} could not be written (${code ?? 'unknown reason'}). Give a folder that you may write with --dir.`,
      { cause },
    );
  }
}
