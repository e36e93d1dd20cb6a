import { z } from 'zod';
import { silentLogger } from '../../src/base/logger.ts';
import type { Clock } from '../../src/base/clock.ts';
import { createMirrorSource } from '../../src/civicrm/mirror-source.ts';
import { createSiteClient } from '../../src/civicrm/index.ts';
import { createSandbox } from '../../src/sandbox/index.ts';
import { compare, type Comparison } from './measure.ts';

const CASES = 1_000;
const ACTIVITIES_PER_CASE = 20;
const ACTIVITIES = CASES * ACTIVITIES_PER_CASE;
const PAGE = 500;
const clock: Clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
const row = z.object({
  id: z.number(),
  subject: z.string().nullable(),
  activity_date_time: z.string(),
  source_contact_id: z.number().nullable(),
  target_contact_id: z.array(z.number()).nullable(),
  assignee_contact_id: z.array(z.number()).nullable(),
  'activity_type_id:name': z.string().nullable(),
  'status_id:name': z.string().nullable(),
});

/** Whole cases as the mirror reads them, against paging through `Activity.get` with the people of each activity. */
export async function compareMirrorReading(): Promise<Comparison> {
  const sandbox = createSandbox({ name: 'bench', apiKey: 'bench-key', clock, random: Math.random });
  const { url } = await sandbox.listen(0);
  fill(sandbox);
  const client = createSiteClient(
    { name: 'bench', url, apiKey: 'bench-key', timeoutMillis: 60_000 },
    { clock, random: Math.random, logger: silentLogger },
  );
  const source = createMirrorSource(client);
  try {
    return await compare(
      `mirror reading of ${ACTIVITIES} activities on ${CASES} cases vs paging Activity.get`,
      'activity',
      ACTIVITIES,
      {
        ours: async () => {
          const changed = await source.changedSince(['housing_support'], null);
          const ids = changed.map(({ id }) => id);
          let seen = 0;
          for (let from = 0; from < ids.length; from += 100)
            for (const file of await source.readCases(ids.slice(from, from + 100)))
              seen += file.activities.length;
          if (seen !== ACTIVITIES) throw new Error(`the mirror saw ${seen} of ${ACTIVITIES} activities`);
        },
        plain: async () => {
          let seen = 0;
          for await (const page of client.pages('Activity', { select: Object.keys(row.shape) }, row, PAGE))
            seen += page.length;
          if (seen !== ACTIVITIES) throw new Error(`paging saw ${seen} of ${ACTIVITIES} activities`);
        },
      },
      3,
    );
  } finally {
    await sandbox.close();
  }
}

function fill(sandbox: ReturnType<typeof createSandbox>): void {
  const cases = Array.from({ length: CASES }, (_, index) => index + 1);
  const stamp = '2026-03-02 08:00:00';
  sandbox.load(
    'Case',
    cases.map((id) => ({
      id,
      case_type_id: 1,
      subject: `Case ${id}`,
      start_date: '2026-03-02',
      status_id: 1,
      is_deleted: 0,
      created_date: stamp,
      modified_date: stamp,
    })),
  );
  sandbox.load(
    'CaseContact',
    cases.map((id) => ({ id, case_id: id, contact_id: 2 })),
  );
  const numbers = Array.from({ length: ACTIVITIES }, (_, index) => index + 1);
  sandbox.load(
    'Activity',
    numbers.map((id) => ({
      id,
      activity_type_id: 1,
      subject: `Activity ${id}`,
      activity_date_time: stamp,
      status_id: 1,
      priority_id: 2,
      is_test: 0,
      is_auto: 0,
      is_current_revision: 1,
      is_deleted: 0,
      is_star: 0,
      created_date: stamp,
      modified_date: stamp,
    })),
  );
  sandbox.load(
    'CaseActivity',
    numbers.map((id) => ({ id, case_id: Math.ceil(id / ACTIVITIES_PER_CASE), activity_id: id })),
  );
  sandbox.load(
    'ActivityContact',
    numbers.flatMap((id) =>
      [1, 2, 3].map((type) => ({ id: id * 3 + type, activity_id: id, contact_id: 2, record_type_id: type })),
    ),
  );
}
