import { runMirror, type App } from '../../../src/app/index.ts';
import type { Printer } from '../printer.ts';

const PAIR = 'river-hill';

/** Mirrors twice. */
export async function mirrorCases({ app, printer }: { app: App; printer: Printer }): Promise<void> {
  const first = await runMirror(app, PAIR);
  if (first.fieldsCreated.length > 0)
    printer.done(`made on hilltop, to recognise what is mirrored: ${first.fieldsCreated.join(', ')}`);
  const { counts, requests } = first;
  printer.done(
    `${counts.casesCreated} cases, ${counts.contactsCreated} contacts and ${counts.rolesCreated} roles created; ` +
      `${counts.activitiesCreated} activities created, ${counts.activitiesAdopted} that hilltop's own timeline made adopted ` +
      `(${requests.source + requests.target} requests)`,
  );
  if (counts.rejected > 0) throw new Error(`${counts.rejected} records were held back`);

  await mirrorAgain(app, printer);
}

/** A pass right after another must find nothing to do. */
export async function mirrorAgain(app: App, printer: Printer): Promise<void> {
  const second = await runMirror(app, PAIR);
  const { casesUnchanged: _unchanged, contactsMatched: _matched, ...changes } = second.counts;
  const moved = Object.values(changes).reduce((sum, count) => sum + count, 0);
  if (moved > 0) throw new Error(`the second pass still moved ${moved} records`);
  printer.done(`a second pass moves nothing (${second.requests.source + second.requests.target} requests)`);
}
