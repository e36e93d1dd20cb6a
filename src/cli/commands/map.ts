import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command } from 'commander';
import { openMigrationSite, readSnapshotDirectory, snapshotFolderIn, type App } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { mappingJsonSchema, readMappingFile } from '../../config/index.ts';
import {
  checkMapping,
  MAPPING_VOCABULARY,
  renderSuggestions,
  snapshotSite,
  suggestMapping,
  type Snapshot,
} from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { requireCaseTypes } from './pull.ts';

interface SuggestOptions {
  readonly caseType?: readonly string[];
  readonly out?: string;
}

export function mapCommand(context: CommandContext): Command {
  const command = new Command('map').description('say what two sites call differently, for "civicase plan"');
  command
    .command('suggest')
    .description('propose a mapping: what the target calls otherwise, by equal and similar names and labels')
    .argument('<source>', 'a site of civicase.yaml, or a folder of "civicase pull"')
    .argument('<target>', 'a site of civicase.yaml, or a folder of "civicase pull"')
    .option('--case-type <name...>', 'only what these case types need (default: all of the source)')
    .option('--out <file>', 'write it there; an existing file is not written over')
    .addHelpText(
      'after',
      `
Each proposal stands with how sure it is and why; those below 75 % stand as remarks to look at. Read the file, then:
  civicase map check mappings/riverside-hilltop.yaml
"civicase plan riverside hilltop" takes mappings/riverside-hilltop.yaml beside civicase.yaml by itself, or the one
given with --mapping.

Exit code 0: the target knows every name; 2: there are proposals.

Example:
  civicase map suggest riverside hilltop --out mappings/riverside-hilltop.yaml`,
    )
    .action(async (from: string, to: string, options: SuggestOptions) => {
      const [source, target] = await context.withApp((app) => readSides(app, context, from, to));
      const caseTypes = options.caseType ?? source.caseTypeNames;
      requireCaseTypes(from, caseTypes, source.caseTypes, source.caseTypeNames);
      const suggestions = suggestMapping(source, target, caseTypes);
      const text = renderSuggestions({ from, to }, suggestions);
      if (options.out !== undefined) writeNew(resolve(context.io.workingDirectory, options.out), text);
      context.report({
        exitCode: suggestions.length === 0 ? 0 : 2,
        json: { from, to, suggestions },
        text:
          options.out === undefined
            ? text.trimEnd()
            : `Written to ${options.out}: ${String(suggestions.length)} names to look at.`,
      });
    });
  command
    .command('check')
    .description('look whether both sites have what a mapping names')
    .argument('<file>', 'a mapping (YAML) with "from" and "to"')
    .addHelpText(
      'after',
      `
Exit code 0: every line means something on both sites; 1: it does not, with the place of each fault.

Example:
  civicase map check mappings/riverside-hilltop.yaml`,
    )
    .action(async (path: string) => {
      const file = readMappingFile(resolve(context.io.workingDirectory, path), path, MAPPING_VOCABULARY);
      const { from, to, mapping } = file;
      if (from === null || to === null)
        throw new AppError(
          'invalid-input',
          `${path} does not say "from" and "to". Add the names of both sites.`,
        );
      const [source, target] = await context.withApp((app) => readSides(app, context, from, to));
      const faults = checkMapping(mapping, source, target);
      if (faults.length > 0) throw file.error(faults);
      context.report({
        exitCode: 0,
        json: { file: path, faults: [] },
        text: `${path}: "${from}" and "${to}" have everything that it names.`,
      });
    });
  command
    .command('schema')
    .description('print the JSON Schema of mapping files, with the meaning of every key')
    .addHelpText(
      'after',
      `
Example:
  civicase map schema > mapping.schema.json
  Then put this line at the top of a mapping, and an editor completes and checks it:
  # yaml-language-server: $schema=mapping.schema.json`,
    )
    .action(() => {
      const schema = mappingJsonSchema(MAPPING_VOCABULARY);
      context.report({ exitCode: 0, json: schema, text: JSON.stringify(schema, null, 2) });
    });
  return command;
}

async function readSides(
  app: App,
  { io }: CommandContext,
  from: string,
  to: string,
): Promise<readonly [Snapshot, Snapshot]> {
  const read = (side: string): Promise<Snapshot> => {
    const folder = resolve(io.workingDirectory, side);
    const isFolder = !Object.hasOwn(app.config.sites, side) && snapshotFolderIn(folder) !== null;
    return isFolder
      ? Promise.resolve(readSnapshotDirectory(folder, side).snapshot)
      : snapshotSite(openMigrationSite(app, side));
  };
  return Promise.all([read(from), read(to)]);
}

function writeNew(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'invalid-input',
      code === 'EEXIST'
        ? `${file} is there already, and somebody may have worked on it. Give another path with --out, or move it away.`
        : `The mapping could not be written to ${file} (${code ?? 'unknown reason'}). Give a path that you may write with --out.`,
      { cause },
    );
  }
}
