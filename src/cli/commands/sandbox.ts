import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { systemClock, systemRandom } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { EDITIONS, type EditionName } from '../../edition/index.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import type { CommandContext } from '../context.ts';
import { wholeNumber } from './reminders.ts';
import { untilAborted } from './up.ts';

interface SandboxOptions {
  readonly port: number;
  readonly name: string;
  readonly apiKey: string;
  readonly idOffset?: number;
  readonly edition: EditionName;
}

export function sandboxCommand(context: CommandContext): Command {
  return new Command('sandbox')
    .description('run a site that answers as CiviCRM does, for rehearsals and tests, until Ctrl-C')
    .requiredOption('--port <n>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber)
    .requiredOption('--name <name>', 'name of the site')
    .requiredOption('--api-key <key>', 'API key that it accepts, of a contact who may do everything')
    .option('--id-offset <n>', 'shifts all ids, so that two sandboxes differ as real sites do', wholeNumber)
    .addOption(
      new Option('--edition <name>', 'which CiviCRM it answers as')
        .choices([...EDITIONS])
        .default('6.20-standalone'),
    )
    .addHelpText(
      'after',
      `
With --data FILE the site lives in that SQLite file and is there again next time; without it, in memory.
It answers the calls that civicase makes and refuses others with 501. It is no CiviCRM: keep real data out of it.

Example:
  civicase sandbox --port 8090 --name rehearsal --api-key rehearsal-key --data rehearsal.sqlite`,
    )
    .action(async ({ port, name, apiKey, idOffset, edition }: SandboxOptions) => {
      const { data } = context.globals();
      const sandbox = createSandbox({
        name,
        apiKey,
        edition,
        clock: systemClock,
        random: systemRandom,
        ...(idOffset === undefined ? {} : { idOffset }),
        ...(data === undefined ? {} : { file: resolve(context.io.workingDirectory, data) }),
      });
      try {
        const { url } = await listen(sandbox, port);
        context.report({
          exitCode: 0,
          json: { name, url, file: data ?? null },
          text: `The sandbox "${name}" answers at ${url} (${data === undefined ? 'in memory' : data}). Ctrl-C ends it.`,
        });
        await untilAborted(context.io.signal);
      } finally {
        await sandbox.close();
      }
      context.note('Stopped.');
    });
}

async function listen(sandbox: Sandbox, port: number): Promise<{ readonly url: string }> {
  try {
    return await sandbox.listen(port);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'conflict',
      code === 'EADDRINUSE'
        ? `The sandbox cannot listen on port ${port}: another program does. Give another with --port, or 0 for a free one.`
        : `The sandbox cannot listen on port ${port} (${code ?? 'unknown reason'}). Give another with --port.`,
      { cause },
    );
  }
}
