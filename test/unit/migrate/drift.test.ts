import { describe, expect, it } from 'vitest';
import {
  driftLines,
  driftSince,
  driftTitle,
  driftToReport,
  editText,
  snapshotSite,
  type Drift,
} from '../../../src/migrate/index.ts';
import { stateOf } from '../../../src/migrate/target-state.ts';
import { createMemoryMigrationSite } from '../../../src/migrate/memory-migration-site.ts';
import { optionValue } from '../../support/migration-sites.ts';

const KEY = 'activity_type:Visit';

const siteWith = (change: Parameters<typeof optionValue>[2]) =>
  createMemoryMigrationSite({
    name: 'hilltop',
    optionValues: [{ ...optionValue('activity_type', 'Visit', change), value: '60' }],
  });

describe('drift', () => {
  it('is what a site no longer holds as it is known', async () => {
    const before = await snapshotSite(siteWith({}));
    const known = { [KEY]: stateOf(before, KEY), 'activity_type:Call': null };
    expect(driftSince(known, before)).toEqual([]);
    const [edited] = driftSince(known, await snapshotSite(siteWith({ label: 'Visite' })));
    expect(edited).toMatchObject({ key: KEY, kind: 'changed' });
    expect(driftLines(edited as Drift)).toEqual(['label: "Visit" -> "Visite"']);
    expect(driftTitle(edited as Drift)).toBe('activity type "Visit" was changed');
    expect(driftTitle(edited as Drift, 'fr')).toBe('type d’activité « Visit » : modifié');
    const gone = driftSince({ ...known, 'activity_type:Letter': { label: 'Letter' } }, before);
    expect(gone.map(({ key, kind }) => [key, kind])).toEqual([['activity_type:Letter', 'gone']]);
  });

  it('tells who edited it when, as far as that is known', () => {
    expect(editText(null)).toBe('when and by whom, the site does not tell');
    expect(editText({ at: '2026-03-02 12:00:00', by: null })).toBe('last edited on 2026-03-02 12:00:00');
    expect(editText({ at: null, by: 'Ada' }, 'fr')).toBe('dernière modification par Ada');
  });
});

describe('a report of drift', () => {
  const DAY = 86_400_000;
  const NOW = Date.UTC(2026, 2, 2, 12);
  const finding = (fingerprint: string): Drift => ({ key: KEY, kind: 'changed', fields: [], fingerprint });
  const due = (fingerprint: string, ago: number): number =>
    driftToReport([finding(fingerprint)], [{ key: KEY, fingerprint: 'a', at: NOW - ago }], NOW).due.length;

  it('comes at once for what is new', () => {
    expect(driftToReport([finding('a')], [], NOW).due).toHaveLength(1);
  });
  it('never comes again for the same', () => {
    expect(due('a', 9 * DAY)).toBe(0);
  });
  it('comes once a day for another edit of the same thing', () => {
    expect(due('b', DAY - 1)).toBe(0);
    expect(due('b', DAY)).toBe(1);
  });
  it('is forgotten a day after it was put right', () => {
    const forgotten = (ago: number) =>
      driftToReport([], [{ key: KEY, fingerprint: 'a', at: NOW - ago }], NOW).forgotten;
    expect(forgotten(DAY - 1)).toEqual([]);
    expect(forgotten(DAY)).toEqual([KEY]);
  });
});
