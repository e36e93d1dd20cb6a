import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the case types we ship: one folder each, with its XML, README, picture and process tests. */
export const SHIPPED_FOLDER = fileURLToPath(new URL('../../civicase-xml/', import.meta.url));

/** Their names, sorted. */
export const SHIPPED_CASE_TYPES: readonly string[] = readdirSync(SHIPPED_FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** The path of a file of a shipped case type: `housing_support` and `.xml`. */
export const shippedFile = (name: string, extension: string): string =>
  `${SHIPPED_FOLDER}${name}/${name}${extension}`;
