import { existsSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import {
  applyStepsCsv,
  CASE_TYPE_FORMS,
  caseTypeForm,
  newCaseTypeDocument,
  readCaseType,
  readCaseTypeDocument,
  rewriteCaseTypeYaml,
  rewriteDefinitionJson,
  rewriteDocument,
  toDefinitionJson,
  writeCaseTypeDocument,
  writeCaseTypeYaml,
  writeStepsCsv,
  type CaseTypeForm,
  type Separator,
  type TableLanguage,
} from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readCaseTypeInput, type CliIo } from '../io.ts';
import { expandPaths, isFolder } from '../lint/lint-inputs.ts';
import { renderWarning } from '../read-definition.ts';
import { writeAtomically } from '../write-atomically.ts';
import { writeOutput } from '../write-output.ts';

const FORMATS = [...CASE_TYPE_FORMS, 'csv'] as const;
type Format = (typeof FORMATS)[number];

interface ConvertOptions {
  readonly to?: Format;
  readonly from?: Format;
  readonly onto?: string;
  readonly out?: string;
  readonly name?: string;
  readonly separator?: string;
  readonly lang: TableLanguage;
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
      new Option('--to <format>', 'what to make of it (default: by --out or --onto)').choices(FORMATS),
    )
    .addOption(
      new Option('--from <format>', 'what the input is (default: by its name and content)').choices(FORMATS),
    )
    .option('--onto <file>', 'change this XML, YAML or JSON file, so that its comments stay; prints it')
    .option('--out <file>', 'write there instead of to stdout')
    .option('--name <name>', 'name of the case type (default: the one in the file)')
    .addOption(
      new Option(
        '--separator <character>',
        'of CSV: ";" for a French Excel, "," or "tab" (default: ",", with --lang fr ";")',
      ).choices([',', ';', 'tab']),
    )
    .addOption(
      new Option('--lang <language>', 'of the column names of CSV').choices(['en', 'fr']).default('en'),
    )
    .option('--bom', 'begin CSV with a byte order mark, which Excel needs for accents')
    .addHelpText(
      'after',
      `
YAML keeps all that CiviCRM reads of a case type, but not the comments of XML. With --onto the comments of the file that
is changed stay; its format is that of the result. CSV holds the steps alone and goes back with --onto: rows stand in their new order, "position" tells which step a row was and stays as it is
(empty for a new step), a deleted row deletes the step. A text that a spreadsheet would take for a formula has an
apostrophe in front of it. CSV is read as spreadsheets save it: with "," ";" or tabs, as UTF-8 or "Unicode text"
(UTF-16), with English or French column names in any order. With --json: { "name", "format", "content" }.

Exit code 0: done; 1: the input could not be read, or does not fit.

Examples:
  civicase xml convert housing_support.xml --to yaml --out housing_support.yaml
  civicase xml convert housing_support.yaml --onto housing_support.xml --out housing_support.xml
  civicase xml convert steps.csv --onto housing_support.yaml --out housing_support.yaml
  civicase xml convert housing_support.xml --to csv --lang fr --bom --out etapes.csv
  civicase xml convert case-types --to yaml --out case-types-yaml
  civicase xml convert steps.csv --onto housing_support.xml --out housing_support.xml`,
    )
    .action(async (file: string, options: ConvertOptions) => {
      const { io } = context;
      if (options.onto === '-' && file === '-')
        throw new AppError(
          'invalid-input',
          'Only one of the two can be read from stdin. Give a file for the other.',
        );
      const onto = options.onto === undefined ? undefined : await readOnto(io, options.onto);
      const to = options.to ?? formatOf(options.out) ?? onto?.format;
      if (to === undefined)
        throw new AppError(
          'invalid-input',
          `Say what to make of ${inputName(file)}: --to ${FORMATS.join('|')}.`,
        );
      if (onto !== undefined && to !== onto.format)
        throw new AppError(
          'invalid-input',
          `${onto.input} is ${onto.format.toUpperCase()}, so --onto goes with --to ${onto.format}, not ${to}.`,
        );
      if (isFolder(io, file)) return convertFolder(context, { folder: file, to, options });
      const bytes = await readCaseTypeInput(io, file);
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

/** The file that is to be changed. */
interface Onto {
  readonly bytes: Uint8Array;
  readonly format: CaseTypeForm;
  readonly input: string;
}

async function readOnto(io: CliIo, path: string): Promise<Onto> {
  const bytes = await readCaseTypeInput(io, path);
  return { bytes, format: caseTypeForm(bytes, path), input: inputName(path) };
}

interface Source {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly onto: Onto | undefined;
  readonly options: ConvertOptions;
}

function readSource(
  context: CommandContext,
  { file, bytes, onto, options }: Source,
): { readonly name: string | null; readonly definition: CaseTypeDefinition } {
  const input = inputName(file);
  const from = options.from ?? formatOf(file);
  if (from !== 'csv') {
    const { name, definition, warnings } = readCaseType(
      bytes,
      input,
      from satisfies CaseTypeForm | undefined,
    );
    for (const warning of warnings) context.note(renderWarning(input, warning));
    return { name, definition };
  }
  if (onto === undefined)
    throw new AppError(
      'invalid-input',
      `${input} holds the steps alone. Name the case type they belong to: --onto FILE.`,
    );
  const { definition } = readCaseType(onto.bytes, onto.input, onto.format);
  return { name: null, definition: applyStepsCsv(definition, decodeText(bytes, input), input) };
}

/** UTF-8, or UTF-16 as spreadsheets save "Unicode text". */
function decodeText(bytes: Uint8Array, input: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new AppError(
    'invalid-input',
    `${input}:1:1: This is neither UTF-8 nor UTF-16 text. Save it from the spreadsheet as "CSV UTF-8" (in LibreOffice: character set Unicode (UTF-8)).`,
    { details: { file: input, line: 1, column: 1 } },
  );
}

function render(
  to: Format,
  definition: CaseTypeDefinition,
  name: string | null,
  { file, onto, options }: Omit<Source, 'bytes'>,
): Uint8Array {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const former = onto === undefined ? undefined : new TextDecoder().decode(onto.bytes);
  switch (to) {
    case 'yaml':
      return encode(
        former === undefined
          ? writeCaseTypeYaml(definition, name)
          : rewriteCaseTypeYaml(former, definition, name ?? undefined, onto?.input),
      );
    case 'json':
      return encode(
        former === undefined
          ? `${JSON.stringify(name === null ? toDefinitionJson(definition) : { name, definition: toDefinitionJson(definition) }, null, 2)}\n`
          : rewriteDefinitionJson(former, definition, name ?? undefined),
      );
    case 'csv':
      return encode(
        writeStepsCsv(definition, {
          separator: separatorOf(options),
          byteOrderMark: options.bom === true,
          language: options.lang,
        }),
      );
    case 'xml': {
      if (onto !== undefined)
        return writeCaseTypeDocument(
          rewriteDocument(readCaseTypeDocument(onto.bytes, onto.input), definition, name ?? undefined),
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

/** A French spreadsheet takes the comma for the decimal one. */
function separatorOf({ separator, lang }: ConvertOptions): Separator {
  if (separator === undefined) return lang === 'fr' ? ';' : ',';
  return separator === 'tab' ? '\t' : (separator as Separator);
}

/** A file that is there holds either the former or the new bytes, whatever happens. */
function writeResult(io: CliIo, path: string, content: Uint8Array): void {
  const file = resolve(io.workingDirectory, path);
  if (existsSync(file)) writeAtomically(file, content);
  else writeOutput(io, path, content);
}
