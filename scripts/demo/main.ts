import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createApp, workerParts } from '../../src/app/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { startServer } from '../../src/server/index.ts';
import { startWorker } from '../../src/worker/start-worker.ts';
import { openCivicrmSites } from './civicrm-sites.ts';
import { demoConfiguration } from './configuration.ts';
import { openMailSink } from './mail-sink.ts';
import { HELP, readOptions, type DemoOptions } from './options.ts';
import { createPrinter } from './printer.ts';
import { openSandboxSites } from './sandbox-sites.ts';
import type { AtEnd } from './sites.ts';
import { createSteppedClock } from './stepped-clock.ts';
import { comingMonday, createStoryCalendar } from './story-calendar.ts';
import { isGood, readSummary, renderSummary } from './summary.ts';
import { mirrorCases } from './steps/mirror-cases.ts';
import { moveCaseType } from './steps/move-case-type.ts';
import { openCases } from './steps/open-cases.ts';
import { passThreeWeeks } from './steps/pass-three-weeks.ts';

// A fixed Monday, so that every run tells the same story.
const SANDBOX_FIRST_DAY = '2026-03-02';
const closers: (() => Promise<unknown>)[] = [];
const atEnd: AtEnd = (close) => void closers.push(close);

const printer = createPrinter(
  (text) => process.stdout.write(text),
  process.stdout.isTTY && !process.env['NO_COLOR'],
);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => interrupt.abort(new Error('it was interrupted')));

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(HELP);
  else await demo(options);
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['CIVICASE_DEBUG'] !== undefined) console.error(error);
} finally {
  for (const close of closers.reverse()) await close();
}

async function demo({ kind, keep }: DemoOptions): Promise<void> {
  const folder = resolve(import.meta.dirname, '../../.demo', kind);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // CiviCRM lives by the machine's clock and lets a role begin on the day a case is opened: a story that started
  // before that day would have cases without a coordinator.
  const firstDay = kind === 'civicrm' ? comingMonday(Date.now()) : SANDBOX_FIRST_DAY;
  const calendar = createStoryCalendar(firstDay);
  const clock = createSteppedClock(calendar.instant(0, '08:00'));
  const startedAt = performance.now();

  printer.heading(1, 'Two sites');
  const sites =
    kind === 'civicrm'
      ? await openCivicrmSites(process.env, atEnd)
      : await openSandboxSites({ clock, random: Math.random }, atEnd);
  const { riverside, hilltop } = sites;
  printer.done(`riverside at ${riverside.url} and hilltop at ${hilltop.url}: ${sites.description}`);

  const sink = await openMailSink({ folder: join(folder, 'mails') });
  atEnd(() => sink.close());
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
  atEnd(async () => {
    await app.close();
    writeFileSync(join(folder, 'log.jsonl'), log.join(''));
  });

  interrupt.signal.throwIfAborted();
  printer.heading(2, 'The case type housing_support moves from riverside to hilltop');
  await moveCaseType({ app, printer, folder });

  interrupt.signal.throwIfAborted();
  printer.heading(3, 'Cases are opened on riverside and mirrored to hilltop');
  const cases = await openCases({ app, printer, calendar });
  await mirrorCases({ app, printer });

  printer.heading(4, 'Three weeks pass');
  const parts = await workerParts(app);
  const stopWorker = await startWorker(parts, { rounds: false });
  atEnd(stopWorker);
  await passThreeWeeks({
    app,
    printer,
    clock,
    calendar,
    queue: parts.queue,
    cases,
    received: sink.received,
    signal: interrupt.signal,
  });

  printer.heading(5, 'Summary');
  const summary = await readSummary(app, sink.received);
  renderSummary(summary, printer);
  const check = await sites.checkDatabases({ calendar, cases, mails: sink.received });
  if (check !== null) {
    printer.line();
    for (const fact of check.facts) printer.done(`checked in the databases: ${fact}`);
    for (const finding of check.findings) printer.failed(finding);
  }
  const server = await startServer(app);
  atEnd(() => server.close());

  const here = (path: string) => relative(process.cwd(), path);
  const again = `npm run demo -- ${kind === 'civicrm' ? '--civicrm ' : ''}--keep`;
  printer.line();
  if (sites.login !== null)
    printer.line(`Sites         ${riverside.url} and ${hilltop.url}   ${sites.login}`);
  printer.line(
    `Status page   ${server.url}   ${keep ? `login token ${server.newToken ?? ''}` : `(stays up with: ${again})`}`,
  );
  printer.line(`Configuration ${here(configFile)}`);
  printer.line(`Plan          ${here(join(folder, 'plan.json'))}`);
  printer.line(`Mails         ${here(join(folder, 'mails'))}/*.eml`);
  printer.line(`Log           ${here(join(folder, 'log.jsonl'))}`);
  printer.line();
  printer.line('With your own sites: write a civicase.yaml like that one, then');
  printer.line('npx civicase doctor');
  printer.line(`Took ${Math.round((performance.now() - startedAt) / 1000)} s.`);
  if (!isGood(summary)) throw new Error('something was doubled or lost, see the summary');
  if (check !== null && check.findings.length > 0)
    throw new Error(`the databases hold something else than they should: ${check.findings[0] ?? ''}`);

  if (keep) {
    printer.line();
    printer.line('Everything stays up. Ctrl-C ends it.');
    if (!interrupt.signal.aborted)
      await new Promise<void>((done) =>
        interrupt.signal.addEventListener('abort', () => done(), { once: true }),
      );
  }
}
