#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { workerParts } from '../app/index.ts';
import { startServer } from '../server/index.ts';
import { startWorker } from '../worker/start-worker.ts';
import { tooLong, type CliIo } from './io.ts';
import { runCli } from './run-cli.ts';

// A reader that went away (`civicase … | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second one is from somebody who does not want to wait.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
}

const io: CliIo = {
  environment: process.env,
  workingDirectory: process.cwd(),
  colour: process.stdout.isTTY && !process.env['NO_COLOR'],
  signal: interrupt.signal,
  ...(process.stdin.isTTY && process.stderr.isTTY
    ? { terminal: { input: process.stdin, output: process.stderr } }
    : {}),
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
  readStdin,
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
};

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: interrupt.signal });
  } finally {
    lines.close();
  }
}

async function readStdin(maxBytes = Infinity): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > maxBytes) throw tooLong('-', maxBytes);
  }
  return Buffer.concat(chunks);
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

process.exitCode = await runCli({
  words: process.argv.slice(2),
  io,
  version,
  entrances: {
    startServer,
    startWorker: async (app) => ({ close: await startWorker(await workerParts(app)) }),
  },
});
