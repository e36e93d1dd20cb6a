import { existsSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import {
  applyStepsCsv,
  newCaseTypeDocument,
  readCaseTypeDocument,
  rewriteDocument,
  toDefinitionJson,
  writeCaseTypeDocument,
  writeCaseTypeYaml,
  writeStepsCsv,
  readCaseTypeXml,
  type Separator,
} from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readCaseTypeInput, type CliIo } from '../io.ts';
import { expandPaths, isFolder } from '../lint/lint-inputs.ts';
import {
  DEFINITION_FORMATS,
  parseDefinition,
  renderWarning,
  type DefinitionFormat,
} from '../read-definition.ts';
import { writeAtomically } from '../write-atomically.ts';
import { writeOutput } from '../write-output.ts';

const FORMATS = [...DEFINITION_FORMATS, 'csv'] as const;
type Format = (typeof FORMATS)[number];

interface ConvertOptions {
  readonly to?: Format;
  readonly from?: Format;
  readonly onto?: string;
  readonly out?: string;
  readonly name?: string;
  readonly separator: string;
  readonly bom?: boolean;
}

export function xmlConvertCommand(context: CommandContext): Command {
  return new Command('convert')
    .description('turn a case type into YAML, JSON, XML, or a table of its steps, and back')
    .argument(
      '<file>',
      'XML, YAML, a definition as JSON, or CSV of steps; - reads stdin; a folder of them, with --out',
    )
    .addOption(
      new Option('--to <format>', 'what to make of it (default: by --out; with --onto xml)').choices(FORMATS),
    )
    .addOption(
      new Option('--from <format>', 'what the input is (default: by its name and content)').choices(FORMATS),
    )
    .option('--onto <file>', 'change this XML file, so that its comments and all else stay; prints it')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--name <name>', 'name of the case type (default: the one in the file)')
    .addOption(
      new Option('--separator <character>', 'of CSV: ";" for a French Excel, "," or "tab"')
        .choices([',', ';', 'tab'])
        .default(','),
    )
    .option('--bom', 'begin CSV with a byte order mark, which Excel needs for accents')
    .addHelpText(
      'after',
      `
YAML keeps all that CiviCRM reads of a case type, but no comments; --onto keeps them, too. CSV holds the steps alone
and goes back with --onto: rows stand in their new order, "position" tells which step a row was and stays as it is
(empty for a new step), a deleted row deletes the step. A text that a spreadsheet would take for a formula has an
apostrophe in front of it. With --json: { "name", "format", "content" }.

Exit code 0: done; 1: the input could not be read, or does not fit.

Examples:
  civicase xml convert housing_support.xml --to yaml --out housing_support.yaml
  civicase xml convert housing_support.yaml --onto housing_support.xml --out housing_support.xml
  civicase xml convert housing_support.xml --to csv --separator ";" --bom --out steps.csv
  civicase xml convert case-types --to yaml --out case-types-yaml
  civicase xml convert steps.csv --onto housing_support.xml --out housing_support.xml`,
    )
    .action(async (file: string, options: ConvertOptions) => {
      const { io } = context;
      const to = options.to ?? formatOf(options.out) ?? (options.onto === undefined ? undefined : 'xml');
      if (to === undefined)
        throw new AppError(
          'invalid-input',
          `Say what to make of ${inputName(file)}: --to ${FORMATS.join('|')}.`,
        );
      if (options.onto !== undefined && to !== 'xml')
        throw new AppError(
          'invalid-input',
          `--onto changes an XML file, so it goes with --to xml, not ${to}.`,
        );
      if (isFolder(io, file)) return convertFolder(context, { folder: file, to, options });
      const bytes = await readCaseTypeInput(io, file);
      const onto = options.onto === undefined ? undefined : await readCaseTypeInput(io, options.onto);
      const read = readSource(context, { file, bytes, onto, options });
      const name = options.name ?? read.name;
      const content = render(to, read.definition, name, { file, onto, options });
      if (options.out !== undefined) writeResult(io, options.out, content);
      context.report({
        exitCode: 0,
        json: { name, format: to, content: new TextDecoder().decode(content) },
        text: options.out === undefined ? content : `Written to ${options.out}.`,
      });
    });
}

interface FolderConversion {
  readonly folder: string;
  readonly to: Format;
  readonly options: ConvertOptions;
}

