import { describe, expect, test } from 'vitest';
import { markup } from '../../../src/render/markup.ts';
import { textWidth, wrapText } from '../../../src/render/text-width.ts';

const bold = { size: 13, isBold: true };

describe('wrapping', () => {
  test.each([
    'Referral to treatment, with everything that belongs to it',
    'a_machine_name_that_goes_on_and_on_without_any_space_in_it',
    'Donaudampfschifffahrtsgesellschaftskapitänsmützenausgabe',
    '福祉サービス利用計画の作成と関係者への説明',
    'مقابلة القبول الأولى مع الأسرة الكبيرة',
  ])('keeps every line within the width and loses nothing: %s', (text) => {
    const lines = wrapText(text, { ...bold, width: 120 });
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => textWidth(line, bold) <= 120)).toBe(true);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  test('does not part words that a no-break space joins', () => {
    const lines = wrapText('Jours comptés\u00a0: trois', { ...bold, width: 110 });
    expect(lines).toContain('comptés\u00a0:');
  });

  test('cuts what is beyond all measure, with an ellipsis', () => {
    const lines = wrapText('word '.repeat(5000), { ...bold, width: 100, maxLines: 3 });
    expect(lines).toHaveLength(3);
    expect(lines.at(-1)).toMatch(/…$/);
  });
});

test('markup escapes texts, keeps markup, and drops nothing else', () => {
  expect(markup`<p title="${'"'}">${'<b>'}${markup`<i>${'&'}</i>`}${[1.23456, 'x']}${null}</p>`.markup).toBe(
    '<p title="&quot;">&lt;b&gt;<i>&amp;</i>1.23x</p>',
  );
});
