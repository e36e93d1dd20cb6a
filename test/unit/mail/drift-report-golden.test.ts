import { expect, it } from 'vitest';
import { createMailRenderer } from '../../../src/mail/render-mail.ts';
import {
  driftLines,
  driftTitle,
  editText,
  entityWords,
  type TracedDrift,
} from '../../../src/migrate/index.ts';
import { expectGolden } from '../../support/golden.ts';

const GOLDEN = new URL('../../golden/drift-report/', import.meta.url);
const step = (offset: string) => ({
  activitySets: [
    {
      name: 'standard_timeline',
      label: 'Standard Timeline',
      timeline: '1',
      activityTypes: [
        { name: 'Open Case', status: 'Completed' },
        { name: 'Visit', reference_activity: 'Open Case', reference_offset: offset },
      ],
    },
  ],
});
const DRIFT: readonly TracedDrift[] = [
  {
    key: 'activity_type:Visit',
    kind: 'changed',
    fields: [{ field: 'label', was: 'Visit', now: 'Visite <à domicile> & "co"' }],
    fingerprint: 'a',
    lastEdit: { at: '2026-03-02 13:00:00', by: 'Nadia Haddad' },
  },
  { key: 'case_status:Paused', kind: 'gone', fields: [], fingerprint: 'b', lastEdit: null },
  {
    key: 'tag:urgent',
    kind: 'added',
    fields: [],
    fingerprint: 'd',
    lastEdit: { at: '2026-03-02 13:00:00', by: 'Nadia Haddad', isMaking: true },
  },
  {
    key: 'case_type:visits',
    kind: 'changed',
    fields: [{ field: 'definition', was: step('3'), now: step('14') }],
    fingerprint: 'c',
    lastEdit: { at: null, by: 'Nadia Haddad' },
  },
];

it.each(['en', 'fr'] as const)('a report of drift in the language of its readers (%s)', (language) => {
  const { subject, text, html } = createMailRenderer(null)(
    'drift-report',
    {
      site: 'hilltop',
      names: DRIFT.map(({ key }) => entityWords(key, language)),
      findings: DRIFT.map((one) => ({
        title: driftTitle(one, language),
        lines: driftLines(one, language),
        edited: editText(one.lastEdit, language),
      })),
    },
    language,
  );
  expectGolden(new URL(`${language}.txt`, GOLDEN), `${subject}\n\n${text}`);
  expectGolden(new URL(`${language}.html`, GOLDEN), html);
  expect(html).toContain('&lt;');
});
