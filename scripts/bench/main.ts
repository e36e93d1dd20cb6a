import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareJobs } from './jobs.ts';
import { compareLint } from './lint.ts';
import { compareMails } from './mails.ts';
import type { Comparison } from './measure.ts';
import { compareMirrorReading } from './mirror-reading.ts';
import { comparePlanning } from './planning.ts';
import { compareReaders } from './readers.ts';
import { compareOnRealSites } from './real/on-real-sites.ts';

const { only, mails: wantedMails } = parseArgs({
  options: { only: { type: 'string' }, mails: { type: 'string', default: '1000' } },
}).values;
const mails = Number(wantedMails);
if (!Number.isInteger(mails) || mails < 1)
  throw new Error(`--mails takes a whole number of reminder mails, got "${wantedMails}".`);
if (only !== undefined && only !== 'real' && only !== 'embedded') {
  throw new Error(`--only takes "real" or "embedded", got "${only}".`);
}
const NAME = 84;

function print({ name, unit, ours, plain, note }: Comparison): void {
  const cells = [
    (ours / plain).toFixed(2),
    `${ours.toFixed(3)} ms/${unit}`,
    `${plain.toFixed(3)} ms/${unit}`,
  ];
  console.log([name.padEnd(NAME), ...cells.map((cell) => cell.padEnd(24))].join(''));
  if (note !== undefined) console.log(`  ${note}`);
}

const folder = mkdtempSync(join(tmpdir(), 'civicase-bench-'));
try {
  const comparisons: Comparison[] = [];
  const embedded = [
    compareReaders,
    compareLint,
    comparePlanning,
    compareJobs,
    compareMails,
    compareMirrorReading,
  ];
  for (const run of only === 'real' ? [] : embedded) {
    const comparison = await run(folder);
    process.stderr.write(`measured: ${comparison.name}\n`);
    comparisons.push(comparison);
  }
  const real = only === 'embedded' ? [] : await compareOnRealSites(folder, mails);
  console.log(
    ['what', 'ours ÷ plain', 'ours', 'plain']
      .map((text, column) => text.padEnd(column === 0 ? NAME : 24))
      .join(''),
  );
  comparisons.forEach(print);
  if (typeof real === 'string') console.log(real);
  else real.forEach(print);
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`memory at the end: heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
