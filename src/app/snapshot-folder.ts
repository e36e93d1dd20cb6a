import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../base/errors.ts';
import {
  INFO_FILE,
  isExtensionFile,
  LOCK_FILE,
  PACKED_SNAPSHOT,
  parseSnapshotFiles,
  readExtension,
  type SnapshotFiles,
  type SnapshotFolder,
} from '../migrate/index.ts';

/**
 * Where a folder keeps its snapshot: itself, or a part of it when it is an extension of ours. Of an extension that others
 * made it is the folder with its info.xml; null: it has none.
 */
export function snapshotFolderIn(folder: string): string | null {
  const folders = [folder, join(folder, PACKED_SNAPSHOT)];
  const snapshot = folders.find((one) => existsSync(join(one, LOCK_FILE)));
  return snapshot ?? (existsSync(join(folder, INFO_FILE)) ? folder : null);
}

/** The files of a snapshot's folder, of those that are there; none when there is no such folder. */
export function readSnapshotFiles(folder: string): SnapshotFiles {
  const files = new Map<string, Uint8Array>();
  for (const [under, ending] of [
    ['', '.yaml'],
    ['case-types/', '.xml'],
  ] as const)
    for (const name of namesIn(join(folder, under)))
      if (name.endsWith(ending)) files.set(`${under}${name}`, readFile(join(folder, under, name)));
  return files;
}

/**
 * Reads the folder that `civicase pull` or `civicase pack` wrote, or an extension that others made.
 *
 * @param shown how messages call it.
 * @throws AppError as `parseSnapshotFiles` and `readExtension` do.
 */
export function readSnapshotDirectory(folder: string, shown = folder): SnapshotFolder {
  const place = snapshotFolderIn(folder) ?? folder;
  if (existsSync(join(place, LOCK_FILE)) || !existsSync(join(place, INFO_FILE)))
    return parseSnapshotFiles(readSnapshotFiles(place), shown);
  const { snapshot } = readExtension(readExtensionFiles(place), shown);
  return { snapshot, edited: [], lock: snapshot.hashes };
}

/** The files of an extension that tell of case types, without what it brings along of other people's. */
function readExtensionFiles(folder: string): SnapshotFiles {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => isExtensionFile(path) && !/(^|\/)(node_modules|vendor|tests?)\//.test(path))
    .sort();
  return new Map(paths.map((path) => [path, readFile(join(folder, path))]));
}

/** Writes the files and takes out the stale ones. */
export function writeSnapshotFiles(
  folder: string,
  files: SnapshotFiles,
  stale: readonly string[] = [],
): void {
  for (const [path, content] of files) {
    const file = join(folder, path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    } catch (cause) {
      throw unwritable(file, cause);
    }
  }
  for (const path of stale) rmSync(join(folder, path), { force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new AppError(
      'invalid-input',
      `The folder ${folder} could not be read (${code ?? 'unknown reason'}).`,
      {
        cause: thrown,
      },
    );
  }
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError('invalid-input', `The file ${file} could not be read (${code ?? 'unknown reason'}).`, {
      cause,
    });
  }
}

function unwritable(file: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  return new AppError(
    'invalid-input',
    `The file ${file} could not be written (${code ?? 'unknown reason'}). Give a folder that you may write with --dir.`,
    { cause },
  );
}
