import { readFileSync } from 'node:fs';
import { BATCH, type User } from './differential/step.ts';

/** A recorded call with what a real site answered. */
export interface Step {
  readonly note?: string;
  readonly entity: string;
  readonly action: string;
  readonly as?: User;
  readonly params: Readonly<Record<string, unknown>>;
  readonly save?: Readonly<Record<string, string>>;
  readonly response: { readonly body?: Body } & Body;
}

export interface Body {
  readonly values?: unknown;
  readonly error_message?: string;
  readonly count?: number;
  readonly countMatched?: number;
  readonly status?: number;
  /** Of several calls in one request. */
  readonly answers?: readonly Body[];
}

export interface Theme {
  readonly theme: string;
  readonly steps: readonly Step[];
}

export type Call = Pick<Step, 'entity' | 'action' | 'params'>;

export const readTheme = (path: string | URL): Theme => JSON.parse(readFileSync(path, 'utf8')) as Theme;

export const recordedBody = ({ response }: Step): Body => response.body ?? response;

export const isBatch = (call: Call): boolean => call.entity === BATCH;

/** The calls of a request of several; of another just the one. */
export const callsIn = (call: Call): readonly Call[] =>
  isBatch(call)
    ? (call.params['calls'] as readonly (readonly [string, string, Call['params']?])[]).map(
        ([entity, action, params = {}]) => ({ entity, action, params }),
      )
    : [call];
