import fc, { type GeneratorValue } from 'fast-check';
import type { JsonValue } from '../../../src/base/json.ts';

const element = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);
const between = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
const anyText = (): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });

const DAYS = ['2026-03-02', '2025-12-31', '2026-03-29', '2026-10-25', '2024-02-29', '2026-08-15'];
const TIMES = ['00:00:00', '02:30:00', '10:15:45', '23:59:59'];
const ODD_DATES: readonly JsonValue[] = [
  '20260302',
  '20260302101500',
  '2026-02-30',
  '03/04/2026',
  '2026-03-02T09:30:00',
  '2026-03-02 09:30',
  '2026-13-45',
  'nonsense',
  '0000-00-00',
  '2026-03-02T09:30:00+02:00',
  'tomorrow',
  '',
  null,
];
const TEXTS = [
  'Ångström',
  'O\'Neil & "Sons"',
  '<b>bold</b>',
  'a  b',
  ' padded ',
  '日本語',
  '😀',
  '0',
  '%_',
  'back\\slash',
];
/** What no field expects. */
export const NONSENSE: readonly JsonValue[] = ['nope', '', null, [], ['nope']];

/** The choices of one sequence, made by fast-check. */
export function createDice(draw: GeneratorValue) {
  const pick = <Item>(items: readonly Item[]): Item => draw(element<Item>, items);
  const chance = (percent: number): boolean => draw(between, 1, 100) <= percent;
  const text = (): string =>
    chance(80)
      ? `${pick(['Call', 'visit', 'Älter', 'b'])} ${draw(between, 1, 9)}`
      : chance(70)
        ? pick(TEXTS)
        : draw(anyText);
  return {
    pick,
    chance,
    text,
    number: (least: number, most: number): number => draw(between, least, most),
    /** A few of the items, in any order. */
    some: <Item>(items: readonly Item[], most = 3): readonly Item[] => {
      const count = draw(between, 0, Math.min(most, items.length));
      return [...new Set(Array.from({ length: count }, () => pick(items)))];
    },
    date: (): JsonValue => {
      if (chance(9)) return pick(ODD_DATES);
      const day = pick(DAYS);
      return chance(50) ? day : `${day} ${pick(TIMES)}`;
    },
    flag: (): JsonValue => (chance(90) ? pick([true, false]) : pick<JsonValue>([0, 1, '1', '0'])),
    /** The members that the dice keep. */
    maybe: (
      percent: number,
      members: () => Readonly<Record<string, JsonValue>>,
    ): Readonly<Record<string, JsonValue>> => (chance(percent) ? members() : {}),
  };
}

export type Dice = ReturnType<typeof createDice>;
