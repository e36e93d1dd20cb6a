import fc from 'fast-check';
import type { JsonValue } from '../../../src/base/json.ts';
import {
  bridgeRow,
  completeActivity,
  createActivity,
  endRoles,
  openCase,
  saveByMatch,
  trashOrDeleteActivity,
  trashOrDeleteCase,
  updateActivity,
  updateCase,
  writeRole,
} from './case-steps.ts';
import { createDice, NONSENSE, type Dice } from './dice.ts';
import {
  createContact,
  saveContactByMatch,
  trashOrDeleteContact,
  updateContact,
  writeEmail,
} from './people-steps.ts';
import { countRows, readOptions, readRows } from './read-steps.ts';
import {
  createCaseType,
  disableSeeded,
  editCaseType,
  makeCustomFields,
  writeOption,
  writeRoleType,
  writeTag,
} from './site-steps.ts';
import { writeContactType, writeMessageTemplate, writeReminder } from './list-steps.ts';
import type { Step, User } from './step.ts';
import { chainedRead, chainedWrite, replaceRows, together } from './together-steps.ts';
import { createWorld, type World } from './world.ts';

type MakeSteps = (dice: Dice, world: World) => Step | readonly Step[];

/** How often each kind of step comes, in parts. */
const KINDS: readonly (readonly [number, MakeSteps])[] = [
  [6, createContact],
  [3, updateContact],
  [2, saveContactByMatch],
  [2, trashOrDeleteContact],
  [3, writeEmail],
  [9, openCase],
  [8, updateCase],
  [4, trashOrDeleteCase],
  [10, createActivity],
  [10, updateActivity],
  [8, completeActivity],
  [4, trashOrDeleteActivity],
  [6, saveByMatch],
  [8, writeRole],
  [2, endRoles],
  [3, bridgeRow],
  [4, createCaseType],
  [4, editCaseType],
  [5, writeOption],
  [3, writeRoleType],
  [2, makeCustomFields],
  [5, writeTag],
  [2, writeContactType],
  [2, writeMessageTemplate],
  [3, writeReminder],
  [16, readRows],
  [3, countRows],
  [2, readOptions],
  [2, chainedRead],
  [1, chainedWrite],
  [2, replaceRows],
  [1, disableSeeded],
];
const BAG = KINDS.flatMap(([parts, make]) => Array.from({ length: parts }, () => make));

const isRecord = (value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A step with something wrong about it: a value, a field, a parameter, a name. */
function spoil(dice: Dice, step: Step): Step {
  const { values } = step.params;
  const withValues = (changed: JsonValue): Step => ({
    ...step,
    params: { ...step.params, values: changed },
  });
  // A case type that cannot be read would spoil the site for all later sequences.
  const names = isRecord(values) ? Object.keys(values).filter((name) => name !== 'definition') : [];
  switch (dice.number(1, 12)) {
    case 1:
      return { ...step, params: { ...step.params, nope: dice.pick(NONSENSE) } };
    case 2:
      return { ...step, action: dice.pick(['frob', 'Create', 'getfields']) };
    case 3:
      return { ...step, entity: dice.pick(['Nope', 'Activty']) };
    case 4:
      return isRecord(values) ? withValues({ ...values, nope: dice.pick(NONSENSE) }) : step;
    case 5: {
      if (!isRecord(values) || names.length === 0) return step;
      const gone = dice.pick(names);
      return withValues(Object.fromEntries(Object.entries(values).filter(([name]) => name !== gone)));
    }
    case 6:
      return { ...step, params: { ...step.params, limit: dice.pick<JsonValue>([0, 1, '2', -1]) } };
    default:
      if (!isRecord(values) || names.length === 0) return step;
      return withValues({ ...values, [dice.pick(names)]: dice.pick(NONSENSE) });
  }
}

/** The one who may some things comes more often than those who may nothing. */
const USERS: readonly User[] = ['limited', 'limited', 'limited', 'nobody', 'nouser'];

/** A sequence of calls; it begins with what most others need. */
function sequenceOf(dice: Dice, length: number): readonly Step[] {
  const world = createWorld();
  const steps: Step[] = [createContact(dice, world), createContact(dice, world)];
  if (dice.chance(50)) steps.push(createCaseType(dice, world));
  steps.push(openCase(dice, world));
  const some = (): readonly Step[] => {
    const made = dice.pick(BAG)(dice, world);
    const more = 'entity' in made ? [made] : made;
    return more.map((step) => (dice.chance(4) ? spoil(dice, step) : step));
  };
  while (steps.length < length) {
    if (dice.chance(4)) steps.push(together(Array.from({ length: dice.number(2, 4) }, some).flat()));
    else steps.push(...some().map((step) => (dice.chance(6) ? { ...step, as: dice.pick(USERS) } : step)));
  }
  return [...steps, ...world.undo];
}

/** Any sequence of about so many calls. */
export const anySequence = (length: number): fc.Arbitrary<readonly Step[]> =>
  fc.gen().map((draw) => sequenceOf(createDice(draw), length));

/** The sequence with this number of a seed: always the same. */
export function sequenceNumbered(seed: number, number: number, length: number): readonly Step[] {
  const [sequence] = fc.sample(anySequence(length), { seed: seed * 100_003 + number, numRuns: 1 });
  return sequence ?? [];
}
