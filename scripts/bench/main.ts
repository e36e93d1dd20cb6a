import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareJobs } from './jobs.ts';
import { compareMails } from './mails.ts';
import type { Comparison } from './measure.ts';
import { compareMirrorReading } from './mirror-reading.ts';
import { compareReaders } from './readers.ts';

const folder = mkdtempSync(join(tmpdir(), 'civicase-bench-'));
try {
  const comparisons: Comparison[] = [];
  for (const run of [compareReaders, compareJobs, compareMails, compareMirrorReading]) {
    const comparison = await run(folder);
    process.stderr.write(`measured: ${comparison.name}\n`);
    comparisons.push(comparison);
  }
  console.log(
    ['what', 'ours ÷ plain', 'ours', 'plain']
      .map((text, column) => text.padEnd(column === 0 ? 74 : 24))
      .join(''),
  );
  for (const { name, unit, ours, plain } of comparisons) {
    const cells = [
      (ours / plain).toFixed(2),
      `${ours.toFixed(3)} ms/${unit}`,
      `${plain.toFixed(3)} ms/${unit}`,
    ];
    console.log([name.padEnd(74), ...cells.map((cell) => cell.padEnd(24))].join(''));
  }
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`;
  console.log(`memory at the end: heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
