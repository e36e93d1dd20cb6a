import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import type { CaseTypeDefinition } from '../../../src/case-type/index.ts';
import { arbitraryDefinition } from '../arbitrary-definition.ts';

const text = fc.constantFrom(
  ...[
    '',
    '0',
    ' ',
    'true',
    'false',
    'a,b',
    '<b>&"\'</b>',
    '&amp;',
    ']]>',
    'É 🏠',
    '\u00a0\u2028',
    '\u0001\u001f',
  ],
  ...['a\0b', '\0', '\r\n\t', '\ufffe\uffff', '-0', '1e3', ' 7 ', '9223372036854775808'],
);
const number = fc.constantFrom(
  ...[0, 1, -1, -0, 7, 0.1, 0.1 + 0.2, -2.5, 1.5e-7, 1e15, 1e21, 1e300, 5e-324, 123456789.123456],
  ...[2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64, 0.00001234, 1e14],
);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(text, number, fc.constantFrom(null, true, false));
const key = fc.oneof(
  { arbitrary: fc.constantFrom('name', 'label', 'groups', 'timeline', 'activityTypes', 'x', 'É'), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      '',
      '0',
      '7',
      'a b',
      'a:b',
      ':a',
      'x:',
      '-a',
      '.a',
      'a.b',
      '<',
      'a\0b',
      '🏠',
      '_',
    ),
    weight: 1,
  },
);
/** Anything that JSON can say, of three floors at most. */
const anything = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

type Change = readonly [at: number, kind: 'value' | 'key' | 'drop', key: string, value: JsonValue];

/** The definition with one place in it made into something else: places are counted as they are met. */
function changed(definition: JsonValue, [at, kind, newKey, newValue]: Change): JsonValue {
  let left = at % placesIn(definition);
  const walk = (value: JsonValue): JsonValue => {
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).flatMap(([name, inner]): readonly [string, JsonValue][] => {
      left -= 1;
      if (left !== -1) return [[name, walk(inner)]];
      return { value: [[name, newValue]], key: [[newKey, inner]], drop: [] }[kind] as [string, JsonValue][];
    });
    const isList = Array.isArray(value) && entries.every(([name], index) => name === String(index));
    return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
  };
  return walk(definition);
}

function placesIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + placesIn(inner), 1);
}

const change: fc.Arbitrary<Change> = fc.tuple(
  fc.nat(500),
  fc.constantFrom('value', 'value', 'value', 'key', 'drop'),
  key,
  anything,
);
const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const toJson = (definition: CaseTypeDefinition) => JSON.parse(JSON.stringify(definition)) as JsonValue;

const LISTS: ReadonlySet<string> = new Set([
  ...['activityTypes', 'activitySets', 'caseRoles', 'statuses', 'groups', 'activityAsgmtGrps'],
  'timelineActivityTypes',
]);

/** Without what CiviCRM surely refuses to write: attributes, and lists where a text belongs. */
function writable(value: JsonValue): JsonValue {
  if (Array.isArray(value))
    return value.map((item: JsonValue) => (Array.isArray(item) ? 'text' : writable(item)));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== '@attributes');
  return Object.fromEntries(
    kept.map(([name, inner]) => [
      name,
      LISTS.has(name) || typeof inner !== 'object' ? writable(inner) : 'text',
    ]),
  );
}

/** Definitions of which a few places are nonsense: whatever somebody may send to a site. */
export const arbitraryNonsense: fc.Arbitrary<CaseTypeDefinition> = fc
  .tuple(
    arbitraryDefinition,
    fc.array(change, { maxLength: 2 }),
    fc.constantFrom(true, true, true, true, false),
  )
  .map(([definition, changes, isWritable]) =>
    changes.reduce<JsonValue>(changed, isWritable ? writable(toJson(definition)) : toJson(definition)),
  )
  .filter(isObject);
