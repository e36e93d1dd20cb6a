import { describe, expect, it } from 'vitest';
import type { Occurrence } from '../../../src/case/occurrence.ts';
import { presentStatus } from '../../../src/server/present-status.ts';
import type { Status } from '../../../src/server/status.ts';
import { viewStatus } from '../../../src/server/view-status.ts';
import { createViews } from '../../../src/server/views.ts';

const monday = Date.UTC(2026, 10, 23, 9);

const occurrence = (change: Partial<Occurrence> = {}): Occurrence => ({
  id: 'o1',
  site: 'riverside',
  rule: 'call-after-a-week',
  caseId: 12,
  activityId: 40,
  recipientId: 0,
  dueAt: monday + 3_600_000,
  channel: 'activity',
  state: 'planned',
  reason: null,
  attempts: 0,
  plannedAt: monday,
  wakeAt: monday + 3_600_000,
  claimedAt: null,
  finishedAt: null,
  resultActivityId: null,
  ...change,
});

const empty: Status = {
  at: monday,
  sites: [],
  mirrors: [],
  hasRules: false,
  upcoming: [],
  upcomingCount: 0,
  troubles: [],
  failedCount: 0,
  unknownCount: 0,
  runs: [],
  timeZones: { riverside: 'Europe/Paris' },
};

describe('the status page', () => {
  it('says what to do where there is nothing to show, in both languages', () => {
    const { status } = createViews();
    const english = status('en', viewStatus(empty, 'en'));
    expect(english).toContain('<html lang="en">');
    expect(english).toContain('Nothing needs you.');
    expect(english).toContain('Add one under “sites” in civicase.yaml');
    const french = status('fr', viewStatus(empty, 'fr'));
    expect(french).toContain('<html lang="fr">');
    expect(french).toContain('Rien à faire pour vous.');
    expect(french).not.toMatch(/>\s*(Sites configured|Status|Coming up|Recent migrations)\s*</);
  });

  it("tells times on each site's own wall clock", () => {
    const view = viewStatus({ ...empty, upcoming: [occurrence()], upcomingCount: 1 }, 'en');
    expect(view.days).toEqual([
      {
        day: 'today, Monday 23 November',
        items: [expect.objectContaining({ due: expect.objectContaining({ clock: '11:00' }) })],
      },
    ]);
    const french = viewStatus(
      { ...empty, upcoming: [occurrence({ dueAt: monday + 86_400_000 })], upcomingCount: 1 },
      'fr',
    );
    expect(french.days[0]?.day).toBe('demain, mardi 24 novembre');
  });

  it('groups by day and says how many more there are', () => {
    const upcoming = [
      occurrence(),
      occurrence({ id: 'o2' }),
      occurrence({ id: 'o3', dueAt: monday + 86_400_000 }),
    ];
    const view = viewStatus({ ...empty, upcoming, upcomingCount: 40 }, 'en');
    expect(view.days.map(({ items }) => items.length)).toEqual([2, 1]);
    expect(view.more).toBe('and 37 more');
  });

  it('puts first what needs a person', () => {
    const view = viewStatus(
      {
        ...empty,
        failedCount: 1,
        unknownCount: 2,
        runs: [{ id: 'r', site: 'hilltop', caseType: 'housing_support', state: 'running' }],
        sites: [
          {
            name: 'hilltop',
            url: 'https://h.example/',
            kind: 'unusable',
            version: null,
            findings: ['Down.'],
            checkedAt: monday,
          },
        ],
      },
      'en',
    );
    expect(view.attention.map(({ text }) => text)).toEqual([
      '1 site cannot be used',
      '1 follow-up or reminder failed',
      '2 mails may or may not have been sent',
      '1 migration was not finished',
    ]);
  });

  it('escapes whatever a site or a file put in', () => {
    const html = createViews().status(
      'en',
      viewStatus(
        {
          ...empty,
          runs: [{ id: 'r', site: '<b>x</b>', caseType: '"><script>', state: 'done' }],
        },
        'en',
      ),
    );
    expect(html).not.toMatch(/<script|<b>x/);
    expect(html).toContain('&lt;b&gt;x');
  });

  it('has a JSON twin with ISO times', () => {
    const twin = presentStatus({ ...empty, upcoming: [occurrence()], upcomingCount: 1 });
    expect(twin).toMatchObject({
      at: '2026-11-23T09:00:00.000Z',
      upcoming: { count: 1, first: [{ caseId: 12, dueAt: '2026-11-23T10:00:00.000Z', channel: 'activity' }] },
    });
  });
});
