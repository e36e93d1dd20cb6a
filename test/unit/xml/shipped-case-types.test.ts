import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintCaseType, simulateOpening, toCaseTypeModel } from '../../../src/case-type/index.ts';
import { SEED_ACTIVITY_STATUSES, SEED_RELATIONSHIP_TYPES } from '../../../src/case-type/seed-names.ts';
import { readCaseTypeXml, readProcessModel, writeDefinitionXml } from '../../../src/xml/index.ts';
import { SHIPPED_CASE_TYPES, SHIPPED_FOLDER, shippedFile } from '../../support/shipped-case-types.ts';

const read = (name: string) => readCaseTypeXml(readFileSync(shippedFile(name, '.xml')), `${name}.xml`);
const modelOf = (name: string) => toCaseTypeModel(read(name).definition);

/** What CiviCRM brings along, as far as our case types use it. */
const SEED_ACTIVITY_TYPES = new Set([
  'Change Case Start Date',
  'Change Case Status',
  'Change Case Type',
  'Email',
  'Follow up',
  'Link Cases',
  'Meeting',
  'Open Case',
  'Phone Call',
]);
const SEED_CASE_STATUSES = new Set(['Closed', 'Open', 'Urgent']);
const SEED_ROLES = new Set(SEED_RELATIONSHIP_TYPES.flatMap(({ nameAB, nameBA }) => [nameAB, nameBA]));

describe('the case types we ship', () => {
  it('are those that the README of their folder lists', () => {
    const listed = readFileSync(`${SHIPPED_FOLDER}README.md`, 'utf8').matchAll(/^\| `(\w+)` +\|/gm);
    expect(Array.from(listed, ([, name]) => name)).toEqual(SHIPPED_CASE_TYPES);
  });

  it.each(SHIPPED_CASE_TYPES)('%s is named as its file, and lint finds nothing but notices', (name) => {
    const reading = read(name);
    expect(reading.name).toBe(name);
    expect(reading.warnings).toEqual([]);
    const findings = lintCaseType(reading.definition);
    expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
  });

  it.each(SHIPPED_CASE_TYPES)(
    '%s survives the way through a site, and runs there as its file says',
    (name) => {
      const { definition, document } = read(name);
      const stored = readCaseTypeXml(writeDefinitionXml(definition, name));
      expect(stored.definition).toEqual(definition);
      expect(readProcessModel(stored.document)).toEqual(readProcessModel(document));
      expect(readProcessModel(document)).toEqual(toCaseTypeModel(definition));
    },
  );

  it.each(SHIPPED_CASE_TYPES)('%s has a README that names all a fresh CiviCRM lacks', (name) => {
    const model = modelOf(name);
    const steps = model.activitySets.flatMap((set) => set.steps);
    const types = [
      ...model.activityTypes.map((type) => type.name),
      ...steps.map((step) => step.activityType),
    ];
    const lacking = [
      ...types.filter((type) => !SEED_ACTIVITY_TYPES.has(type)),
      ...model.statuses.filter((status) => !SEED_CASE_STATUSES.has(status)),
      ...steps.flatMap(({ status = 'Scheduled' }) => (SEED_ACTIVITY_STATUSES.has(status) ? [] : [status])),
      ...model.caseRoles.map((role) => role.name).filter((role) => !SEED_ROLES.has(role)),
      ...[...model.assigneeGroups, ...model.caseRoles.flatMap(({ groups }) => groups)],
    ];
    const needed = [...new Set(lacking)].sort();
    const readme = readFileSync(shippedFile(name, '').replace(/[^/]*$/, 'README.md'), 'utf8');
    const named = readme.slice(readme.indexOf('\n- ')).matchAll(/`([^`]+)`/g);
    expect(Array.from(named, ([, one]) => one).sort()).toEqual(needed);
    expect(readme).toContain(`](${name}.svg)`);
  });

  it.each(SHIPPED_CASE_TYPES)('%s has its picture and its process tests', (name) => {
    expect(existsSync(shippedFile(name, '.svg'))).toBe(true);
    expect(existsSync(shippedFile(name, '.test.yaml'))).toBe(true);
  });

  it('housing_support opens with a plan for the first three weeks and a coordinator', () => {
    const { definition } = read('housing_support');
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
