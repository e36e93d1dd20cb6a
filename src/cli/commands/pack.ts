import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  openMigrationSite,
  readSnapshotDirectory,
  snapshotFolderIn,
  writeSnapshotFiles,
} from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import {
  LOCK_FILE,
  packExtension,
  PACKED_SNAPSHOT,
  snapshotOfDefinition,
  snapshotSite,
  unreadText,
  type Snapshot,
} from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName } from '../io.ts';
import { readDefinitionInput } from '../read-definition.ts';
import { requireCaseTypes } from './pull.ts';

interface PackOptions {
  readonly key: string;
  readonly title?: string;
  readonly author: string;
  readonly email: string;
  readonly licence: string;
  readonly release: string;
  readonly out?: string;
  readonly caseType?: readonly string[];
  readonly withAddresses?: boolean;
}

export function packCommand(context: CommandContext): Command {
  return new Command('pack')
    .description('make an installable CiviCRM extension of case types and what they need')
    .argument(
      '<source>',
      'a site of civicase.yaml, a folder of "civicase pull" or "civicase pack", any extension, or a case type in a file',
    )
    .requiredOption('--key <key>', 'key of the extension, such as org.example.housing')
    .requiredOption('--author <name>', 'who looks after it, for info.xml')
    .requiredOption('--email <address>', 'how to reach them, for info.xml')
    .option('--title <text>', 'what people read in the list of extensions (default: the key)')
    .option('--licence <spdx>', 'licence of the extension, as SPDX writes it', 'AGPL-3.0')
    .option('--release <number>', 'version of the extension', '1.0.0')
    .option('--out <folder>', 'where to write: a new or empty folder, or an earlier pack (default: the key)')
    .option('--case-type <name...>', 'of a site: only these case types, by name')
    .option('--with-addresses', 'keep e-mail addresses of contacts whom steps assign (personal data)')
    .addHelpText(
      'after',
      `
Writes a folder to put among a site's extensions: info.xml, managed/*.mgd.php, xml/case/*.xml, a README and, under
civicase/, the same as a snapshot, which "civicase plan FOLDER SITE" reads. The same source gives the same bytes.

A case type whose name CiviCRM accepts as a file name (letters and digits, a capital first) becomes a file of
xml/case. Another, such as housing_support, keeps its name as a managed entity. The licence is CiviCRM's own unless
you name another. What the extension cannot carry is told here and in
its README.

Of an extension that others made, xml/case/*.xml and those *.mgd.php are read that merely write values down; PHP is
never run, and what is not read is told with its file and line.

Installing it leaves alone what the site has under the same names; "civicase plan FOLDER SITE" shows where that
differs.

Exit codes: 0 written, 1 failed.

Examples:
  civicase pack riverside --key org.example.housing --author "Riverside Trust" --email it@riverside.example
  civicase pack snapshots/riverside --key org.example.housing --author "Riverside Trust" \\
    --email it@riverside.example --title "Aide au logement" --out ext/org.example.housing
  civicase pack housing_support.xml --key org.example.housing --author "Riverside Trust" --email it@riverside.example`,
    )
    .action(async (source: string, options: PackOptions) => {
      const folder = resolve(context.io.workingDirectory, options.out ?? options.key);
      const snapshot = await readPackSource(context, source, options.caseType);
      const info = {
        key: options.key,
        file: (options.key.split('.').at(-1) ?? '').replaceAll('-', '_'),
        title: options.title ?? options.key,
        author: options.author,
        email: options.email,
        licence: options.licence,
        version: options.release,
      };
      const packed = packExtension(snapshot, info, { withAddresses: options.withAddresses === true });
      writeSnapshotFiles(folder, packed.files, earlierFiles(folder, packed.files));
      const left = [
        ...packed.left,
        ...(snapshot.notRead ?? []),
        ...snapshot.unread.map((unread) => `What was not read: ${unreadText(unread, snapshot.site)}`),
      ];
      context.report({
        exitCode: 0,
        json: { folder, files: [...packed.files.keys()], left },
        text: [
          `${basename(folder)}: written to ${folder}`,
          ...[...packed.files.keys()].map((path) => `  ${path}`),
          ...left.map((sentence) => `Not carried: ${sentence}`),
        ].join('\n'),
      });
    });
}

async function readPackSource(
  context: CommandContext,
  source: string,
  caseTypes: readonly string[] | undefined,
): Promise<Snapshot> {
  const path = resolve(context.io.workingDirectory, source);
  if (snapshotFolderIn(path) !== null) return readSnapshotDirectory(path, source).snapshot;
  if (source === '-' || (existsSync(path) && statSync(path).isFile())) {
    const { name, definition } = await readDefinitionInput(context.io, source);
    if (name === null || name === '')
      throw new AppError(
        'invalid-input',
        `The case type in ${inputName(source)} has no name. Add one there.`,
      );
    return snapshotOfDefinition({ kind: 'definition', name, definition }, inputName(source));
  }
  return context.withApp(async (app) => {
    const wanted = caseTypes === undefined ? {} : { caseTypes };
    const read = await snapshotSite(openMigrationSite(app, source), wanted);
    requireCaseTypes(source, caseTypes ?? [], read.caseTypes, read.caseTypeNames);
    return read;
  });
}

/**
 * Files of an earlier pack that the new one does not have: CiviCRM would go on reading them.
 *
 * @throws AppError `conflict` when the folder holds something else than a pack.
 */
function earlierFiles(folder: string, files: ReadonlyMap<string, unknown>): readonly string[] {
  if (!existsSync(folder)) return [];
  const held = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  if (held.length > 0 && !held.includes(`${PACKED_SNAPSHOT}${LOCK_FILE}`))
    throw new AppError(
      'conflict',
      `${folder} holds files that "civicase pack" did not write. Give an empty folder with --out.`,
    );
  return held.filter(
    (path) => /^(managed|xml\/case|civicase)\/.*\.(mgd\.php|xml|yaml)$/.test(path) && !files.has(path),
  );
}
