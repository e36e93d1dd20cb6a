import type { LintFinding, LintSeverity } from '../../case-type/lint/index.ts';
import { codeFrame } from './code-frame.ts';
import { countFindings, type FileFindings } from './file-findings.ts';

export interface PrettyOptions {
  readonly colour: boolean;
}

type Paint = (text: string) => string;
const ESCAPES: Readonly<Record<LintSeverity | 'dim' | 'bold', string>> = {
  error: '31',
  warning: '33',
  notice: '36',
  dim: '2',
  bold: '1',
};

/** Findings for people, each with the line it stands in. */
export function renderPretty(files: readonly FileFindings[], { colour }: PrettyOptions): string {
  const paint =
    (style: keyof typeof ESCAPES): Paint =>
    (text) =>
      colour ? `\u001b[${ESCAPES[style]}m${text}\u001b[0m` : text;
  const blocks = files.flatMap(({ file, findings, lines }) =>
    findings.map((finding) => renderFinding(file, finding, lines, paint)),
  );
  const clean = files
    .filter(({ findings }) => findings.length === 0)
    .map(({ file }) => `${file}: nothing to note`);
  const total = files.length > 1 ? [`${String(files.length)} files: ${countFindings(files)}`] : [];
  return [...clean, ...blocks, ...total].join('\n');
}

function renderFinding(
  file: string,
  finding: LintFinding,
  lines: FileFindings['lines'],
  paint: (style: keyof typeof ESCAPES) => Paint,
): string {
  const { line, column, severity, code, what, why, fix, path } = finding;
  const place =
    line === null
      ? path === ''
        ? file
        : `${file} (${path})`
      : `${file}:${String(line)}:${String(column ?? 1)}`;
  const source = line === null ? undefined : lines.get(line);
  const [text, caret] = source === undefined ? [] : codeFrame(source, column ?? 1, line ?? 1);
  const frame = text === undefined || caret === undefined ? [] : [paint('dim')(text), paint(severity)(caret)];
  return [
    `${paint('bold')(place)} ${paint(severity)(severity)} ${what} ${paint('dim')(`[${code}]`)}`,
    ...[...frame, why, `${finding.fixable ? 'Fix (--fix does it): ' : 'Fix: '}${fix}`].map(
      (one) => `  ${one}`,
    ),
    '',
  ].join('\n');
}
