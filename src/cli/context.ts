import { createApp, type App, type AppOverrides, type LogLevel } from '../app/index.ts';
import { AppError } from '../base/errors.ts';
import { readConfig } from '../config/index.ts';
import type { CliIo } from './io.ts';

/** What every command gives back: one value for --json, one text for people, and whether something was found. */
interface Outcome {
  /** 0: done. 2: there are differences or findings. 1: some of several items failed; a plain failure is thrown. */
  readonly exitCode: 0 | 1 | 2;
  readonly json: unknown;
  /** Without a final line break, unless it is exact bytes. */
  readonly text: string | Uint8Array;
}

export interface GlobalOptions {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly logLevel?: LogLevel;
}

/** The other entrances of the house, handed in by `main.ts`: rooms of one floor do not know each other. */
export interface Entrances {
  startServer(
    app: App,
    options: { readonly renewToken: boolean },
  ): Promise<Entrance & { readonly url: string; readonly newToken: string | null }>;
  startWorker(app: App): Promise<Entrance>;
}

interface Entrance {
  close(): Promise<void>;
}

interface AppDefaults {
  /** Unless --log-level says otherwise; `error` when absent. */
  readonly logLevel: LogLevel;
  /** False: Ctrl-C is the command's own way to end, and no error. */
  readonly interruptible?: boolean;
}

export interface CommandContext {
  readonly io: CliIo;
  readonly entrances: Entrances;
  globals(): GlobalOptions;
  /** Runs with an app that is closed afterwards, also after an error or Ctrl-C. */
  withApp<Value>(use: (app: App) => Promise<Value>, defaults?: AppDefaults): Promise<Value>;
  /** Shows the outcome and keeps its exit code. */
  report(outcome: Outcome): void;
  /** A line for people about what is going on; nothing with --json. */
  note(text: string): void;
}

export interface ContextParts {
  readonly io: CliIo;
  readonly entrances: Entrances;
  readonly overrides: AppOverrides;
  readonly globals: () => GlobalOptions;
  readonly setExitCode: (code: 0 | 1 | 2) => void;
  /** Told every opened app, so that an error's text can be cleaned of its secrets. */
  readonly onApp: (app: App) => void;
}

export function createContext(parts: ContextParts): CommandContext {
  const { io, globals } = parts;
  return {
    io,
    globals,
    entrances: parts.entrances,
    async withApp(use, defaults = { logLevel: 'error' }) {
      const { config, data, logLevel } = globals();
      const app = createApp(
        readConfig({
          file: config ?? null,
          dataDir: data ?? null,
          workingDirectory: io.workingDirectory,
          environment: io.environment,
        }),
        {
          logLevel: logLevel ?? defaults.logLevel,
          writeLog: (line) => io.writeError(line),
          signal: io.signal,
          ...parts.overrides,
        },
      );
      parts.onApp(app);
      try {
        return await (defaults.interruptible === false ? use(app) : untilInterrupted(io.signal, use(app)));
      } finally {
        await app.close();
      }
    },
    report({ exitCode, json, text }) {
      parts.setExitCode(exitCode);
      if (globals().json === true) io.writeOut(`${JSON.stringify(json, null, 2)}\n`);
      else if (typeof text !== 'string') io.writeOut(text);
      else if (text !== '') io.writeOut(`${text}\n`);
    },
    note(text) {
      if (globals().json !== true) io.writeError(`${text}\n`);
    },
  };
}

async function untilInterrupted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  let stop: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    stop = () =>
      reject(
        new AppError(
          'conflict',
          'Interrupted. What was done so far is kept; run the same command again to go on.',
        ),
      );
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
