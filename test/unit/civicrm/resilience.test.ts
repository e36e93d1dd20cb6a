import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { callFailure, type FailureFacts } from '../../../src/civicrm/failure.ts';
import { createResilience, type Resilience } from '../../../src/civicrm/resilience.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { thrownBy } from '../../support/test-site-client.ts';

const context = { site: 'riverside', call: 'Case.get', redact: (text: string) => text };
const fail = (facts: FailureFacts): AppError => callFailure(context, 'remote-unavailable', 'down', facts);
const broken = fail({ transient: true, effect: 'unknown' });
const refusedConnection = fail({ transient: true, effect: 'none' });
const rejected = callFailure(context, 'remote-rejected', 'no', {});

const create = (
  options: { readonly maxRetries?: number; readonly concurrency?: number; random?: () => number } = {},
) => {
  const logger = createRecordingLogger();
  const resilience = createResilience('riverside', {
    maxRetries: 3,
    concurrency: 4,
    random: () => 1,
    ...options,
    logger,
  });
  return { resilience, logger };
};

/** An attempt that throws these one after another and then succeeds; it notes the moments of its calls. */
function attempts(...failures: readonly AppError[]) {
  const left = [...failures];
  const at: number[] = [];
  const began = Date.now();
  const attempt = (): Promise<string> => {
    at.push(Date.now() - began);
    const failure = left.shift();
    return failure === undefined ? Promise.resolve('done') : Promise.reject(failure);
  };
  return { attempt, at };
}

/** Lets an hour pass and answers what became of the promise. */
async function after<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(3_600_000);
  return promise;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a failure that may pass', () => {
  it('is tried again after pauses that double', async () => {
    const { attempt, at } = attempts(broken, broken, broken);
    expect(await after(create().resilience.run(context, true, attempt))).toBe('done');
    expect(at).toEqual([0, 250, 750, 1750]);
  });

  it('pauses half as long where chance says so', async () => {
    const { attempt, at } = attempts(broken, broken);
    await after(create({ random: () => 0 }).resilience.run(context, true, attempt));
    expect(at).toEqual([0, 125, 375]);
  });

  it('is given up after the last retry, with the last error', async () => {
    const { attempt, at } = attempts(broken, broken, broken);
    const error = await after(thrownBy(create({ maxRetries: 2 }).resilience.run(context, true, attempt)));
    expect(error).toBe(broken);
    expect(at).toHaveLength(3);
  });

  it('waits as long as the site asks, but not with a call in hand for more than a minute', async () => {
    const { attempt, at } = attempts(fail({ transient: true, retryAfterMillis: 30_000 }));
    expect(await after(create().resilience.run(context, true, attempt))).toBe('done');
    expect(at).toEqual([0, 30_000]);
    const patient = attempts(fail({ transient: true, retryAfterMillis: 120_000 }));
    const error = await after(thrownBy(create().resilience.run(context, true, patient.attempt)));
    expect(error).toMatchObject({ details: { retryAfterMillis: 120_000 } });
    expect(patient.at).toHaveLength(1);
  });

  it('is told to the log with the call and the number of the attempt', async () => {
    const { resilience, logger } = create();
    await after(resilience.run(context, true, attempts(broken).attempt));
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { call: 'Case.get', attempt: 1 } }]);
  });
});

describe('what is never tried again', () => {
  it.each([
    ['a refusal', rejected, true],
    ['a lasting failure', fail({ transient: false }), true],
    ['a write whose effect is unknown', broken, false],
  ])('%s', async (_, error, repeatable) => {
    const { attempt, at } = attempts(error);
    expect(await after(thrownBy(create().resilience.run(context, repeatable, attempt)))).toBe(error);
    expect(at).toHaveLength(1);
  });

  it('but a write is, when the site cannot have seen it', async () => {
    const { attempt, at } = attempts(refusedConnection);
    expect(await after(create().resilience.run(context, false, attempt))).toBe('done');
    expect(at).toHaveLength(2);
  });
});

describe('the circuit of a site', () => {
  const breakIt = async (resilience: Resilience) => {
    for (let failure = 0; failure < 5; failure += 1)
      await thrownBy(resilience.run(context, false, () => Promise.reject(broken)));
  };

  it('opens after five failures in a row: calls fail at once, unsent', async () => {
    const { resilience, logger } = create();
    await breakIt(resilience);
    const { attempt, at } = attempts();
    const error = await thrownBy(resilience.run(context, true, attempt));
    expect(error).toMatchObject({
      kind: 'remote-unavailable',
      details: { code: 'CIRCUIT_OPEN', effect: 'none', transient: true },
    });
    expect(String(error)).toContain('"riverside" failed 5 times in a row');
    expect(at).toEqual([]);
    expect(logger.lines).toContainEqual(
      expect.objectContaining({ message: 'site does not answer, circuit open' }),
    );
  });

  it('lets one call through after the pause, and closes when that succeeds', async () => {
    const { resilience } = create();
    await breakIt(resilience);
    await vi.advanceTimersByTimeAsync(4_999);
    await thrownBy(resilience.run(context, true, attempts().attempt));
    await vi.advanceTimersByTimeAsync(1);
    expect(await resilience.run(context, true, attempts().attempt)).toBe('done');
    expect(await resilience.run(context, true, attempts().attempt)).toBe('done');
  });

  it('stays open longer when the first call fails again', async () => {
    const { resilience } = create();
    await breakIt(resilience);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await thrownBy(resilience.run(context, false, () => Promise.reject(broken)))).toBe(broken);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await thrownBy(resilience.run(context, true, attempts().attempt))).toMatchObject({
      details: { code: 'CIRCUIT_OPEN' },
    });
  });

  it('does not count refusals', async () => {
    const { resilience } = create();
    for (let refusal = 0; refusal < 20; refusal += 1)
      await thrownBy(resilience.run(context, true, () => Promise.reject(rejected)));
    expect(await resilience.run(context, true, attempts().attempt)).toBe('done');
  });
});

describe('the limit of a site', () => {
  it('runs so many at once, the others in turn, and lets go of the place during a pause', async () => {
    const { resilience } = create({ concurrency: 2 });
    const order: string[] = [];
    const job = (name: string, millis: number) => () => {
      order.push(`${name} begins`);
      return new Promise<void>((resolve) => setTimeout(resolve, millis)).then(
        () => void order.push(`${name} ends`),
      );
    };
    const failing = attempts(broken);
    const all = Promise.all([
      resilience.run(context, true, failing.attempt),
      resilience.run(context, true, job('a', 100)),
      resilience.run(context, true, job('b', 10)),
      resilience.run(context, true, job('c', 10)),
    ]);
    await after(all);
    expect(order).toEqual(['a begins', 'b begins', 'b ends', 'c begins', 'c ends', 'a ends']);
    expect(failing.at).toEqual([0, 250]);
  });
});
