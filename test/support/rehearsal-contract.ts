import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import type { ApiAnswer, ApiParams } from '../../src/civicrm/client.ts';
import { VISITS, VISITS_DEFINITION } from './moving-desk.ts';
import type { CivicaseRun } from './run-civicase.ts';

type SiteRole = 'source' | 'target';

/** Two fresh sites, called `source` and `target` in the configuration of the folder in which the commands run. */
export interface RehearsalDesk {
  call(site: SiteRole, entity: string, action: string, params: ApiParams): Promise<ApiAnswer>;
  civicase(...words: readonly string[]): Promise<CivicaseRun>;
  close(): Promise<void>;
}

/** What a rehearsal tells of the cases and activities that people have on the target. */
export function describeRehearsalWithCases(name: string, open: () => Promise<RehearsalDesk>): void {
  describe(`a rehearsal for a site with cases: ${name}`, () => {
    let desk: RehearsalDesk;
    let person = 0;
    const make = async (site: SiteRole, entity: string, values: JsonObject): Promise<number> =>
      Number((await desk.call(site, entity, 'create', { values })).values[0]?.['id']);
    const openCase = (status: string): Promise<number> =>
      make('target', 'Case', {
        ...{ 'case_type_id:name': VISITS, 'status_id:name': status, subject: 'About Zelda' },
        ...{ contact_id: [person], creator_id: person },
      });
    const fileLetter = (on: number): Promise<number> =>
      make('target', 'Activity', {
        ...{ 'activity_type_id:name': 'Letter', 'status_id:name': 'Scheduled', subject: 'To Zelda' },
        ...{ case_id: on, source_contact_id: person, activity_date_time: '2026-03-02 10:00:00' },
      });
    /** What the source has changed: a status, a role and an activity type are no part of it any more. */
    const smaller: JsonObject = {
      ...VISITS_DEFINITION,
      activityTypes: [
        { name: 'Open Case', max_instances: '1' },
        { name: 'First visit' },
        { name: 'Second visit' },
      ],
      activitySets: (VISITS_DEFINITION['activitySets'] as JsonObject[]).slice(0, 1),
      statuses: ['Open', 'Closed'],
      caseRoles: [],
    };
    const plan = (file: string) =>
      desk.civicase('plan', 'source', 'target', '--case-type', VISITS, '--out', file);

    beforeAll(async () => {
      desk = await open();
      for (const site of ['source', 'target'] as const) {
        const status = { 'option_group_id:name': 'case_status', name: 'Paused', label: 'Paused' };
        await make(site, 'OptionValue', { ...status, grouping: 'Opened' });
        await make(site, 'CaseType', { name: VISITS, title: 'Visits', definition: VISITS_DEFINITION });
      }
      person = await make('target', 'Contact', { contact_type: 'Individual', first_name: 'Zelda' });
      await desk.call('source', 'CaseType', 'update', {
        where: [['name', '=', VISITS]],
        values: { definition: smaller },
      });
      await plan('early.json');
      // The sequence begins with a letter of its own.
      for (const status of ['Paused', 'Paused', 'Open']) await fileLetter(await openCase(status));
    });
    afterAll(() => desk.close());

    it('stops where CiviCRM would delete activities with their type, and tells how many there are', async () => {
      const { code, out } = await desk.civicase('apply', 'early.json', '--rehearse');
      expect(out).toMatch(/It would stop: .*"Letter"/);
      expect(out).toContain('its 6 activities');
      expect(out).not.toContain('Zelda');
      expect(code).toBe(2);
    });

    it('tells what of the work on cases the new definition has no place for', async () => {
      // Another case type names it: it is not deleted.
      await make('target', 'CaseType', {
        ...{ name: 'letters', title: 'Letters' },
        definition: { activityTypes: [{ name: 'Open Case' }, { name: 'Letter' }] },
      });
      await plan('late.json');
      const { code, out } = await desk.civicase('apply', 'late.json', '--rehearse', '--json');
      expect(JSON.parse(out)).toMatchObject({
        failure: null,
        unlike: [],
        work: [
          { kind: 'status-left', caseType: VISITS, status: 'Paused', cases: 2 },
          { kind: 'activities-left', caseType: VISITS, activityType: 'Letter', activities: 6 },
          { kind: 'role-left', caseType: VISITS, nameAB: 'Visitor is', roles: 3 },
        ],
      });
      expect(code).toBe(0);
      expect((await desk.civicase('apply', 'late.json', '--rehearse')).out).toContain(
        [
          "Of people's work there:",
          '  ! 2 cases of visits would stay in the status "Paused", which it allows no more.',
          '  ! 6 activities of the type "Letter" would stay on cases of visits, which names that type no more.',
          '  ! 3 holders of the role "Visitor is" would stay on cases of visits, which has that role no more.',
          '',
        ].join('\n'),
      );
      const { countMatched } = await desk.call('target', 'Case', 'get', { select: ['row_count'] });
      expect(countMatched).toBe(3);
    });
  });
}
