import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { mappingJsonSchema, readMappingFile, type MappingFile } from '../../../src/config/index.ts';
import { MAPPING_VOCABULARY } from '../../../src/migrate/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-mapping-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): MappingFile {
  writeFileSync(join(folder, 'it.yaml'), text);
  return readMappingFile(join(folder, 'it.yaml'), 'it.yaml', MAPPING_VOCABULARY);
}

function faultOf(action: () => unknown): string {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message;
    throw thrown;
  }
  throw new Error('The mapping was accepted.');
}

describe('a mapping file', () => {
  it('has everything that it does not say as empty', () => {
    const { from, to, mapping } = read('from: riverside\nnames: { case_status: { Paused: On hold } }\n');
    expect({ from, to }).toEqual({ from: 'riverside', to: null });
    expect(mapping.names.case_status).toEqual({ Paused: 'On hold' });
    expect(mapping.names.group).toEqual({});
    expect(mapping).toMatchObject({ contacts: {}, skip: [], defaults: { contact: null, fields: {} } });
    expect(read('').mapping.skip).toEqual([]);
  });

  it.each([
    ['nmes: {}', 'it.yaml:1:1: nmes: this key is not known; did you mean "names"?'],
    [
      'names:\n  activity_typ: {}',
      'it.yaml:2:3: names.activity_typ: this key is not known; did you mean "activity_type"?',
    ],
    ['names:\n  group:\n    A: 5', 'it.yaml:3:8: names.group.A: expected a text, got 5.'],
    ['skip: [Urgent]', 'it.yaml:1:8: skip[0]: expected a kind and a name such as "tag:Urgent"'],
    ['names:\n  group: { A: B, A: C }', 'it.yaml:2:18: this is not YAML: Map keys must be unique'],
  ])('of %j is refused at its place', (text, sentence) => {
    expect(faultOf(() => read(text))).toContain(sentence);
  });

  it('that is not there says how to make one', () => {
    expect(faultOf(() => readMappingFile(join(folder, 'nope.yaml'), 'nope.yaml', MAPPING_VOCABULARY))).toBe(
      'The mapping nope.yaml does not exist. "civicase map suggest FROM TO --out nope.yaml" makes one.',
    );
  });

  it('shows where a name stands that means nothing', () => {
    const file = read('names:\n  group:\n    desk: Desk\nskip:\n  - tag:Urgent\n');
    const error = file.error([
      { path: ['names', 'group', 'desk'], message: 'there is none' },
      { path: ['skip', '0'], message: 'there is none either' },
    ]);
    expect(error.message).toBe(
      'The mapping has 2 faults:\n' +
        '  it.yaml:3:5: names.group.desk: there is none.\n' +
        '  it.yaml:5:5: skip[0]: there is none either.',
    );
  });

  it('has a schema for editors that knows every kind', () => {
    const text = JSON.stringify(mappingJsonSchema(MAPPING_VOCABULARY));
    for (const kind of MAPPING_VOCABULARY.mapped) expect(text).toContain(`"${kind}"`);
  });
});
