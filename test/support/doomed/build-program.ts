import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

export interface BuiltProgram {
  /** A JavaScript file that node starts without a loader. */
  readonly file: string;
  remove(): void;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The doomed program as JavaScript. */
export const buildDoomedProgram = (): BuiltProgram => buildProgram('test/support/doomed/program.ts');

/**
 * A program of the project and all that it imports, packages aside, as one file. A process that compiles on its way,
 * or reads its modules one by one, takes several times as long to start, which is most of a short life.
 */
export function buildProgram(entry: string): BuiltProgram {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  // Inside the project, so that the program finds its packages.
  const folder = mkdtempSync(join(cache, 'program-'));
  buildSync({
    entryPoints: [join(ROOT, entry)],
    outdir: folder,
    entryNames: 'program',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What an errand does not need is not loaded.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return {
    file: join(folder, 'program.mjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
