import { Command } from 'commander';
import { toAppError, type AppError } from '../../base/errors.ts';
import { lintCaseType, type LintFinding } from '../../case-type/index.ts';
import type { XmlWarning } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, type CliIo } from '../io.ts';
import { readDefinitionInput, renderWarning } from '../read-definition.ts';

interface FileReport {
  readonly file: string;
  /** What CiviCRM reads otherwise than the file's writer may think, by line. */
  readonly warnings: readonly XmlWarning[];
  /** What is wrong or surprising in the definition, by its path. */
  readonly findings: readonly LintFinding[];
  readonly error: AppError | null;
}

export function xmlLintCommand(context: CommandContext): Command {
  return new Command('lint')
    .description('check case-type files for what CiviCRM drops, misreads or stumbles over')
    .argument('<files...>', 'XML, or definitions as JSON; - reads stdin')
    .addHelpText(
      'after',
      `
Errors break cases, warnings surprise, notices are good to know. Exit code 0: nothing but notices; 2: errors or
warnings; 1: a file could not be read (the others are checked all the same).

Example:
  civicase xml lint civicase-xml/*.xml`,
    )
    .action(async (files: readonly string[]) => {
      const reports: FileReport[] = [];
      for (const file of files) reports.push(await lintFile(context.io, file));
      const [only] = reports;
      if (reports.length === 1 && only?.error != null) throw only.error;
      context.report({
        exitCode: exitCodeOf(reports),
        json: {
          files: reports.map(({ error, ...report }) => ({
            ...report,
            error:
              error === null ? null : { kind: error.kind, message: error.message, details: error.details },
          })),
        },
        text: reports.flatMap(renderReport).join('\n'),
      });
    });
}

async function lintFile(io: CliIo, file: string): Promise<FileReport> {
  try {
    const { definition, warnings } = await readDefinitionInput(io, file);
    return { file, warnings, findings: lintCaseType(definition), error: null };
  } catch (thrown) {
    return { file, warnings: [], findings: [], error: toAppError(thrown) };
  }
}

function exitCodeOf(reports: readonly FileReport[]): 0 | 1 | 2 {
  if (reports.some(({ error }) => error !== null)) return 1;
  const counts = reports.some(
    ({ warnings, findings }) => warnings.length > 0 || findings.some(({ severity }) => severity !== 'notice'),
  );
  return counts ? 2 : 0;
}

function renderReport({ file, warnings, findings, error }: FileReport): readonly string[] {
  if (error !== null) return [error.message];
  const input = inputName(file);
  if (warnings.length + findings.length === 0) return [`${input}: nothing to note`];
  return [
    ...warnings.map((warning) => `${renderWarning(input, warning)} [${warning.code}]`),
    ...findings.map(
      ({ severity, path, what, why, fix, code }) =>
        `${input}: ${severity} at ${path === '' ? 'the top' : path}: ${what} ${why} ${fix} [${code}]`,
    ),
  ];
}
