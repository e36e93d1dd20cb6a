import { resolve } from 'node:path';
import { Command } from 'commander';
import { AppError } from '../../base/errors.ts';
import { describeConflict } from '../../case-type/index.ts';
import {
  findMergeConflicts,
  mergeDocuments,
  readCaseTypeDocument,
  writeCaseTypeDocument,
  type CaseTypeDocument,
} from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readInput } from '../io.ts';
import { expandPaths } from '../lint/lint-inputs.ts';
import { writeAtomically } from '../write-atomically.ts';
import { writeOutput } from '../write-output.ts';

interface MergeOptions {
  readonly output?: string;
  readonly name?: string;
  readonly git?: boolean;
  readonly path?: string;
  readonly check?: boolean;
}

export function xmlMergeCommand(context: CommandContext): Command {
  return new Command('merge')
    .description('bring together what two sides made of one case type; usable as a merge driver of git')
    .argument(
      '<files...>',
      'XML files BASE OURS THEIRS (an empty BASE: both added it); with --check any files',
    )
    .option('--output <file>', 'write the result there instead of stdout')
    .option('--name <name>', 'name of the case type (default: merged like the rest)')
    .option('--git', 'as git wants it: write the result over OURS, exit code 1 on conflicts')
    .option('--path <path>', 'how the file is called in messages, with --git')
    .option('--check', 'look for conflicts that a merge left in files')
    .addHelpText(
      'after',
      `
The result is OURS with what THEIRS changed; comments, order and unknown elements of OURS stay to the byte. Comments
that only THEIRS has are not taken over; stderr says where they stand. Renames are followed into what the other side
wrote. Where both sides changed the same thing, OURS counts, an edit counts more than a removal, and a comment
<!-- civicase-merge-conflict: … --> before the item holds both sides; remove it once you have decided.

Exit code 0: merged; 2: there are conflicts, or --check found some; 1: a file could not be read. With --git 0 or 1.

Git merges case types with it after:
  git config merge.civicase.name "case types of CiviCRM"
  git config merge.civicase.driver "civicase xml merge %O %A %B --git --path %P"
  echo "*.xml merge=civicase" >> .gitattributes

Examples:
  civicase xml merge base.xml ours.xml theirs.xml --output merged.xml
  civicase xml merge --check civicase-xml/`,
    )
    .action(async (files: readonly string[], options: MergeOptions) => {
      if (options.check === true) return checkFiles(context, files);
      const [base, ours, theirs, more] = files;
      if (base === undefined || ours === undefined || theirs === undefined || more !== undefined) {
        throw new AppError(
          'invalid-input',
          `Expected three files, BASE OURS THEIRS, got ${String(files.length)}. Files are looked through with --check.`,
        );
      }
      const called = options.path ?? inputName(ours);
      const read = async (file: string, side: string): Promise<CaseTypeDocument | null> => {
        const bytes = await readInput(context.io, file);
        const fileName = options.git === true ? `${called} (${side})` : inputName(file);
        return isBlank(bytes) ? null : readCaseTypeDocument(bytes, fileName);
      };
      const sides = {
        base: await read(base, 'base'),
        ours: await read(ours, 'ours'),
        theirs: await read(theirs, 'theirs'),
      };
      if (sides.ours === null || sides.theirs === null) {
        throw new AppError(
          'invalid-input',
          `Expected a case type in ${sides.ours === null ? inputName(ours) : inputName(theirs)}, but it is empty. Only BASE may be.`,
        );
      }
      const { document, definition, conflicts, lostComments } = mergeDocuments({
        base: sides.base,
        ours: sides.ours,
        theirs: sides.theirs,
        ...(options.name === undefined ? {} : { name: options.name }),
      });
      const bytes = writeCaseTypeDocument(document);
      for (const { line, column } of lostComments) {
        context.note(
          `${sides.theirs.fileName}:${String(line)}:${String(column)}: this comment is not taken over.`,
        );
      }
      const left = findMergeConflicts(document).slice(-conflicts.length);
      conflicts.forEach((conflict) => context.note(`${called}: conflict: ${describeConflict(conflict)}`));
      if (options.git === true) writeAtomically(resolve(context.io.workingDirectory, ours), bytes);
      else if (options.output !== undefined) writeOutput(context.io, options.output, bytes);
      const isOnStdout = options.git !== true && options.output === undefined;
      context.report({
        exitCode: conflicts.length === 0 ? 0 : options.git === true ? 1 : 2,
        json: {
          definition,
          conflicts: conflicts.map((conflict) => ({ ...conflict, sentence: describeConflict(conflict) })),
          comments: left,
          lostComments,
          ...(isOnStdout ? { xml: document.source.text } : {}),
        },
        text: isOnStdout ? bytes : '',
      });
    });
}

async function checkFiles(context: CommandContext, paths: readonly string[]): Promise<void> {
  const found: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly text: string;
  }[] = [];
  for (const { path } of expandPaths(context.io, paths)) {
    const document = readCaseTypeDocument(await readInput(context.io, path), inputName(path));
    found.push(...findMergeConflicts(document).map((conflict) => ({ file: inputName(path), ...conflict })));
  }
  context.report({
    exitCode: found.length === 0 ? 0 : 2,
    json: { conflicts: found },
    text:
      found.length === 0
        ? 'No conflicts are left.'
        : found
            .map(({ file, line, column, text }) => `${file}:${String(line)}:${String(column)}: ${text}`)
            .join('\n'),
  });
}

const isBlank = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, 1024)).trim() === '';
