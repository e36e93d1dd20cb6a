import { resolve } from 'node:path';
import { toAppError, type AppError } from '../../base/errors.ts';
import {
  caseTypeForm,
  fixDocument,
  fixJson,
  lintDefinition,
  lintDocument,
  toLintedFile,
  type FileFindings,
  type LintedFile,
  type LintFinding,
  type LintOptions,
} from '../../xml/index.ts';
import { inputName, readCaseTypeInput, type CliIo } from '../io.ts';
import { readDefinitionInput } from '../read-definition.ts';
import { writeAtomically } from '../write-atomically.ts';
import type { LintInput } from './lint-inputs.ts';
import { diffLines } from './diff-lines.ts';

export type FixMode = 'no' | 'dry-run' | 'write';

/** A checked file, with what is kept of it. */
export interface LintedInput extends FileFindings {
  /** Why it could not be read; null when it could. */
  readonly error: AppError | null;
  /** What `--fix` mended, as it was found. */
  readonly fixed: readonly LintFinding[];
  /** What `--fix --dry-run` would change, line by line. */
  readonly diff: readonly string[];
  /** For the rules on files beside each other; null for what is no XML file. */
  readonly linted: LintedFile | null;
  /** The mended text of stdin, which has no file to be written to. */
  readonly output: Uint8Array | null;
}

/**
 * Checks one input, and mends it if asked. Null: a file found in a folder that is XML of some other kind.
 * Its text is not kept.
 */
export async function lintInput(
  io: CliIo,
  { path, isFound }: LintInput,
  options: LintOptions,
  fixMode: FixMode,
): Promise<LintedInput | null> {
  const file = inputName(path);
  try {
    const bytes = await readCaseTypeInput(io, path);
    if (caseTypeForm(bytes, path) !== 'xml')
      return await lintJson(
        { ...io, readStdin: () => Promise.resolve(bytes) },
        path,
        bytes,
        options,
        fixMode,
      );
    const before = lintDocument(bytes, file, options);
    if (isFound && before.findings.length === 1 && before.findings[0]?.code === 'unexpected-root')
      return null;
    const { report, fixed } = fixMode === 'no' ? { report: before, fixed: [] } : fixDocument(before, options);
    const shown = fixMode === 'dry-run' ? before : report;
    const text = shown.document?.source.text ?? new TextDecoder().decode(bytes);
    const after = report.document?.source.bytes ?? bytes;
    if (fixMode === 'write' && fixed.length > 0 && path !== '-')
      writeAtomically(resolve(io.workingDirectory, path), after);
    return {
      file,
      findings: shown.findings,
      lines: linesOf(text, shown.findings),
      error: shown.error,
      fixed,
      diff: fixMode === 'dry-run' ? diffLines(text, report.document?.source.text ?? text) : [],
      linted: shown.document === null || path === '-' ? null : toLintedFile(file, shown),
      output: fixMode === 'write' && path === '-' ? after : null,
    };
  } catch (thrown) {
    return { ...NOTHING, file, error: toAppError(thrown) };
  }
}

const NOTHING = { findings: [], lines: new Map(), fixed: [], diff: [], linted: null, output: null } as const;

async function lintJson(
  io: CliIo,
  path: string,
  bytes: Buffer,
  options: LintOptions,
  fixMode: FixMode,
): Promise<LintedInput> {
  const { name, definition } = await readDefinitionInput(io, path);
  const text = bytes.toString('utf8');
  const within = name === null && !/"definition"\s*:/.test(text) ? [] : ['definition'];
  const input = { name, definition, text, within };
  const before = lintDefinition(input, options);
  const mended = fixMode === 'no' ? { text, report: before, fixed: [] } : fixJson(input, before, options);
  const isWritten = fixMode === 'write';
  if (isWritten && mended.fixed.length > 0 && path !== '-')
    writeAtomically(resolve(io.workingDirectory, path), Buffer.from(mended.text));
  const { findings } = fixMode === 'dry-run' ? before : mended.report;
  return {
    ...NOTHING,
    file: inputName(path),
    findings,
    lines: linesOf(isWritten ? mended.text : text, findings),
    error: null,
    fixed: mended.fixed,
    diff: fixMode === 'dry-run' ? diffLines(text, mended.text) : [],
    output: isWritten && path === '-' ? Buffer.from(mended.text) : null,
  };
}

function linesOf(text: string, findings: readonly LintFinding[]): ReadonlyMap<number, string> {
  const wanted = new Set(findings.flatMap(({ line }) => (line === null ? [] : [line])));
  const lines = new Map<number, string>();
  if (wanted.size === 0) return lines;
  text.split('\n').forEach((line, index) => {
    if (wanted.has(index + 1)) lines.set(index + 1, line.replace(/\r$/, ''));
  });
  return lines;
}