/** Every case type of a folder, under its own name in another folder; what is there is not written over. */
async function convertFolder(
  context: CommandContext,
  { folder, to, options }: FolderConversion,
): Promise<void> {
  const { io } = context;
  const { out } = options;
  if (out === undefined || options.onto !== undefined || options.name !== undefined)
    throw new AppError(
      'invalid-input',
      `${folder} is a folder: give --out with the folder to write to, and neither --onto nor --name.`,
    );
  const files: { readonly from: string; readonly to: string; readonly content: Uint8Array }[] = [];
  for (const { path } of expandPaths(io, [folder])) {
    const bytes = await readCaseTypeInput(io, path);
    const read = readSource(context, { file: path, bytes, onto: undefined, options });
    const target = join(out, relative(folder, path).replace(/\.\w+$/, `.${to}`));
    if (existsSync(resolve(io.workingDirectory, target)) || files.some((one) => one.to === target))
      throw new AppError(
        'conflict',
        `${path} would become ${target}, which is there already. Give another folder with --out.`,
      );
    const source = { file: path, onto: undefined, options };
    files.push({ from: path, to: target, content: render(to, read.definition, read.name, source) });
  }
  for (const one of files) writeOutput(io, one.to, one.content);
  context.report({
    exitCode: 0,
    json: { format: to, files: files.map((one) => ({ from: one.from, to: one.to })) },
    text: files.map((one) => `Written to ${one.to}.`).join('\n'),
  });
}

const formatOf = (path: string | undefined): Format | undefined => {
  const extension = extname(path ?? '')
    .slice(1)
    .toLowerCase()
    .replace(/^yml$/, 'yaml');
  return FORMATS.find((format) => format === extension);
};

interface Source {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly onto: Uint8Array | undefined;
  readonly options: ConvertOptions;
}

function readSource(
  context: CommandContext,
  { file, bytes, onto, options }: Source,
): { readonly name: string | null; readonly definition: CaseTypeDefinition } {
  const input = inputName(file);
  const from = options.from ?? formatOf(file);
  if (from !== 'csv') {
    const { name, definition, warnings } = parseDefinition(
      bytes,
      input,
      from satisfies DefinitionFormat | undefined,
    );
    for (const warning of warnings) context.note(renderWarning(input, warning));
    return { name, definition };
  }
  if (onto === undefined || options.onto === undefined)
    throw new AppError(
      'invalid-input',
      `${input} holds the steps alone. Name the case type they belong to: --onto FILE.xml.`,
    );
  const { definition } = readCaseTypeXml(onto, inputName(options.onto));
  return { name: null, definition: applyStepsCsv(definition, decodeText(bytes, input), input) };
}

/** UTF-8, or UTF-16 as spreadsheets save "Unicode text". */
function decodeText(bytes: Uint8Array, input: string): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `${input} is neither UTF-8 nor UTF-16. Save it from the spreadsheet as "CSV UTF-8".`,
      { cause },
    );
  }
}

function render(
  to: Format,
  definition: CaseTypeDefinition,
  name: string | null,
  { file, onto, options }: Omit<Source, 'bytes'>,
): Uint8Array {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  switch (to) {
    case 'yaml':
      return encode(writeCaseTypeYaml(definition, name));
    case 'json':
      return encode(
        `${JSON.stringify(name === null ? toDefinitionJson(definition) : { name, definition: toDefinitionJson(definition) }, null, 2)}\n`,
      );
    case 'csv': {
      const separator = (options.separator === 'tab' ? '\t' : options.separator) as Separator;
      return encode(writeStepsCsv(definition, { separator, byteOrderMark: options.bom === true }));
    }
    case 'xml': {
      if (onto !== undefined)
        return writeCaseTypeDocument(
          rewriteDocument(readCaseTypeDocument(onto, options.onto), definition, name ?? undefined),
        );
      if (name === null)
        throw new AppError(
          'invalid-input',
          `The case type in ${inputName(file)} has no name. Give one with --name NAME.`,
        );
      return writeCaseTypeDocument(newCaseTypeDocument(definition, name));
    }
    default:
      return to satisfies never;
  }
}

/** A file that is there holds either the former or the new bytes, whatever happens. */
function writeResult(io: CliIo, path: string, content: Uint8Array): void {
  const file = resolve(io.workingDirectory, path);
  if (existsSync(file)) writeAtomically(file, content);
  else writeOutput(io, path, content);
}
