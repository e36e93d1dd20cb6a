import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { readCaseTypeXml, renderCaseTypeXsd } from '../../../../src/xml/index.ts';
import { expectGolden } from '../../../support/golden.ts';
import { SHIPPED_CASE_TYPES, shippedFile } from '../../../support/shipped-case-types.ts';

const CORPUS = new URL('../../../../../shared/civicrm/recordings/casetype-xml/', import.meta.url);
const schema = XmlDocument.fromString(renderCaseTypeXsd());
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** `line: message` of what libxml2 refuses; null for what it cannot parse. */
function faults(xml: Uint8Array | string): readonly string[] | null {
  let document: XmlDocument;
  try {
    document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  } catch {
    return null;
  }
  try {
    validator.validate(document);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof XmlValidateError)) throw thrown;
    return thrown.details.map(({ line, message }) => `${String(line)}: ${message.trim()}`);
  } finally {
    document.dispose();
  }
}

const inside = (content: string): string => `<CaseType><name>a</name>${content}</CaseType>`;
const step = (content: string): string =>
  inside(
    `<ActivitySets><ActivitySet><name>t</name><timeline>true</timeline><ActivityTypes><ActivityType>${content}</ActivityType></ActivityTypes></ActivitySet></ActivitySets>`,
  );

describe('the XML Schema', () => {
  it('lies current beside the case types', () => {
    expectGolden(new URL('../../../../civicase-xml/case-type.xsd', import.meta.url), renderCaseTypeXsd());
  });

  it.each(SHIPPED_CASE_TYPES)('takes %s', (name) => {
    expect(faults(readFileSync(shippedFile(name, '.xml')))).toEqual([]);
  });

  it.each([
    step('<name>A</name><reference_offset>-2</reference_offset><status/>'),
    step(
      '<default_assignee_contact>1</default_assignee_contact><name>A</name><default_assignee_contact>2</default_assignee_contact>',
    ),
    '<CaseType><Statuses><Status>Open</Status></Statuses><weight>2</weight><name>a</name></CaseType>',
  ])('takes %s in any order', (xml) => {
    expect(faults(xml)).toEqual([]);
  });

  it.each([
    [inside('<statuses/>'), 'statuses'],
    [inside('<grouping>x</grouping>'), 'grouping'],
    [inside('<forkable>yes</forkable>'), 'yes'],
    [inside('<ActivitySets><ActivitySet><timeline>1</timeline></ActivitySet></ActivitySets>'), 'timeline'],
    [inside('<ActivitySets/><ActivitySets/>'), 'ActivitySets'],
    [step('<name>A</name><reference_offset>3 d</reference_offset>'), '3 d'],
    [step('<name>A</name><refrence_offset>3</refrence_offset>'), 'refrence_offset'],
    [
      inside(
        '<CaseRoles><RelationshipType><name>A</name><manager>yes</manager></RelationshipType></CaseRoles>',
      ),
      'manager',
    ],
    ['<CaseType><name></name></CaseType>', 'name'],
    ['<CaseType><Statuses/></CaseType>', 'name'],
  ])('refuses %s', (xml, word) => {
    expect(faults(xml)?.join('\n')).toContain(word);
  });

  it('may be named in a file without changing what CiviCRM reads', () => {
    const xml = readFileSync(shippedFile('housing_support', '.xml'), 'utf8');
    const named = xml.replace(
      '<CaseType>',
      '<CaseType xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="../case-type.xsd">',
    );
    expect(named).not.toBe(xml);
    expect(readCaseTypeXml(named).definition).toEqual(readCaseTypeXml(xml).definition);
    expect(faults(named)).toEqual([]);
  });

  it.skipIf(!existsSync(CORPUS))(
    'takes every recorded file but those listed with what is odd in them',
    () => {
      const found = readdirSync(CORPUS)
        .filter((name) => name.endsWith('.xml'))
        .toSorted()
        .flatMap((name) => {
          const [first] = faults(readFileSync(new URL(name, CORPUS))) ?? [];
          return first === undefined
            ? []
            : [
                `${name}:${/^\d+/.exec(first)?.[0] ?? ''} ${/'([^']*)'(?:, attribute '([^']*)')?/.exec(first)?.slice(1).filter(Boolean).join(' ') ?? ''}`,
              ];
        });
      expect(found).toEqual(REFUSED);
    },
  );
});

/** File, line, and the element or text at which the schema stops. */
const REFUSED: readonly string[] = [
  'LCBRU-lcbru_civicrm_custom--AMAZE.xml:47 subject',
  'LCBRU-lcbru_civicrm_custom--BIORESOURCE_SUB_STUDY.xml:40 subject',
  'LCBRU-lcbru_civicrm_custom--BRAVE.xml:84 subject',
  'LCBRU-lcbru_civicrm_custom--DREAM.xml:76 subject',
  'LCBRU-lcbru_civicrm_custom--EMMACE4.xml:61 subject',
  'LCBRU-lcbru_civicrm_custom--FOAMI.xml:33 subject',
  'LCBRU-lcbru_civicrm_custom--GENVASC.xml:72 subject',
  'LCBRU-lcbru_civicrm_custom--GLOBAL_LEADERS.xml:52 subject',
  'LCBRU-lcbru_civicrm_custom--GRAPHIC2.xml:120 CaseTypeActivityNotifications',
  'LCBRU-lcbru_civicrm_custom--Indapamide.xml:53 subject',
  'LCBRU-lcbru_civicrm_custom--MERMAID.xml:71 subject',
  'LCBRU-lcbru_civicrm_custom--TMAO.xml:36 subject',
  'LCBRU-lcbru_civicrm_custom--TOTAL.xml:48 subject',
  'RosivaldoCosta-jcivicase--MobileCrisisTeam.xml:7 status',
  'RosivaldoCosta-jcivicase--OperationsCenter.xml:8 status',
  'civicrm-civicrm-core--Settings.xml:2 Settings',
  'civicrm-civicrm-core--configuration-Settings.xml:2 Settings',
  'civicrm-civicrm-core--report.xml:2 Case',
  'compucorp-civihr--Application.xml:5 grouping',
  'compucorp-civihr--Exiting.xml:6 componentName',
  'compucorp-civihr--Joining.xml:6 componentName',
  'made--attr_empty_leaf.xml:4 max_instances note',
  'made--attr_leaf.xml:4 name lang',
  'made--attr_root.xml:2 CaseType version',
  'made--empty_root.xml:2 CaseType',
  'made--forkable_empty.xml:4 forkable',
  'made--mixed_item.xml:4 ActivityType',
  'made--namespace.xml:2 {urn:x}CaseType',
  'made--nested_unknown.xml:4 extra',
  'made--no_name.xml:2 CaseType',
  'made--other_root.xml:2 Workflow',
  'made--repeat_child_top.xml:4 name',
  'made--roles_groups_twice.xml:4 groups',
  'made--set_other_child.xml:4 Other',
  'made--space_root.xml:2 CaseType',
  'made--statuses_empty_one.xml:4 Status',
  'made--statuses_mixed_empty.xml:4 Status',
  'made--timeline_1.xml:4 timeline',
  'made--timeline_TRUE.xml:4 timeline',
  'made--timeline_false.xml:4 timeline',
  'made--timeline_space.xml:4 timeline',
  'made--two_activitytypes_blocks.xml:4 ActivityTypes',
  'made--unknown_in_set.xml:4 pipeline',
  'made--unknown_top.xml:4 custom',
];
