import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderSnapshotFiles, snapshotSite } from '../../../src/migrate/index.ts';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import { riverside } from '../../support/migration-sites.ts';

const files = async () => {
  const decoder = new TextDecoder();
  const rendered = renderSnapshotFiles(await snapshotSite(riverside()));
  return new Map([...rendered].map(([path, content]) => [path, decoder.decode(content)]));
};

describe('a snapshot as files', () => {
  it('has one XML file per case type, one file per kind of dependency, and a lock', async () => {
    expect([...(await files()).keys()]).toEqual([
      'case-types/appeal.xml',
      'case-types.yaml',
      'contact-types.yaml',
      'relationship-types.yaml',
      'activity-types.yaml',
      'case-statuses.yaml',
      'activity-statuses.yaml',
      'encounter-media.yaml',
      'priorities.yaml',
      'assignee-rules.yaml',
      'groups.yaml',
      'tags.yaml',
      'message-templates.yaml',
      'option-groups.yaml',
      'option-values.yaml',
      'custom-groups.yaml',
      'custom-fields.yaml',
      'reminders.yaml',
      'civicase.lock.yaml',
    ]);
  });

  it('keeps the definition readable, with portable references in the place of ids', async () => {
    const xml = (await files()).get('case-types/appeal.xml') ?? '';
    const { name, definition } = readCaseTypeXml(xml);
    const snapshot = await snapshotSite(riverside());
    expect(name).toBe('appeal');
    expect(definition.activitySets).toEqual(snapshot.caseTypes[0]?.definition.activitySets);
    expect(xml).toContain('<default_assignee_contact>contact:external_identifier:staff-7<');
    expect(xml).not.toContain('>510<');
  });

  it('writes only what the case types need', async () => {
    const rendered = await files();
    const names = (file: string): readonly unknown[] =>
      (parse(rendered.get(file) ?? '') as readonly Record<string, unknown>[]).map(
        (row) => row['name'] ?? row['nameAB'],
      );
    expect(names('activity-types.yaml')).toEqual(['Hearing', 'Meeting', 'Open Case']);
    expect(names('relationship-types.yaml')).toEqual(['Case Coordinator is', 'Coach of']);
    expect(names('groups.yaml')).toEqual(['desk_team']);
    const lock = parse(rendered.get('civicase.lock.yaml') ?? '') as { hashes: Record<string, string> };
    expect(Object.keys(lock.hashes)).toContain('case_type:appeal');
    expect(Object.keys(lock.hashes)).not.toContain('activity_type:Follow up');
    expect(lock.hashes['activity_type:Hearing']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('holds no id, address or name of a person', async () => {
    const text = [...(await files()).values()].join('\n');
    expect(text).not.toContain('Staff@example.org');
    expect(text).not.toMatch(/\bid:/);
  });
});
