import { mkdirSync } from 'node:fs';
import { AppError } from '../base/errors.ts';

/**
 * Makes the folder where state is kept, for its owner alone, unless it is there.
 *
 * @throws AppError `invalid-input` that names the folder.
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusableData(folder, cause);
  }
}

/** That nothing can be kept at `place`. */
export function unusableData(place: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  return new AppError(
    'invalid-input',
    `State cannot be kept at ${place} (${code ?? 'unknown reason'}). Give a folder that you may write with --data DIR.`,
    { cause },
  );
}
