import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../base/errors.ts';
import type { Environment } from '../config/index.ts';

/** What a command may see of the process it runs in; tests hand in their own. */
export interface CliIo {
  readonly environment: Environment;
  readonly workingDirectory: string;
  /** Whether stdout is a terminal that shows colours. */
  readonly colour: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Asks a person for a line; null without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | null;
  readStdin(): Promise<Buffer>;
  writeOut(text: string | Uint8Array): void;
  writeError(text: string): void;
}

/**
 * Bytes of a file, or of stdin for `-`.
 *
 * @throws AppError `not-found` or `invalid-input` that names the file.
 */
export async function readInput(io: CliIo, path: string): Promise<Buffer> {
  if (path === '-') return io.readStdin();
  const file = resolve(io.workingDirectory, path);
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new AppError(
        'not-found',
        `The file ${path} does not exist. Check the path, or give - to read stdin.`,
        {
          details: { file: path },
        },
      );
    }
    throw new AppError(
      'invalid-input',
      code === 'EISDIR'
        ? `Expected a file, but ${path} is a folder. Give the path of one file.`
        : `The file ${path} could not be read (${code ?? 'unknown reason'}). It must be a file that you may read.`,
      { details: { file: path }, cause },
    );
  }
}

/** How an input is called in messages. */
export const inputName = (path: string): string => (path === '-' ? 'stdin' : path);
