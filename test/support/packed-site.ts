import { readFileSync } from 'node:fs';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from './entities-of-every-kind.ts';
import { seededSite } from './migration-sites.ts';
import { shippedFile } from './shipped-case-types.ts';

/** A site with a case type that leans on every kind, one as CiviCRM ships it, and a French one with a name for files. */
export function packedSite() {
  const { before, after } = entitiesOfEveryKind('p_');
  const hospice = hospiceVisit('p_');
  const fromFile = (file: string, name: string, title: string) => ({
    kind: 'case_type' as const,
    name,
    title,
    description: `${title} <test> & more`,
    isActive: true,
    weight: 3,
    definition: readCaseTypeXml(readFileSync(shippedFile(file, '.xml')), file).definition,
    acceptsDefinition: true,
  });
  return seededSite({
    name: 'riverside',
    entities: [...before, ...after],
    caseTypes: () => [
      { ...hospice, acceptsDefinition: true },
      fromFile('housing_support', 'housing_support', 'Housing Support'),
      fromFile('accompagnement_logement', 'AideAuLogement', 'Demande d’aide au logement'),
    ],
  });
}
