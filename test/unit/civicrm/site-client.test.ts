import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AppError } from '../../../src/base/errors.ts';
import { createTestClient, siteUrl, testKey, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, formField, rows } from './nock-site.ts';

afterEach(() => nock.cleanAll());

const getCases = { entity: 'Case', action: 'get', params: { select: ['id'], limit: 1 } } as const;

describe('a call', () => {
  it('is a form-encoded POST with the key in its header and nothing of it elsewhere', async () => {
    const seen: { path?: string; headers?: Record<string, unknown>; body?: unknown } = {};
    nock(siteUrl)
      .post('/civicrm/ajax/api4/Case/get')
      .reply(200, function (path, body) {
        Object.assign(seen, { path, headers: this.req.headers, body });
        return rows({ id: 1 });
      });
    await createTestClient({ siteKey: 'canary-site-key' }).call(getCases);
    expect(seen.headers).toMatchObject({
      'content-type': expect.stringContaining('application/x-www-form-urlencoded') as unknown,
      'x-requested-with': 'XMLHttpRequest',
      'x-civi-auth': `Bearer ${testKey}`,
      'x-civi-key': 'canary-site-key',
    });
    expect(seen.headers).not.toHaveProperty('cookie');
    expect(seen.path).not.toContain('canary');
    expect(seen.body).toBe(`params=${encodeURIComponent('{"select":["id"],"limit":1}')}`);
  });

  it('never sends back a cookie that the site sets', async () => {
    answerNext(/.*/, { body: rows(), headers: { 'Set-Cookie': 'SESS=1; path=/' } });
    const again = nock(siteUrl, { badheaders: ['cookie'] })
      .post(/.*/)
      .reply(200, rows());
    const client = createTestClient();
    await client.call(getCases);
    await client.call(getCases);
    expect(again.isDone()).toBe(true);
  });

  it('carries any text unharmed', async () => {
    const text = 'a&b=c+d%20 <é> 😀 "q"';
    let got: unknown;
    nock(siteUrl)
      .post(/.*/)
      .reply(200, (_, body) => {
        got = JSON.parse(formField(body, 'params'));
        return rows();
      });
    await createTestClient().call({
      entity: 'Case',
      action: 'get',
      params: { where: [['subject', '=', text]] },
    });
    expect(got).toEqual({ where: [['subject', '=', text]] });
  });

  it.each([
    ['clean', '/civicrm/ajax/api4/Case/get'],
    ['wordpress', '/?civiwp=CiviCRM&q=civicrm/ajax/api4/Case/get'],
    ['joomla', '/index.php?option=com_civicrm&task=civicrm/ajax/api4/Case/get'],
  ] as const)('goes where the path style %s has it, also in a folder', async (pathStyle, path) => {
    const scope = nock(siteUrl).post(`/folder${path}`).reply(200, rows());
    await createTestClient({ pathStyle, url: `${siteUrl}/folder/` }).call(getCases);
    expect(scope.isDone()).toBe(true);
  });

  it('answers APIv3 through its own route', async () => {
    const scope = nock(siteUrl)
      .post('/civicrm/ajax/rest', { entity: 'CaseType', action: 'get', json: '{"id":1}' })
      .reply(200, { is_error: 0, values: { 1: { id: '1' } } });
    expect(await createTestClient().callApi3('CaseType', 'get', { id: 1 })).toEqual({ 1: { id: '1' } });
    expect(scope.isDone()).toBe(true);
  });

  it('gives rows as the schema has them, and names the field that is otherwise without its value', async () => {
    answerNext(/.*/, { body: rows({ id: 1, subject: 'Private words' }) });
    answerNext(/.*/, { body: rows({ id: 1, subject: 'Private words' }) });
    const client = createTestClient();
    const text = z.object({ id: z.number(), subject: z.string() });
    expect(await client.get('Case', {}, text)).toEqual([{ id: 1, subject: 'Private words' }]);
    const error = await thrownBy(client.get('Case', {}, z.object({ subject: z.number() })));
    expect(error).toMatchObject({ kind: 'remote-rejected', details: { field: 'subject' } });
    expect(String(error)).toMatch(/row 0, subject: .*expected number/);
    expect(JSON.stringify(error) + String(error)).not.toContain('Private words');
  });
});

