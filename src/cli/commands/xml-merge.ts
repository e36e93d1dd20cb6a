import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { AppError } from '../../base/errors.ts';
import {
  describeConflict,
  toReadForm,
  type CaseTypeDefinition,
  type MergeConflict,
} from '../../case-type/index.ts';
import {
  caseTypeForm,
  conflictsInText,
  findMergeConflicts,
  mergeDefinitions,
  mergeDocuments,
  newCaseTypeDocument,
  readCaseType,
  readCaseTypeDocument,
  writeCaseTypeDocument,
  writeMergedJson,
  writeMergedYaml,
  type CaseTypeDocument,
  type CaseTypeForm,
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
      'BASE OURS THEIRS in XML, JSON or YAML (an empty BASE: both added it); with --check files or folders',
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
<!-- civicase-merge-conflict: … --> before the item holds both sides; remove it once you have decided. The result has
the form of OURS: JSON lists its conflicts under "civicase-merge-conflict", YAML has them as comments at its beginning.

Exit code 0: merged; 2: there are conflicts, or --check found some; 1: a file could not be read. With --git 0 or 1.

Git merges case types with it after:
  git config merge.civicase.name "case types of CiviCRM"
  git config merge.civicase.driver "civicase xml merge %O %A %B --git --path %P"
  echo "*.xml merge=civicase" >> .gitattributes        (and for JSON and YAML of case types alike)

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
      const read = async (file: string, side: string): Promise<Side> => ({
        fileName: options.git === true ? `${called} (${side})` : inputName(file),
        bytes: await readInput(context.io, file),
      });
      const sides = {
        base: await read(base, 'base'),
        ours: await read(ours, 'ours'),
        theirs: await read(theirs, 'theirs'),
      };
      const empty = [sides.ours, sides.theirs].find(isBlank);
      if (empty !== undefined)
        throw new AppError(
          'invalid-input',
          `Expected a case type in ${empty.fileName}, but it is empty. Only BASE may be.`,
        );
      const result = formOf(sides.ours) === 'xml' ? mergeXml(sides, options) : mergeOthers(sides, options);
      for (const remark of result.remarks) context.note(remark);
      const { conflicts, bytes } = result;
      conflicts.forEach((conflict) => context.note(`${called}: conflict: ${describeConflict(conflict)}`));
      if (options.git === true) writeAtomically(resolve(context.io.workingDirectory, ours), bytes);
      else if (options.output !== undefined) writeOutput(context.io, options.output, bytes);
      const isOnStdout = options.git !== true && options.output === undefined;
      context.report({
        exitCode: conflicts.length === 0 ? 0 : options.git === true ? 1 : 2,
        json: {
          ...result.json,
          conflicts: conflicts.map((conflict) => ({ ...conflict, sentence: describeConflict(conflict) })),
          ...(isOnStdout ? { [formOf(sides.ours)]: new TextDecoder().decode(bytes) } : {}),
        },
        text: isOnStdout ? bytes : '',
      });
    });
}

interface Side {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

interface Sides {
  readonly base: Side;
  readonly ours: Side;
  readonly theirs: Side;
}

interface MergeResult {
  readonly bytes: Uint8Array;
  readonly conflicts: readonly MergeConflict[];
  /** What is worth knowing of it beside the conflicts. */
  readonly remarks: readonly string[];
  readonly json: object;
}

const isBlank = ({ bytes }: Side): boolean => new TextDecoder().decode(bytes.subarray(0, 1024)).trim() === '';

const formOf = ({ bytes, fileName }: Side): CaseTypeForm => caseTypeForm(bytes, fileName);

function mergeXml({ base, ours, theirs }: Sides, { name }: MergeOptions): MergeResult {
  const merged = mergeDocuments({
    base: isBlank(base) ? null : toDocument(base),
    ours: toDocument(ours),
    theirs: toDocument(theirs),
    ...(name === undefined ? {} : { name }),
  });
  const { document, definition, conflicts, lostComments } = merged;
  return {
    bytes: writeCaseTypeDocument(document),
    conflicts,
    remarks: lostComments.map(
      ({ line, column }) =>
        `${theirs.fileName}:${String(line)}:${String(column)}: this comment is not taken over.`,
    ),
    json: { definition, comments: findMergeConflicts(document).slice(-conflicts.length), lostComments },
  };
}

/** A side in another form than XML has nothing beside its definition. */
function toDocument(side: Side): CaseTypeDocument {
  if (formOf(side) === 'xml') return readCaseTypeDocument(side.bytes, side.fileName);
  const { name, definition } = readCaseType(side.bytes, side.fileName);
  return newCaseTypeDocument(definition, name ?? '');
}

function mergeOthers({ base, ours, theirs }: Sides, { name }: MergeOptions): MergeResult {
  const read = (side: Side) => readCaseType(side.bytes, side.fileName);
  const own = read(ours);
  const merged = mergeDefinitions({
    base: isBlank(base) ? null : read(base),
    ours: own,
    theirs: read(theirs),
    ...(name === undefined ? {} : { name }),
  });
  const json = { definition: merged.definition, lostComments: [] };
  // What stays as it was keeps its form, too.
  if (
    merged.conflicts.length === 0 &&
    merged.name === own.name &&
    isSameReading(merged.definition, own.definition)
  )
    return { bytes: ours.bytes, conflicts: [], remarks: [], json };
  const isYaml = formOf(ours) === 'yaml';
  const text = isYaml
    ? writeMergedYaml(merged, new TextDecoder().decode(ours.bytes))
    : writeMergedJson(merged, own.name !== null);
  return {
    bytes: new TextEncoder().encode(text),
    conflicts: merged.conflicts,
    remarks: [],
    json,
  };
}

const isSameReading = (one: CaseTypeDefinition, other: CaseTypeDefinition): boolean =>
  isDeepStrictEqual(toReadForm(one), toReadForm(other));

async function checkFiles(context: CommandContext, paths: readonly string[]): Promise<void> {
  const found: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly text: string;
  }[] = [];
  for (const { path } of expandPaths(context.io, paths)) {
    const file = inputName(path);
    const bytes = await readInput(context.io, path);
    const left =
      caseTypeForm(bytes, path) === 'xml'
        ? findMergeConflicts(readCaseTypeDocument(bytes, file))
        : conflictsInText(bytes.toString('utf8')).map((one) => ({ ...one, column: 1 }));
    found.push(...left.map((conflict) => ({ file, ...conflict })));
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
