import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/base/json.ts';
import { askDoctor, type DoctorRun } from '../support/doctor-desk.ts';
import { createRealClient, moveToZone } from '../support/real-client.ts';
import { haveRealSites, openRealSites, type RealSites, type RealUser } from '../support/real-sites.ts';
import { serveInFront, type InFront } from '../support/site-behind.ts';

/** What a role holds, and what of it is taken away: each permission once, in two halves so that none hides another. */
const MIRROR = {
  held: ['access CiviCRM', 'view debug output'],
  halves: [
    ['access all cases and activities', 'add cases', 'delete activities', 'administer CiviCRM data'],
    ['view all contacts', 'view all activities', 'edit all contacts', 'add contacts'],
  ],
};
const MIGRATE = {
  held: ['access CiviCRM', 'view debug output', 'access all cases and activities', 'view all contacts'],
  halves: [
    ['administer CiviCase', 'edit groups'],
    ['administer CiviCRM', 'administer CiviCRM data', 'edit message templates'],
  ],
};

describe.skipIf(!haveRealSites)('the doctor on a real site', () => {
  let sites: RealSites;
  beforeAll(async () => {
    sites = await openRealSites();
  });
  afterAll(async () => {
    await sites.reset('b');
    await sites.close();
  });

  const ask = (user: RealUser, settings: object = {}, more: object = {}) =>
    askDoctor({ url: sites.b.url, apiKey: sites.b.keys[user], ...settings }, { more });
  const behind = async (inFront: InFront, user: RealUser = 'admin') => {
    const proxy = await serveInFront(sites.b.url, inFront);
    const run = await ask(user, { url: proxy.url });
    await proxy.close();
    return run;
  };
  const call = (entity: string, action: string, params: JsonObject) =>
    createRealClient(sites.b).call({ entity, action, params });
  const set = (values: JsonObject) => call('Setting', 'set', { values });
  const sure = ({ found }: DoctorRun) => found.filter((code) => code !== 'speed');

  it('has nothing to say of a site that is well', async () => {
    const run = await ask('admin');
    expect(sure(run)).toEqual([]);
    expect(run.site.checks.filter(({ code, state }) => state !== 'fine' && code !== 'speed')).toEqual([]);
    expect(run.site.checks.find(({ code }) => code === 'case-types')).toMatchObject({
      found: expect.stringMatching(/^2, all of them parse; in files.*housing_support/) as string,
    });
  });

  it('finds what is wrong with a key', async () => {
    expect(sure(await ask('nouser'))).toEqual(['user-account']);
    expect(sure(await ask('admin', { apiKey: sites.a.keys.admin }))).toEqual(['key-known']);
    expect(sure(await ask('admin', { apiKey: `${sites.b.keys.admin} ` }))).toEqual(['key-text']);
    const limited = await ask('limited');
    expect(sure(limited)).toEqual(['errors-told', 'permissions']);
    expect(limited.said('permissions')).toContain('"access all cases and activities", needed for: migrate');
    expect((await ask('nobody')).said('permissions')).toMatch(/"access CiviCRM"; only then it shows/);
  });

  it.each([
    ['a mirror', MIRROR],
    ['moving case types', MIGRATE],
  ] as const)('names each permission that is missing for %s', async (_, { held, halves }) => {
    const more =
      halves === MIRROR.halves
        ? {
            sites: { there: { url: sites.a.url, apiKey: sites.a.keys.admin } },
            pairs: { p: { from: 'there', to: 'here', caseTypes: ['housing_support'], contacts: 'create' } },
          }
        : {};
    for (const taken of [...halves, []]) {
      const permissions = [...held, ...halves.flat().filter((name) => !taken.includes(name))];
      await call('Role', 'update', { where: [['name', '=', 'limited']], values: { permissions } });
      const run = await ask('limited', {}, more);
      const said = [...run.said('permissions').matchAll(/lacks the permission "([^"]+)"/g)];
      expect(said.map(([, name]) => name).toSorted()).toEqual(taken.toSorted());
    }
  });

  it('finds wrong addresses', async () => {
    const { url } = sites.b;
    expect(sure(await ask('admin', { url: `${url}/` }))).toEqual([]);
    expect((await ask('admin', { url: `${url}/civicrm/home` })).said('address')).toContain(
      `Set url to "${url}"`,
    );
    expect((await ask('admin', { url: `${url}/wp-json` })).said('paths')).toContain(`Set url to "${url}"`);
    expect((await ask('admin', { url, path: 'wordpress' })).said('paths')).toContain('Set path to clean');
    expect((await ask('admin', { url: url.replace('http:', 'https:') })).said('connection')).toContain(
      `Set url to "${url}"`,
    );
  });

  it('finds what a proxy does to the calls', async () => {
    const dropped = await behind({
      onRequest: ({ path, headers: { 'x-civi-auth': _, ...headers }, body }) => ({ path, headers, body }),
    });
    expect(sure(dropped)).toEqual(['key-arrives']);
    // authx looks at X-Civi-Auth first: what a proxy adds does no harm to a key.
    const added = await behind({
      onRequest: ({ path, headers, body }) => ({
        path,
        headers: { ...headers, authorization: 'Basic eDp5' },
        body,
      }),
    });
    expect(sure(added)).toEqual([]);
    const short = await behind({
      onRequest: (request) => (request.body.length > 200_000 ? { ...request, body: '' } : request),
    });
    expect(short.said('body-limit')).toMatch(/120 kB do.*post_max_size/);
  });

  it('finds settings of the site', async () => {
    await set({ authx_guards: ['site_key', 'perm'] });
    expect(sure(await ask('limited'))).toEqual(['guard']);
    expect(sure(await ask('limited', { siteKey: 'not-the-site-key' }))).toEqual(['guard']);
    expect(sure(await ask('admin', { siteKey: sites.b.siteKey }))).toEqual([]);
    await set({ authx_guards: [] });

    await set({ authx_xheader_user: 'require' });
    expect((await ask('nouser')).said('key-known')).toContain('Link that contact to a user');
    await set({ authx_xheader_user: 'optional' });

    await set({ core_maintenance_mode: '1' });
    expect(sure(await ask('admin'))).toEqual(['maintenance']);
    expect((await ask('nobody')).said('maintenance')).toContain('Temporarily unavailable for maintenance.');
    await set({ core_maintenance_mode: '0' });

    await set({ enable_components: ['CiviMail'] });
    expect(sure(await ask('admin'))).toEqual(['civicase']);
    await set({ enable_components: ['CiviMail', 'CiviCase'] });
  });

  // Switched off altogether it takes CiviCRM Standalone down: its classes implement an interface of authx.
  it('finds that authx takes no keys', async () => {
    await set({ authx_xheader_cred: ['jwt'] });
    const noKeys = await ask('admin');
    expect(noKeys.code).toBe(1);
    expect(sure(noKeys)).toEqual(['key-known']);
    expect(noKeys.said('key-known')).toContain('api_key');
    // Nobody gets in any more to put it right.
    await sites.reset('b');
  });

  it('finds a CiviCRM that is older than we know', async () => {
    const [domain] = await sites.b.rows('SELECT version FROM civicrm_domain WHERE id = 1');
    await sites.b.rows("UPDATE civicrm_domain SET version = '5.33.2' WHERE id = 1");
    const run = await ask('admin');
    expect(sure(run)).toEqual(['version']);
    expect(run.said('version')).toMatch(/CiviCRM 5\.33\.2 is older than .*Upgrade/);
    await sites.b.rows('UPDATE civicrm_domain SET version = ? WHERE id = 1', [String(domain?.['version'])]);
  });

  it('finds zones, clients and case types that go wrong', async () => {
    await moveToZone(sites.b, 'Asia/Kolkata');
    await sites.b.rows(
      "INSERT INTO civicrm_case_type (name, title, definition, is_active, weight) VALUES ('torn', 'Torn', '<CaseType><name>', 1, 8), ('gone', 'Gone', NULL, 1, 9)",
    );
    const run = await ask('admin');
    expect(sure(run)).toEqual(['time-zone', 'case-types']);
    expect(run.said('time-zone')).toContain('UTC+05:30');
    expect(run.said('case-types')).toMatch(/"torn" does not parse[\s\S]*"gone" has no definition/);

    const more = {
      sites: { there: { url: sites.a.url, apiKey: sites.a.keys.admin } },
      pairs: { p: { from: 'here', to: 'there', caseTypes: ['housing_support'] } },
    };
    await set({ civicaseAllowMultipleClients: '1' });
    expect((await ask('admin', {}, more)).found).not.toContain('multiple-clients');
    const target = await askDoctor(
      { url: sites.a.url, apiKey: sites.a.keys.admin },
      {
        more: {
          sites: { there: { url: sites.b.url, apiKey: sites.b.keys.admin } },
          pairs: { p: { from: 'there', to: 'here', caseTypes: ['housing_support'] } },
        },
      },
    );
    expect(sure(target)).toEqual(['multiple-clients']);
  });
});
