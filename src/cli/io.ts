import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../base/errors.ts';
import type { Environment } from '../config/index.ts';
import { XML_LIMITS } from '../xml/index.ts';

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
  /** Where a guided dialogue takes place; absent without a terminal. */
  readonly terminal?: { readonly input: Readable; readonly output: Writable };
  /** Gives up with an AppError once more than so many bytes came. */
  readStdin(maxBytes?: number): Promise<Buffer>;
  writeOut(text: string | Uint8Array): void;
  writeError(text: string): void;
}

/** Bytes of a case type; what is too long to be one is refused before it is read. */
export const readCaseTypeInput = (io: CliIo, path: string): Promise<Buffer> =>
  readInput(io, path, XML_LIMITS.bytes);

/**
 * Bytes of a file, or of stdin for `-`.
 *
 * @throws AppError `not-found` or `invalid-input` that names the file.
 */
export async function readInput(io: CliIo, path: string, maxBytes?: number): Promise<Buffer> {
  if (path === '-') return io.readStdin(maxBytes);
  const file = resolve(io.workingDirectory, path);
  try {
    if (maxBytes !== undefined && statSync(file).size > maxBytes) throw tooLong(path, maxBytes);
    return readFileSync(file);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
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

export function tooLong(path: string, maxBytes: number): AppError {
  return new AppError(
    'invalid-input',
    `${inputName(path)} has more than ${maxBytes} bytes, the most that is read of a case type (CiviCRM itself stores 65535). Take out what is no part of it.`,
    { details: { file: path, maxBytes } },
  );
}

/** How an input is called in messages. */
export const inputName = (path: string): string => (path === '-' ? 'stdin' : path);
