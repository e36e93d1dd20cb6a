import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { expectGolden } from '../../support/golden.ts';
import {
  addVisits,
  editActivityType,
  openMovingDesk,
  VISITS,
  VISITS_DEFINITION,
  type MovingDesk,
} from '../../support/moving-desk.ts';

const GOLDEN = new URL('../../golden/outcomes/', import.meta.url);
/** What people read of a site that was looked at, by the name of its golden file. */
const TEXTS = [
  'drift-folder.txt',
  'drift-none.txt',
  'drift.txt',
  'rehearsal-refused.txt',
  'rehearsal.txt',
  'verify-live.txt',
  'verify-run.txt',
  'verify-well.txt',
];

let desk: MovingDesk;
let hilltop: Sandbox;
let run = '';

/** Without what is another in every run: its id, and times. */
const settled = (text: string): string =>
  text.replaceAll(run === '' ? '\0' : run, 'RUN').replace(/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/g, 'DATE');
const golden = async (file: string, ...words: readonly string[]): Promise<number> => {
  const { code, out, err } = await desk.civicase(...words);
  expect(err).toBe('');
  expect(TEXTS).toContain(file);
  expectGolden(new URL(file, GOLDEN), settled(out));
  return code;
};
const change = (entity: string, action: string, params: JsonObject) => hilltop.handle(entity, action, params);

beforeAll(async () => {
  desk = await openMovingDesk(['riverside', 'hilltop']);
  hilltop = desk.sites['hilltop'] as Sandbox;
  addVisits(desk.sites['riverside'] as Sandbox);
  await desk.civicase('plan', 'riverside', 'hilltop', '--case-type', VISITS, '--out', 'plan.json');
  await golden('rehearsal.txt', 'apply', 'plan.json', '--rehearse');
  const { document } = await desk.json('apply', 'plan.json');
  run = (document as { runId: string }).runId;
  await desk.civicase('pull', 'hilltop', '--dir', 'pulled', '--case-type', VISITS);
});
afterAll(() => desk.close());

it('of a site that is as it was left', async () => {
  expect(await golden('drift-none.txt', 'drift')).toBe(0);
  expect(await golden('verify-well.txt', 'verify', run, '--with-test-case')).toBe(0);
});

it('of a site that somebody edited', async () => {
  editActivityType(hilltop, 'Letter', { label: 'Parcel', icon: 'fa-box' });
  change('OptionValue', 'delete', { where: [['name', '=', 'Paused']] });
  const [set] = VISITS_DEFINITION['activitySets'] as JsonObject[];
  const steps = (set?.['activityTypes'] as JsonObject[]).map((step) =>
    step['name'] === 'Second visit' ? { ...step, reference_offset: '14' } : step,
  );
  change('CaseType', 'update', {
    where: [['name', '=', VISITS]],
    values: { definition: { ...VISITS_DEFINITION, activitySets: [{ ...set, activityTypes: steps }] } },
  });
  expect(await golden('drift.txt', 'drift')).toBe(2);
  expect(await golden('drift-folder.txt', 'drift', 'pulled', 'hilltop')).toBe(2);
  expect(await golden('verify-run.txt', 'verify', run)).toBe(2);
  const live = ['verify', '--live', 'hilltop', '--case-type', VISITS];
  expect(await golden('verify-live.txt', ...live, '--with-test-case')).toBe(2);
  expect(await golden('rehearsal-refused.txt', 'apply', 'plan.json', '--rehearse')).toBe(2);
});

it('and of no other', () => {
  expect(readdirSync(GOLDEN).sort()).toEqual(TEXTS);
});
