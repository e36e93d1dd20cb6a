import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import { makeDataFolder, unusableData } from '../store/data-folder.ts';

export interface Login {
  /** The token in clear, only where it was made just now: it is shown once and kept nowhere. */
  readonly newToken: string | null;
  readonly accepts: (token: string) => boolean;
  /** Value of a session cookie, good for `SESSION_SECONDS`. */
  readonly issueSession: () => string;
  readonly acceptsSession: (cookie: string) => boolean;
}

export interface LoginOptions {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly randomBytes: (count: number) => Buffer;
  /** Makes a new token and so ends every session. */
  readonly renew?: boolean;
}

export const SESSION_SECONDS = 12 * 60 * 60;
const FILE_NAME = 'login.json';

const keptSchema = z.object({ tokenHash: z.hex().length(64), sessionKey: z.base64() });

/**
 * The login of the status page. The data directory keeps the token's hash and the key that signs sessions,
 * readable by its owner alone. The token is 256 random bits, so one round of SHA-256 is enough.
 */
export function openLogin(options: LoginOptions): Login {
  const file = join(options.dataDir, FILE_NAME);
  const kept = options.renew === true || !existsSync(file) ? null : readKept(file);
  const newToken = kept === null ? options.randomBytes(32).toString('base64url') : null;
  const { tokenHash, sessionKey } =
    kept ?? writeKept(options.dataDir, file, newToken ?? '', options.randomBytes(32).toString('base64'));

  const sign = (text: string) =>
    createHmac('sha256', Buffer.from(sessionKey, 'base64')).update(text).digest('base64url');

  return {
    newToken,
    accepts: (token) => sameBytes(Buffer.from(sha256(token), 'hex'), Buffer.from(tokenHash, 'hex')),
    issueSession() {
      const content = `${options.clock.now() + SESSION_SECONDS * 1000}.${options.randomBytes(12).toString('base64url')}`;
      return `${content}.${sign(content)}`;
    },
    acceptsSession(cookie) {
      const [, content, signature] = /^(\d+\.[\w-]+)\.([\w-]+)$/.exec(cookie) ?? [];
      if (content === undefined || signature === undefined) return false;
      if (!sameBytes(Buffer.from(signature), Buffer.from(sign(content)))) return false;
      return Number.parseInt(content, 10) > options.clock.now();
    },
  };
}

function readKept(file: string): z.output<typeof keptSchema> {
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      `The login file ${file} cannot be used: it is unreadable or was changed by hand. Run "civicase up --new-token" to make a new one.`,
      { cause },
    );
  }
}

function writeKept(dataDir: string, file: string, token: string, sessionKey: string) {
  const kept = { tokenHash: sha256(token), sessionKey };
  makeDataFolder(dataDir);
  try {
    writeFileSync(file, `${JSON.stringify(kept)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw unusableData(file, cause);
  }
  return kept;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function sameBytes(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
