import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  DelegateBackoff,
  ExponentialBackoff,
  bulkhead,
  circuitBreaker,
  handleWhen,
  noJitterGenerator,
  retry,
  type IRetryBackoffContext,
} from 'cockatiel';
import type { RandomSource } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { callFailure, factsOf, type CallContext } from './failure.ts';

export interface ResilienceOptions {
  readonly maxRetries: number;
  readonly concurrency: number;
  readonly random: RandomSource;
  readonly logger: Logger;
}

/** Runs attempts at a site: a few at a time, again where that is safe, not at all while the site is down. */
export interface Resilience {
  run<Value>(context: CallContext, repeatable: boolean, attempt: () => Promise<Value>): Promise<Value>;
}

const failuresThatOpen = 5;
const firstPauseMillis = 5_000;
const longestPauseMillis = 60_000;
/** A site that asks for more patience than this gets it from the job that called, not from a held connection. */
const longestRetryAfterMillis = 60_000;

export function createResilience(site: string, options: ResilienceOptions): Resilience {
  const limit = bulkhead(options.concurrency, Infinity);
  const circuit = circuitBreaker(
    handleWhen((error) => factsOf(error).transient === true),
    {
      breaker: new ConsecutiveBreaker(failuresThatOpen),
      halfOpenAfter: new ExponentialBackoff({
        generator: noJitterGenerator,
        initialDelay: firstPauseMillis,
        maxDelay: longestPauseMillis,
      }),
    },
  );
  circuit.onBreak(() => options.logger.warn({ site }, 'site does not answer, circuit open'));
  circuit.onReset(() => options.logger.info({ site }, 'site answers again, circuit closed'));

  const again = (mayRepeat: (error: Error) => boolean) =>
    retry(
      handleWhen(
        (error) => mayRepeat(error) && (factsOf(error).retryAfterMillis ?? 0) <= longestRetryAfterMillis,
      ),
      {
        maxAttempts: options.maxRetries,
        backoff: new DelegateBackoff((failure: IRetryBackoffContext<unknown>) =>
          pause(failure, options.random),
        ),
      },
    );
  const transient = (error: Error) => factsOf(error).transient === true;
  const repeating = again(transient);
  // Even a write that must not happen twice may be sent again when the site cannot have seen it.
  const cautious = again((error) => transient(error) && factsOf(error).effect === 'none');

  return {
    async run(context, repeatable, attempt) {
      const policy = repeatable ? repeating : cautious;
      try {
        return await policy.execute(({ attempt: number }) => {
          if (number > 0) options.logger.warn({ site, call: context.call, attempt: number }, 'trying again');
          return limit.execute(() => circuit.execute(attempt));
        });
      } catch (thrown) {
        if (!(thrown instanceof BrokenCircuitError)) throw thrown;
        throw callFailure(
          context,
          'remote-unavailable',
          `"${site}" failed ${failuresThatOpen} times in a row, so ${context.call} was not sent. It is tried again within ${longestPauseMillis / 1000} s.`,
          { code: 'CIRCUIT_OPEN', transient: true, effect: 'none' },
        );
      }
    },
  };
}

/** 0.25 s, 0.5 s, 1 s … at most 10 s, each between half and whole, and never less than the site asked for. */
function pause(failure: IRetryBackoffContext<unknown>, random: RandomSource): number {
  const step = Math.min(10_000, 250 * 2 ** (failure.attempt - 1));
  const asked = 'error' in failure.result ? (factsOf(failure.result.error).retryAfterMillis ?? 0) : 0;
  return Math.max(asked, step * (0.5 + random() / 2));
}
