import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createApp, workerParts } from '../../src/app/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { startServer } from '../../src/server/index.ts';
import { startWorker } from '../../src/worker/start-worker.ts';
import { demoConfiguration } from './configuration.ts';
import { openMailSink } from './mail-sink.ts';
import { createPrinter } from './printer.ts';
import { readSummary, renderSummary } from './summary.ts';
import { startDemoSite } from './sites.ts';
import { createSteppedClock } from './stepped-clock.ts';
import { mirrorCases } from './steps/mirror-cases.ts';
import { moveCaseType } from './steps/move-case-type.ts';
import { openCases } from './steps/open-cases.ts';
import { passThreeWeeks } from './steps/pass-three-weeks.ts';

// A Monday morning in London, so that every run tells the same story.
const START = Date.UTC(2026, 2, 2, 8, 0, 0);
const keep = process.argv.includes('--keep');
const folder = resolve(import.meta.dirname, '../../.demo');
const closers: (() => Promise<unknown>)[] = [];

const printer = createPrinter(
  (text) => process.stdout.write(text),
  process.stdout.isTTY && !process.env['NO_COLOR'],
);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());

try {
  await demo();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['CIVICASE_DEBUG'] !== undefined) console.error(error);
} finally {
  for (const close of closers.reverse()) await close();
}

async function demo(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const clock = createSteppedClock(START);
  const startedAt = performance.now();

  printer.heading(1, 'Two sites');
  const riverside = await startDemoSite({ name: 'riverside', idOffset: 0, clock, random: Math.random });
  closers.push(() => riverside.close());
  const hilltop = await startDemoSite({
    name: 'hilltop',
    idOffset: 1000,
    without: { caseTypes: ['housing_support'] },
    clock,
    random: Math.random,
  });
  closers.push(() => hilltop.close());
  printer.done(
    `riverside at ${riverside.url} and hilltop at ${hilltop.url}: sandbox sites that answer as CiviCRM 6.20`,
  );

  const sink = await openMailSink(join(folder, 'mails'));
  closers.push(() => sink.close());
  printer.done(`a mail server that keeps what it gets, at ${sink.url}`);

  const configFile = join(folder, 'civicase.yaml');
  writeFileSync(configFile, demoConfiguration([riverside, hilltop], sink.url));
  const config = readConfig({
    file: configFile,
    dataDir: null,
    workingDirectory: folder,
    environment: {},
  });
  const log: string[] = [];
  const app = createApp(config, { clock, logLevel: 'info', writeLog: (line) => void log.push(line) });
  closers.push(async () => {
    await app.close();
    writeFileSync(join(folder, 'log.jsonl'), log.join(''));
  });

  printer.heading(2, 'The case type housing_support moves from riverside to hilltop');
  await moveCaseType({ app, printer, folder });

  printer.heading(3, 'Cases are opened on riverside and mirrored to hilltop');
  const cases = await openCases({ app, printer });
  await mirrorCases({ app, printer });

  printer.heading(4, 'Three weeks pass');
  const parts = await workerParts(app);
  const stopWorker = await startWorker(parts, { rounds: false });
  closers.push(stopWorker);
  await passThreeWeeks({ app, printer, clock, queue: parts.queue, cases, received: sink.received });

  printer.heading(5, 'Summary');
  const summary = await readSummary(app, sink.received);
  renderSummary(summary, printer);
  const server = await startServer(app);
  closers.push(() => server.close());

  const here = (path: string) => relative(process.cwd(), path);
  printer.line();
  printer.line(
    `Status page   ${server.url}   ${keep ? `login token ${server.newToken ?? ''}` : '(stays up with: npm run demo -- --keep)'}`,
  );
  printer.line(`Configuration ${here(configFile)}`);
  printer.line(`Plan          ${here(join(folder, 'plan.json'))}`);
  printer.line(`Mails         ${here(join(folder, 'mails'))}/*.eml`);
  printer.line(`Log           ${here(join(folder, 'log.jsonl'))}`);
  printer.line();
  printer.line('With your own sites: write a civicase.yaml like that one, then');
  printer.line('npx civicase doctor');
  printer.line(`Took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
  if (summary.duplicates > 0 || summary.missing > 0)
    throw new Error('something was doubled or lost, see the summary');

  if (keep) {
    printer.line();
    printer.line('Everything stays up. Ctrl-C ends it.');
    if (!interrupt.signal.aborted)
      await new Promise<void>((done) =>
        interrupt.signal.addEventListener('abort', () => done(), { once: true }),
      );
  }
}
