import { parseArgs } from 'node:util';
import { damage, judge, randomFrom, type Verdict } from '../../test/support/xml-fuzz.ts';
import { corpusFiles } from '../../test/unit/xml/corpus.ts';

const PROGRESS_INPUTS = 50_000;
/** No input of the size of the corpus may take longer. */
const HANG_MS = 2_000;

const { inputs: wantedInputs, seed: wantedSeed } = parseArgs({
  options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
}).values;
const [inputs, seed] = [Number(wantedInputs), Number(wantedSeed)];
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error('Expected whole numbers for --inputs and --seed.');
  process.exit(2);
}

const files = corpusFiles().map(({ bytes }) => bytes);
const random = randomFrom(seed);
const verdicts: Record<Verdict | 'failed', number> = { read: 0, 'no case type': 0, refused: 0, failed: 0 };
const started = performance.now();
let slowest = 0;

function tell(count: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const sums = Object.entries(verdicts).map(([verdict, sum]) => `${sum} ${verdict}`);
  console.log(
    `${count} inputs in ${seconds} s: ${sums.join(', ')}; slowest ${slowest.toFixed(0)} ms, heap ${heap} MiB`,
  );
}

function fail(count: number, what: string, bytes: Buffer): void {
  verdicts.failed += 1;
  console.log(`input ${count} of seed ${seed} ${what}\n  base64: ${bytes.toString('base64')}`);
}

for (let count = 1; count <= inputs; count += 1) {
  const bytes = damage(files, random);
  const before = performance.now();
  try {
    verdicts[judge(bytes)] += 1;
  } catch (thrown) {
    fail(count, `failed: ${String(thrown)}`, bytes);
  }
  const took = performance.now() - before;
  slowest = Math.max(slowest, took);
  if (took > HANG_MS) fail(count, `took ${took.toFixed(0)} ms`, bytes);
  if (count % PROGRESS_INPUTS === 0) tell(count);
}
tell(inputs);
process.exitCode = verdicts.failed === 0 ? 0 : 1;
