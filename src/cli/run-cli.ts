import { Command, CommanderError, Option } from 'commander';
import { LOG_LEVELS, type App, type AppOverrides } from '../app/index.ts';
import { AppError, ERROR_TREATMENT, toAppError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { commands } from './commands/index.ts';
import { createContext, type Entrances, type GlobalOptions } from './context.ts';
import type { CliIo } from './io.ts';

export type ExitCode = 0 | 1 | 2;

export interface CliRequest {
  /** Words after `civicase`. */
  readonly words: readonly string[];
  readonly io: CliIo;
  readonly entrances: Entrances;
  readonly version: string;
  readonly overrides?: AppOverrides;
}

const ABOUT = `Reads, checks, moves, mirrors and follows up cases of CiviCRM sites.`;

const EXAMPLES = `
Examples:
  civicase xml lint housing_support.xml             check a case type's file
  civicase doctor                                   check every site in civicase.yaml
  civicase plan riverside hilltop --case-type housing_support --out plan.json
  civicase apply plan.json
  civicase up                                       status page, mirrors, follow-ups and reminders

Exit codes: 0 done, 1 failed, 2 there are differences or findings.
Results go to stdout, logs and progress to stderr. CIVICASE_DEBUG=1 adds stack traces.`;

/** Runs one command to its end. Never throws: what went wrong is printed, and told by the exit code. */
export async function runCli(request: CliRequest): Promise<ExitCode> {
  const { io } = request;
  let exitCode: ExitCode = 0;
  let app: App | null = null;
  const program = new Command('civicase');
  const context = createContext({
    io,
    entrances: request.entrances,
    overrides: request.overrides ?? {},
    globals: () => program.opts<GlobalOptions>(),
    setExitCode: (code) => (exitCode = code),
    onApp: (opened) => (app = opened),
  });

  program
    .description(ABOUT)
    .version(request.version)
    .option('--config <file>', 'the configuration (default: civicase.yaml here or in a folder above)')
    .option('--data <dir>', 'where state is kept (default: .civicase beside the configuration)')
    .option('--json', 'print one JSON document')
    .addOption(
      new Option('--log-level <level>', 'what is logged to stderr (default: error; up: info)').choices(
        LOG_LEVELS,
      ),
    )
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', EXAMPLES);
  for (const create of commands) program.addCommand(create(context));
  forEachCommand(program, (command) =>
    command
      .exitOverride()
      .helpOption('-h, --help', 'show this help')
      .helpCommand(false)
      .configureHelp({ showGlobalOptions: true })
      .configureOutput({
        writeOut: (text) => io.writeOut(text),
        writeErr: () => undefined,
        getOutHasColors: () => io.colour,
        getOutHelpWidth: () => 100,
      }),
  );

  try {
    if (request.words.length === 0) {
      program.outputHelp();
      return 0;
    }
    await program.parseAsync([...request.words], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const error =
      thrown instanceof CommanderError ? usageError(program, thrown, request.words) : toAppError(thrown);
    printError(error, {
      io,
      json: request.words.includes('--json'),
      clean: (text) => app?.withoutSecrets(text) ?? text,
    });
    return ERROR_TREATMENT[error.kind].exitCode;
  }
}

function forEachCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  command.commands.forEach((child) => forEachCommand(child, visit));
}

/** commander's own words are short of what to do next. */
function usageError(program: Command, error: CommanderError, words: readonly string[]): AppError {
  const { command, path } = deepestCommand(program, words);
  const help = `See "${path} --help".`;
  if (error.code === 'commander.help' || error.code === 'commander.helpDisplayed') {
    const names = command.commands.map((child) => child.name());
    return new AppError('invalid-input', `Expected a word after "${path}": ${names.join(', ')}. ${help}`);
  }
  if (error.code === 'commander.unknownCommand' || error.code === 'commander.excessArguments') {
    const names = command.commands.map((child) => child.name());
    const given = /'([^']+)'/.exec(error.message)?.[1] ?? '';
    if (names.length > 0) {
      const near = nearestName(given, names);
      const hint = near === null ? `Known: ${names.join(', ')}.` : `Did you mean "${near}"?`;
      return new AppError('invalid-input', `"${path}" has no command "${given}". ${hint} ${help}`);
    }
  }
  const words1 = error.message.replace(/^error: /, '').replace(/\n.*$/s, '');
  const sentence = words1.charAt(0).toUpperCase() + words1.slice(1);
  return new AppError('invalid-input', `${sentence.replace(/\.?$/, '.')} ${help}`);
}

function deepestCommand(program: Command, words: readonly string[]): { command: Command; path: string } {
  let command = program;
  let path = program.name();
  for (const word of words) {
    const child = command.commands.find((candidate) => candidate.name() === word);
    if (child === undefined) continue;
    command = child;
    path = `${path} ${word}`;
  }
  return { command, path };
}

interface ErrorOutput {
  readonly io: CliIo;
  readonly json: boolean;
  readonly clean: (text: string) => string;
}

function printError(error: AppError, { io, json, clean }: ErrorOutput): void {
  const message =
    error.kind === 'internal' && !(error.cause === undefined)
      ? `Something went wrong inside civicase: ${error.message}. Please report it with what CIVICASE_DEBUG=1 prints.`
      : error.message;
  if (json) {
    const document = { error: { kind: error.kind, message, details: error.details } };
    io.writeOut(clean(`${JSON.stringify(document, null, 2)}\n`));
  } else {
    io.writeError(clean(`civicase: ${message}\n`));
  }
  const { CIVICASE_DEBUG: debug } = io.environment;
  if (debug !== undefined && debug !== '' && debug !== '0') {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      io.writeError(clean(`${cause.stack ?? cause.message}\n`));
    }
  }
}
