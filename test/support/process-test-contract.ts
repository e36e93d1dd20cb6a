import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCaseTypeModel, type CaseTypeDefinition, type CaseTypeModel } from '../../src/case-type/index.ts';
import type { SiteClient } from '../../src/civicrm/client.ts';
import { createProcessSite } from '../../src/civicrm/process-site.ts';
import { readTestFile, type TestFile } from '../../src/cli/process-test-files.ts';
import { renderFailures } from '../../src/process-test/report.ts';
import { runProcessTest, type ProcessTest, type TestOutcome } from '../../src/process-test/index.ts';
import {
  advanceProcess,
  caseEventOf,
  openProcess,
  type SimulatedProcess,
} from '../../src/process-test/simulated-process.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { readFileSync } from 'node:fs';
import { SHIPPED_FOLDER, shippedFile } from './shipped-case-types.ts';
import { seededRandom } from './seeded-random.ts';

/** One of each kind: English and French, with sets that are added by hand. */
const SHIPPED = ['housing_support', 'substance_abuse_intake', 'accompagnement_logement', 'permanence_elu'];

/** A case type that uses what the shipped ones do not: a sequence that shares types, limits, references to and fro. */
export const LIVELY: CaseTypeDefinition = {
  activityTypes: [
    { name: 'Open Case', max_instances: '1' },
    { name: 'Bridge check', max_instances: '2' },
    { name: 'Bridge plan' },
    { name: 'Bridge visit' },
    { name: 'Bridge review', max_instances: '1' },
    { name: 'Phone Call' },
  ],
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard',
      timeline: 1,
      activityTypes: [
        { name: 'Open Case', status: 'Completed' },
        {
          name: 'Bridge check',
          reference_activity: 'Open Case',
          reference_offset: '2',
          default_assignee_type: '4',
        },
        { name: 'Bridge plan', reference_activity: 'Bridge check', reference_offset: '-1', status: 'Kept' },
        { name: 'Bridge check', reference_activity: 'Bridge check', reference_offset: '9' },
        { name: 'Bridge check', reference_offset: '30' },
      ],
    },
    {
      name: 'more_visits',
      label: 'More visits',
      timeline: 1,
      activityTypes: [
        {
          name: 'Bridge visit',
          reference_activity: 'Bridge review',
          reference_offset: '3',
          status: 'Completed',
        },
        { name: 'Bridge check', reference_offset: '1' },
        {
          name: 'Phone Call',
          reference_activity: 'Bridge visit',
          reference_offset: '1',
          reference_select: 'newest',
        },
      ],
    },
    {
      name: 'sequence',
      label: 'Sequence',
      sequence: 1,
      activityTypes: [{ name: 'Bridge visit' }, { name: 'Bridge plan' }, { name: 'Bridge review' }],
    },
  ],
  caseRoles: [
    { name: 'Case Coordinator', creator: '1', manager: '1' },
    { name: 'Bridge Adviser', creator: '0' },
  ],
};

/** The same without the sequence: here a moved start date can be played on a site, too. */
export const CALM: CaseTypeDefinition = {
  ...LIVELY,
  activitySets: (LIVELY.activitySets as readonly JsonObject[]).filter((set) => set['sequence'] === undefined),
};

export interface ProcessTestScope {
  /** Of each shipped type all tests, or the one in which most happens. */
  readonly tests: 'all' | 'longest';
  /** How many random cases of each made type. */
  readonly lives: number;
}

