import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogin, SESSION_SECONDS } from '../../../src/server/login.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

describe('the login', () => {
  let dataDir = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'civicase-login-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  const clock = createStandingClock(Date.UTC(2026, 10, 23, 9));
  /** Different bytes with every call, the same in every run. */
  const bytes = () => {
    let calls = 0;
    return (count: number) =>
      createHash('sha512')
        .update(String((calls += 1)))
        .digest()
        .subarray(0, count);
  };
  const open = (renew = false, randomBytes = bytes()) => openLogin({ dataDir, clock, randomBytes, renew });

  it('shows a new token once and keeps only its hash, for its owner alone', () => {
    const { newToken, accepts } = open();
    expect(newToken).toMatch(/^[\w-]{43}$/);
    expect(accepts(newToken ?? '')).toBe(true);
    const file = join(dataDir, 'login.json');
    expect(readFileSync(file, 'utf8')).not.toContain(newToken);
    expect(statSync(file).mode & 0o077).toBe(0);

    const again = open();
    expect(again.newToken).toBeNull();
    expect(again.accepts(newToken ?? '')).toBe(true);
  });

  it('refuses other tokens', () => {
    const { accepts, newToken } = open();
    for (const token of ['', 'x', `${newToken ?? ''}x`, (newToken ?? '').slice(1)])
      expect(accepts(token)).toBe(false);
  });

  it('accepts a session until its end, and none that was changed', () => {
    const login = open();
    const session = login.issueSession();
    expect(login.acceptsSession(session)).toBe(true);
    expect(open().acceptsSession(session)).toBe(true);
    const [expiry = '', ...rest] = session.split('.');
    expect(login.acceptsSession([String(Number(expiry) + 1), ...rest].join('.'))).toBe(false);
    expect(login.acceptsSession(`${session}x`)).toBe(false);
    expect(login.acceptsSession('')).toBe(false);
    clock.advance(SESSION_SECONDS * 1000 - 1);
    expect(login.acceptsSession(session)).toBe(true);
    clock.advance(1);
    expect(login.acceptsSession(session)).toBe(false);
  });

  it('ends token and sessions when a new token is made', () => {
    const first = open();
    const session = first.issueSession();
    let calls = 0;
    const second = open(true, (count) => Buffer.alloc(count, (calls += 7)));
    expect(second.newToken).not.toBe(first.newToken);
    expect(second.accepts(first.newToken ?? '')).toBe(false);
    expect(second.acceptsSession(session)).toBe(false);
  });

  it('says how to repair a file that was changed by hand', () => {
    writeFileSync(join(dataDir, 'login.json'), '{}');
    expect(() => open()).toThrow(/login\.json cannot be used.*--new-token/);
    expect(open(true).newToken).not.toBeNull();
  });

  it('says so when it cannot be kept', () => {
    const taken = join(dataDir, 'taken');
    writeFileSync(taken, '');
    const openIn = (folder: string) =>
      openLogin({ dataDir: folder, clock, randomBytes: bytes(), renew: true });
    expect(() => openIn(taken)).toThrow(
      expect.objectContaining({
        kind: 'invalid-input',
        message: expect.stringMatching(/taken \(EEXIST\).*--data DIR/),
      }),
    );
    mkdirSync(join(dataDir, 'login.json'));
    expect(() => openIn(dataDir)).toThrow(
      expect.objectContaining({
        kind: 'invalid-input',
        message: expect.stringMatching(/login\.json \(EISDIR\).*--data DIR/),
      }),
    );
  });
});
