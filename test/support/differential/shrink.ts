import type { JsonValue } from '../../../src/base/json.ts';
import { BATCH, callsOf, refsIn, type Step } from './step.ts';

/** Whether a shorter sequence still shows the difference that is being looked for. */
export type StillDiffers = (steps: readonly Step[]) => Promise<boolean>;

/** The steps without those chosen, nor those that refer to what they saved. */
function without(steps: readonly Step[], isGone: (index: number) => boolean): readonly Step[] {
  const lost = new Set<string>();
  return steps.filter((step, index) => {
    const goes = isGone(index) || [...refsIn(step)].some((name) => lost.has(name));
    if (goes) for (const name of Object.keys(step.save ?? {})) lost.add(name);
    return !goes;
  });
}

/** The last step and what it refers to, directly or not. */
function onlyNeeded(steps: readonly Step[]): readonly Step[] {
  const wanted = new Set<string>();
  const kept: Step[] = [];
  for (const [index, step] of [...steps.entries()].reverse()) {
    const saves = Object.keys(step.save ?? {});
    if (index < steps.length - 1 && !saves.some((name) => wanted.has(name))) continue;
    for (const name of refsIn(step)) wanted.add(name);
    kept.unshift(step);
  }
  return kept;
}

/** Ever smaller blocks of steps are left out, from the back, while the difference stays. */
async function dropSteps(steps: readonly Step[], differs: StillDiffers): Promise<readonly Step[]> {
  let kept = steps;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = kept.length - 1 - size; start > -size; start -= size) {
      const from = Math.max(0, start);
      // The last step is the one that differs.
      const shorter = without(
        kept,
        (index) => index >= from && index < start + size && index < kept.length - 1,
      );
      if (shorter.length < kept.length && shorter.length > 0 && (await differs(shorter))) kept = shorter;
    }
  }
  return kept;
}

const isObject = (value: JsonValue): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every value that is one member or item smaller. */
function* smaller(value: JsonValue): Generator<JsonValue> {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    for (const [index, item] of items.entries()) {
      yield items.toSpliced(index, 1);
      for (const less of smaller(item)) yield items.with(index, less);
    }
  } else if (isObject(value) && !('$ref' in value)) {
    for (const [name, item] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
      for (const less of smaller(item)) yield { ...value, [name]: less };
    }
  }
}

/** What later calls of a request saved, once the call at a place is gone. */
const savesWithout = (step: Step, gone: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(step.save ?? {}).flatMap(([name, path]) => {
      const [answers = '', place, ...rest] = path.split('.');
      const at = Number(place);
      if (at === gone) return [];
      return [[name, [answers, at > gone ? at - 1 : at, ...rest].join('.')] as const];
    }),
  );

/** Every step that is one call, member or item smaller. */
function* smallerStep(step: Step): Generator<Step> {
  const withParams = (params: JsonValue): Step => ({ ...step, params: params as Step['params'] });
  if (step.entity !== BATCH) {
    for (const params of smaller(step.params)) yield withParams(params);
    return;
  }
  const calls = callsOf(step);
  const listed = calls.map(({ entity, action, params }): JsonValue => [entity, action, params]);
  const [only] = calls;
  if (calls.length === 1 && only !== undefined) {
    const saves = Object.entries(step.save ?? {});
    const save = Object.fromEntries(saves.map(([name, path]) => [name, path.replace('answers.0.', '')]));
    yield { ...step, ...only, ...(saves.length === 0 ? {} : { save }) };
  }
  for (const at of calls.keys())
    yield { ...withParams({ calls: listed.toSpliced(at, 1) }), save: savesWithout(step, at) };
  for (const [at, { entity, action, params }] of calls.entries())
    for (const less of smaller(params)) yield withParams({ calls: listed.with(at, [entity, action, less]) });
}

async function dropMembers(steps: readonly Step[], differs: StillDiffers): Promise<readonly Step[]> {
  let kept = steps;
  for (const index of kept.keys()) {
    let hasShrunk = true;
    while (hasShrunk) {
      hasShrunk = false;
      const step = kept[index];
      if (step === undefined) break;
      for (const less of smallerStep(step)) {
        const candidate = kept.with(index, less);
        if (!(await differs(candidate))) continue;
        kept = candidate;
        hasShrunk = true;
        break;
      }
    }
  }
  return kept;
}

/**
 * The shortest sequence it finds that still differs: fewer steps first, then fewer members in their parameters.
 * @param attempts how often it may ask before it takes what it has
 */
export async function shrinkSequence(
  steps: readonly Step[],
  differs: StillDiffers,
  attempts: number,
): Promise<readonly Step[]> {
  let left = attempts;
  const limited: StillDiffers = async (candidate) => {
    left -= 1;
    return left >= 0 && (await differs(candidate));
  };
  const needed = onlyNeeded(steps);
  const fewer = await dropSteps((await limited(needed)) ? needed : steps, limited);
  const smallest = await dropMembers(fewer, limited);
  return dropSteps(smallest, limited);
}
