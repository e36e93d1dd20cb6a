import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import { readReadme } from './case-type-about.ts';

/** The folder of the case types that come with civicase; it lies beside the program, in the package as well. */
export const SHIPPED_FOLDER = fileURLToPath(new URL('../../civicase-xml', import.meta.url));

export interface ShippedCaseType {
  readonly name: string;
  readonly title: string;
  readonly file: string;
}

/** Those of them that lie in a folder of their name, by name. */
export function shippedCaseTypes(): readonly ShippedCaseType[] {
  return readdirSync(SHIPPED_FOLDER)
    .sort()
    .flatMap((name) => {
      const file = join(SHIPPED_FOLDER, name, `${name}.xml`);
      if (!existsSync(file)) return [];
      return [{ name, file, title: readReadme(join(SHIPPED_FOLDER, name))?.title ?? name }];
    });
}

/** @throws AppError `not-found` that lists those that there are */
export function shippedCaseType(name: string): ShippedCaseType {
  const all = shippedCaseTypes();
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = all.map((one) => one.name);
  const near = nearestName(name, names);
  throw new AppError(
    'not-found',
    `There is no template "${name}". ${near === null ? '' : `Did you mean "${near}"? `}There are: ${names.join(', ')}.`,
    { details: { template: name } },
  );
}
