import { factAt, NEWEST_KNOWN, OLDEST_KNOWN, standingOf } from '../edition/index.ts';

/** What a site's version means for us. */
export interface EditionReport {
  /** How it stands to the versions that were tried, and what it lacks of the newest. */
  readonly text: string;
  readonly findings: readonly string[];
}

const STANDINGS = {
  known: `among those tried, ${OLDEST_KNOWN} to ${NEWEST_KNOWN}`,
  older: `older than ${OLDEST_KNOWN}, the oldest that was tried`,
  newer: `newer than ${NEWEST_KNOWN}, the newest that was tried`,
} as const;

/** `version` as the site tells it. */
export function examineEdition(version: string): EditionReport {
  const standing = standingOf(version);
  if (standing === undefined) return { text: 'not to be told from this version', findings: [] };
  const lacks = [
    factAt('fileDefinitions', version) === false ? 'definitions in files come through APIv3' : null,
    factAt('caseStartTime', version) === false ? 'start dates have no time of day' : null,
    factAt('stepSubjects', version) === false ? 'subjects of steps (default_subject) do nothing' : null,
  ].filter((lack) => lack !== null);
  return {
    text: [STANDINGS[standing], ...lacks].join('; '),
    findings:
      standing === 'older'
        ? [
            `CiviCRM ${version} is older than ${OLDEST_KNOWN}, the oldest that civicase was tried with: what it does otherwise is not known. Upgrade it, or rehearse on a copy of that site first.`,
          ]
        : [],
  };
}
