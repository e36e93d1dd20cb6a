import { InvalidArgumentError, Option } from 'commander';
import type { CaseTypeDefinition } from '../case-type/index.ts';
import { NEWEST_KNOWN, OLDEST_KNOWN, standingOf } from '../edition/index.ts';
import { unusedByEdition } from '../xml/index.ts';
import type { CommandContext } from './context.ts';
import { inputName } from './io.ts';

/** `--edition 5.77`: the version of CiviCRM that a case type is meant for. */
export const editionOption = (): Option =>
  new Option('--edition <version>', `the CiviCRM it is meant for, from ${OLDEST_KNOWN} on`)
    .default(NEWEST_KNOWN)
    .argParser((version: string) => {
      const standing = standingOf(version);
      if (standing === 'known') return version;
      throw new InvalidArgumentError(
        `Expected a version from ${OLDEST_KNOWN} to ${NEWEST_KNOWN}, such as ${OLDEST_KNOWN} or ${NEWEST_KNOWN}, got "${version}".`,
      );
    });

/** Tells on stderr what that CiviCRM would not use. */
export function noteUnused(
  context: CommandContext,
  file: string,
  definition: CaseTypeDefinition,
  edition: string,
): void {
  for (const { path, message } of unusedByEdition(definition, edition))
    context.note(`${inputName(file)}: ${path}: ${message}`);
}
