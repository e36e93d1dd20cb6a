import { describe, expect, it } from 'vitest';
import {
  findMergeConflicts,
  mergeDocuments,
  readCaseTypeDocument,
  readCaseTypeXml,
  writeCaseTypeDocument,
} from '../../../../src/xml/index.ts';

const text = (status: string, name = 'appeal', creator = '1'): string =>
  `<CaseType>\n  <name>${name}</name>\n  <Statuses>\n    <Status>Open</Status>\n    <Status>${status}</Status>\n  </Statuses>\n  <CaseRoles>\n    <RelationshipType><name>Judge</name><creator>${creator}</creator></RelationshipType>\n  </CaseRoles>\n</CaseType>\n`;
const document = (content: string | Uint8Array) => readCaseTypeDocument(content, 'appeal.xml');

describe('merging files', () => {
  it('keeps the bytes of OURS when THEIRS changed nothing, whatever they are', () => {
    const bytes = Buffer.concat([
      Buffer.from('\ufeff'),
      Buffer.from(text('Closed').replaceAll('\n', '\r\n')),
    ]);
    const base = document(text('Closed').replace('<name>appeal', '<!-- old --><name>appeal'));
    const merged = mergeDocuments({ base, ours: document(bytes), theirs: base });
    expect(Buffer.from(writeCaseTypeDocument(merged.document)).equals(bytes)).toBe(true);
    expect(merged.conflicts).toEqual([]);
  });

  it('writes a conflict in the encoding of the file, and where it does not change what CiviCRM reads', () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?>\n';
    const ours = document(Buffer.from(declared + text('Fermé', 'appeal', 'é'), 'latin1'));
    const merged = mergeDocuments({
      base: document(text('Closed')),
      ours,
      theirs: document(text('Closed', 'appeal', 'В')),
    });
    const written = Buffer.from(writeCaseTypeDocument(merged.document)).toString('latin1');
    expect(written).toContain('<Status>Fermé</Status>');
    expect(written).toContain('ours "\\u00e9", which counts; theirs "\\u0412"');
    expect(readCaseTypeXml(writeCaseTypeDocument(merged.document)).definition).toEqual(merged.definition);
    expect(findMergeConflicts(merged.document)).toHaveLength(merged.conflicts.length);
  });

  it('merges the name like the rest', () => {
    const [base, ours] = [document(text('Closed')), document(text('Open'))];
    const theirs = document(text('Closed', 'objection'));
    expect(mergeDocuments({ base, ours, theirs }).document.source.text).toContain('<name>objection</name>');
    const rival = mergeDocuments({ base, ours: document(text('Closed', 'plea')), theirs });
    expect(rival.document.source.text).toContain(
      '<!-- civicase-merge-conflict: name of the case type: ours "plea", which counts; theirs "objection"; before "appeal" -->\n  <name>plea</name>',
    );
    const chosen = mergeDocuments({ base, ours, theirs, name: 'chosen' });
    expect(chosen.document.source.text).toContain('<name>chosen</name>');
    expect(chosen.conflicts).toEqual([]);
  });

  it('finds conflicts that were left, with their place', () => {
    const left = document(
      '<CaseType>\n  <!-- civicase-merge-conflict: ours 1; theirs 2 -->\n  <a/><!-- else -->\n</CaseType>',
    );
    expect(findMergeConflicts(left)).toEqual([{ line: 2, column: 3, text: 'ours 1; theirs 2' }]);
  });
});
