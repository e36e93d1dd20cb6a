import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestClient, siteUrl, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, formField, rows } from './nock-site.ts';

afterEach(() => nock.cleanAll());

const everything = ['get', 'create', 'save', 'update'];
const masked = {
  error_code: '1',
  error_message: 'Sorry an error occurred and your request was not completed. (Error ID: abcd-efgh-ijkl)',
  status: 500,
};
const denied = { ...masked, status: 403 };

interface Site {
  readonly id?: object;
  readonly actions?: readonly string[] | null;
  readonly masked?: boolean;
  readonly now?: string;
}

/** A site at noon UTC, by its Date header. */
function answerAccess({
  id = { contact_id: 2, user_id: 1 },
  actions = everything,
  now,
  ...site
}: Site): void {
  answerNext('/civicrm/authx/id', { body: id });
  nock(siteUrl)
    .post('/civicrm/ajax/api4')
    .reply(
      200,
      (_, body) => {
        const calls = JSON.parse(formField(body, 'calls')) as [string, string][];
        return calls.map(([entity, action], index) => {
          if (index === 2)
            return site.masked === true ? masked : { error_code: 0, error_message: 'Invalid field' };
          if (action === 'getActions')
            return actions === null ? denied : rows(...actions.map((name) => ({ name })));
          if (entity === 'Domain') return actions === null ? denied : rows({ version: '6.20.0' });
          return rows(...(now === undefined ? [] : [{ now }]));
        });
      },
      { Date: 'Mon, 02 Mar 2026 12:00:00 GMT', 'Content-Type': 'application/json' },
    );
}

describe('what a key is good for', () => {
  it('is everything for an administrator', async () => {
    answerAccess({ now: '2026-03-02 13:00:01' });
    const able = { allowed: true, missing: [] };
    expect(await createTestClient().checkAccess()).toEqual({
      pathStyle: 'clean',
      contactId: 2,
      hasUserAccount: true,
      version: '6.20.0',
      messagesMasked: false,
      abilities: { read: able, write: able, administer: able },
      utcOffsetMinutes: 60,
      clockSkewMillis: 0,
      findings: [],
    });
  });

  it('is reading alone for a reader, and the findings name what is refused', async () => {
    answerAccess({ actions: ['get'], masked: true });
    const access = await createTestClient().checkAccess();
    expect(access.abilities.read.allowed).toBe(true);
    expect(access.abilities.write.missing).toContain('Case.save');
    expect(access.findings).toEqual([
      expect.stringMatching(/may not write cases: Case\.create, .*"add cases"/),
      expect.stringMatching(/may not set up case types: CaseType\.create/),
      expect.stringContaining('"view debug output"'),
    ]);
  });

  it('is nothing for a contact without a user account, whatever looks like an empty site', async () => {
    answerAccess({ id: { contact_id: 5, user_id: null }, actions: null, masked: true });
    const access = await createTestClient().checkAccess();
    expect(access).toMatchObject({
      contactId: 5,
      hasUserAccount: false,
      version: null,
      utcOffsetMinutes: null,
    });
    expect(access.abilities.read.allowed).toBe(false);
    expect(access.findings[0]).toContain('contact 5, who has no user account');
  });

  it('is nothing when the key did not arrive', async () => {
    answerAccess({ id: { contact_id: null, user_id: null }, actions: null });
    const access = await createTestClient().checkAccess();
    expect(access.contactId).toBeNull();
    expect(access.findings).toEqual([expect.stringContaining('X-Civi-Auth')]);
  });

  it('cannot be told where authx does not answer', async () => {
    answerNext('/civicrm/authx/id', { contentType: 'text/html', body: '<title>Dashboard</title>' });
    expect(await thrownBy(createTestClient().checkAccess())).toMatchObject({ kind: 'remote-unavailable' });
  });

  it('includes a clock that goes wrong', async () => {
    answerNext('/civicrm/authx/id', { body: { contact_id: '2', user_id: 1 } });
    nock(siteUrl)
      .post('/civicrm/ajax/api4')
      .reply(200, (_, body) => (JSON.parse(formField(body, 'calls')) as []).map(() => rows()), {
        Date: 'Mon, 02 Mar 2026 12:10:00 GMT',
      });
    const access = await createTestClient().checkAccess();
    expect(access.clockSkewMillis).toBe(600_000);
    expect(access.findings.at(-1)).toBe("The site's clock is 600 s ahead of ours.");
  });

  it('takes a wall clock that no zone explains for a wrong clock', async () => {
    answerAccess({ now: '2026-03-12 12:00:00' });
    const access = await createTestClient().checkAccess();
    expect(access.utcOffsetMinutes).toBeNull();
    expect(access.findings.join(' ')).toContain('about 10 days ahead of');
  });
});
