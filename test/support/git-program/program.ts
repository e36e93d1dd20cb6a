import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { toAppError } from '../../../src/base/errors.ts';
import { xmlMergeCommand } from '../../../src/cli/commands/xml-merge.ts';
import { xmlTextCommand } from '../../../src/cli/commands/xml-text.ts';
import type { CommandContext } from '../../../src/cli/context.ts';

/*
 * The two commands that git runs, without the rest of the house: git starts them often, and a test has no time for
 * what they do not use.
 */
const context: CommandContext = {
  io: {
    environment: {},
    workingDirectory: process.cwd(),
    colour: false,
    signal: new AbortController().signal,
    ask: null,
    readStdin: () => Promise.resolve(readFileSync(0)),
    writeOut: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
  },
  entrances: {
    startServer: () => Promise.reject(new Error('There is no server here.')),
    startWorker: () => Promise.reject(new Error('There is no worker here.')),
  },
  globals: () => ({}),
  withApp: () => Promise.reject(new Error('There is no app here.')),
  report: ({ exitCode, text }) => {
    process.exitCode = exitCode;
    if (text.length > 0) process.stdout.write(typeof text === 'string' ? `${text}\n` : text);
  },
  note: (text) => void process.stderr.write(`${text}\n`),
};

const xml = new Command('xml').addCommand(xmlMergeCommand(context)).addCommand(xmlTextCommand(context));
try {
  await new Command('civicase').addCommand(xml).parseAsync();
} catch (thrown) {
  process.stderr.write(`${toAppError(thrown).message}\n`);
  process.exitCode = 1;
}
