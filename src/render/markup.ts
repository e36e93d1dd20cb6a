/** Text that is already SVG or HTML and goes in as it is. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | null | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// A definition may come from JSON, which holds characters that neither XML nor HTML can.
// eslint-disable-next-line no-control-regex
const UNPRINTABLE = /[\0-\x08\v\f\x0e-\x1f\x7f\ufffe\uffff\p{Cs}]/gu;

/** The same text with a replacement character for each that no drawing may hold. */
export const printableText = (text: string): string => text.replace(UNPRINTABLE, '\ufffd');

/**
 * SVG or HTML out of a template: texts and numbers are escaped, `Markup` goes in unchanged, lists are joined,
 * null leaves nothing.
 */
export function markup(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: texts.map((text, index) => text + written(parts[index] ?? null)).join('') };
}

function written(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'number') return String(Math.round(part * 100) / 100);
  if (typeof part === 'string') return printableText(part).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');
  return 'markup' in part ? part.markup : part.map(written).join('');
}
