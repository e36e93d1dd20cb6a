import { Command } from 'commander';
import type { CommandContext } from '../context.ts';

export function upCommand(context: CommandContext): Command {
  return new Command('up')
    .description('run everything: status page, mirrors, follow-ups and reminders, until Ctrl-C')
    .option('--new-token', 'make a new login token for the status page; the old one and all sessions end')
    .addHelpText(
      'after',
      `
The first start prints the login token of the status page, once; only its hash is kept.
Needs redis-server or valkey-server on PATH, or REDIS_URL. Logs go to stderr as JSON lines.
/health is open; /metrics answers this machine alone, so do not let a proxy forward it.

Example:
  civicase up
  REDIS_URL=redis://127.0.0.1:6379 DATABASE_URL=postgres://… civicase up`,
    )
    .action(async (options: { readonly newToken?: boolean }) => {
      await context.withApp(
        async (app) => {
          const { entrances } = context;
          // Named first, so that a port that is taken is told before Redis is started.
          const server = await entrances.startServer(app, { renewToken: options.newToken === true });
          app.onClose('status page', () => server.close());
          const worker = await entrances.startWorker(app);
          app.onClose('worker', () => worker.close());
          context.report({
            exitCode: 0,
            json: { url: server.url, token: server.newToken },
            text: [
              `Status page: ${server.url}`,
              server.newToken === null
                ? 'Login: the token that the first start printed (lost? --new-token makes another)'
                : `Login token, shown only this once: ${server.newToken}`,
              'Working. Ctrl-C ends it.',
            ].join('\n'),
          });
          await untilAborted(context.io.signal);
        },
        { logLevel: 'info', interruptible: false },
      );
      context.note('Stopped.');
    });
}

export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
