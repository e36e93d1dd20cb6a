import { existsSync, readdirSync } from 'node:fs';
import { playTheme, type Played, type PlayedSite } from './play-theme.ts';
import { readTheme } from './theme.ts';

const FIXTURES = new URL('../fixtures/sandbox/', import.meta.url);
const RECORDINGS = new URL('../../../shared/civicrm/recordings/', import.meta.url);

/** Beside a clone of the project alone there are no public recordings. */
export const haveRecordings = existsSync(RECORDINGS);

const filesIn = (folder: URL): readonly URL[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => new URL(name, folder))
    : [];

/** Files of calls with CiviCRM's answers; each list in the order in which it was recorded. */
export const RECORDED = {
  /** Our own, one after another on one site. */
  own: filesIn(FIXTURES),
  /** Our own, each on a fresh site. */
  alone: filesIn(new URL('alone/', FIXTURES)),
  themesOf620: filesIn(new URL('api4-6.20/', RECORDINGS)),
  themesOf577: filesIn(new URL('api4/', RECORDINGS)),
  timelines: filesIn(new URL('timeline/', RECORDINGS)),
} as const;

/** Plays themes one after another on one site; later ones refer to what earlier ones made. */
export async function playThemes(site: PlayedSite, files: readonly URL[]): Promise<readonly Played[]> {
  const saved = new Map<string, unknown>();
  const found: Played[] = [];
  for (const file of files) found.push(...(await playTheme(site, readTheme(file), saved)));
  return found;
}
