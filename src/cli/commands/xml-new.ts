import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, parse as parsePath, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { parse } from 'yaml';
import { AppError } from '../../base/errors.ts';
import { caseTypeNameFault, newDefinition, type CaseTypeDefinition } from '../../case-type/index.ts';
import {
  mungeCaseType,
  newCaseTypeDocument,
  readCaseTypeDocument,
  readCaseTypeXml,
  rewriteDocument,
  writeCaseTypeDocument,
} from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readCaseTypeInput, type CliIo } from '../io.ts';
import { answersSchema, firstFault, toNewCaseType } from '../new/answers.ts';
import { askForCaseType, askToOverwrite, type Wanted } from '../new/dialogue.ts';
import { shippedCaseType, shippedCaseTypes } from '../shipped-case-types.ts';
import { writeAtomically } from '../write-atomically.ts';
import { writeOutput } from '../write-output.ts';

interface NewOptions {
  readonly answers?: string;
  readonly template?: string;
  readonly name?: string;
  readonly title?: string;
  readonly manager?: string;
  readonly step?: readonly string[];
  readonly status?: readonly string[];
  readonly afterClosing?: readonly string[];
  readonly lang?: 'en' | 'fr';
  readonly out?: string;
  readonly force?: boolean;
}

export function xmlNewCommand(context: CommandContext): Command {
  return new Command('new')
    .description('make a case type from a few answers: asked in the terminal, or given')
    .option('--answers <file>', 'the answers as YAML; - reads stdin')
    .option('--template <name>', 'a copy of one of the case types that come with civicase')
    .option('--name <name>', 'name for CiviCRM: letters, digits and underscores')
    .option('--title <title>', 'what people call it')
    .option('--manager <role>', 'role of the case manager (default: Case Coordinator)')
    .option(
      '--step <step...>',
      '"Phone Call @ 3": an activity and its day; "!" behind: for who opens the case; "> Supervisor": for that role',
    )
    .option('--status <status...>', 'case statuses beside Open and Closed')
    .option('--after-closing <step...>', 'steps once a case is closed, written like --step')
    .addOption(
      new Option('--lang <language>', 'of questions and labels (default: by LANG)').choices(['en', 'fr']),
    )
    .option('--out <file>', 'where it goes (default: NAME.xml here)')
    .option('--force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
Without --answers, --template and --name it asks. Flags go over the answers of a file. What it makes has Open Case, a standard
timeline, a case manager who opens the case, a status that closes, and all its activity types in the menu.

Answers as YAML:
  name: home_help
  title: Home help
  manager: Case Coordinator
  steps: ["Phone Call @ 1 !", "Meeting @ 7 > Supervisor", { step: Follow up, day: 30, role: Supervisor }]
  statuses: [Urgent]
  after closing: ["Follow up @ 30"]

A role is assigned by the id that its relationship type has on a fresh CiviCRM; lint tells of it.
Templates: ${shippedNames()}.

Exit code 0: written; 1: the answers do not fit, or the file is there already.

Examples:
  civicase xml new
  civicase xml new --lang fr
  civicase xml new --template housing_support --name our_housing
  civicase xml new --name home_help --title "Home help" --step "Phone Call @ 1 !" --step "Meeting @ 7"`,
    )
    .action(async (options: NewOptions) => {
      const { io } = context;
      const language = options.lang ?? languageOf(io);
      const wanted = await collect(context, options, language);
      const { name, definition, content } = await made(io, wanted);
      const path = options.out ?? `${name}.xml`;
      const file = resolve(io.workingDirectory, path);
      const isThere = existsSync(file);
      if (isThere && options.force !== true && !(await mayOverwrite(io, wanted, language, path)))
        throw new AppError(
          'conflict',
          `The file ${path} is there already. Give --force to write over it, or --out with another name.`,
        );
      if (isThere) writeAtomically(file, content);
      else writeOutput(io, path, content);
      const clash = clashWith(file);
      if (clash !== null)
        context.note(
          `${basename(file)} and ${clash} come to one name for CiviCRM (${mungeCaseType(parsePath(file).name)}.xml), which finds only one of them: rename one.`,
        );
      context.report({
        exitCode: 0,
        json: { file: path, name, clashesWith: clash, definition },
        text: `Written to ${path}. Next: civicase xml lint ${path}; civicase xml simulate ${path} --start 2026-01-05.`,
      });
    });
}

const shippedNames = (): string =>
  shippedCaseTypes()
    .map(({ name }) => name)
    .join(', ');

const languageOf = ({ environment }: CliIo): 'en' | 'fr' =>
  /^fr/i.test(environment['LC_ALL'] ?? environment['LANG'] ?? '') ? 'fr' : 'en';

interface MadeCaseType {
  readonly name: string;
  readonly definition: CaseTypeDefinition;
  readonly content: Uint8Array;
}

async function made(io: CliIo, { wanted }: Collected): Promise<MadeCaseType> {
  if (wanted.kind === 'answers') {
    const { name } = wanted.answers;
    const definition = newDefinition(wanted.answers);
    return { name, definition, content: writeCaseTypeDocument(newCaseTypeDocument(definition, name)) };
  }
  const { name, template } = wanted;
  const { file } = shippedCaseType(template);
  const document = readCaseTypeDocument(await readCaseTypeInput(io, file));
  const { definition } = readCaseTypeXml(writeCaseTypeDocument(document), file);
  return {
    name,
    definition,
    content: writeCaseTypeDocument(rewriteDocument(document, definition, name)),
  };
}

const mayOverwrite = async (
  { terminal }: CliIo,
  { isAsked }: Collected,
  language: 'en' | 'fr',
  path: string,
): Promise<boolean> => isAsked && terminal !== undefined && (await askToOverwrite(terminal, language, path));

/** A file beside it that CiviCRM takes for the same case type, by its name. */
function clashWith(file: string): string | null {
  const munged = mungeCaseType(parsePath(file).name);
  const others = readdirSync(dirname(file)).filter(
    (other) => /\.xml$/i.test(other) && other !== basename(file),
  );
  return others.find((other) => mungeCaseType(parsePath(other).name) === munged) ?? null;
}

interface Collected {
  readonly wanted: Wanted;
  /** Whether a person was asked. */
  readonly isAsked: boolean;
}

async function collect(
  context: CommandContext,
  options: NewOptions,
  language: 'en' | 'fr',
): Promise<Collected> {
  const { io } = context;
  const flags = given({
    name: options.name,
    title: options.title,
    manager: options.manager,
    steps: options.step,
    statuses: options.status,
    'after closing': options.afterClosing,
  });
  if (options.template !== undefined)
    return { wanted: toCopy(options.template, options, flags), isAsked: false };
  if (options.answers === undefined && Object.keys(flags).length === 0) {
    if (io.terminal === undefined)
      throw new AppError(
        'invalid-input',
        'There is no terminal to ask in. Give --name and --step, --template, or --answers FILE.',
      );
    return { wanted: await askForCaseType(io.terminal, language, shippedCaseTypes()), isAsked: true };
  }
  const input = options.answers === undefined ? 'the flags' : inputName(options.answers);
  const fromFile =
    options.answers === undefined ? {} : parseAnswers(await readCaseTypeInput(io, options.answers), input);
  const checked = answersSchema.safeParse({ ...fromFile, ...flags });
  if (checked.success)
    return { wanted: { kind: 'answers', answers: toNewCaseType(checked.data, language) }, isAsked: false };
  throw new AppError(
    'invalid-input',
    `${input}: ${firstFault(checked.error)}. See "civicase xml new --help".`,
  );
}

function toCopy(
  template: string,
  { answers, name = template }: NewOptions,
  { name: _, ...others }: Readonly<Record<string, unknown>>,
): Wanted {
  if (answers !== undefined || Object.keys(others).length > 0)
    throw new AppError(
      'invalid-input',
      'A template is copied as it is: with --template give --name, --out and --force at most, and edit the copy.',
    );
  const fault = caseTypeNameFault(name);
  if (fault !== null) throw new AppError('invalid-input', `"${name}" cannot be the name: ${fault}.`);
  return { kind: 'copy', template, name };
}

function parseAnswers(bytes: Uint8Array, input: string): object {
  try {
    const value: unknown = parse(new TextDecoder().decode(bytes), { schema: 'core', maxAliasCount: 0 });
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `${input} is not YAML: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''}`,
      { cause },
    );
  }
  throw new AppError(
    'invalid-input',
    `Expected answers in ${input}, as in "name: home_help". See "civicase xml new --help".`,
  );
}

const given = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
