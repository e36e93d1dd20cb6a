import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closureOf,
  parseSnapshotFiles,
  planMigration,
  portableSnapshot,
  reasonText,
  renderSnapshotFiles,
  snapshotSite,
  staleFiles,
  type SnapshotFiles,
} from '../../../src/migrate/index.ts';
import { entitiesOfEveryKind, hospiceVisit } from '../../support/entities-of-every-kind.ts';
import { hilltop, riverside, seededSite, STAFF } from '../../support/migration-sites.ts';

const decoder = new TextDecoder();
const textOf = (files: SnapshotFiles, path: string): string => decoder.decode(files.get(path));
const edit = (files: SnapshotFiles, path: string, change: (text: string) => string): SnapshotFiles =>
  new Map([...files, [path, new TextEncoder().encode(change(textOf(files, path)))]]);
const APPEAL = 'case-types/appeal.xml';

const pulled = async () => renderSnapshotFiles(await snapshotSite(riverside()));

describe('a folder of a snapshot', () => {
  it('gives back what was written, for any part of a site', async () => {
    const { before, after } = entitiesOfEveryKind('x_');
    const { definition, ...fields } = hospiceVisit('x_');
    const everything = [...before, ...after];
    await fc.assert(
      fc.asyncProperty(fc.subarray(everything), async (entities) => {
        const site = seededSite({
          name: 'riverside',
          entities,
          managed: { 'tag:x_Set': 'org.example.tags' },
          caseTypes: () => [{ ...fields, definition, acceptsDefinition: false }],
        });
        const snapshot = await snapshotSite(site);
        const files = renderSnapshotFiles(snapshot);
        const portable = portableSnapshot(snapshot);
        expect(parseSnapshotFiles(files, 'pulled')).toMatchObject({ snapshot: portable, edited: [] });
        expect(portableSnapshot(portable)).toEqual(portable);
        expect(renderSnapshotFiles(portable)).toEqual(files);
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it('keeps comments and layout of a file that says the same, and of the rest of one that does not', async () => {
    const commented = edit(await pulled(), APPEAL, (text) =>
      text.replace('<CaseType>', '<!-- Agreed in May. -->\n<CaseType>').replaceAll('\n ', '\n    '),
    );
    const again = renderSnapshotFiles(await snapshotSite(riverside()), commented);
    expect(textOf(again, APPEAL)).toBe(textOf(commented, APPEAL));
    const site = riverside();
    const [held] = await site.caseTypes();
    if (held === undefined) throw new Error('The site has no case type.');
    await site.saveCaseType({ ...held, definition: { ...held.definition, statuses: ['Open'] } });
    const changed = textOf(renderSnapshotFiles(await snapshotSite(site), commented), APPEAL);
    expect(changed).toContain('<!-- Agreed in May. -->');
    expect(changed).not.toContain('Paused');
    const broken = edit(commented, APPEAL, () => '<CaseType>');
    expect(textOf(renderSnapshotFiles(await snapshotSite(riverside()), broken), APPEAL)).toContain('Hearing');
  });

  it('names what was edited by hand, and takes out case types that are gone', async () => {
    const files = await pulled();
    const changed = edit(files, 'activity-types.yaml', (text) =>
      text.replace('Hearing of appeal', 'Hearing, at last'),
    );
    const { snapshot, edited } = parseSnapshotFiles(changed, 'pulled');
    expect(edited).toEqual(['activity_type:Hearing']);
    expect(snapshot.entities.find((entity) => entity.kind === 'activity_type')).toMatchObject({
      label: 'Hearing, at last',
    });
    const empty = renderSnapshotFiles(await snapshotSite(hilltop()));
    expect(staleFiles(empty, files)).toEqual([APPEAL]);
  });

  it('is a source to plan from', async () => {
    const { snapshot } = parseSnapshotFiles(await pulled(), 'pulled');
    const contacts = [{ by: 'external_identifier', text: STAFF.externalIdentifier }] as const;
    const target = await snapshotSite(hilltop(), { caseTypes: ['appeal'], contacts });
    const live = planMigration({ source: await snapshotSite(riverside()), target, caseTypes: ['appeal'] });
    expect(planMigration({ source: snapshot, target, caseTypes: ['appeal'] })).toEqual(live);
  });

  it('says which file and entry is wrong', async () => {
    const files = await pulled();
    const reading = (changed: SnapshotFiles) => () => parseSnapshotFiles(changed, 'pulled');
    expect(reading(new Map())).toThrow('pulled has no civicase.lock.yaml');
    expect(
      reading(edit(files, 'groups.yaml', (text) => text.replace('isActive: true', 'isActive: maybe'))),
    ).toThrow('pulled/groups.yaml, entry 1, "isActive"');
    expect(reading(edit(files, 'groups.yaml', (text) => `${text}\n: [`))).toThrow(
      'pulled/groups.yaml is not YAML',
    );
    expect(
      reading(edit(files, 'case-types.yaml', (text) => text.replace('name: appeal', 'name: other'))),
    ).toThrow('pulled has no case-types/other.xml');
    expect(reading(edit(files, APPEAL, (text) => text.replace('<name>appeal<', '<name>other<')))).toThrow(
      'holds the case type "other"',
    );
  });

  it('holds an e-mail address only when that is asked for', async () => {
    const contacts = [{ id: 510, externalIdentifier: null, email: 'Staff@example.org' }];
    const snapshot = await snapshotSite(riverside({ contacts }));
    expect(textOf(renderSnapshotFiles(snapshot), APPEAL)).toContain('>contact:withheld<');
    const files = renderSnapshotFiles(snapshot, new Map(), { withAddresses: true });
    expect(textOf(files, APPEAL)).toContain('>contact:email:staff@example.org<');
    const target = await snapshotSite(hilltop(), { caseTypes: ['appeal'] });
    const { snapshot: source } = parseSnapshotFiles(renderSnapshotFiles(snapshot), 'pulled');
    const [problem] = planMigration({ source, target, caseTypes: ['appeal'] }).problems;
    expect(problem).toMatchObject({ kind: 'not-portable' });
    expect(problem?.remedy).toContain('--with-addresses');
  });
});

describe('kinds that a site does not show', () => {
  it('stand in the snapshot, in the lock, and in the plan', async () => {
    const { before, after } = entitiesOfEveryKind('x_');
    const { definition, ...fields } = hospiceVisit('x_');
    const caseTypes = () => [{ ...fields, definition, acceptsDefinition: true }];
    const unread = [{ kind: 'reminder', reason: 'forbidden' }] as const;
    const open = (change: object) =>
      snapshotSite(seededSite({ name: 'riverside', entities: [...before, ...after], caseTypes, ...change }));
    const hidden = await open({ unread });
    expect(hidden.unread).toEqual(unread);
    expect(textOf(renderSnapshotFiles(hidden), 'civicase.lock.yaml')).toContain('kind: reminder');
    const target = await snapshotSite(seededSite({ name: 'hilltop', unread }));
    const caseType = fields.name;
    const fromHidden = planMigration({ source: hidden, target, caseTypes: [caseType] });
    expect(fromHidden.problems).toEqual([]);
    expect(fromHidden.notes.map(({ kind }) => kind)).toContain('unread-at-source');
    const [problem] = planMigration({ source: await open({}), target, caseTypes: [caseType] }).problems;
    expect(problem).toMatchObject({ kind: 'unread-here', key: 'reminder:x_visit_soon' });
  });
});

describe('a reason', () => {
  it('is said in English and in French', async () => {
    const [caseType] = (await snapshotSite(riverside())).caseTypes;
    if (caseType === undefined) throw new Error('The site has no case type.');
    const needs = closureOf(caseType, await snapshotSite(riverside()));
    const hearing = needs.find(({ key }) => key === 'activity_type:Hearing');
    expect(hearing?.reasons.map((reason) => reasonText(reason, 'fr'))).toEqual([
      'proposé dans le menu des activités',
      'étape 2 de « Standard timeline »',
      'date de l’étape 3 de « Standard timeline »',
    ]);
    expect(hearing?.reasons.map((reason) => reasonText(reason, 'en'))).toContain(
      'step 2 of Standard timeline',
    );
  });
});
