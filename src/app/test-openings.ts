import { createZoneClock } from '../calendar/wall-clock.ts';
import { AppError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import { readSiteKnowledge, type MigrationSite } from '../migrate/index.ts';
import { testOpening, type OpeningOutcome, type ProcessSite } from '../process-test/index.ts';

/** A site as case types are moved to it, and as cases are opened on it. */
export interface TestedSite {
  readonly migration: MigrationSite;
  readonly cases: ProcessSite;
  /** IANA name of the site's zone. */
  readonly timeZone: string;
}

/** @throws AppError `forbidden` when the key may not make test cases, or not remove what it would make. */
export async function requireTestCases(cases: ProcessSite): Promise<void> {
  const missing = await cases.missingPermissions();
  if (missing.length === 0) return;
  throw new AppError(
    'forbidden',
    `Nothing was opened: the key for "${cases.name}" lacks ${missing.map((name) => `"${name}"`).join(', ')}, ` +
      'and could not remove a test case again. Give it to the user of the key, or leave --with-test-case out.',
    { details: { site: cases.name, missing } },
  );
}

/**
 * Opens a case of each type on the site today, compares it with the simulation of the definition that the site has,
 * and removes it again, one after the other. Types that the site lacks are left out. Ask `requireTestCases` first.
 */
export async function testOpenings(
  { migration, cases, timeZone }: TestedSite,
  caseTypes: readonly string[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<readonly OpeningOutcome[]> {
  const [held, knowledge] = await Promise.all([migration.caseTypes(), readSiteKnowledge(migration)]);
  const zone = createZoneClock(timeZone);
  const startDate = zone.toLocal(clock.now()).slice(0, 10);
  const outcomes: OpeningOutcome[] = [];
  for (const { name, definition } of held.filter((row) => caseTypes.includes(row.name))) {
    if (signal.aborted) break;
    const settle = (dateTime: string): string => zone.settle(dateTime);
    outcomes.push(await testOpening(cases, { caseType: name, definition, knowledge, startDate, settle }));
  }
  return outcomes;
}
