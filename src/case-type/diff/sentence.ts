/** A sentence in pieces: what is said, and the names in it, which are shown apart from the words. */
export type Sentence = readonly (string | SentenceName)[];

export interface SentenceName {
  readonly name: string;
}

type Said = string | number | Sentence;

/** A sentence from a template: texts that go in are names, numbers are told as they are. */
export function say(words: TemplateStringsArray, ...said: readonly Said[]): Sentence {
  const pieces = words.flatMap((text, index): Sentence => {
    const part = said[index];
    if (part === undefined) return [text];
    if (typeof part === 'number') return [text, String(part).replace('-', '−')];
    return typeof part === 'string' ? [text, { name: part }] : [text, ...part];
  });
  return pieces.filter((piece) => piece !== '');
}

/** Sentences with a comma between them. */
export const listed = (parts: readonly Sentence[]): Sentence =>
  parts.flatMap((part, index) => (index === 0 ? part : [', ', ...part]));

export const names = (texts: readonly string[]): Sentence => listed(texts.map((name) => [{ name }]));

/** The sentence as one text, by default with its names between asterisks. */
export function sentenceText(
  sentence: Sentence,
  show: (name: string) => string = (name) => `*${name}*`,
): string {
  return sentence.map((part) => (typeof part === 'string' ? part : show(part.name))).join('');
}
