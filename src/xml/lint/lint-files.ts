import type { LintFinding } from '../../case-type/lint/index.ts';
import { DIRECTORY_RULES, type FileInSet } from './directory-rules.ts';
import type { LintReport, LintSettings } from './lint-document.ts';
import { elementAt } from './locate.ts';
import { indexLines } from './position.ts';

/** A file as the rules on directories need it; its text is not kept. */
export interface LintedFile extends FileInSet {
  /** Where findings on the name, and on the file as such, are told. */
  readonly namePlace: { readonly line: number; readonly column: number } | null;
}

/** What of a report is kept until all files are read. */
export function toLintedFile(file: string, report: LintReport): LintedFile {
  const parts = file.replaceAll('\\', '/').split('/');
  const base = (parts.at(-1) ?? '').replace(/\.[^.]*$/, '');
  const { document, name } = report;
  const namePlace =
    document === null ? null : indexLines(document.source.text).position(elementAt(document, 'name').start);
  return { file, folder: parts.slice(0, -1).join('/'), base, name, namePlace };
}

/** What files come to beside each other, by file. Names of files count for XML only. */
export function lintFileSet(
  files: readonly LintedFile[],
  { ignore = [], severity = {} }: LintSettings = {},
): ReadonlyMap<string, readonly LintFinding[]> {
  const byFile = new Map<string, LintFinding[]>();
  const places = new Map(files.map(({ file, namePlace }) => [file, namePlace]));
  for (const rule of DIRECTORY_RULES) {
    if (ignore.includes(rule.code)) continue;
    rule.find(files, (file, what, path) => {
      const place = path === 'name' ? places.get(file) : null;
      const finding: LintFinding = {
        code: rule.code,
        severity: severity[rule.code] ?? rule.severity,
        path,
        line: place?.line ?? 1,
        column: place?.column ?? 1,
        what,
        why: rule.why,
        fix: rule.fix,
        fixable: false,
      };
      byFile.set(file, [...(byFile.get(file) ?? []), finding]);
    });
  }
  return byFile;
}
