import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp, forEachSite } from '../../../src/app/index.ts';
import { runLocked } from '../../../src/app/run-lock.ts';
import { AppError } from '../../../src/base/errors.ts';
import { compileConfig } from '../../../src/config/index.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'civicase-app-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function open() {
  const lines: string[] = [];
  const config = compileConfig(
    join(folder, 'civicase.yaml'),
    [
      'sites: { a: { url: "https://a.example", apiKey: canary-key+1, siteKey: canary-site-key } }',
      'mail: { url: "smtp://desk:canary%20pass@mail.example", from: desk@example.org }',
    ].join('\n'),
    {
      dataDir: null,
      environment: { REDIS_URL: 'redis://:canary-redis@r.example' },
      workingDirectory: folder,
    },
  );
  const app = createApp(config, {
    clock: createStandingClock(Date.UTC(2026, 10, 23)),
    logLevel: 'debug',
    writeLog: (line) => lines.push(line),
  });
  return { app, lines };
}

describe('the app', () => {
  it('closes what it opened, last first, and goes on when one part fails', async () => {
    const { app, lines } = open();
    const closed: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      app.onClose(name, () => {
        closed.push(name);
        return name === 'second' ? Promise.reject(new Error('stuck')) : Promise.resolve();
      });
    }
    await app.close();
    await app.close();
    expect(closed).toEqual(['third', 'second', 'first']);
    expect(lines.join('')).toContain('"part":"second"');
  });

  it('opens nothing by itself', async () => {
    const { app } = open();
    app.site('a');
    await app.close();
    expect(existsSync(join(folder, '.civicase'))).toBe(false);
  });

  it('takes every credential out of texts and logs, also as a URL carries it', () => {
    const { app, lines } = open();
    expect(
      app.withoutSecrets(
        'canary-key+1 canary-key%2B1 canary-site-key canary pass canary%20pass canary-redis',
      ),
    ).toBe(Array<string>(6).fill('[secret]').join(' '));
    app.logger.info(
      { call: 'canary-key+1', apiKey: 'x1', contact: { email: 'x2', displayName: 'x3', id: 7 } },
      'canary pass',
    );
    expect(lines.join('')).not.toMatch(/canary|x1|x2|x3/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      time: '2026-11-23T00:00:00.000Z',
      level: 'info',
      contact: { id: 7 },
    });
  });

  it('knows the nearest name of a site or pair', () => {
    const { app } = open();
    expect(() => app.site('b')).toThrow(/There is no site "b" in .*Did you mean "a"\?/);
    expect(() => app.site('toString')).toThrow(AppError);
    expect(() => app.pair('x')).toThrow(/There is no pair "x".*There are none yet\./);
  });
});

describe('a run that must not run twice', () => {
  it('is refused while it is under way, and possible again afterwards', async () => {
    let finish: () => void = () => undefined;
    const first = runLocked(
      folder,
      'mirror-a',
      'A pass of "a"',
      () => new Promise<void>((resolve) => (finish = resolve)),
    );
    await expect(runLocked(folder, 'mirror-a', 'A pass of "a"', () => Promise.resolve())).rejects.toThrow(
      /A pass of "a" is under way/,
    );
    await expect(runLocked(folder, 'mirror-b', 'A pass of "b"', () => Promise.resolve(1))).resolves.toBe(1);
    finish();
    await first;
    await expect(runLocked(folder, 'mirror-a', 'A pass of "a"', () => Promise.resolve(2))).resolves.toBe(2);
  });

  it('is free again after a failure, or when its process is dead', async () => {
    await expect(runLocked(folder, 'm', 'M', () => Promise.reject(new Error('broke')))).rejects.toThrow(
      'broke',
    );
    for (const left of ['2147483646', String(process.pid), 'nonsense']) {
      writeFileSync(join(folder, 'm.lock'), left);
      await expect(runLocked(folder, 'm', 'M', () => Promise.resolve(left))).resolves.toBe(left);
    }
  });
});

describe('work on several sites', () => {
  const work = (site: string) =>
    site === 'down' ? Promise.reject(new Error('no answer')) : Promise.resolve(site);

  it('goes on with the others when one fails', async () => {
    const { values, failures } = await forEachSite(['a', 'down', 'b'], work);
    expect(values).toEqual(['a', 'b']);
    expect(failures).toMatchObject([{ site: 'down', error: { message: 'no answer' } }]);
  });

  it('fails as it is for a single one', async () => {
    await expect(forEachSite(['down'], work)).rejects.toThrow('no answer');
  });
});
