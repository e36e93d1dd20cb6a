import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { findRedisProgram } from '../../../src/queue/redis-program.ts';
import { shortSocketPath } from '../../../src/queue/socket-path.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'redis-program-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('finding a Redis', () => {
  it('takes an executable redis-server or valkey-server from the path', () => {
    const program = join(directory, 'valkey-server');
    writeFileSync(program, '#!/bin/sh\n');
    expect(() => findRedisProgram(directory)).toThrow(AppError);
    chmodSync(program, 0o755);
    expect(findRedisProgram(['', '/nowhere', directory].join(delimiter))).toBe(program);
  });

  it('says how to install one when there is none', () => {
    expect(() => findRedisProgram('/nowhere')).toThrow(/apt-get install redis-server/);
  });
});

describe('the path of a socket', () => {
  it('is the plain one where that is short enough', () => {
    const socket = shortSocketPath('/var/lib/civicase/redis', 'redis.sock');
    expect(socket.path).toBe('/var/lib/civicase/redis/redis.sock');
    socket.remove();
  });

  it('goes through a link of at most 103 bytes where the directory lies too deep', () => {
    const deep = join(directory, 'é'.repeat(60));
    const socket = shortSocketPath(deep, 'redis.sock');
    expect(Buffer.byteLength(join(deep, 'redis.sock'))).toBeGreaterThan(103);
    expect(Buffer.byteLength(socket.path)).toBeLessThanOrEqual(103);
    socket.remove();
  });
});
