import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../base/errors.ts';
import { isCaseTypeFile, XML_LIMITS } from '../../xml/index.ts';
import type { CliIo } from '../io.ts';

/** A file to check; those found in a folder may turn out to be no case types. */
export interface LintInput {
  readonly path: string;
  readonly isFound: boolean;
}

const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', 'vendor']);

/**
 * The files behind the paths of a command: a folder stands for the files in it and below that hold a case type in XML,
 * JSON or YAML, in the order of their names.
 */
export function expandPaths(io: CliIo, paths: readonly string[]): readonly LintInput[] {
  return paths.flatMap((path): readonly LintInput[] => {
    if (!isFolder(io, path)) return [{ path, isFound: false }];
    const found = filesIn(io.workingDirectory, path);
    if (found.length > 0) return found.map((file) => ({ path: file, isFound: true }));
    throw new AppError(
      'not-found',
      `The folder ${path} holds no case type in XML, JSON or YAML. Give the folder of your case types.`,
      {
        details: { folder: path },
      },
    );
  });
}

export const isFolder = (io: CliIo, path: string): boolean =>
  path !== '-' &&
  statSync(resolve(io.workingDirectory, path), { throwIfNoEntry: false })?.isDirectory() === true;

function filesIn(workingDirectory: string, folder: string): readonly string[] {
  const entries = readdirSync(resolve(workingDirectory, folder), { withFileTypes: true });
  return entries
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name.startsWith('.') || LEFT_OUT.has(entry.name) ? [] : filesIn(workingDirectory, path);
      return entry.isFile() && mayBeCaseType(resolve(workingDirectory, path)) ? [path] : [];
    });
}

function mayBeCaseType(file: string): boolean {
  if (!/\.(xml|json|ya?ml)$/i.test(file)) return false;
  // What is too long is told by its reader.
  if (statSync(file).size > XML_LIMITS.bytes) return /\.xml$/i.test(file);
  try {
    return isCaseTypeFile(readFileSync(file), file);
  } catch {
    return /\.xml$/i.test(file);
  }
}
