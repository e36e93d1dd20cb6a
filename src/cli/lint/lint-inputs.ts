import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../base/errors.ts';
import type { CliIo } from '../io.ts';

/** A file to check; those found in a folder may turn out to be no case types. */
export interface LintInput {
  readonly path: string;
  readonly isFound: boolean;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', 'vendor']);

/**
 * The files behind the paths of a command: a folder stands for the XML files in it and below, in the order of
 * their names.
 */
export function expandPaths(io: CliIo, paths: readonly string[]): readonly LintInput[] {
  return paths.flatMap((path): readonly LintInput[] => {
    if (path === '-' || !isFolder(resolve(io.workingDirectory, path))) return [{ path, isFound: false }];
    const found = filesIn(io.workingDirectory, path);
    if (found.length > 0) return found.map((file) => ({ path: file, isFound: true }));
    throw new AppError(
      'not-found',
      `The folder ${path} holds no XML file. Give the folder of your case types.`,
      {
        details: { folder: path },
      },
    );
  });
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function filesIn(workingDirectory: string, folder: string): readonly string[] {
  const entries = readdirSync(resolve(workingDirectory, folder), { withFileTypes: true });
  return entries
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || LEFT_OUT.has(entry.name) ? [] : filesIn(workingDirectory, path);
      return entry.isFile() && /\.xml$/i.test(entry.name) ? [path] : [];
    });
}
