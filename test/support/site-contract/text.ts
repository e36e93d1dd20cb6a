import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import { isSameStored } from '../../../src/civicrm/index.ts';
import { thrownBy } from '../test-site-client.ts';
import { type Call, type Desk, textOf } from './contract-site.ts';

/** What is written into a subject, and what it reads, where that differs. */
const SUBJECTS: readonly (readonly [what: string, written: string, read?: string])[] = [
  ['accents', 'Ünïcödé ñ ß Œ'],
  ['combining marks', 'e\u0301 n\u0303 a\u030a'],
  ['right to left', 'שלום עולם مرحبا'],
  ['emoji of four bytes', '😀 👩‍👩‍👧 🇪🇺'],
  ['markup characters', '& < > " \' <b>bold</b> &amp; &quot;'],
  ['entities of angle brackets', '&lt;b&gt;', '<b>'],
  ['backslashes', "C:\\temp\\new \\\\ \\' \\0"],
  ['line ends', 'one\ntwo\r\nthree\tfour'],
  ['control characters', 'a\u0001b\u0007c'],
  ['the null character', 'a\u0000b'],
  ['SQL', "'; DROP TABLE civicrm_activity; -- %s %1 $1"],
  ['a token and a case number', '{contact.display_name} [case #1]'],
  ['blanks around', '  padded  ', 'padded'],
  ['the word null', 'null', 'Null'],
  ['a digit', '0'],
  ['too many characters', 'x'.repeat(300), `${'x'.repeat(252)}...`],
  ['too many characters of four bytes', '😀'.repeat(300), `${'😀'.repeat(252)}...`],
];

/** Details keep HTML of every kind, through the API. */
const DETAILS: readonly (readonly [what: string, text: string])[] = [
  ['a paragraph', '<p>Öl &amp; Wasser &lt; 3</p>'],
  ['a script', '<script>alert(1)</script><img src=x onerror="alert(2)"><p onclick=x()>a</p>'],
  ['blanks and line ends', '  a\r\n\n b  '],
  ['more than 64 KiB', 'é'.repeat(40_000)],
  ['emoji', '😀'.repeat(1000)],
];

export function describeText(desk: Desk): void {
  describe('text', () => {
    it('subjects come back as they went, with few exceptions', async () => {
      const { id: caseId } = await desk.openCase();
      const id = await desk.meeting();
      const answers = await desk.each(
        SUBJECTS.flatMap(([, subject]): readonly Call[] => [
          ['Activity', 'update', { where: [['id', '=', id]], values: { subject, case_id: caseId } }],
          ['Activity', 'get', { select: ['subject'], where: [['id', '=', id]] }],
          ['Case', 'update', { where: [['id', '=', caseId]], values: { subject } }],
          ['Case', 'get', { select: ['subject'], where: [['id', '=', caseId]] }],
        ]),
      );
      const read = (index: number) => (answers[index] as readonly JsonObject[])[0]?.['subject'];
      const shown = SUBJECTS.map(([what], index) => [what, read(index * 4 + 1)]);
      expect(shown).toEqual(SUBJECTS.map(([what, written, stored = written]) => [what, stored]));
      // A case's subject is half as long.
      const ofCases = SUBJECTS.slice(0, -2).map(([what], index) => [what, read(index * 4 + 3)]);
      expect(ofCases).toEqual(shown.slice(0, -2));
    });

    it('a subject is found by what was written', async () => {
      const id = await desk.meeting();
      const searched = SUBJECTS.filter(([what]) => !what.startsWith('too many') && what !== 'the word null');
      const answers = await desk.each(
        searched.flatMap(([, subject]): readonly Call[] => [
          ['Activity', 'update', { where: [['id', '=', id]], values: { subject, case_id: null } }],
          [
            'Activity',
            'get',
            {
              select: ['id'],
              where: [
                ['id', '=', id],
                ['subject', '=', subject.trim()],
              ],
            },
          ],
        ]),
      );
      expect(searched.map(([what], index) => [what, answers[index * 2 + 1]])).toEqual(
        searched.map(([what]) => [what, [{ id }]]),
      );
    });

    it('our comparison knows what CiviCRM changes', () => {
      for (const [, written, read] of SUBJECTS.slice(0, 13))
        expect(isSameStored(written, read ?? written)).toBe(true);
    });

    it.each(DETAILS)('details of an activity keep %s', async (_what, details) => {
      const id = await desk.meeting({ details });
      expect((await desk.row('Activity', id, ['details']))?.['details']).toBe(details);
    });

    it('details of a case hold 64 KiB less one byte, and not one byte more', async () => {
      const { id } = await desk.openCase();
      await desk.update('Case', id, { details: 'x'.repeat(65_535) });
      expect(textOf((await desk.row('Case', id, ['details']))?.['details'])).toHaveLength(65_535);
      expect(await thrownBy(desk.update('Case', id, { details: 'é'.repeat(32_768) }))).toMatchObject({
        kind: 'remote-rejected',
      });
      expect(textOf((await desk.row('Case', id, ['details']))?.['details'])).toHaveLength(65_535);
    });

    it('names of people are cut to their columns', async () => {
      const id = await desk.person({ first_name: 'x'.repeat(70), last_name: "O'Brien" });
      expect(await desk.row('Contact', id, ['first_name', 'last_name'])).toEqual({
        id,
        first_name: `${'x'.repeat(61)}...`,
        last_name: "O'Brien",
      });
    });
  });
}
