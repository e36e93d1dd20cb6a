import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { CaseTypeDefinition } from '../../src/case-type/index.ts';

const FOLDER = new URL('../../../shared/civicrm/recordings/casetype-xml/', import.meta.url);

/** The definitions that CiviCRM made of the recorded files; none beside a clone of the project alone. */
export const recordedDefinitions: readonly CaseTypeDefinition[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith('.expected.json'))
      .toSorted()
      .flatMap((name) => {
        const { definition } = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as {
          readonly definition?: CaseTypeDefinition;
        };
        return definition === undefined ? [] : [definition];
      })
  : [];
