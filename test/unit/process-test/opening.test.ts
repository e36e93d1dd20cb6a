import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import type { CaseTypeDefinition } from '../../../src/case-type/index.ts';
import { testOpening, type ProcessSite } from '../../../src/process-test/index.ts';
import type { SiteActivity } from '../../../src/process-test/ports.ts';

const DEFINITION: CaseTypeDefinition = {
  activityTypes: [{ name: 'Open Case' }, { name: 'Visit' }],
  activitySets: [
    {
      name: 'standard_timeline',
      timeline: 1,
      activityTypes: [
        { name: 'Open Case', status: 'Completed' },
        { name: 'Visit', reference_activity: 'Open Case', reference_offset: '3', default_assignee_type: '4' },
      ],
    },
  ],
};

const activity = (id: number, change: Partial<SiteActivity>): SiteActivity => ({
  id,
  activityType: 'Visit',
  status: 'Scheduled',
  dateTime: '2026-03-05 00:00:00',
  createdAt: '2026-03-02 12:00:00',
  subject: null,
  isDeleted: false,
  assignees: [12],
  ...change,
});
const OPENED = activity(1, {
  activityType: 'Open Case',
  status: 'Completed',
  dateTime: '2026-03-02 00:00:00',
  subject: 'Test case 11',
  assignees: [],
});

/** A site that answers this case, and what it was told to remove. */
function siteWith(activities: readonly SiteActivity[], change: Partial<ProcessSite> = {}) {
  const removed: unknown[] = [];
  const note = (what: unknown) => {
    removed.push(what);
    return Promise.resolve();
  };
  const unexpected = () => Promise.reject(new Error('not part of this test'));
  const site: ProcessSite = {
    name: 'hilltop',
    missingPermissions: () => Promise.resolve([]),
    remains: () => Promise.resolve([]),
    addPeople: () => Promise.resolve([11, 12]),
    removePeople: note,
    openCase: () => Promise.resolve(5),
    readCase: () =>
      Promise.resolve({
        ...{ status: 'Open', startDate: '2026-03-02', endDate: null, modifiedAt: '2026-03-02 12:00:00' },
        activities,
      }),
    removeCases: note,
    giveRole: unexpected,
    setActivityStatus: unexpected,
    setActivityDate: unexpected,
    addActivity: unexpected,
    trashActivity: unexpected,
    setCaseStatus: unexpected,
    addSet: unexpected,
    moveStart: unexpected,
    ...change,
  };
  return { site, removed };
}

const INPUT = { caseType: 'visits', definition: DEFINITION, knowledge: {}, startDate: '2026-03-02' };

describe('a test case', () => {
  it('is compared with the simulation, and removed', async () => {
    const { site, removed } = siteWith([OPENED, activity(2, {})]);
    expect(await testOpening(site, INPUT)).toEqual({
      ...{ caseType: 'visits', activities: 2, failure: null, differences: [], leftBehind: [] },
    });
    expect(removed).toEqual(['Test case 11', [11, 12]]);
  });

  it.each([
    ['another date', { dateTime: '2026-03-06 00:00:00' }],
    ['another status', { status: 'Completed' }],
    ['another subject', { subject: 'Visit!' }],
    ['another assignee', { assignees: [] }],
    ['another type', { activityType: 'Call' }],
    ['an activity in the trash', { isDeleted: true }],
  ])('shows %s in both timelines', async (_, change) => {
    const { site } = siteWith([OPENED, activity(2, change)]);
    const { differences } = await testOpening(site, INPUT);
    expect(differences).toContainEqual({
      sign: 'expected',
      text: '2026-03-05 00:00:00  Visit (Scheduled, for whoever opened it)',
    });
    expect(differences.filter(({ sign }) => sign === 'same')).toHaveLength(2);
  });

  it('is removed also when it could not be read, and tells what stayed', async () => {
    const gone = () => Promise.reject(new AppError('remote-rejected', 'The site says no.'));
    const { site, removed } = siteWith([], {
      readCase: gone,
      remains: () => Promise.resolve(['contact 11']),
    });
    expect(await testOpening(site, INPUT)).toMatchObject({
      ...{ failure: 'The site says no.', leftBehind: ['contact 11'] },
    });
    expect(removed).toEqual(['Test case 11', [11, 12]]);
  });

  it('tells what was not removed even where the site answers no more', async () => {
    const silent = () => Promise.reject(new AppError('remote-unavailable', 'No answer.'));
    const { site } = siteWith([OPENED, activity(2, {})], {
      ...{ removeCases: silent, removePeople: silent, remains: silent },
    });
    expect((await testOpening(site, INPUT)).leftBehind).toEqual([
      'a case with the subject "Test case 11" (No answer.)',
      'the contacts 11 and 12 (No answer.)',
    ]);
  });

  it('is not opened where the simulation says that the site would stop half-way', async () => {
    const { site } = siteWith([], { openCase: () => Promise.reject(new Error('opened')) });
    const knowledge = { activityTypes: new Set(['Open Case']) };
    const { failure, differences } = await testOpening(site, { ...INPUT, knowledge });
    expect(failure).toContain('no enabled activity type "Visit"');
    expect(differences).toEqual([]);
  });
});
