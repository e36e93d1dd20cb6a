import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import { readLintSettings } from '../../config/index.ts';
import {
  LINT_RULES,
  lintFileSet,
  renderGitHub,
  renderPretty,
  renderRulesTable,
  renderSarif,
  type LintFinding,
  type LintSettings,
} from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { lintInput, type FixMode, type LintedInput } from '../lint/lint-file.ts';
import { expandPaths } from '../lint/lint-inputs.ts';
import { siteToCheck } from '../lint/site-to-check.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'github'] as const;

interface LintCommandOptions {
  readonly format?: (typeof FORMATS)[number];
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly snapshot?: string;
  readonly site?: string;
  readonly rules?: boolean;
}

export function xmlLintCommand(context: CommandContext): Command {
  return new Command('lint')
    .description('check case types for what CiviCRM drops, misreads or stumbles over')
    .argument('[paths...]', 'files in XML, JSON or YAML, or folders of them; - reads stdin')
    .addOption(new Option('--format <format>', 'how findings are told (default: pretty)').choices(FORMATS))
    .option('--fix', 'mend what can be mended without changing what CiviCRM does today')
    .option('--dry-run', 'with --fix: show the changes, write nothing')
    .option('--snapshot <folder>', 'check names against a site too, as "civicase pull" wrote it down')
    .option('--site <name>', 'check names against a site of civicase.yaml too')
    .option('--rules', 'print the table of rules ("civicase xml rules CODE" tells more of one)')
    .addHelpText(
      'after',
      `
Errors break cases, warnings surprise, notices are good to know. Exit code 0: nothing but notices; 2: errors or
warnings; 1: a file could not be read (the others are checked all the same). With --fix it tells what is left.

A folder stands for the case types in it and below; they are checked beside each other too. --fix touches nothing
but what it mends, in XML and in JSON; YAML is told, not mended. Of stdin the mended text goes to stdout, and the findings to stderr.

Leave a finding out by a comment before its element, or before the root for the whole file:
  <!-- civicase-lint-ignore CODE: reason -->
or for all files by "lint" in civicase.yaml: { ignore: [CODE], severity: { CODE: error } }.

Examples:
  civicase xml lint civicase-xml
  civicase xml lint --fix --dry-run housing_support.xml
  civicase xml lint --snapshot snapshots/riverside xml/case --format github`,
    )
    .action(async (paths: readonly string[], options: LintCommandOptions) => {
      if (options.rules === true) {
        context.report({ exitCode: 0, json: { rules: LINT_RULES }, text: renderRulesTable(LINT_RULES) });
        return;
      }
      checkOptions(context, paths, options);
      const inputs = expandPaths(context.io, paths);
      const settings = lintSettings(context);
      const site = await siteToCheck(context, options, inputs);
      const mode: FixMode = options.fix !== true ? 'no' : options.dryRun === true ? 'dry-run' : 'write';
      const files: LintedInput[] = [];
      for (const input of inputs) {
        const linted = await lintInput(context.io, input, { ...settings, site }, mode);
        if (linted !== null) files.push(linted);
      }
      const [only] = files;
      if (files.length === 1 && only?.error != null && only.findings.length === 0) throw only.error;
      reportFiles(context, withSetFindings(files, settings), options);
    });
}

function checkOptions(context: CommandContext, paths: readonly string[], options: LintCommandOptions): void {
  const { format = 'json', fix = false, dryRun = false } = options;
  const complaint =
    paths.length === 0
      ? 'Expected files or folders to check. Give paths, or - to read stdin.'
      : dryRun && !fix
        ? '--dry-run shows what --fix would change. Give both, or neither.'
        : context.globals().json === true && format !== 'json'
          ? `--json and --format ${format} contradict each other. Give one of them.`
          : null;
  if (complaint !== null) throw new AppError('invalid-input', complaint);
}

function lintSettings(context: CommandContext): LintSettings {
  return readLintSettings({
    file: context.globals().config ?? null,
    workingDirectory: context.io.workingDirectory,
    known: LINT_RULES.map(({ code }) => code),
  });
}

/** Each file with what it comes to beside the others. */
function withSetFindings(files: readonly LintedInput[], settings: LintSettings): readonly LintedInput[] {
  const found = lintFileSet(
    files.flatMap(({ linted }) => (linted === null ? [] : [linted])),
    settings,
  );
  return files.map((file) => ({ ...file, findings: [...(found.get(file.file) ?? []), ...file.findings] }));
}

function reportFiles(
  context: CommandContext,
  files: readonly LintedInput[],
  options: LintCommandOptions,
): void {
  const { format = 'pretty' } = options;
  const json = { files: files.map(presentFile) };
  const exitCode = exitCodeOf(files);
  const output = files.find((file) => file.output !== null)?.output;
  if (output != null) {
    if (context.globals().json !== true && format === 'pretty') {
      context.note(renderText(files, false));
      context.report({ exitCode, json, text: output });
      return;
    }
    throw new AppError(
      'invalid-input',
      'With --fix of stdin the mended text goes to stdout: leave out --json and --format.',
    );
  }
  const text = () => {
    switch (format) {
      case 'pretty':
        return renderText(files, context.io.colour);
      case 'json':
        return JSON.stringify(json, null, 2);
      case 'sarif':
        return JSON.stringify(renderSarif(files, null), null, 2);
      case 'github':
        return renderGitHub(files);
      default:
        return format satisfies never;
    }
  };
  context.report({ exitCode, json, text: text() });
}

function presentFile({ file, findings, fixed, diff, error }: LintedInput): object {
  return {
    file,
    findings,
    ...(fixed.length === 0 ? {} : { fixed: fixed.map(presentFixed) }),
    ...(diff.length === 0 ? {} : { diff }),
    error: error === null ? null : { kind: error.kind, message: error.message, details: error.details },
  };
}

const presentFixed = ({ code, line, column, what }: LintFinding): object => ({ code, line, column, what });

function renderText(files: readonly LintedInput[], colour: boolean): string {
  const unreadable = files.flatMap(({ error, findings }) =>
    error === null || findings.length > 0 ? [] : [error.message],
  );
  const mended = files.flatMap(({ file, fixed, diff }) => [
    ...fixed.map(
      ({ code, line, what }) =>
        `${file}:${String(line ?? 1)} ${diff.length > 0 ? 'would be mended' : 'mended'}: ${what} [${code}]`,
    ),
    ...diff.map((line) => `  ${line}`),
  ]);
  const readable = files.filter(({ error, findings }) => error === null || findings.length > 0);
  return [...unreadable, ...mended, renderPretty(readable, { colour })]
    .filter((part) => part !== '')
    .join('\n');
}

function exitCodeOf(files: readonly LintedInput[]): 0 | 1 | 2 {
  if (files.some(({ error }) => error !== null)) return 1;
  return files.some(({ findings }) => findings.some(({ severity }) => severity !== 'notice')) ? 2 : 0;
}
