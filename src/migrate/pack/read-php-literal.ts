import type { JsonValue } from '../../base/json.ts';

/** What stands in a PHP file that is no literal, and on which line (from 1). */
export interface NoLiteral {
  readonly line: number;
  readonly found: string;
}

export type LiteralFile =
  { readonly kind: 'value'; readonly value: JsonValue } | ({ readonly kind: 'no-literal' } & NoLiteral);

const TOKEN =
  /\s+|\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?\*\/|(?<text>'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\$]|\\[\s\S])*")|(?<number>-?\d+(?:\.\d+)?)|(?<name>\\?[A-Za-z_]\w*(?:(?:\\|::)[A-Za-z_]\w*)*)|(?<sign>=>|[\s\S])/gy;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/**
 * The value that a PHP file returns, when it is written down there: texts, numbers, TRUE, FALSE, NULL, arrays, texts joined
 * by a dot, and `ts()` or `E::ts()` of a text, which counts as the text. Nothing is run; whatever else stands in the file is
 * told with its line.
 */
export function readPhpLiteral(source: string): LiteralFile {
  const start = /^\uFEFF?<\?php\b/.exec(source)?.[0];
  if (start === undefined) return { kind: 'no-literal', line: 1, found: 'no <?php' };
  const tokens = tokensOf(source, start.length);
  try {
    return { kind: 'value', value: readFile(tokens) };
  } catch (thrown) {
    if (!(thrown instanceof Unexpected)) throw thrown;
    const line = source.slice(0, thrown.token.at).split('\n').length;
    return { kind: 'no-literal', line, found: thrown.token.kind === 'end' ? 'the end' : thrown.token.text };
  }
}

class Unexpected extends Error {
  readonly token: Token;
  constructor(token: Token) {
    super(token.text);
    this.token = token;
  }
}

interface Reader {
  peek(): Token;
  next(): Token;
  /** Takes the next token when it is this sign. */
  takes(sign: string): boolean;
  expect(sign: string): void;
}

function tokensOf(source: string, from: number): Reader {
  const tokens: Token[] = [];
  TOKEN.lastIndex = from;
  for (let match = TOKEN.exec(source); match !== null; match = TOKEN.exec(source)) {
    const groups: Partial<Record<string, string>> = match.groups ?? {};
    for (const kind of ['text', 'number', 'name', 'sign'] as const) {
      const text = groups[kind];
      if (text !== undefined) tokens.push({ kind, text, at: match.index });
    }
  }
  const end: Token = { kind: 'end', text: '', at: source.length };
  let place = 0;
  const peek = (): Token => tokens[place] ?? end;
  const next = (): Token => {
    const token = peek();
    place += 1;
    return token;
  };
  const takes = (sign: string): boolean => {
    const token = peek();
    if (token.kind !== 'sign' || token.text !== sign) return false;
    place += 1;
    return true;
  };
  const expect = (sign: string): void => {
    if (!takes(sign)) throw new Unexpected(peek());
  };
  return { peek, next, takes, expect };
}

const isWord = ({ kind, text }: Token, word: string): boolean =>
  kind === 'name' && text.toLowerCase() === word;

function readFile(tokens: Reader): JsonValue {
  // `use CRM_Housing_ExtensionUtil as E;` says only where E::ts() comes from.
  while (isWord(tokens.peek(), 'use')) while (!tokens.takes(';')) skip(tokens);
  const first = tokens.next();
  if (!isWord(first, 'return')) throw new Unexpected(first);
  const value = readValue(tokens);
  tokens.expect(';');
  if (tokens.takes('?')) tokens.expect('>');
  const rest = tokens.peek();
  if (rest.kind !== 'end') throw new Unexpected(rest);
  return value;
}

function skip(tokens: Reader): void {
  const token = tokens.next();
  if (token.kind !== 'name') throw new Unexpected(token);
}

function readValue(tokens: Reader): JsonValue {
  const value = readOne(tokens);
  if (typeof value !== 'string') return value;
  let joined = value;
  while (tokens.takes('.')) {
    const place = tokens.peek();
    const more = readOne(tokens);
    if (typeof more !== 'string') throw new Unexpected(place);
    joined += more;
  }
  return joined;
}

const CONSTANTS: Readonly<Record<string, JsonValue>> = { true: true, false: false, null: null };

function readOne(tokens: Reader): JsonValue {
  const token = tokens.next();
  switch (token.kind) {
    case 'text':
      return textOf(token);
    case 'number':
      // 010 is eight.
      if (/^-?0\d/.test(token.text)) throw new Unexpected(token);
      return Number(token.text);
    case 'sign':
      if (token.text === '[') return readItems(tokens, ']');
      throw new Unexpected(token);
    case 'name': {
      const constant = CONSTANTS[token.text.toLowerCase()];
      if (constant !== undefined) return constant;
      if (isWord(token, 'array')) {
        tokens.expect('(');
        return readItems(tokens, ')');
      }
      if (/^(\\?ts|(?:\w+\\?)*\w+::ts)$/.test(token.text)) return readTranslated(tokens);
      throw new Unexpected(token);
    }
    case 'end':
      throw new Unexpected(token);
  }
}

/** `ts('text', ['domain' => 'key'])`; with other arguments it puts them into the text. */
function readTranslated(tokens: Reader): JsonValue {
  tokens.expect('(');
  const place = tokens.peek();
  const text = readValue(tokens);
  if (typeof text !== 'string') throw new Unexpected(place);
  if (tokens.takes(',') && !tokens.takes(')')) {
    const second = tokens.peek();
    const options = readValue(tokens);
    const names = typeof options === 'object' && options !== null ? Object.keys(options) : ['?'];
    if (names.some((name) => name !== 'domain')) throw new Unexpected(second);
    tokens.takes(',');
    tokens.expect(')');
    return text;
  }
  tokens.takes(')');
  return text;
}

/** A list when no item has a key, as PHP's own list. */
function readItems(tokens: Reader, close: string): JsonValue {
  const items: (readonly [string | null, JsonValue])[] = [];
  while (!tokens.takes(close)) {
    const place = tokens.peek();
    const value = readValue(tokens);
    if (tokens.takes('=>')) {
      if (typeof value !== 'string' && typeof value !== 'number') throw new Unexpected(place);
      items.push([String(value), readValue(tokens)]);
    } else items.push([null, value]);
    if (!tokens.takes(',')) {
      tokens.expect(close);
      break;
    }
  }
  if (items.every(([key], index) => key === null || key === String(index)))
    return items.map(([, value]) => value);
  return Object.fromEntries(
    items.map(([key, value], index): [string, JsonValue] => [key ?? String(index), value]),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', '"': '"', $: '$' };

function textOf(token: Token): string {
  const inner = token.text.slice(1, -1);
  if (token.text.startsWith("'")) return inner.replace(/\\([\\'])/g, '$1');
  return inner.replace(/\\([\s\S])/g, (both, letter: string) => {
    // \x41, \u{1F600} and \101 are letters too.
    if (/[xu0-7vef]/.test(letter)) throw new Unexpected(token);
    return ESCAPES[letter] ?? both;
  });
}
