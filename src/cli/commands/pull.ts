import { resolve } from 'node:path';
import { Command } from 'commander';
import { openMigrationSite, readSiteTexts, readSnapshotFiles, writeSnapshotFiles } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { nameHint } from '../../base/nearest-name.ts';
import {
  readSiteNames,
  renderSiteNames,
  renderSnapshotFiles,
  SITE_NAMES_FILE,
  snapshotSite,
  staleFiles,
  unreadText,
} from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';

interface PullOptions {
  readonly dir?: string;
  readonly caseType?: readonly string[];
  readonly withAddresses?: boolean;
}

export function pullCommand(context: CommandContext): Command {
  return new Command('pull')
    .description('read the case types of a site, and what they need, into files')
    .argument('<site>', 'a site of civicase.yaml')
    .option('--dir <folder>', 'where to write (default: a folder named after the site)')
    .option('--case-type <name...>', 'only these case types, by name')
    .option('--with-addresses', 'keep e-mail addresses of contacts whom steps assign (personal data)')
    .addHelpText(
      'after',
      `
Writes one XML file per case type, one YAML file per kind of what the case types need (activity types, statuses,
roles, groups, tags, custom fields, reminders …), all by name and sorted, and civicase.lock.yaml with where it came
from and a hash per entry: a folder for version control. Comments and layout stay: of an XML file that is there already, or else of the XML that the site
stores. Pulling again changes only what changed on the site. In site-names.yaml are all names of the site, for "civicase xml lint --snapshot".

A contact whom a step assigns is written by external identifier. Who has none is left out, unless --with-addresses
allows the e-mail address into the files. Reads only; writing over files of an earlier pull is the point.

Examples:
  civicase pull riverside
  civicase pull riverside --dir snapshots/riverside --case-type housing_support
  civicase pull riverside --dir snapshots/riverside --with-addresses`,
    )
    .action(async (site: string, options: PullOptions) => {
      const folder = resolve(context.io.workingDirectory, options.dir ?? site);
      const files = await context.withApp(async (app) => {
        const migrationSite = openMigrationSite(app, site);
        const wanted = options.caseType === undefined ? {} : { caseTypes: options.caseType };
        const snapshot = await snapshotSite(migrationSite, wanted);
        requireCaseTypes(site, options.caseType ?? [], snapshot.caseTypes, snapshot.caseTypeNames);
        const existing = readSnapshotFiles(folder);
        const withAddresses = options.withAddresses === true;
        const texts = await readSiteTexts(app, site);
        const rendered = renderSnapshotFiles(snapshot, existing, { withAddresses, texts });
        const names = renderSiteNames(await readSiteNames(migrationSite));
        const all = new Map([...rendered, [SITE_NAMES_FILE, new TextEncoder().encode(names)] as const]);
        writeSnapshotFiles(folder, all, staleFiles(rendered, existing));
        return { all, unread: snapshot.unread };
      });
      const paths = [...files.all.keys()];
      context.report({
        exitCode: 0,
        json: { site, folder, files: paths, unread: files.unread },
        text: [
          `${site}: written to ${folder}`,
          ...paths.map((path) => `  ${path}`),
          ...files.unread.map((unread) => `Not read: ${unreadText(unread, site)}`),
        ].join('\n'),
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
