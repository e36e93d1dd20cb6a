import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { titleFromName, type Language } from '../render/index.ts';
import type { DefinitionInput } from './read-definition.ts';
import type { CliIo } from './io.ts';

/** What is known of a case type beside its definition. */
export interface CaseTypeAbout {
  readonly title: string;
  readonly description: string | null;
  readonly language: Language;
}

/** The first heading and the first paragraph of a README. */
export interface ReadmeHead {
  readonly title: string | null;
  readonly paragraph: string | null;
}

/**
 * Title and purpose of a case type: from the README of its folder, if the folder bears the file's name, else from
 * its name. The language is that in which README, labels and names are written, else the fallback.
 */
export function readAbout(
  io: CliIo,
  file: string,
  { name, definition }: DefinitionInput,
  fallback: Language = 'en',
): CaseTypeAbout {
  const path = resolve(io.workingDirectory, file);
  const base = basename(path, extname(path));
  const readme = file !== '-' && basename(dirname(path)) === base ? readReadme(dirname(path)) : null;
  const known = name === null || name === '' ? (file === '-' ? '' : base) : name;
  return {
    title: readme?.title ?? titleFromName(known, fallback),
    description: readme?.paragraph ?? null,
    language: guessLanguage(`${readme?.paragraph ?? ''} ${JSON.stringify(definition)}`) ?? fallback,
  };
}

/** Null without a README.md in the folder. */
export function readReadme(folder: string): ReadmeHead | null {
  const file = join(folder, 'README.md');
  if (!existsSync(file)) return null;
  const blocks = readFileSync(file, 'utf8')
    .split(/\r?\n\s*\r?\n/)
    .map((block) => block.trim());
  const heading = blocks.find((block) => /^# /.test(block));
  const paragraph = blocks.find((block) => /^[\p{L}\p{N}"'«“(]/u.test(block));
  return {
    title: heading?.replace(/^# +/, '').split('\n')[0] ?? null,
    paragraph: paragraph === undefined ? null : plainText(paragraph),
  };
}

/** Without the marks of Markdown. */
const plainText = (markdown: string): string =>
  markdown
    .replace(/\s*\n\s*/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/\*\*?([^*]+)\*\*?/g, '$1');

const FRENCH =
  /(?<!\p{L})(?:le|la|les|des|du|une|et|est|sont|pour|dans|sur|qui|que|avec|aux|au|de|à|[ldqs]['’]\p{L})(?!\p{L})/giu;
const ENGLISH = /(?<!\p{L})(?:the|of|and|is|are|for|with|that|which|to|in|on|from|by|when|who)(?!\p{L})/giu;

/** By the small words that no sentence does without; null when neither language has more of them. */
function guessLanguage(text: string): Language | null {
  const count = (words: RegExp): number => [...text.matchAll(words)].length;
  const [french, english] = [count(FRENCH), count(ENGLISH)];
  return french === english ? null : french > english ? 'fr' : 'en';
}
