import type { JsonValue } from '../../../src/base/json.ts';
import { createNames, differencesOf, plainSeen, type Difference } from './compare.ts';
import { aged, youngTables, type Answer, type Side, type Starts } from './side.ts';
import { fillIn, valueAt, type Step } from './step.ts';

/** The two sites of a comparison; in tests of the comparison itself two sandboxes. */
export interface Pair {
  readonly real: Side;
  readonly sandbox: Side;
  /** Makes the next ids of both sites the same where that can be done, so that most ids compare as they are. */
  align(): Promise<void>;
  /** Puts both back as they were built. */
  reset(): Promise<void>;
}

export interface Refused {
  readonly step: Step;
  readonly message: string;
}

export interface Played {
  /** Steps that both sites answered. */
  readonly compared: number;
  readonly refused: readonly Refused[];
  /** Whether the sandbox changed something before it refused, so that the rest was not played. */
  readonly isCutShort?: true;
  readonly difference?: { readonly at: number; readonly step: Step; readonly places: readonly Difference[] };
}

const REFUSED = 501;

interface Half {
  readonly side: Side;
  readonly starts: Starts;
  readonly saved: Map<string, JsonValue>;
  readonly names: ReturnType<typeof createNames>;
}

async function startHalf(side: Side): Promise<Half> {
  const starts = await side.starts();
  const saved = new Map<string, JsonValue>([...starts].map(([entity, id]) => [`start.${entity}`, id]));
  return { side, starts, saved, names: createNames(starts) };
}

/** With which words the sandbox refused; of several calls, the first that it did. */
function refusalIn(answer: Answer): string | undefined {
  if (answer.kind === 'answers') return answer.answers.map(refusalIn).find((one) => one !== undefined);
  const isRefusal =
    answer.kind === 'failure' &&
    answer.status === REFUSED &&
    !answer.message.startsWith('The sandbox failed');
  return isRefusal ? answer.message : undefined;
}

function keep(half: Half, step: Step, answer: Answer): void {
  for (const [name, path] of Object.entries(step.save ?? {}))
    half.saved.set(name, answer.kind === 'failure' ? null : valueAt(answer, path));
}

/**
 * Plays a sequence on both sites and stops at the first step that they answer or leave differently. A step that
 * the sandbox refuses is left out on both; when it changed something before it refused, the sequence ends there.
 */
export async function playSequence(pair: Pair, steps: readonly Step[], token: string): Promise<Played> {
  const from = Date.now();
  await pair.align();
  const [real, sandbox] = [await startHalf(pair.real), await startHalf(pair.sandbox)];
  const refused: Refused[] = [];
  let compared = 0;
  let before = JSON.stringify(await sandbox.side.state(sandbox.starts));
  for (const [at, step] of steps.entries()) {
    const answered = await sandbox.side.call(fillIn(step, sandbox.saved, token));
    const state = await sandbox.side.state(sandbox.starts);
    const message = refusalIn(answered);
    if (message !== undefined) {
      refused.push({ step, message });
      if (JSON.stringify(state) !== before) return { compared, refused, isCutShort: true };
      continue;
    }
    const answer = await real.side.call(fillIn(step, real.saved, token));
    const seen = [
      { half: real, answer, state: await real.side.state(real.starts) },
      { half: sandbox, answer: answered, state },
    ] as const;
    const span = { from, to: Date.now() };
    const [left, right] = seen.map((one) => plainSeen(one.half.names, step, one, span));
    const places = differencesOf(left, right);
    if (places.length > 0) return { compared, refused, difference: { at, step, places } };
    compared += 1;
    for (const one of seen) keep(one.half, step, one.answer);
    const young = youngTables(state);
    if (young.length > 0) await Promise.all(seen.map(({ half }) => half.side.age(half.starts, young)));
    before = JSON.stringify(aged(state));
  }
  return { compared, refused };
}

/** What kind of difference it is, whatever the rows and the values. */
export const kindOf = ({ step, places }: NonNullable<Played['difference']>): string => {
  const [first] = places;
  const place = first?.place.replace(/\.\d+(?=\.|$)/g, '') ?? '';
  return `${step.entity}.${step.action} ${place}`;
};
