import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCaseTypeXml, type CaseTypeReading } from '../../../src/xml/index.ts';

const ROOT = new URL('../../../', import.meta.url);
const FOLDERS = ['test/fixtures/xml/', 'civicase-xml/', '../shared/civicrm/recordings/casetype-xml/'];

export interface CorpusFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Every XML file we have: our own, and the recordings where they are. */
export function corpusFiles(): readonly CorpusFile[] {
  return FOLDERS.map((folder) => fileURLToPath(new URL(folder, ROOT)))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.xml'))
        .sort()
        .map((name) => ({ name, bytes: readFileSync(`${folder}/${name}`) })),
    );
}

/** Those that CiviCRM can read. */
export function corpusReadings(): readonly CaseTypeReading[] {
  return corpusFiles().flatMap(({ name, bytes }) => {
    try {
      return [readCaseTypeXml(bytes, name)];
    } catch {
      return [];
    }
  });
}
