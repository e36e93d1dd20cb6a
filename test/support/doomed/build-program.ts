import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface BuiltProgram {
  /** A JavaScript file that node starts without a loader. */
  readonly file: string;
  remove(): void;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g;

/** The doomed program as JavaScript. */
export const buildDoomedProgram = (): BuiltProgram => buildProgram('test/support/doomed/program.ts');

/**
 * A program of the project and all that it imports, as JavaScript. A process that compiles on its way takes three
 * times as long to start, which is most of a short life.
 */
export function buildProgram(entry: string): BuiltProgram {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  // Inside the project, so that the program finds its packages.
  const folder = mkdtempSync(join(cache, 'program-'));
  const seen = new Set<string>();
  const compile = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(file, 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const out = join(folder, relative(ROOT, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, outputText);
    for (const [, path = ''] of source.matchAll(RELATIVE_IMPORT)) compile(join(dirname(file), path));
  };
  compile(join(ROOT, entry));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return {
    file: join(folder, entry.replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
