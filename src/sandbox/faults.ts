import type { RandomSource } from '../base/clock.ts';

/** What goes wrong with one request. */
export type Fault =
  | { readonly kind: 'delay'; readonly millis: number }
  /** The connection is cut and the call never ran. */
  | { readonly kind: 'reset-before' }
  /** The call ran, the connection is cut before a byte of the answer. */
  | { readonly kind: 'reset-after' }
  /** The call never ran; a server error in JSON or as a page. */
  | { readonly kind: 'error-500' }
  | { readonly kind: 'html' }
  /** The call ran; its answer ends after that many bytes, half of it when not said. */
  | { readonly kind: 'truncated'; readonly atByte?: number };

export interface FaultRule {
  readonly fault: Fault;
  /** Only calls of this entity and action; a request of several calls counts by its first. */
  readonly entity?: string;
  readonly action?: string;
  /** Let so many matching requests pass first. */
  readonly skip?: number;
  /** How many requests it hits; once when not said. */
  readonly times?: number;
}

/** Faults at random, the same ones for the same random source. */
export interface FaultWeather {
  /** Share of the requests that are hit, 0 to 1. */
  readonly rate: number;
  readonly faults: readonly Fault[];
}

export interface FaultPlan {
  inject(rule: FaultRule): void;
  clear(): void;
  /** The fault of the next request, if any. */
  next(entity: string, action: string): Fault | undefined;
}

export function createFaultPlan(random: RandomSource, weather: FaultWeather | undefined): FaultPlan {
  let rules: { readonly rule: FaultRule; skip: number; times: number }[] = [];
  return {
    inject: (rule) => {
      rules.push({ rule, skip: rule.skip ?? 0, times: rule.times ?? 1 });
    },
    clear: () => {
      rules = [];
    },
    next: (entity, action) => {
      for (const state of rules) {
        const { rule } = state;
        if ((rule.entity ?? entity) !== entity || (rule.action ?? action) !== action || state.times === 0)
          continue;
        if (state.skip > 0) {
          state.skip -= 1;
          continue;
        }
        state.times -= 1;
        return rule.fault;
      }
      if (weather === undefined || random() >= weather.rate) return undefined;
      return weather.faults[Math.floor(random() * weather.faults.length)];
    },
  };
}