describe('a call that would do silent damage is not sent', () => {
  it.each([
    ['a date that is none', { values: { start_date: 'tomorrow' } }, /start_date must be a real date/],
    ['the 30th of February', { values: { start_date: '2026-02-30' } }, /2026-02-30/],
    [
      'a date with a zone',
      { records: [{ activity_date_time: '2026-02-03T10:00:00Z' }] },
      /activity_date_time/,
    ],
    ['a match on an option name', { records: [{}], match: ['status_id:name'] }, /use "status_id"/],
  ])('%s', async (_, params, message) => {
    const client = createTestClient();
    const call = { entity: 'Case', action: 'save', params };
    const error = await thrownBy(client.call(call));
    expect(error).toMatchObject({
      kind: 'invalid-input',
      message: expect.stringMatching(message) as unknown,
    });
    // In a batch the other calls still go.
    answerNext('/civicrm/ajax/api4', { body: [rows({ id: 1 })] });
    expect(await client.batch([call, getCases])).toMatchObject([
      { error: { kind: 'invalid-input' } },
      { kind: 'done' },
    ]);
  });

  it('a case type as XML text', async () => {
    const values = { name: 'x', definition: '<CaseType/>' };
    const error = await thrownBy(
      createTestClient().call({ entity: 'CaseType', action: 'create', params: { values } }),
    );
    expect(error).toMatchObject({ kind: 'invalid-input' });
  });

  it('but a reminder may name the date field that it counts from', async () => {
    answerNext(/.*/, { body: rows({ id: 1 }) });
    const values = { start_action_date: 'activity_date_time' };
    await createTestClient().call({ entity: 'ActionSchedule', action: 'create', params: { values } });
  });
});

