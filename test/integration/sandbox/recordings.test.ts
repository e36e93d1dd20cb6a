import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { playTheme, post, readTheme } from '../../support/play-theme.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const FIXTURES = new URL('../../fixtures/sandbox/', import.meta.url);
const RECORDINGS = new URL('../../../../shared/civicrm/recordings/', import.meta.url);
const KEY = 'administrator';

let sandbox: Sandbox | undefined;

async function freshSite(): Promise<string> {
  sandbox = createSandbox({
    name: 'siteA',
    apiKey: KEY,
    clock: createStandingClock(Date.UTC(2026, 10, 22, 19, 11, 30)),
    random: () => 0.25,
  });
  return (await sandbox.listen(0)).url;
}

afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

const themesIn = (folder: URL): readonly URL[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => new URL(name, folder));

async function differences(folder: URL): Promise<readonly unknown[]> {
  const url = await freshSite();
  const saved = new Map<string, unknown>();
  const found: unknown[] = [];
  for (const file of themesIn(folder)) found.push(...(await playTheme(url, KEY, readTheme(file), saved)));
  return found;
}

test.each(themesIn(new URL('alone/', FIXTURES)).map((file) => [basename(file.pathname), file] as const))(
  'a fresh sandbox answers every call of %s as a fresh real site did',
  async (_name, file) => {
    expect(await playTheme(await freshSite(), KEY, readTheme(file), new Map())).toEqual([]);
  },
);

test('the sandbox answers every call of our own recordings as the real site did', async () => {
  expect(await differences(FIXTURES)).toEqual([]);
});

describe.skipIf(!existsSync(RECORDINGS))(
  'with the public recordings (skipped where ../shared/civicrm is missing)',
  () => {
    test('the sandbox answers every call of the 6.20 themes as the real site did', async () => {
      expect(await differences(new URL('api4-6.20/', RECORDINGS))).toEqual([]);
    });

    interface TimelineRecording {
      readonly request: Readonly<Record<string, unknown>>;
      readonly open: readonly {
        readonly start_date: string;
        readonly case: { readonly subject: string };
        readonly activities: readonly Readonly<Record<string, unknown>>[];
        readonly roles: readonly Readonly<Record<string, unknown>>[];
      }[];
    }

    const select = [
      'activity_type_id:name',
      'status_id:name',
      'activity_date_time',
      'subject',
      'is_auto',
      'weight',
      'priority_id:name',
      'medium_id:name',
      'source_contact_id',
      'target_contact_id',
      'assignee_contact_id',
    ];
    // Contact 3 is the client, contact 2 the creator.
    const ROLE_FIELDS = ['relationship_type_id.name_a_b', 'contact_id_a', 'contact_id_b', 'is_active'];
    const roleOf = (role: Readonly<Record<string, unknown>>): unknown =>
      ROLE_FIELDS.map((name) => role[name]);
    // A step made by a sequence carries the moment of the recording.
    const shown = (activity: Readonly<Record<string, unknown>>): unknown =>
      select.map((name) => {
        const value = activity[name];
        if (typeof value === 'string' && value.startsWith('2026-11-22')) return 'now';
        return Array.isArray(value) ? value.map(Number) : value;
      });

    test.each(existsSync(RECORDINGS) ? themesIn(new URL('timeline/', RECORDINGS)) : [])(
      'opening cases of %s creates what CiviCRM creates',
      async (file) => {
        const recording = JSON.parse(readFileSync(file, 'utf8')) as TimelineRecording;
        const url = await freshSite();
        const type = await post(url, KEY, {
          entity: 'CaseType',
          action: 'create',
          params: { values: recording.request },
        });
        const [{ id }] = type.values as [{ id: number }];
        for (const opened of recording.open) {
          const values = {
            case_type_id: id,
            contact_id: 3,
            creator_id: 2,
            subject: opened.case.subject,
            start_date: opened.start_date,
          };
          const made = await post(url, KEY, { entity: 'Case', action: 'create', params: { values } });
          const [{ id: caseId }] = made.values as [{ id: number }];
          const where = [['case_id', '=', caseId]];
          const read = async (
            entity: string,
            fields: readonly string[],
          ): Promise<readonly Readonly<Record<string, unknown>>[]> => {
            const answer = await post(url, KEY, {
              entity,
              action: 'get',
              params: { select: fields, where, orderBy: { id: 'ASC' } },
            });
            return answer.values as readonly Readonly<Record<string, unknown>>[];
          };
          expect((await read('Activity', select)).map(shown)).toEqual(opened.activities.map(shown));
          const roles = await read('Relationship', ROLE_FIELDS);
          expect(roles.map(roleOf)).toEqual(opened.roles.map(roleOf));
        }
      },
    );
  },
);
