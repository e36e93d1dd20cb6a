/** The languages in which case types are drawn and told. */
export type Language = 'en' | 'fr';

/** Names in a sentence keep what they are; the words around them get the no-break spaces of French. */
export function french(texts: TemplateStringsArray, ...names: readonly (string | number)[]): string {
  return texts.map((text, index) => noBreakSpaces(text) + String(names[index] ?? '')).join('');
}

const noBreakSpaces = (text: string): string =>
  text.replace(/ (?=[:;?!»%])/g, '\u00a0').replace(/(?<=«|n°) /g, '\u00a0');

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** A day of the calendar in words; dates are those of the site's wall clock, so no zone is asked. */
export function formatDate(
  language: Language,
  date: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' },
): string {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  return new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: 'UTC' }).format(instant);
}

/** From 10,000 on with a mark for the thousands; a true minus sign. */
export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(LOCALES[language], { useGrouping: 'min2' })
    .format(value)
    .replace('-', '−')
    .replace('\u202f', '\u00a0');
}

/** `housing_support` as `Housing support`, for a case type of which only the name is known, if that. */
export function titleFromName(name: string | null, language: Language): string {
  const spaced = (name ?? '')
    .replace(/_+/g, ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .trim();
  if (spaced === '') return { en: 'Case type without a name', fr: 'Type de dossier sans nom' }[language];
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