/** What a site must do with process tests: agree with the simulation, and be left as it was found. */
export function describeProcessTests(
  about: string,
  open: () => Promise<{ readonly client: SiteClient; readonly close: () => Promise<void> }>,
  scope: ProcessTestScope,
): void {
  describe(`process tests on ${about}`, () => {
    let client: SiteClient;
    let close: () => Promise<void>;
    let files: readonly TestFile[];

    beforeAll(async () => {
      ({ client, close } = await open());
      files = await Promise.all(SHIPPED.map(readShipped));
      await addOption(client, 'activity_status', { name: 'Awaiting Documents', filter: 0 });
      await addOption(client, 'case_status', { name: "En attente d'attribution", grouping: 'Opened' });
      await addOption(client, 'case_status', { name: "En attente de l'administration", grouping: 'Opened' });
      const save = (name: string, definition: CaseTypeDefinition) =>
        client.call({
          entity: 'CaseType',
          action: 'save',
          // A fresh CiviCRM has a housing_support of its own.
          params: { records: [{ name, title: name, definition: definition as JsonObject }], match: ['name'] },
        });
      for (const name of SHIPPED) {
        const { definition } = readCaseTypeXml(readFileSync(shippedFile(name, '.xml')));
        await save(name, definition);
      }
      await save('bridge_lively', LIVELY);
      await save('bridge_calm', CALM);
      client.forgetOptions();
    });
    afterAll(() => close());

    const play = (
      caseType: string,
      file: Omit<TestFile, 'file' | 'caseTypeFile' | 'caseType'>,
      test: ProcessTest,
    ) => runProcessTest({ caseType, ...file, site: createProcessSite(client) }, test);

    const remains = async () => {
      const [cases, people] = await Promise.all([
        client.call({
          entity: 'Case',
          action: 'get',
          params: {
            select: ['subject'],
            where: [
              ['subject', 'LIKE', 'Process test%'],
              ['is_deleted', 'IN', [true, false]],
            ],
            limit: 0,
          },
        }),
        client.call({
          entity: 'Contact',
          action: 'get',
          params: {
            select: ['id'],
            where: [
              ['last_name', '=', '(process test)'],
              ['is_deleted', 'IN', [true, false]],
            ],
            limit: 0,
          },
        }),
      ]);
      return [...cases.values, ...people.values];
    };

    it('agree for the case types we ship, and leave nothing behind', async () => {
      const tests = files.flatMap((file) => {
        const byLength = file.specification.tests.toSorted(
          (one, other) => (other.when?.length ?? 0) - (one.when?.length ?? 0),
        );
        return byLength.slice(0, scope.tests === 'all' ? undefined : 1).map((test) => ({ file, test }));
      });
      const outcomes = await inTurns(tests, ({ file, test }) => play(file.caseType, file, test));
      expect(renderFailures(outcomes.flatMap(({ failures }) => failures))).toEqual([]);
      expect(await remains()).toEqual([]);
    });

    it.each([
      ['bridge_lively', LIVELY],
      ['bridge_calm', CALM],
    ])('agree for cases of %s that live through anything', async (caseType, definition) => {
      const model = toCaseTypeModel(definition);
      const lives = Array.from({ length: scope.lives }, (_, index) => randomLife(model, index + 1));
      const setting = { model, specification: { tests: lives } };
      const outcomes = await inTurns(lives, (test) => play(caseType, setting, test));
      expect(renderFailures(outcomes.flatMap(({ failures }) => failures))).toEqual([]);
      expect(outcomes.map(({ onlySimulated }) => onlySimulated)).toEqual(lives.map(() => null));
      expect(await remains()).toEqual([]);
    });

    it('tell where the site does otherwise, and remove the case all the same', async () => {
      const model = toCaseTypeModel({
        ...LIVELY,
        activitySets: [
          {
            name: 'standard_timeline',
            label: '',
            timeline: 1,
            activityTypes: [{ name: 'Open Case', status: 'Completed' }],
          },
        ],
      });
      const test: ProcessTest = {
        name: 'Another case type',
        given: { opened: '2026-03-02' },
        then: { due: [] },
      };
      const outcome = await play('bridge_lively', { model, specification: { tests: [test] } }, test);
      expect(
        outcome.failures.map(({ moment, problems }) => [moment, problems.map(({ what }) => what)]),
      ).toEqual([
        [
          'right after the opening',
          [`The site "${client.siteName}" does otherwise than the simulation of the file.`],
        ],
      ]);
      const missing = await play('no_such_type', { model, specification: { tests: [test] } }, test);
      expect(missing.failures[0]?.problems[0]?.what).toContain('has no case type "no_such_type"');
      expect(await remains()).toEqual([]);
    });
  });
}

const io = { workingDirectory: SHIPPED_FOLDER } as Parameters<typeof readTestFile>[0];
const readShipped = (name: string): Promise<TestFile> => readTestFile(io, `${name}/${name}.test.yaml`);

async function addOption(client: SiteClient, group: string, values: JsonObject & { readonly name: string }) {
  if ((await client.options(group)).some(({ name }) => name === values.name)) return;
  await client.call({
    entity: 'OptionValue',
    action: 'create',
    params: { values: { 'option_group_id.name': group, label: values.name, ...values } },
  });
}

async function inTurns<Item>(
  items: readonly Item[],
  play: (item: Item) => Promise<TestOutcome>,
): Promise<readonly TestOutcome[]> {
  const outcomes: TestOutcome[] = [];
  for (const item of items) outcomes.push(await play(item));
  return outcomes;
}

type When = NonNullable<ProcessTest['when']>;

/** A case to which eight things happen that a site would accept. */
export function randomLife(model: CaseTypeModel, seed: number): ProcessTest {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const given = {
    opened: pick(['2026-03-02', '2026-02-27', '2025-12-31']),
    by: 'Ada',
    roles: { 'Bridge Adviser': 'Ben' },
  };
  const hasSequence = model.activitySets.some(({ isSequence }) => isSequence);
  const test: ProcessTest = { name: `life ${String(seed)}`, given };
  const when: When[number][] = [];
  let process: SimulatedProcess = openProcess(model, { tests: [test] }, test);
  for (let day = 1; day <= 8; day += 1) {
    const open = process.state.activities.filter(
      ({ status, isDeleted }) => status === 'Scheduled' && !isDeleted,
    );
    const on = `day ${String(day)}`;
    const some = open.length === 0 ? [] : [pick(open).activityType];
    const event: When[number] = pick([
      ...some.flatMap((name) => [
        { on, completed: name },
        { on, completed: name },
        { on, completed: name },
        { on, marked: name, as: pick(['Cancelled', 'Left Message', 'Completed']) },
        { on, trashed: name },
      ]),
      { on, added: pick(['Phone Call', 'Bridge review', 'Bridge plan']), due: `day ${String(day + 2)}` },
      { on, status: pick(['Closed', 'Urgent', 'Open']) },
      { on, timelineAdded: pick(model.activitySets.map(({ label }) => label)) },
      ...(hasSequence ? [] : [{ on, startMovesTo: pick(['2026-04-01', '2026-03-05']) }]),
    ]);
    when.push({ ...event, then: {} });
    process = advanceProcess(process, caseEventOf(process, event));
  }
  return { ...test, when };
}
