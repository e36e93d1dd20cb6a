import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../../src/doctor/index.ts';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { askDoctor } from '../../support/doctor-desk.ts';
import { html, is, KEY, MISTAKES, OTHERS, outcomes, refusal, rows } from '../../support/doctor-mistakes.ts';
import { serveInFront } from '../../support/site-behind.ts';
import { machineClock } from '../../support/standing-clock.ts';

let sandbox: Sandbox;
let site = '';

beforeAll(async () => {
  sandbox = createSandbox({
    name: 'here',
    apiKey: KEY,
    otherKeys: OTHERS,
    clock: machineClock,
    random: () => 0.5,
  });
  site = (await sandbox.listen(0)).url;
});
afterAll(() => sandbox.close());

describe('the doctor finds', () => {
  it.each(MISTAKES)('$what', async ({ code, says, exit = 1, inFront, settings, also = [] }) => {
    const behind = inFront === undefined ? null : await serveInFront(site, inFront);
    try {
      const url = behind?.url ?? site;
      const run = await askDoctor({ apiKey: KEY, ...(settings?.(url) ?? { url }) });
      // A busy machine may be slow by itself.
      const found = run.found.filter((one) => one === code || one !== 'speed');
      expect(found.toSorted()).toEqual([code, ...also].toSorted());
      expect(run.said(code).replaceAll('\n', ' ')).toMatch(says);
      expect(run.code).toBe(exit);
      expect(run.site.usable).toBe(exit === 2);
    } finally {
      await behind?.close();
    }
  });

  it('something by every check but the one that has nothing to cure', () => {
    const elsewhere = ['permissions', 'multiple-clients'];
    const found = new Set([...MISTAKES.map(({ code }) => code), ...elsewhere]);
    expect(CHECKS.map(({ code }) => code).filter((code) => !found.has(code))).toEqual(['http-statuses']);
  });

  it('each missing permission by its name, for the jobs that need it', async () => {
    const pairs = { pairs: { p: { from: 'there', to: 'here', caseTypes: ['x'], contacts: 'create' } } };
    const there = { sites: { there: { url: site, apiKey: KEY, timeZone: 'UTC' } } };
    const missing = async (apiKey: string, more: object) => {
      const run = await askDoctor({ url: site, apiKey }, { more });
      expect(run.code).toBe(2);
      return [
        ...run.said('permissions').matchAll(/lacks the permission "([^"]+)", needed for: ([^.]+)\./g),
      ].map(([, name, jobs]) => [name, jobs]);
    };
    expect(await missing(OTHERS.limited, { ...pairs, ...there })).toEqual([
      ['add cases', 'mirror-to'],
      ['view all activities', 'mirror-to'],
      ['delete activities', 'mirror-to'],
      ['edit all contacts', 'mirror-to'],
      ['add contacts', 'mirror-to'],
      ['administer CiviCRM data', 'mirror-to'],
    ]);
    const rules = [
      { name: 'r', when: { activity: 'Open Case' }, then: { createActivity: { type: 'Phone Call' } } },
      {
        name: 'm',
        when: { activity: 'Open Case' },
        then: { sendMail: { to: 'client', template: 'client-reminder' } },
      },
    ];
    const mail = { url: 'smtp://127.0.0.1:9', from: 'desk@example.org' };
    expect(await missing(OTHERS.limited, { rules, mail })).toEqual([
      ['view all activities', 'follow-ups, reminders'],
      ['delete activities', 'follow-ups, reminders'],
      ['administer CiviCRM data', 'follow-ups, reminders'],
    ]);
    expect(await missing(OTHERS.nobody, {})).toEqual([
      ['access CiviCRM', 'migrate'],
      ['view all contacts', 'migrate'],
    ]);
  });

  it('a permission of a job that is only asked for', async () => {
    const pair = { pairs: { p: { from: 'here', to: 'there', caseTypes: ['x'] } } };
    const there = { sites: { there: { url: site, apiKey: KEY } } };
    const ask = (words: readonly string[]) =>
      askDoctor({ url: site, apiKey: OTHERS.limited }, { more: { ...pair, ...there }, words });
    expect((await ask([])).said('permissions')).toBe('');
    expect((await ask(['--for', 'migrate'])).said('permissions')).toContain('"administer CiviCase"');
  });

  it('a missing "access all cases and activities" by the panels that the site shows', async () => {
    const behind = await serveInFront(site, { onAnswer: outcomes({ panels: rows({ name: 'myCases' }) }) });
    const run = await askDoctor({ url: behind.url, apiKey: KEY });
    await behind.close();
    expect(run.said('permissions')).toMatch(/lacks the permission "access all cases and activities"/);
  });

  it('several clients of a case on the site that is mirrored here, but not here', async () => {
    const source = await serveInFront(site, {
      onAnswer: (answer, request) =>
        is(request, 'civicrm/ajax/api4/Setting/get')
          ? { ...answer, body: JSON.stringify(rows({ name: 'civicaseAllowMultipleClients', value: '1' })) }
          : answer,
    });
    const more = {
      sites: { there: { url: source.url, apiKey: KEY } },
      pairs: { p: { from: 'there', to: 'here', caseTypes: ['x'] } },
    };
    const run = await askDoctor({ url: site, apiKey: KEY }, { more });
    await source.close();
    expect(run.found).toEqual(['multiple-clients']);
    expect(run.said('multiple-clients')).toMatch(
      /Cases of there may have several clients.*Allow Multiple Case Clients/,
    );
  });
});

