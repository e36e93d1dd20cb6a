import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { createMigrationSite } from '../../../src/civicrm/migration-site.ts';
import { openDeadlyGate, randomDeadline, type DeadlyGate } from '../../support/deadly-gate.ts';
import { buildDoomedProgram, type BuiltProgram } from '../../support/doomed/build-program.ts';
import { killOnErrand } from '../../support/doomed/doomed-process.ts';
import { applyPlan, type MigrationErrand } from '../../support/doomed/migration-run.ts';
import { clientFor } from '../../support/doomed/site-address.ts';
import { planAppeal } from '../../support/migration-of-appeal.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { serveSandbox, type ServedSandbox } from '../../support/served-sandbox.ts';
import { contentsOf } from '../../support/site-contents.ts';

const FAULTS = ['reset-before', 'reset-after', 'truncated', 'html'] as const;

const folder = mkdtempSync(join(tmpdir(), 'civicase-apply-'));
const planFile = join(folder, 'plan.json');
let stores = 0;
let program: BuiltProgram;
let storeFile: string;
let beta: ServedSandbox;
let gate: DeadlyGate;
let calm: { readonly contents: unknown; readonly requests: number };

const open = async () => {
  stores += 1;
  storeFile = join(folder, `store-${String(stores)}.db`);
  beta = await serveSandbox('beta', 40);
  gate = await openDeadlyGate([beta.url]);
};
const close = async () => {
  await gate.close();
  await beta.sandbox.close();
};
const errand = (maxRetries = 3): MigrationErrand => ({
  site: { name: 'beta', url: gate.urls[0] ?? '', apiKey: 'beta-key', maxRetries },
  planFile,
  storeFile,
});

/** Plans the move of a case type that leans on things which beta lacks. */
async function writePlan(): Promise<void> {
  const alpha = await serveSandbox('alpha', 0);
  const source = createMigrationSite(clientFor({ name: 'alpha', url: alpha.url, apiKey: 'alpha-key' }));
  // Past the gate, which counts the requests of the application alone.
  const target = createMigrationSite(clientFor({ ...errand().site, url: beta.url }));
  const plan = await planAppeal(source, target);
  expect(plan.problems).toEqual([]);
  writeFileSync(planFile, JSON.stringify(plan));
  await alpha.sandbox.close();
}

beforeAll(async () => {
  program = buildDoomedProgram();
  await open();
  await writePlan();
  await applyPlan(errand());
  calm = { contents: contentsOf(beta.sandbox), requests: gate.requests() };
  await close();
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});
beforeEach(open);
afterEach(close);

describe('a plan whose application is cut short', () => {
  it.each([1, 2, 3, 4, 5, 6])('is completed after kills by the same call (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const ambush = gate.at(randomDeadline(random, calm.requests));
    const killed = await killOnErrand(program, { kind: 'apply', ...errand() }, ambush);
    expect(killed).toBe(true);
    await applyPlan(errand());
    expect(contentsOf(beta.sandbox)).toEqual(calm.contents);
  });

  const REQUESTS = 28;
  it('makes as many requests as are disturbed below', () => {
    expect(calm.requests).toBe(REQUESTS);
  });

  const cuts = Array.from({ length: REQUESTS }, (_, skip) => ({
    skip,
    kind: FAULTS[skip % FAULTS.length] ?? 'html',
  }));
  it.each(cuts)('is completed after $kind at the request after $skip', async ({ kind, skip }) => {
    beta.sandbox.faults.inject({ fault: { kind }, skip });
    for (let attempts = 0; attempts < 3; attempts += 1) {
      try {
        await applyPlan(errand(0));
        break;
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
      }
    }
    expect(contentsOf(beta.sandbox)).toEqual(calm.contents);
  });
});
