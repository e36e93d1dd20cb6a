import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { parse } from 'yaml';
import { AppError } from '../../base/errors.ts';
import { newDefinition, type NewCaseType } from '../../case-type/index.ts';
import { newCaseTypeDocument, writeCaseTypeDocument } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readCaseTypeInput } from '../io.ts';
import { answersSchema, toNewCaseType } from '../new/answers.ts';
import { askForCaseType } from '../new/dialogue.ts';
import { writeAtomically } from '../write-atomically.ts';
import { writeOutput } from '../write-output.ts';

interface NewOptions {
  readonly answers?: string;
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
    .option('--name <name>', 'name for CiviCRM: letters, digits and underscores')
    .option('--title <title>', 'what people call it')
    .option('--manager <role>', 'role of the case manager (default: Case Coordinator)')
    .option(
      '--step <step...>',
      '"Phone Call @ 3": an activity and its day; "!" behind: for who opens the case',
    )
    .option('--status <status...>', 'case statuses beside Open and Closed')
    .option('--after-closing <step...>', 'steps once a case is closed, written like --step')
    .addOption(
      new Option('--lang <language>', 'of questions and comments (default: by LANG)').choices(['en', 'fr']),
    )
    .option('--out <file>', 'where it goes (default: NAME.xml here)')
    .option('--force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
Without --answers and --name it asks. Flags go over the answers of a file. What it makes has Open Case, a standard
timeline, a case manager who opens the case, a status that closes, and all its activity types in the menu.

Answers as YAML:
  name: home_help
  title: Home help
  manager: Case Coordinator
  steps: ["Phone Call @ 1 !", { step: Meeting, day: 7, opener: true }]
  statuses: [Urgent]
  after closing: ["Follow up @ 30"]

Exit code 0: written; 1: the answers do not fit, or the file is there already.

Examples:
  civicase xml new
  civicase xml new --lang fr
  civicase xml new --name home_help --title "Home help" --step "Phone Call @ 1 !" --step "Meeting @ 7"`,
    )
    .action(async (options: NewOptions) => {
      const { io } = context;
      const answers = await collect(context, options);
      const path = options.out ?? `${answers.name}.xml`;
      const file = resolve(io.workingDirectory, path);
      const isThere = existsSync(file);
      if (isThere && options.force !== true)
        throw new AppError(
          'conflict',
          `The file ${path} is there already. Give --force to write over it, or --out with another name.`,
        );
      const definition = newDefinition(answers);
      const document = newCaseTypeDocument(definition, answers.name, COMMENTS[answers.language](answers));
      const content = writeCaseTypeDocument(document);
      if (isThere) writeAtomically(file, content);
      else writeOutput(io, path, content);
      context.report({
        exitCode: 0,
        json: { file: path, name: answers.name, definition },
        text: `Written to ${path}. Next: civicase xml lint ${path}; civicase xml simulate ${path} --start 2026-01-05.`,
      });
    });
}

const COMMENTS: Readonly<Record<'en' | 'fr', (answers: NewCaseType) => readonly string[]>> = {
  en: ({ title, name }) => [
    title === '' ? name : title,
    'ActivityTypes: what the menu of a case offers. ActivitySets: what is made on which day; days count from the',
    'reference activity. CaseRoles: who has a part in it; who opens the case becomes its manager.',
  ],
  fr: ({ title, name }) => [
    title === '' ? name : title,
    "ActivityTypes : ce que propose le menu d'un dossier. ActivitySets : ce qui est créé, et quel jour ; les jours se",
    "comptent depuis l'activité de référence. CaseRoles : qui intervient ; qui ouvre le dossier en devient responsable.",
  ],
};

async function collect(context: CommandContext, options: NewOptions): Promise<NewCaseType> {
  const { io } = context;
  const language =
    options.lang ?? (/^fr/i.test(io.environment['LC_ALL'] ?? io.environment['LANG'] ?? '') ? 'fr' : 'en');
  const flags = given({
    name: options.name,
    title: options.title,
    manager: options.manager,
    steps: options.step,
    statuses: options.status,
    'after closing': options.afterClosing,
  });
  if (options.answers === undefined && Object.keys(flags).length === 0) {
    if (io.terminal === undefined)
      throw new AppError(
        'invalid-input',
        'There is no terminal to ask in. Give --name and --step, or --answers FILE.',
      );
    return askForCaseType(io.terminal, language);
  }
  const input = options.answers === undefined ? 'the flags' : inputName(options.answers);
  const fromFile =
    options.answers === undefined ? {} : parseAnswers(await readCaseTypeInput(io, options.answers), input);
  const checked = answersSchema.safeParse({ ...fromFile, ...flags });
  if (checked.success) return toNewCaseType(checked.data, language);
  const [issue] = checked.error.issues;
  throw new AppError(
    'invalid-input',
    `${input}: ${issue === undefined ? 'not understood' : `${issue.path.join('.')}: ${issue.message}`}. See "civicase xml new --help".`,
  );
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
