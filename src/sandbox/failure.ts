/** What a call fails with: the body and status that a CiviCRM 6.20 Standalone site would send. */
export class ApiFailure extends Error {
  /** 500 for almost everything, 403 for a missing permission, 501 for what the sandbox does not know. */
  readonly status: 403 | 500 | 501;
  readonly code: number | string;

  constructor(message: string, status: 403 | 500 | 501 = 500, code: number | string = 0) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
  }
}

export const invalidField = (path: string): ApiFailure => new ApiFailure(`Invalid field '${path}'`);

/** The sandbox never guesses: what it does not know it refuses, naming it. */
export const unknownToSandbox = (entity: string, action: string, what: string): ApiFailure =>
  new ApiFailure(
    `The sandbox does not know ${what} (in ${entity}.${action}). It answers only what is known of CiviCRM 6.20 and never guesses.`,
    501,
    501,
  );

export const unauthorized = (entity: string, action: string): ApiFailure =>
  new ApiFailure(`Authorization failed: user does not have permission for ${entity}.${action}.`, 403);
