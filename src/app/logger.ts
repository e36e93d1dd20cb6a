import { pino } from 'pino';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly clock: Clock;
  /** Takes one line, with its line break. */
  readonly write: (line: string) => void;
  /** Takes the known credentials out of a line; the last of three guards. */
  readonly withoutSecrets: (text: string) => string;
}

/** Fields that no caller should pass. They are blanked all the same, at the top and one level down. */
const NEVER_LOGGED = [
  'apiKey',
  'siteKey',
  'token',
  'password',
  'authorization',
  'cookie',
  'email',
  'to',
  'from',
  'displayName',
  'firstName',
  'lastName',
  'subject',
  'details',
];

/** JSON lines with ISO times of the app's clock. */
export function createLogger({ level, clock, write, withoutSecrets }: LoggerOptions): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: NEVER_LOGGED.flatMap((field) => [field, `*.${field}`]), censor: '[not logged]' },
    },
    { write: (line: string) => write(withoutSecrets(line)) },
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
