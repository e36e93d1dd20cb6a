import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openMigrationSite } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { contactIdsIn, parseSiteNames, readSiteNames, SITE_NAMES_FILE } from '../../migrate/index.ts';
import { indexSite, type SiteIndex } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { readDefinitionInput } from '../read-definition.ts';
import type { LintInput } from './lint-inputs.ts';

interface SiteChoice {
  readonly snapshot?: string;
  readonly site?: string;
}

/** The names of the site that the files are to be checked against, or null for the files alone. */
export async function siteToCheck(
  context: CommandContext,
  { snapshot, site }: SiteChoice,
  inputs: readonly LintInput[],
): Promise<SiteIndex | null> {
  if (snapshot !== undefined && site !== undefined)
    throw new AppError('invalid-input', 'Give either --snapshot DIR or --site NAME, not both.');
  if (snapshot !== undefined) {
    const file = join(snapshot, SITE_NAMES_FILE);
    return indexSite(parseSiteNames(readNames(resolve(context.io.workingDirectory, file), file), file));
  }
  if (site === undefined) return null;
  const ids = await contactIdsOf(context, inputs);
  return indexSite(await context.withApp((app) => readSiteNames(openMigrationSite(app, site), ids)));
}

function readNames(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError(
      'not-found',
      `${shown} could not be read. Give the folder that "civicase pull SITE --dir FOLDER" wrote; folders of earlier versions lack the file.`,
      { details: { file: shown }, cause },
    );
  }
}

/** The contacts that the files name, who are looked up on the site; what cannot be read names none. */
async function contactIdsOf(
  { io }: CommandContext,
  inputs: readonly LintInput[],
): Promise<readonly number[]> {
  const ids: number[] = [];
  for (const { path } of inputs.filter((input) => input.path !== '-')) {
    const definition = await readDefinitionInput(io, path).then(
      (input) => input.definition,
      () => ({}),
    );
    ids.push(...contactIdsIn(definition));
  }
  return ids;
}