describe('the doctor is discreet', () => {
  it('sends the key to nobody who is not known to be CiviCRM, and writes nothing', async () => {
    const stranger = await serveInFront(site, { onRequest: () => html(200, '<title>Hello</title>') });
    await askDoctor({ url: `${stranger.url}/a/b`, apiKey: KEY, siteKey: 'canary-site-key-95' });
    expect(stranger.seen.length).toBeGreaterThan(3);
    expect(JSON.stringify(stranger.seen)).not.toMatch(/canary/);
    await stranger.close();

    const real = await serveInFront(site, {});
    const run = await askDoctor({ url: real.url, apiKey: KEY });
    await real.close();
    expect([run.code, run.found]).toEqual([0, []]);
    const actions = real.seen.flatMap(({ path, body }) => {
      const calls = new URLSearchParams(body).get('calls');
      const named = calls === null ? [] : Object.values(JSON.parse(calls) as Record<string, string[]>);
      return [path.split('/').at(-1) ?? '', ...named.map(([, action]) => action ?? '')];
    });
    expect(new Set(actions)).toEqual(new Set(['get', 'id', 'api4', 'getActions']));
    // One knock, who the key is, a wrong call, two batches and one long request.
    expect(real.seen).toHaveLength(6);
  });

  it('takes its secrets out of what a site echoes', async () => {
    const echo = await serveInFront(site, {
      onRequest: (request) =>
        is(request, 'civicrm/authx/id')
          ? refusal(`Invalid credential ${request.headers['x-civi-auth'] ?? ''}`)
          : request,
    });
    const run = await askDoctor({ url: echo.url, apiKey: KEY });
    await echo.close();
    expect(run.said('key-known')).toContain('Invalid credential Bearer [secret]');
  });
});

describe('a site without a mistake', () => {
  it.each(['6.20-standalone', '5.77-wordpress'] as const)('is fine in every line (%s)', async (edition) => {
    const fine = createSandbox({
      name: 'fine',
      edition,
      apiKey: KEY,
      clock: machineClock,
      random: () => 0.5,
    });
    const { url } = await fine.listen(0);
    for (const address of [url, `${url}/`, `${url}//`]) {
      const run = await askDoctor({ url: address, apiKey: KEY });
      expect(run.site.checks.filter(({ state }) => state !== 'fine')).toEqual([]);
      expect(run.code).toBe(0);
      const [statuses] = run.site.checks.filter(({ code }) => code === 'http-statuses');
      expect(statuses).toMatchObject({
        found: expect.stringMatching(edition.startsWith('5') ? /^masked/ : /^real/) as string,
      });
    }
    await fine.close();
  });

  it('is fine without clean URLs, too', async () => {
    const options = { name: 'fine', edition: '5.77-wordpress', apiKey: KEY } as const;
    const fine = createSandbox({ ...options, clock: machineClock, random: () => 0.5 });
    const { url } = await fine.listen(0);
    const plain = await serveInFront(url, {
      onRequest: (request) => (is(request, 'civicrm') ? html(404, '<title>Page not found</title>') : request),
    });
    const run = await askDoctor({ url: plain.url, apiKey: KEY });
    await plain.close();
    await fine.close();
    expect(run.found).toEqual([]);
    expect(run.text).toContain('CiviCRM answers, paths are wordpress');
  });
});
