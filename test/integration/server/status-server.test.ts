import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApp, openOccurrences, openRunJournal, type App } from '../../../src/app/index.ts';
import { compileConfig } from '../../../src/config/index.ts';
import { startServer, type RunningServer } from '../../../src/server/index.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const KEY = 'canary-site-key-61';
const monday = Date.UTC(2026, 10, 23, 9);

let site: Server;
let siteUrl = '';
const opened: { readonly app: App; readonly server: RunningServer; readonly folder: string }[] = [];
const logs: string[] = [];

beforeAll(async () => {
  // Every site of these tests refuses the key, and says so with the key in its words.
  site = createServer((_request, response) =>
    response.writeHead(401).end(`HTTP 401 Invalid credential ${KEY}`),
  );
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => {
  site.close();
  expect(logs.join('')).not.toMatch(/canary/);
});
afterEach(async () => {
  for (const { app, server, folder } of opened.splice(0)) {
    await server.close();
    await app.close();
    rmSync(folder, { recursive: true });
  }
});

async function open(more = '') {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-server-'));
  const text = `sites: { riverside: { url: "${siteUrl}", apiKey: ${KEY}, timeZone: Europe/Paris } }\nserver: { port: 0 }\n${more}`;
  const config = compileConfig(join(folder, 'civicase.yaml'), text, {
    dataDir: null,
    environment: {},
    workingDirectory: folder,
  });
  const app = createApp(config, {
    clock: createStandingClock(monday),
    logLevel: 'debug',
    writeLog: (line) => logs.push(line),
  });
  const server = await startServer(app);
  opened.push({ app, server, folder });
  const http = request(server.url.slice(0, -1));
  const login = async (token = server.newToken ?? '') => {
    const response = await http.post('/login').type('form').send({ token });
    const [cookie = ''] = (response.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    return { response, cookie: cookie.split(';', 1)[0] ?? '', attributes: cookie };
  };
  return { app, server, folder, http, login };
}

describe('without a login', () => {
  it('shows nothing but the login form, health and, on this machine, metrics', async () => {
    const { http } = await open();
    for (const path of ['/', '/anything', '/?lang=fr']) {
      const response = await http.get(path);
      expect([response.status, response.headers['location']]).toEqual([303, '/login']);
    }
    const api = await http.get('/api/status');
    expect(api.status).toBe(401);
    expect(api.body).toMatchObject({ error: { kind: 'forbidden' } });
    expect((await http.get('/login')).text).toContain('<label for="token">');
    expect((await http.get('/health')).body).toEqual({
      healthy: true,
      parts: [{ name: 'store', works: true }],
    });
    const metrics = await http.get('/metrics');
    expect(metrics.text).toMatch(/civicase_http_requests_total\{method="GET",status="303"\} 3/);
    expect(metrics.text).toContain('civicase_part_up{part="store"} 1');
  });

  it('answers only under its own name', async () => {
    const { http } = await open('');
    const response = await http.get('/health').set('Host', 'evil.example');
    expect(response.status).toBe(403);
    const { http: named } = await open();
    expect((await named.get('/health').set('Host', 'localhost')).status).toBe(200);
  });

  it('refuses wrong tokens in words, and for a while after ten of them', async () => {
    const { http, login, server } = await open();
    const { response } = await login('wrong');
    expect(response.status).toBe(403);
    expect(response.text).toContain('role="alert"');
    for (let attempt = 0; attempt < 9; attempt += 1) await login(`wrong ${attempt}`);
    const { response: late } = await login();
    expect(late.status).toBe(429);
    expect(late.text).toContain('Wait a quarter of an hour');
    expect(late.headers['set-cookie']).toBeUndefined();
    expect((await http.get('/login')).text).not.toContain(server.newToken);
  });

  it('takes no form that another site sent', async () => {
    const { http, server } = await open();
    const response = await http
      .post('/login')
      .set('Sec-Fetch-Site', 'cross-site')
      .type('form')
      .send({ token: server.newToken });
    expect(response.status).toBe(403);
  });
});

describe('with a login', () => {
  it('keeps the session in a cookie that scripts and other sites cannot use', async () => {
    const { login, http } = await open();
    const { response, cookie, attributes } = await login();
    expect([response.status, response.headers['location']]).toEqual([303, '/']);
    expect(attributes).toMatch(/HttpOnly/);
    expect(attributes).toMatch(/SameSite=Strict/);
    expect((await http.get('/').set('Cookie', cookie)).status).toBe(200);
    expect((await http.get('/').set('Cookie', `${cookie}x`)).status).toBe(303);
    const out = await http.post('/logout').set('Cookie', cookie);
    expect(out.headers['set-cookie']?.[0]).toMatch(/civicase_session=;/);
  });

  it('sends a policy that allows no script at all', async () => {
    const { http } = await open();
    const { headers } = await http.get('/login');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe/);
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('shows what there is, and the same as JSON', async () => {
    const { app, http, login, server } = await open();
    const occurrences = await openOccurrences(app);
    const key = {
      site: 'riverside',
      rule: 'call',
      caseId: 12,
      activityId: 1,
      recipientId: 0,
      channel: 'activity',
    } as const;
    await occurrences.insertPlanned([{ ...key, dueAt: monday + 3_600_000 }], monday);
    const [lostId = ''] = await occurrences.insertPlanned(
      [{ ...key, caseId: 13, dueAt: monday - 1 }],
      monday,
    );
    const claimed = await occurrences.claim(lostId, { now: monday, until: monday + 1 });
    await occurrences.finish(claimed ?? { id: '', attempts: 0 }, {
      state: 'failed',
      reason: 'the site does not permit it',
      resultActivityId: null,
      now: monday,
    });
    const journal = await openRunJournal(app);
    await journal.start({ planHash: 'a', site: 'riverside', caseType: 'housing_support', plan: {} });

    const { cookie } = await login();
    const page = await http.get('/').set('Cookie', cookie).set('Accept-Language', 'en');
    expect(page.text).toContain('today, Monday 23 November');
    expect(page.text).toContain('>11:00</time>');
    expect(page.text).toContain('the site does not permit it');
    expect(page.text).toContain('1 migration was not finished');
    expect(page.text).toContain('Not usable');
    expect(page.text).not.toMatch(/canary/);
    expect(page.headers['cache-control']).toBe('no-store');

    const twin = await http.get('/api/status').set('Authorization', `Bearer ${server.newToken ?? ''}`);
    expect(twin.body).toMatchObject({
      sites: [{ name: 'riverside', state: 'unusable' }],
      upcoming: { count: 1, first: [{ caseId: 12 }] },
      troubles: { failed: 1, unknown: 0, latest: [{ caseId: 13 }] },
      runs: [{ caseType: 'housing_support', state: 'running' }],
    });
    expect(twin.text).not.toMatch(/canary/);
  });

  it('speaks the language that was asked for, then the one that was chosen before, then that of the browser', async () => {
    const { http, login } = await open();
    const { cookie } = await login();
    const heading = async (path: string, cookies: string, accept: string) =>
      /<h1>(.*?)<\/h1>/.exec(
        (await http.get(path).set('Cookie', cookies).set('Accept-Language', accept)).text,
      )?.[1];
    expect(await heading('/', cookie, 'fr-CA,fr;q=0.9,en;q=0.5')).toBe('État');
    expect(await heading('/', cookie, 'de')).toBe('Status');
    expect(await heading('/?lang=fr', cookie, 'en')).toBe('État');
    expect(await heading('/', `${cookie}; civicase_language=fr`, 'en')).toBe('État');
    expect(await heading('/?lang=xx', cookie, 'en')).toBe('Status');
  });

  it('has a page for what is not there', async () => {
    const { http, login } = await open();
    const { cookie } = await login();
    const page = await http.get('/nowhere').set('Cookie', cookie).set('Accept-Language', 'fr');
    expect(page.status).toBe(404);
    expect(page.text).toContain('Cette page n’existe pas.');
    expect((await http.get('/api/nowhere').set('Cookie', cookie)).body).toMatchObject({
      error: { kind: 'not-found' },
    });
  });
});

describe('health', () => {
  it('is 503 and names the part when the store is gone', async () => {
    const { app, http } = await open();
    expect((await http.get('/health')).status).toBe(200);
    await (await app.store()).close();
    const response = await http.get('/health');
    expect(response.status).toBe(503);
    expect(response.body).toEqual({ healthy: false, parts: [{ name: 'store', works: false }] });
  });
});

describe('starting', () => {
  it('says so when the port is taken', async () => {
    const { server, folder } = await open();
    const { port } = new URL(server.url);
    const config = compileConfig(join(folder, 'civicase.yaml'), `server: { port: ${port} }`, {
      dataDir: null,
      environment: {},
      workingDirectory: folder,
    });
    const second = createApp(config, { logLevel: 'silent' });
    await expect(startServer(second)).rejects.toThrow(
      /cannot listen on 127\.0\.0\.1:\d+: another program does.*server\.port/,
    );
    await second.close();
  });

  it('leaves no token in the data directory', async () => {
    const { server, folder } = await open();
    expect(readFileSync(join(folder, '.civicase', 'login.json'), 'utf8')).not.toContain(server.newToken);
    expect(logs.join('')).not.toContain(server.newToken);
  });
});
