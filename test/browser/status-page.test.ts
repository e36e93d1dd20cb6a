import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp, planningParts, runMirror, type App } from '../../src/app/index.ts';
import { compileConfig } from '../../src/config/index.ts';
import { planFollowUps } from '../../src/follow-up/plan-follow-ups.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { startServer, type RunningServer } from '../../src/server/index.ts';
import { openBrowser, violations } from '../support/browser.ts';
import { createStandingClock } from '../support/standing-clock.ts';

const MONDAY = Date.UTC(2026, 2, 2, 9);

const folder = mkdtempSync(join(tmpdir(), 'civicase-browser-'));
const sandboxes: Sandbox[] = [];
let app: App;
let server: RunningServer;
let browser: Browser;

async function openSite(name: string, idOffset: number): Promise<{ sandbox: Sandbox; line: string }> {
  const sandbox = createSandbox({
    name,
    apiKey: `${name}-key`,
    clock: createStandingClock(MONDAY),
    random: Math.random,
    idOffset,
  });
  sandboxes.push(sandbox);
  const { url } = await sandbox.listen(0);
  return { sandbox, line: `  ${name}: { url: "${url}", apiKey: ${name}-key, timeZone: UTC }` };
}

beforeAll(async () => {
  const riverside = await openSite('riverside', 0);
  const hilltop = await openSite('hilltop', 1000);
  const yaml = `sites:
${riverside.line}
${hilltop.line}
pairs: { river-hill: { from: riverside, to: hilltop, caseTypes: [housing_support], contacts: create } }
mail: { url: "smtp://127.0.0.1:9", from: "desk@example.org" }
server: { port: 0 }
rules:
  - name: call-after-a-week
    sites: [riverside]
    when: { activity: Open Case, offset: "+7 days", at: "09:00" }
    then: { createActivity: { type: Phone Call } }
`;
  const config = compileConfig(join(folder, 'civicase.yaml'), yaml, {
    dataDir: null,
    environment: {},
    workingDirectory: folder,
  });
  app = createApp(config, { clock: createStandingClock(MONDAY), logLevel: 'error' });
  const client = riverside.sandbox.handle('Contact', 'create', {
    values: { contact_type: 'Individual', first_name: 'Ada' },
  });
  riverside.sandbox.handle('Case', 'create', {
    values: {
      'case_type_id:name': 'housing_support',
      contact_id: client.values[0]?.['id'] ?? 0,
      creator_id: 2,
      subject: 'Roof',
    },
  });
  await runMirror(app, 'river-hill');
  await planFollowUps({
    ...(await planningParts(app, 'riverside')),
    wakeUps: { wake: () => Promise.resolve() },
  });
  server = await startServer(app);
  browser = await openBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  await server.close();
  await app.close();
  for (const sandbox of sandboxes) await sandbox.close();
  rmSync(folder, { recursive: true });
});

async function logIn(options: { language?: string; dark?: boolean; width?: number } = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: options.language ?? 'en',
    colorScheme: options.dark === true ? 'dark' : 'light',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.locator('#token').fill(server.newToken ?? '');
  await page.keyboard.press('Enter');
  await page.waitForURL(server.url);
  return page;
}

describe('the status page in a browser', () => {
  test('asks for the token, refuses a wrong one, and keeps it out of the address', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(server.url);
    expect(page.url()).toBe(`${server.url}login`);
    await page.locator('#token').fill('not the token');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(page.url()).not.toContain('token');
  });

  test('shows sites, the mirror and what is planned', async () => {
    const page = await logIn();
    const text = await page.locator('main').innerText();
    for (const shown of ['riverside', 'hilltop', 'river-hill', 'call-after-a-week'])
      expect(text).toContain(shown);
    expect(text).not.toContain('Ada');
  });

  test('speaks French to a French browser', async () => {
    const page = await logIn({ language: 'fr-FR' });
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('h1').innerText()).not.toBe(await (await logIn()).locator('h1').innerText());
  });

  test.each([
    { language: 'en', dark: false, width: 1280 },
    { language: 'en', dark: true, width: 390 },
    { language: 'fr', dark: false, width: 390 },
    { language: 'fr', dark: true, width: 1280 },
  ])(
    'breaks no rule of WCAG 2.2 AA and never scrolls sideways: $language, dark $dark, $width px',
    async (options) => {
      const page = await logIn(options);
      expect(await violations(page)).toEqual([]);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    },
  );

  test('every control is reached with the keyboard alone', async () => {
    const page = await logIn();
    const controls = await page.locator('a[href], button').count();
    const reached = new Set<string>();
    for (let press = 0; press < controls + 2; press += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate<string>(
          'document.activeElement.matches("a, button") ? document.activeElement.outerHTML : ""',
        ),
      );
    }
    reached.delete('');
    expect(reached.size).toBe(controls);
  });
});
