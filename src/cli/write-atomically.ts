import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../base/errors.ts';

/**
 * Writes over a file so that it holds either the former or the new bytes, whatever happens. Its mode stays, and a
 * link stays a link.
 * @throws AppError invalid-input that names the file
 */
export function writeAtomically(file: string, content: Uint8Array): void {
  let unfinished: string | undefined;
  try {
    const target = realpathSync(file);
    unfinished = join(dirname(target), `.${basename(target)}.civicase-${String(process.pid)}`);
    writeFileSync(unfinished, content, { mode: statSync(target).mode, flush: true });
    renameSync(unfinished, target);
  } catch (cause) {
    if (unfinished !== undefined) rmSync(unfinished, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'invalid-input',
      `The file ${file} could not be written (${code ?? 'unknown reason'}). It and its folder must be yours to write.`,
      { details: { file }, cause },
    );
  }
}
