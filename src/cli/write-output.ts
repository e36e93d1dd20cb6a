import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { CliIo } from './io.ts';

/**
 * Writes a file that a command makes, with the folders above it.
 * @throws AppError `invalid-input` that names the file
 */
export function writeOutput(io: CliIo, path: string, content: string | Uint8Array): void {
  const file = resolve(io.workingDirectory, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'invalid-input',
      `The file ${path} could not be written (${code ?? 'unknown reason'}). Give the path of a file in a folder that is yours to write.`,
      { details: { file: path }, cause },
    );
  }
}
