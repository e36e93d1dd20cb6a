import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import { readCaseFiles } from '../../../src/civicrm/case-files.ts';
import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import { createSiteClient } from '../../../src/civicrm/site-client.ts';
import { activityFields, caseFields, sameContact } from '../../../src/mirror/fields.ts';
import { memoryMirrorStore, runMirrorPass } from '../../../src/mirror/index.ts';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { machineClock } from '../../support/standing-clock.ts';

const pair = {
  name: 'ab',
  from: 'alpha',
  to: 'beta',
  caseTypes: ['housing_support'],
  contacts: 'create',
} as const;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function site(name: string, idOffset: number) {
  const options = { name, apiKey: `${name}-key`, clock: machineClock, random: () => 0.5, idOffset };
  const sandbox = createSandbox(options);
  closers.push(() => sandbox.close());
  const { url } = await sandbox.listen(0);
  const client = createSiteClient(
    { name, url, apiKey: `${name}-key`, pathStyle: 'clean' },
    { clock: machineClock, random: () => 0.5, logger: silentLogger },
  );
  const create = async (entity: string, values: JsonObject): Promise<number> => {
    const { values: rows } = await client.call({ entity, action: 'create', params: { values } });
    return Number(rows[0]?.['id']);
  };
  return { sandbox, client, create };
}

async function twoSites() {
  const alpha = await site('alpha', 0);
  const beta = await site('beta', 500);
  const store = memoryMirrorStore();
  const pass = () =>
    runMirrorPass({
      pair,
      source: createMirrorSource(alpha.client),
      target: createMirrorTarget(beta.client),
      store,
      clock: machineClock,
      logger: silentLogger,
    });
  const client = await alpha.create('Contact', {
    contact_type: 'Individual',
    first_name: 'Ada',
    last_name: 'Byron',
  });
  await alpha.create('Email', { contact_id: client, email: 'ada@example.org', is_primary: true });
  const caseId = await alpha.create('Case', {
    'case_type_id:name': 'housing_support',
    contact_id: [client],
    subject: 'A roof',
    start_date: '2026-03-02',
  });
  const files = async () => {
    const [here] = await readCaseFiles(alpha.client, [caseId]);
    const copies = await beta.client.call({ entity: 'Case', action: 'get', params: { select: ['id'] } });
    const there = await readCaseFiles(
      beta.client,
      copies.values.map((row) => Number(row['id'])),
    );
    return { here: here!, there };
  };
  return { alpha, beta, store, pass, caseId, client, files };
}

/** Activities without their people, whose ids differ. */
function plain(file: Awaited<ReturnType<typeof readCaseFiles>>[number], key: (id: number) => string | null) {
  return file.activities.map((activity) => {
    const { source: _s, targets, assignees, ...fields } = activityFields(activity, sameContact);
    const counts = [(targets as number[]).length, (assignees as number[]).length];
    return JSON.stringify({ key: key(activity.id), counts, ...fields });
  });
}

describe('a mirror between two sandbox sites over HTTP', () => {
  it('moves a case with its people, adopts the timeline, and then moves nothing', async () => {
    const { alpha, pass, files, caseId } = await twoSites();
    const first = await pass();
    expect(first.fieldsCreated).toHaveLength(3);
    expect(first.counts).toMatchObject({ casesCreated: 1, activitiesCreated: 0, rejected: 0, conflicts: 0 });
    const { here, there } = await files();
    expect(there).toHaveLength(1);
    expect(caseFields(there[0]!, true)).toEqual(caseFields(here, true));
    expect([...there[0]!.contacts.values()].map(({ email }) => email)).toContain('ada@example.org');
    const keys = new Map(there[0]!.activities.map((activity) => [activity.id, activity.originKey]));
    expect(plain(there[0]!, (id) => keys.get(id) ?? null).sort()).toEqual(
      plain(here, (id) => `alpha/Activity/${id}`).sort(),
    );

    expect((await pass()).requests.target).toBe(0);

    const [, activity] = here.activities;
    await alpha.client.call({
      entity: 'Activity',
      action: 'update',
      params: {
        where: [['id', '=', activity!.id]],
        values: { 'status_id:name': 'Completed', subject: 'Done' },
      },
    });
    expect((await pass()).counts).toMatchObject({ activitiesUpdated: 1, casesCreated: 0 });
    const after = await files();
    const copy = after.there[0]!.activities.find(
      ({ originKey }) => originKey === `alpha/Activity/${activity!.id}`,
    );
    expect(copy).toMatchObject({ status: 'Completed', subject: 'Done' });
    expect(after.there).toHaveLength(1);
    expect(caseId).toBe(here.id);
  });
});
