import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openMigrationSite, openRunJournal, type App } from '../../../src/app/index.ts';
import {
  applyMigration,
  contactKeysOf,
  planMigration,
  renderPlan,
  snapshotSite,
  type MigrationPlan,
  type MigrationSite,
  type PlanSource,
} from '../../../src/migrate/index.ts';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import type { Printer } from '../printer.ts';
import { createHalf, createRow } from '../sites.ts';

const CASE_TYPE = 'housing_support';
const XML_FILE = resolve(import.meta.dirname, '../../../civicase-xml/housing_support/housing_support.xml');

interface Step {
  readonly app: App;
  readonly printer: Printer;
  readonly folder: string;
}

/** Puts the case type of the XML file on riverside, then moves it to hilltop as an admin would. */
export async function moveCaseType({ app, printer, folder }: Step): Promise<void> {
  const riverside = openMigrationSite(app, 'riverside');
  const hilltop = openMigrationSite(app, 'hilltop');
  const journal = await openRunJournal(app);

  const { definition } = readCaseTypeXml(readFileSync(XML_FILE), XML_FILE);
  const file: PlanSource = {
    kind: 'definition',
    name: CASE_TYPE,
    title: 'Housing support',
    description: 'Helps people without a home to temporary and to lasting housing',
    definition,
  };
  await addNamesThatNoFileDescribes(app);
  const onRiverside = await planFor(file, riverside);
  await applyMigration(onRiverside, riverside, journal);
  const source = await snapshotSite(riverside, { caseTypes: [CASE_TYPE] });
  await createHalf(await planFor(source, hilltop), hilltop);
  printer.done(
    `civicase-xml/${CASE_TYPE}/${CASE_TYPE}.xml is on riverside with the ${onRiverside.changes.length - 1} things it needs; hilltop has half of those`,
  );

  const plan = await planFor(source, hilltop);
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan, null, 2));
  printer.line();
  printer.line(renderPlan(plan));
  printer.line();

  const { applied } = await applyMigration(plan, hilltop, journal);
  printer.done(`applied: ${applied.length} changes, each read back from hilltop`);
  const moved = await snapshotSite(hilltop, { caseTypes: [CASE_TYPE] });
  if (!isDeepStrictEqual(moved.caseTypes, source.caseTypes))
    throw new Error('hilltop shows another case type than riverside');
  printer.done('read back: the case type on hilltop equals the one on riverside');
  const second = await planFor(source, hilltop);
  if (second.changes.length > 0)
    throw new Error(`the second plan still has ${second.changes.length} changes`);
  printer.done('a second plan is empty');
}

/** A definition only names its statuses and groups; on riverside somebody has made them, as an admin does. */
async function addNamesThatNoFileDescribes(app: App): Promise<void> {
  const site = app.site('riverside');
  await createRow(site, 'OptionValue', {
    'option_group_id:name': 'case_status',
    name: 'On Housing Waitlist',
    label: 'On the housing waitlist',
    grouping: 'Opened',
    color: '#d9a514',
  });
  await createRow(site, 'OptionValue', {
    'option_group_id:name': 'activity_status',
    name: 'Awaiting Documents',
    label: 'Awaiting documents',
    filter: 0,
  });
  await createRow(site, 'Group', { name: 'housing_team', title: 'Housing team' });
}

async function planFor(source: PlanSource, target: MigrationSite): Promise<MigrationPlan> {
  const contacts = contactKeysOf(source, CASE_TYPE);
  return planMigration({
    source,
    target: await snapshotSite(target, { caseTypes: [CASE_TYPE], contacts }),
    caseTypes: [CASE_TYPE],
  });
}
