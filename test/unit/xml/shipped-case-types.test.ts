import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintCaseType, simulateOpening, toCaseTypeModel } from '../../../src/case-type/index.ts';
import { readCaseTypeXml, readProcessModel, writeDefinitionXml } from '../../../src/xml/index.ts';

const FOLDER = new URL('../../../civicase-xml/', import.meta.url);
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.xml'));
const read = (file: string) => readCaseTypeXml(readFileSync(new URL(file, FOLDER)), file);

describe('the case types we ship', () => {
  it('are four', () => {
    expect(files).toEqual([
      'accompagnement_logement.xml',
      'housing_support.xml',
      'permanence_elu.xml',
      'substance_abuse_intake.xml',
    ]);
  });

  it.each(files)('%s is named as its file, without warnings or findings', (file) => {
    const { name, definition, warnings } = read(file);
    expect(`${name}.xml`).toBe(file);
    expect(warnings).toEqual([]);
    expect(lintCaseType(definition)).toEqual([]);
  });

  it.each(files)('%s survives the way through a site, and runs there as its file says', (file) => {
    const { name, definition, document } = read(file);
    const stored = readCaseTypeXml(writeDefinitionXml(definition, name));
    expect(stored.definition).toEqual(definition);
    expect(readProcessModel(stored.document)).toEqual(readProcessModel(document));
    expect(readProcessModel(document)).toEqual(toCaseTypeModel(definition));
  });

  it('housing_support opens with a plan for the first three weeks and a coordinator', () => {
    const { definition } = read('housing_support.xml');
    const opening = simulateOpening({
      definition,
      startDate: '2026-03-27',
      site: { activityStatuses: new Set(['Scheduled', 'Completed', 'Awaiting Documents']) },
    });
    expect(opening.failure).toBeNull();
    expect(opening.roles.map(({ relationshipType }) => relationshipType.nameBA)).toEqual([
      'Housing Coordinator',
    ]);
    expect(
      opening.activities.map((one) => [one.dateTime.slice(0, 10), one.activityType, one.status]),
    ).toEqual([
      ['2026-03-27', 'Open Case', 'Completed'],
      ['2026-03-28', 'Housing intake interview', 'Scheduled'],
      ['2026-03-31', 'Income and benefits review', 'Awaiting Documents'],
      ['2026-03-30', 'Emergency placement', 'Scheduled'],
      ['2026-04-10', 'Housing plan', 'Scheduled'],
      ['2026-04-17', 'Follow up', 'Scheduled'],
    ]);
  });
});
