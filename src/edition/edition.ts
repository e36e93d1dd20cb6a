import { DIFFERENCES, type DifferenceName, type EditionName } from './differences.ts';

/** What one edition does, by the name of the difference. */
export type EditionFacts = {
  readonly [Name in DifferenceName]: (typeof DIFFERENCES)[Name]['older' | 'newer'];
};

const side = { '5.77-wordpress': 'older', '6.20-standalone': 'newer' } as const;

export const EDITIONS = Object.keys(side) as readonly EditionName[];

/** The whole column of the table for one edition. */
export function editionFacts(edition: EditionName): EditionFacts {
  const facts = Object.entries(DIFFERENCES).map(([name, row]) => [name, row[side[edition]]]);
  return Object.fromEntries(facts) as EditionFacts;
}

/** The versions that were measured; what lies between them is between them in what it does. */
export const OLDEST_KNOWN = '5.77';
export const NEWEST_KNOWN = '6.20';

/** How a site's version stands to those that were measured. */
export type VersionStanding = 'older' | 'known' | 'newer';

/** `version` as a site tells it: `5.77.1`, `6.20.0`, `6.14.alpha1`; undefined when it is no version. */
export function standingOf(version: string): VersionStanding | undefined {
  const fromOldest = compareVersions(version, OLDEST_KNOWN);
  const fromNewest = compareVersions(version, NEWEST_KNOWN);
  if (fromOldest === undefined || fromNewest === undefined) return undefined;
  return fromOldest < 0 ? 'older' : fromNewest > 0 ? 'newer' : 'known';
}

/**
 * What a site of this version does, as far as the version tells: undefined where the CMS decides, and between the
 * measured versions where nobody knows when it changed. Then the answers themselves must be looked at.
 */
export function factAt<Name extends DifferenceName>(
  name: Name,
  version: string,
): EditionFacts[Name] | undefined {
  const row = DIFFERENCES[name];
  const [older, newer] = [row.older, row.newer] as unknown as readonly EditionFacts[Name][];
  const since: string | null = row.since;
  if (since === 'cms') return undefined;
  const fromChange = compareVersions(version, since ?? NEWEST_KNOWN);
  if (fromChange === undefined) return undefined;
  if (fromChange >= 0) return newer;
  const isBefore = since !== null || (compareVersions(version, OLDEST_KNOWN) ?? 0) <= 0;
  return isBefore ? older : undefined;
}

/** By major and minor number: nothing here changed within a minor version. */
function compareVersions(one: string, other: string): number | undefined {
  const [mine, theirs] = [one, other].map((text) => /^(\d+)\.(\d+)(?![\d])/.exec(text));
  if (mine == null || theirs == null) return undefined;
  return Number(mine[1]) - Number(theirs[1]) || Number(mine[2]) - Number(theirs[2]);
}
