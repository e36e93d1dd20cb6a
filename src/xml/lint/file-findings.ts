import type { LintFinding } from '../../case-type/lint/index.ts';

/** A file and what was found in it, as the renderers take it. */
export interface FileFindings {
  readonly file: string;
  readonly findings: readonly LintFinding[];
  /** The lines that findings point at, by number, without line ends. */
  readonly lines: ReadonlyMap<number, string>;
}

/** `1 error, 2 warnings` */
export function countFindings(files: readonly Pick<FileFindings, 'findings'>[]): string {
  const all = files.flatMap(({ findings }) => findings);
  const counts = (['error', 'warning', 'notice'] as const).flatMap((severity) => {
    const count = all.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${String(count)} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'nothing to note' : counts.join(', ');
}
