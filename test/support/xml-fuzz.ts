import { AppError } from '../../src/base/errors.ts';
import { nodeText } from '../../src/xml/node.ts';
import { readCaseTypeDocument, readCaseTypeXml, rewriteDocument } from '../../src/xml/index.ts';

/** What parsers stumble over, put in at random. */
const TOKENS = [
  '<',
  '>',
  '&',
  ';',
  '"',
  '\0',
  '\r',
  '\u00e9',
  '\ufffe',
  '🏠',
  '&#0;',
  '&#xD800;',
  '&amp;',
  '&e;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '--',
  '<?x ?>',
  '<?xml version="1.0" encoding="utf-16"?>',
  '<!DOCTYPE c [<!ENTITY e "<a>&f;</a>"><!ENTITY f "&e;">]>',
  '<!ENTITY % p SYSTEM "p">%p;',
  '<a xmlns:a="u"><a:b/></a>',
  ' xmlns:name="u"',
  ' a="1" a="2"',
  '<name/>',
  '<!-- c -->',
  '<other><deep>x</deep></other>',
  '<ActivityType/>',
  ' ',
  'text',
  '&#x20;',
  '</name>',
  '<groups>x</groups>',
  '<timeline>false</timeline>',
  '<__proto__>x</__proto__>',
  '<constructor/>',
].map((token) => Buffer.from(token));
const MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
].map((mark) => Buffer.from(mark));

/** Numbers from 0 to 1, always the same for a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the files, damaged in one place or a few. */
export function damage(files: readonly Uint8Array[], random: () => number): Buffer {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  let bytes: Buffer = Buffer.from(pick(files));
  for (let left = 1 + below(4) * below(2); left > 0; left -= 1) {
    // Half of the damage is done between tags, where most of it is still XML.
    const behindTag = random() < 0.5 ? bytes.indexOf('>', below(bytes.length + 1)) + 1 : 0;
    const at = behindTag > 0 ? behindTag : below(bytes.length + 1);
    const length = below(24);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const other = pick(files);
    const from = below(other.length);
    const changes: readonly (() => Buffer)[] = [
      () => Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)]),
      () => Buffer.concat([head, tail.subarray(length)]),
      () => Buffer.concat([head, tail.subarray(0, length), tail]),
      () => Buffer.concat([head, other.subarray(from, from + 4 * length), tail]),
      () => Buffer.concat([head, pick(TOKENS), tail]),
      () => Buffer.concat([head, pick(TOKENS), tail]),
      () => (random() < 0.1 ? Buffer.concat([pick(MARKS), bytes]) : bytes),
      () => (random() < 0.05 ? Buffer.from(bytes.toString('latin1'), 'utf16le') : bytes),
    ];
    bytes = pick(changes)();
  }
  return bytes;
}

export type Verdict = 'refused' | 'no case type' | 'read';

/**
 * Reads bytes and checks what must hold for any: they are refused with an AppError that names a place, or the tree
 * gives the text back and rewriting it to what it reads as changes nothing.
 * @throws whatever else happens
 */
export function judge(bytes: Uint8Array): Verdict {
  const document = refusedOr(() => readCaseTypeDocument(bytes, 'f.xml'));
  if (document === undefined) return 'refused';
  if (document.nodes.map(nodeText).join('') !== document.source.text) throw new Error('the tree lost text');
  const reading = refusedOr(() => readCaseTypeXml(bytes, 'f.xml'));
  if (reading === undefined) return 'no case type';
  const { definition, name } = reading;
  if (rewriteDocument(document, definition, name) !== document) throw new Error('rewriting changed the file');
  return 'read';
}

function refusedOr<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (thrown) {
    if (
      thrown instanceof AppError &&
      thrown.kind === 'invalid-input' &&
      /^f\.xml:\d+:\d+: /.test(thrown.message)
    )
      return undefined;
    throw thrown;
  }
}
