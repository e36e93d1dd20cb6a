import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { planMigration, snapshotSite } from '../../../src/migrate/index.ts';
import { openDeadlyGate, randomDeadline, type DeadlyGate } from '../../support/deadly-gate.ts';
import { group, optionValue, relationshipType } from '../../support/migration-sites.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { serveSandbox, type ServedSandbox } from '../../support/served-sandbox.ts';
import { contentsOf } from '../../support/site-contents.ts';
import { applyPlan, siteAt } from './apply-plan.ts';

const PROGRAM = new URL('apply-program.ts', import.meta.url);
const FAULTS = ['reset-before', 'reset-after', 'truncated', 'html'] as const;

const folder = mkdtempSync(join(tmpdir(), 'civicase-apply-'));
const planFile = join(folder, 'plan.json');
let stores = 0;
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
const url = () => gate.urls[0] ?? '';

/** Plans the move of a case type that leans on things which beta lacks. */
async function writePlan(): Promise<void> {
  const alpha = await serveSandbox('alpha', 0);
  const [source, target] = [siteAt('alpha', alpha.url), siteAt('beta', beta.url)];
  await source.createRelationshipType(relationshipType('Coach of', 'Coached by'));
  await source.createOptionValue(optionValue('activity_status', 'Kept', { filter: 1 }));
  await source.createOptionValue(optionValue('case_status', 'Paused'));
  await source.createGroup(group('desk_team', { title: 'Desk team' }));
  const step = { name: 'Hearing', status: 'Kept', reference_activity: 'Open Case', reference_offset: '7' };
  await source.saveCaseType({
    kind: 'case-type',
    name: 'appeal',
    title: 'Appeal',
    description: null,
    isActive: true,
    weight: 1,
    definition: {
      activityTypes: [{ name: 'Open Case', max_instances: '1' }, { name: 'Hearing' }, { name: 'Panel' }],
      statuses: ['Open', 'Paused', 'Closed'],
      activitySets: [
        {
          name: 'standard_timeline',
          label: 'Standard',
          timeline: 1,
          activityTypes: [{ name: 'Open Case' }, step],
        },
      ],
      caseRoles: [{ name: 'Coached by', creator: '1', groups: ['desk_team'] }],
    },
  });
  const plan = planMigration({
    source: await snapshotSite(source, { caseTypes: ['appeal'] }),
    target: await snapshotSite(target, { caseTypes: ['appeal'] }),
    caseType: 'appeal',
  });
  expect(plan.problems).toEqual([]);
  writeFileSync(planFile, JSON.stringify(plan));
  await alpha.sandbox.close();
}

beforeAll(async () => {
  await open();
  await writePlan();
  await applyPlan(url(), planFile, storeFile);
  calm = { contents: contentsOf(beta.sandbox), requests: gate.requests() };
  await close();
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(open);
afterEach(close);

describe('a plan whose application is cut short', () => {
  it.each([1, 2, 3, 4, 5, 6])('is completed after kills by the same call (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const killed = await gate.kill(
      PROGRAM,
      [url(), planFile, storeFile],
      randomDeadline(random, calm.requests),
    );
    expect(killed).toBe(true);
    await applyPlan(url(), planFile, storeFile);
    expect(contentsOf(beta.sandbox)).toEqual(calm.contents);
  });

  const cuts = Array.from({ length: 32 }, (_, skip) => ({
    skip,
    kind: FAULTS[skip % FAULTS.length] ?? 'html',
  }));
  it.each(cuts)('is completed after $kind at the request after $skip', async ({ kind, skip }) => {
    expect(skip).toBeLessThan(calm.requests);
    beta.sandbox.faults.inject({ fault: { kind }, skip });
    for (let attempts = 0; attempts < 3; attempts += 1) {
      try {
        await applyPlan(url(), planFile, storeFile, 0);
        break;
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
      }
    }
    expect(contentsOf(beta.sandbox)).toEqual(calm.contents);
  });
});