describe('a redirect', () => {
  it('to another host is not followed, and its query is not told', async () => {
    const other = nock('http://evil.example').post(/.*/).reply(200, rows());
    answerNext(/.*/, { status: 302, headers: { Location: 'http://evil.example/login?token=abc' } });
    const error = await thrownBy(createTestClient().call(getCases));
    expect(error).toMatchObject({ kind: 'remote-rejected' });
    expect(String(error)).toContain('to http://evil.example/login (status 302)');
    expect(String(error)).not.toContain('token=abc');
    expect(other.isDone()).toBe(false);
  });

  it('on the same host is an error that says what to do', async () => {
    answerNext(/.*/, {
      status: 301,
      headers: { Location: 'https://riverside.example/civicrm/ajax/api4/Case/get' },
    });
    const error = await thrownBy(createTestClient().call(getCases));
    expect(String(error)).toMatch(/redirects Case\.get to https:.*put the final address into the site's url/);
  });
});

describe('a site that asks for patience', () => {
  it.each([
    ['in seconds', '7', 7_000],
    ['until a moment of its own clock', 'Mon, 02 Mar 2026 09:00:30 GMT', 30_000],
    ['until a moment that is over', 'Mon, 02 Mar 2026 08:00:00 GMT', 0],
    ['in words', 'soon', undefined],
  ])('%s is understood', async (_, retryAfter, millis) => {
    const headers = { 'Retry-After': retryAfter, Date: 'Mon, 02 Mar 2026 09:00:00 GMT' };
    answerNext(/.*/, { status: 429, contentType: 'text/html', headers });
    const error = await thrownBy(createTestClient().call(getCases));
    expect(error).toMatchObject({ kind: 'remote-unavailable', details: { status: 429, transient: true } });
    expect((error as AppError).details['retryAfterMillis']).toBe(millis);
  });
});

describe('a page in place of an answer', () => {
  const page = { contentType: 'text/html', body: '<title>CiviCRM Home</title>' };

  it('is passed over by a read, since CiviCRM shows it while it fills its table of routes', async () => {
    answerNext(/.*/, page);
    answerNext(/.*/, { body: rows({ id: 1 }) });
    expect((await createTestClient({ maxRetries: 1 }).call(getCases)).values).toEqual([{ id: 1 }]);
  });

  it('ends a write that must not happen twice', async () => {
    answerNext(/.*/, page);
    const write = { entity: 'Case', action: 'create', params: { values: { subject: 'x' } } } as const;
    expect(await thrownBy(createTestClient({ maxRetries: 1 }).call(write))).toMatchObject({
      kind: 'remote-unavailable',
      details: { effect: 'unknown' },
    });
  });
});

describe('a get with a chain', () => {
  it.each([
    ['is repeated when the chain reads', 'get', true],
    ['is not repeated when the chain writes', 'create', false],
  ])('%s', async (_, action, repeated) => {
    answerNext(/.*/, { status: 502, contentType: 'text/html' });
    answerNext(/.*/, { body: rows({ id: 1 }) });
    const chain = { inner: ['Activity', 'get', { chain: { deeper: ['Activity', action, {}] } }] };
    const asked = createTestClient({ maxRetries: 1 }).call({ ...getCases, params: { chain } });
    if (repeated) expect((await asked).values).toEqual([{ id: 1 }]);
    else expect(await thrownBy(asked)).toMatchObject({ kind: 'remote-unavailable' });
  });
});

describe('the path style', () => {
  const probe = 'civicrm/ajax/api4/Domain/get';

  it('is found once and then remembered', async () => {
    const scope = nock(siteUrl)
      .post(`/${probe}`)
      .reply(404, '<html></html>', { 'Content-Type': 'text/html' })
      .post(`/?civiwp=CiviCRM&q=${probe}`)
      .reply(200, { error_code: '1', error_message: 'Sorry', status: 403 })
      .post('/?civiwp=CiviCRM&q=civicrm/ajax/api4/Case/get')
      .twice()
      .reply(200, rows());
    const client = createTestClient({ pathStyle: undefined });
    await Promise.all([client.call(getCases), client.call(getCases)]);
    expect(scope.isDone()).toBe(true);
  });

  it.each([
    ['a page of the CMS', 200, {}],
    ['a redirect to its front page', 302, { Location: '/' }],
  ])('is not mistaken for one that answers %s', async (_, status, headers) => {
    nock(siteUrl)
      .post(`/${probe}`)
      .reply(status, '<html></html>', { 'Content-Type': 'text/html', ...headers })
      .post(`/?civiwp=CiviCRM&q=${probe}`)
      .reply(404, '')
      .post(`/index.php?option=com_civicrm&task=${probe}`)
      .reply(200, rows({ id: 1 }))
      .post('/index.php?option=com_civicrm&task=civicrm/ajax/api4/Case/get')
      .reply(200, rows({ id: 5 }));
    const { values } = await createTestClient({ pathStyle: undefined }).call(getCases);
    expect(values).toEqual([{ id: 5 }]);
  });

  it('is not guessed while the site is down, and found when it is back', async () => {
    answerNext(`/${probe}`, { status: 503, contentType: 'text/html' });
    const client = createTestClient({ pathStyle: undefined });
    expect(await thrownBy(client.call(getCases))).toMatchObject({ kind: 'remote-unavailable' });
    answerNext(`/${probe}`, { body: rows({ id: 1 }) });
    answerNext('/civicrm/ajax/api4/Case/get', { body: rows() });
    await client.call(getCases);
  });

  it('is none where no CiviCRM answers, and the error says what was tried', async () => {
    nock(siteUrl).post(/.*/).thrice().reply(404, 'nothing here');
    const error = await thrownBy(createTestClient({ pathStyle: undefined }).call(getCases));
    expect(error).toMatchObject({ kind: 'not-found' });
    expect(String(error)).toContain('clean (status 404), wordpress (status 404), joomla (status 404)');
  });

  it('is not searched further when the key is refused', async () => {
    answerNext(`/${probe}`, { status: 401, contentType: 'text/plain', body: 'HTTP 401 Invalid credential' });
    const error = await thrownBy(createTestClient({ pathStyle: undefined }).call(getCases));
    expect(error).toMatchObject({ kind: 'forbidden' });
  });
});

describe('a site that cannot be one', () => {
  it.each([
    ['not an address', /not an address/],
    ['ftp://riverside.example', /not an http or https/],
    ['https://me:hidden-word@riverside.example', /user name or password/],
    ['https://riverside.example/?q=1', /query/],
    ['https://riverside.example/civicrm', /points into CiviCRM/],
  ])('is refused at once: %s', (url, message) => {
    expect(() => createTestClient({ url })).toThrow(message);
    expect(() => createTestClient({ url })).not.toThrow(/hidden-word/);
  });

  it.each(['', 'two words', 'line\nbreak'])('with the key %j is refused at once', (apiKey) => {
    expect(() => createTestClient({ apiKey })).toThrow(/apiKey of site "riverside"/);
  });
});
