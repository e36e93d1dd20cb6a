import type { AppOverrides } from '../../src/app/index.ts';
import type { Entrances } from '../../src/cli/context.ts';
import { runCli, type ExitCode } from '../../src/cli/run-cli.ts';

export interface CivicaseRun {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

export interface CivicaseOptions {
  readonly workingDirectory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  readonly entrances?: Partial<Entrances>;
  readonly overrides?: AppOverrides;
  /** Told each piece of stdout as it comes. */
  readonly onOut?: (text: string) => void;
}

/** Runs one command in this process, as the program does with its own streams. */
export async function runCivicase(words: readonly string[], options: CivicaseOptions): Promise<CivicaseRun> {
  const out: Buffer[] = [];
  const err: string[] = [];
  const unused = () => Promise.reject(new Error('This test opens no entrance.'));
  const code = await runCli({
    words,
    version: '0.0.0',
    entrances: { startServer: unused, startWorker: unused, ...options.entrances },
    overrides: options.overrides ?? {},
    io: {
      environment: options.environment ?? {},
      workingDirectory: options.workingDirectory,
      colour: false,
      signal: options.signal ?? new AbortController().signal,
      ask: null,
      readStdin: () => Promise.resolve(Buffer.from(options.stdin ?? '')),
      writeOut: (text) => {
        out.push(Buffer.from(text));
        options.onOut?.(text.toString());
      },
      writeError: (text) => err.push(text),
    },
  });
  return { code, out: Buffer.concat(out).toString(), err: err.join('') };
}
