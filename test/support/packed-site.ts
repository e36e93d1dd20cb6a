import { readFileSync } from 'node:fs';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from './entities-of-every-kind.ts';
import { entityKey } from '../../src/migrate/entity.ts';
import { snapshotOfDefinition } from '../../src/migrate/index.ts';
import { optionValue, seededSite } from './migration-sites.ts';
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
  const french = fromFile('accompagnement_logement', 'AideAuLogement', 'Demande d’aide au logement');
  const described = [french, fromFile('housing_support', 'housing_support', 'Housing Support')].flatMap(
    ({ name, definition }) => snapshotOfDefinition({ kind: 'definition', name, definition }, name).entities,
  );
  const seeded = new Set(['activity_type:Open Case', 'activity_type:Follow up']);
  return seededSite({
    name: 'riverside',
    entities: [
      ...before,
      ...described.filter((entity) => !seeded.has(entityKey(entity))),
      optionValue('case_status', "En attente d'attribution"),
      ...after,
      // Of the case type that comes as a file.
      ...after
        .filter((entity) => entity.kind === 'custom_group' && entity['name'] === 'p_Facts')
        .map((entity) => ({ ...entity, name: 'p_Logement', title: 'Logement', of: [french.name] })),
    ],
    caseTypes: () => [
      { ...hospice, acceptsDefinition: true },
      fromFile('housing_support', 'housing_support', 'Housing Support'),
      french,
    ],
  });
}
