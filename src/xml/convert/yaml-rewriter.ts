import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { readCaseTypeYaml } from './yaml-reader.ts';
import { fromWord, NAME_WORD, type Place } from './yaml-words.ts';
import { writeCaseTypeYaml, YAML_STYLE } from './yaml-writer.ts';

/** Keys that say yes or no. `yes` stays where `true` would be written. */
const FLAG_KEYS: ReadonlySet<string> = new Set([
  'forkable',
  'restrictActivityAsgmtToCmsUser',
  'timeline',
  'sequence',
]);
const YES = /^(?:true|yes|1)$/i;
const NO = /^(?:false|no|0)$/i;

/** The lists of items with a name. */
const LISTS: Readonly<Record<string, Place>> = {
  'root.activityTypes': 'type',
  'root.activitySets': 'set',
  'root.caseRoles': 'role',
  'set.activityTypes': 'step',
};

/**
 * A case type's YAML with another definition: comments, the order of keys, quotes and the words that somebody chose
 * stay with what stays. Spaces may be set anew, and a comment behind the colon of a list goes to a line of its own.
 * The comment of an item that goes, goes with it.
 * @param name - the name it is to have; by default it keeps its own
 * @throws AppError invalid-input with file, line and column when the text is no case type
 */
export function rewriteCaseTypeYaml(
  text: string,
  definition: CaseTypeDefinition,
  name?: string,
  fileName?: string,
): string {
  const former = readCaseTypeYaml(text, fileName);
  const chosen = name ?? former.name;
  const wanted = writeCaseTypeYaml(definition, chosen);
  // What says the same already keeps its bytes.
  if (writeCaseTypeYaml(former.definition, former.name) === wanted) return text;
  const parse = (yaml: string) =>
    parseDocument<Node>(yaml, { schema: 'failsafe', stringKeys: true, logLevel: 'silent' });
  const document = parse(text);
  document.contents = follow(document.contents, parse(wanted).contents, {
    map: 'root',
    items: null,
  }) as typeof document.contents;
  const isFlush = /^[^\s#-][^\n]*:[ \t]*\r?\n- /m.test(text);
  const written = document.toString({ ...YAML_STYLE, indentSeq: !isFlush });
  return text.includes('\r\n') ? written.replaceAll('\n', '\r\n') : written;
}

interface Where {
  /** What kind of map this is; null for values without words of the form. */
  readonly map: Place | null;
  /** What the items of this list are. */
  readonly items: Place | null;
}

const VALUE: Where = { map: null, items: null };

/** The former node where it says what is wanted, changed where it does not, or the wanted one in its place. */
function follow(former: unknown, wanted: unknown, where: Where): unknown {
  if (isMap(former) && isMap(wanted)) return followMap(former, wanted, where.map);
  if (isSeq(former) && isSeq(wanted)) return followList(former, wanted, where.items);
  if (isScalar(former) && isScalar(wanted) && meaning(former, null) === meaning(wanted, null)) return former;
  // An item that is only a name may be written either way.
  const named =
    isMap(former) && isScalar(wanted) && wanted.tag === undefined ? nameOf(former, where.map) : undefined;
  if (isMap(former) && named !== undefined) {
    named.value = follow(named.value, wanted, VALUE);
    former.items = [named];
    return former;
  }
  return withRemarks(former, wanted);
}

function followMap(former: YAMLMap, wanted: YAMLMap, place: Place | null): YAMLMap {
  const asked = new Map(wanted.items.map((pair) => [keyOf(pair, place), pair]));
  const kept = former.items.filter((pair) => asked.has(keyOf(pair, place)));
  const known = new Map(kept.map((pair) => [keyOf(pair, place), pair]));
  let at = 0;
  for (const [key, pair] of asked) {
    const own = known.get(key);
    if (own === undefined) kept.splice(at, 0, pair);
    else if (!isSaid(key, own.value, pair.value))
      own.value = follow(own.value, pair.value, {
        map: null,
        items: LISTS[`${String(place)}.${key}`] ?? null,
      });
    at = kept.indexOf(own ?? pair) + 1;
  }
  former.items = kept;
  return former;
}

/** Items are the same that say the same, or bear the same name, or stand in the same place of a list as long. */
function followList(former: YAMLSeq, wanted: YAMLSeq, place: Place | null): YAMLSeq {
  const left = new Set(former.items);
  const found = new Map<unknown, unknown>();
  const pair = (isSame: (own: unknown, item: unknown) => boolean): void => {
    for (const item of wanted.items) {
      if (found.has(item)) continue;
      const own = [...left].find((one) => isSame(one, item));
      if (own === undefined) continue;
      left.delete(own);
      found.set(item, own);
    }
  };
  pair((own, item) => meaning(own, place) === meaning(item, place));
  pair((own, item) => place !== null && titleOf(own, place) === titleOf(item, place));
  if (former.items.length === wanted.items.length)
    pair((own, item) => former.items.indexOf(own) === wanted.items.indexOf(item));
  former.items = wanted.items.map((item) =>
    found.has(item) ? follow(found.get(item), item, { map: place, items: null }) : item,
  );
  // What was written as [] takes items as a list with dashes.
  former.flow = former.flow === true && wanted.flow === true;
  return former;
}

/** The comments around a value, with another value. */
function withRemarks(former: unknown, wanted: unknown): unknown {
  if (!isNode(former) || !isNode(wanted)) return wanted;
  const { comment, commentBefore, spaceBefore } = former;
  return Object.assign(wanted, {
    comment: comment ?? wanted.comment,
    commentBefore: commentBefore ?? wanted.commentBefore,
    spaceBefore: spaceBefore ?? wanted.spaceBefore,
  });
}

/** CiviCRM's key for the word that stands there; the name of the case type goes by its own word. */
function keyOf({ key }: Pair, place: Place | null): string {
  const word = isScalar(key) ? String(key.value) : '';
  if (place === null) return word;
  return place === 'root' && word === 'name' ? NAME_WORD : fromWord(place, word);
}

const nameOf = (map: YAMLMap, place: Place | null): Pair | undefined =>
  map.items.find((pair) => keyOf(pair, place) === 'name');

const titleOf = (item: unknown, place: Place): string =>
  meaning(isMap(item) ? nameOf(item, place)?.value : item, null);

/** `yes` says true, and one group needs no list. */
const isSaid = (key: string, own: unknown, wanted: unknown): boolean =>
  (FLAG_KEYS.has(key) && isSameFlag(own, wanted)) ||
  (key === 'groups' && isScalar(own) && meaning(wanted, null) === `[${meaning(own, null)}]`);

const isSameFlag = (one: unknown, other: unknown): boolean =>
  [YES, NO].some((word) => [one, other].every((node) => isScalar(node) && word.test(String(node.value))));

/** What a node says, however it is written. */
function meaning(node: unknown, place: Place | null): string {
  if (isMap(node))
    return `{${node.items.map((pair) => `${keyOf(pair, place)}:${meaning(pair.value, null)}`).join()}}`;
  if (isSeq(node)) return `[${node.items.map((item) => meaning(item, null)).join()}]`;
  if (!isScalar(node)) return '';
  const isNothing = node.type === 'PLAIN' && node.value === '';
  return isNothing ? '' : `${node.tag ?? ''}${JSON.stringify(node.value)}`;
}
