import type { LintFinding, LintSeverity } from '../../case-type/lint/index.ts';
import type { FileFindings } from './file-findings.ts';

const COMMANDS: Readonly<Record<LintSeverity, string>> = {
  error: 'error',
  warning: 'warning',
  notice: 'notice',
};

/** Findings as commands that GitHub Actions shows beside the lines of a pull request. */
export function renderGitHub(files: readonly FileFindings[]): string {
  return files
    .flatMap(({ file, findings }) => findings.map((finding) => annotation(file, finding)))
    .join('\n');
}

function annotation(file: string, { severity, line, column, code, what, why, fix }: LintFinding): string {
  const properties = [
    `file=${escapeProperty(file)}`,
    ...(line === null ? [] : [`line=${String(line)}`]),
    ...(column === null ? [] : [`col=${String(column)}`]),
    `title=${escapeProperty(code)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(`${what} ${why} ${fix}`)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
