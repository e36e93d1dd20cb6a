import { z } from 'zod';
import {
  CASE_TYPE_FORMAT,
  SET_ABOUT,
  SET_FORMAT,
  STEP_FIELDS,
  TIMELINE_STEPS_KEY,
  type ItemField,
} from '../format.ts';

/** What a leaf may be: a text; a number or truth as people write it; nothing; and what odd XML reads as. */
const leaf = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);

const fields = (known: readonly ItemField[]) =>
  z.looseObject(
    Object.fromEntries(known.map(({ element, about }) => [element, leaf.optional().describe(about)])),
  );

/** CiviCRM reads an item without elements in it as a list. */
const item = (known: readonly ItemField[]) => z.union([fields(known), z.array(z.unknown())]);
/** PHP shows a list with gaps as an object. */
const listOf = (one: z.ZodType) => z.union([z.array(one), z.record(z.string(), one)]);

const steps = z.array(item(STEP_FIELDS));
const flag = z.union([
  z.literal(1),
  z.literal(0),
  z.literal('1'),
  z.literal('0'),
  z.literal('true'),
  z.boolean(),
]);
const set = z.looseObject({
  ...Object.fromEntries(SET_FORMAT.texts.map((key) => [key, leaf.optional().describe(SET_ABOUT[key] ?? '')])),
  ...Object.fromEntries(SET_FORMAT.flags.map((key) => [key, flag.optional().describe(SET_ABOUT[key] ?? '')])),
  [SET_FORMAT.steps.key]: steps.optional().describe(SET_ABOUT[SET_FORMAT.steps.element] ?? ''),
});

function valueSchema(entry: (typeof CASE_TYPE_FORMAT)[number]): z.ZodType {
  switch (entry.kind) {
    case 'name':
      return z.never();
    case 'integer':
      return z.union([z.int(), z.string().regex(/^\s*-?\d+\s*$/)]);
    case 'texts':
      return listOf(leaf);
    case 'records':
      return listOf(item(entry.fields));
    case 'sets':
      return listOf(set);
    default:
      return entry satisfies never;
  }
}

const definition = z.looseObject({
  ...Object.fromEntries(
    CASE_TYPE_FORMAT.flatMap((entry) =>
      entry.kind === 'name'
        ? []
        : [[entry.key, valueSchema(entry).optional().describe(entry.about)] as const],
    ),
  ),
  [TIMELINE_STEPS_KEY]: z
    .array(z.unknown())
    .optional()
    .describe('The steps of all timelines. CiviCRM derives it on reading and drops it on writing.'),
});

/** JSON Schema (draft 2020-12) of a definition as CiviCRM's APIv4 gives and takes it; `[]` is an empty one. */
export const definitionJsonSchema = (): object => ({
  ...z.toJSONSchema(z.union([definition, z.tuple([])]), { target: 'draft-2020-12', io: 'input' }),
  title: 'Definition of a CiviCRM case type',
});

/** Whether a value has the shape that the schema describes. */
export const isDefinition = (value: unknown): boolean =>
  z.union([definition, z.tuple([])]).safeParse(value).success;
