import type { AppError } from './errors.ts';

/** The outcome of one item of a batch: batches never throw half-way. */
export type Result<Value> =
  { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'failed'; readonly error: AppError };

export const done = <Value>(value: Value): Result<Value> => ({ kind: 'done', value });
export const failed = (error: AppError): Result<never> => ({ kind: 'failed', error });
