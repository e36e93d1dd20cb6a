/** The few kinds of failure that the rest of the house tells apart. */
export type ErrorKind =
  | 'invalid-input'
  | 'not-found'
  | 'forbidden'
  | 'conflict'
  | 'stale-plan'
  | 'remote-rejected'
  | 'remote-unavailable'
  | 'internal';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error of the project. `message` is a sentence for people that says what was expected, what came,
 * where, and what to do; `details` holds the same as data. Neither may hold a secret or personal data.
 */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly details: ErrorDetails;

  constructor(kind: ErrorKind, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.details = options.details ?? {};
  }
}

export interface ErrorTreatment {
  readonly exitCode: 1;
  readonly httpStatus: number;
  /** Whether a job that failed with this kind may be tried again later. */
  readonly retry: boolean;
}

/** The only table that turns a kind of error into an exit code, an HTTP status and the choice to retry. */
export const ERROR_TREATMENT: Readonly<Record<ErrorKind, ErrorTreatment>> = {
  'invalid-input': { exitCode: 1, httpStatus: 400, retry: false },
  'not-found': { exitCode: 1, httpStatus: 404, retry: false },
  forbidden: { exitCode: 1, httpStatus: 403, retry: false },
  conflict: { exitCode: 1, httpStatus: 409, retry: false },
  'stale-plan': { exitCode: 1, httpStatus: 409, retry: false },
  'remote-rejected': { exitCode: 1, httpStatus: 502, retry: false },
  'remote-unavailable': { exitCode: 1, httpStatus: 503, retry: true },
  internal: { exitCode: 1, httpStatus: 500, retry: false },
};

/** Anything thrown, as an AppError; what is not ours becomes `internal` with the original as its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', message, { cause: thrown });
}
