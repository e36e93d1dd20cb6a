import { inspect } from 'node:util';
import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { redactorOf } from '../../../src/civicrm/failure.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';
import { createTestClient, siteUrl, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, type CannedAnswer } from './nock-site.ts';

afterEach(() => nock.cleanAll());

const apiKey = 'canary/api+key=7f3a';
const siteKey = 'canary&site%key-91c2';
// The beginnings, so that a key cut in two is found as well.
const traces = ['canary/api', 'canary&site', 'canary%2Fapi', 'canary%26site', 'canary&amp;site'];

/** Answers of a site that repeats everything it was told. */
const gossips: readonly (readonly [string, CannedAnswer])[] = [
  ['a refusal', { body: { error_code: 0, error_message: `bad ${apiKey} ${siteKey}` } }],
  ['a page', { contentType: 'text/html', body: `<title>${encodeURIComponent(apiKey)}</title>` }],
  [
    'a long page',
    { contentType: 'text/html', body: `<title>${'x'.repeat(485)} ${siteKey.replace('&', '&amp;')}</title>` },
  ],
  ['a long text', { status: 500, contentType: 'text/plain', body: `${'x'.repeat(485)} ${apiKey}` }],
  ['a text', { status: 500, contentType: 'text/plain', body: `${siteKey} ${apiKey}` }],
  ['a 401', { status: 401, contentType: 'text/plain', body: `HTTP 401 ${apiKey}` }],
  ['a redirect', { status: 302, headers: { Location: `/login/${encodeURIComponent(apiKey)}?k=${apiKey}` } }],
  ['a broken answer', { body: `{"values":["${apiKey}"` }],
];

describe('a secret', () => {
  it.each(gossips)('is in no error and no log line after %s', async (_, answer) => {
    const logger = createRecordingLogger();
    const client = createTestClient({ apiKey, siteKey, maxRetries: 1 }, logger);
    answerNext(/.*/, answer).post(/.*/).reply(502, apiKey, { 'Content-Type': 'text/plain' });
    const error = await thrownBy(client.call({ entity: 'Case', action: 'get', params: {} }));
    const told = inspect([error, logger.lines], { depth: Infinity, showHidden: true, maxStringLength: null });
    expect(logger.lines.length).toBeGreaterThan(0);
    for (const trace of traces) expect(told).not.toContain(trace);
  });

  it('is not in the error of a connection that broke, nor in its cause', async () => {
    nock(siteUrl)
      .post(/.*/)
      .replyWithError(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    const client = createTestClient({ apiKey, siteKey });
    const error = await thrownBy(client.call({ entity: 'Case', action: 'get', params: {} }));
    expect(error).toMatchObject({ kind: 'remote-unavailable', details: { code: 'ECONNRESET' } });
    const told = inspect(error, { depth: Infinity, showHidden: true, maxStringLength: null });
    for (const trace of [...traces, 'X-Civi-Auth', 'axios']) expect(told).not.toContain(trace);
  });

  it('is replaced in every form it may take', () => {
    const redact = redactorOf([apiKey, undefined]);
    expect(redact(`a ${apiKey} b ${encodeURIComponent(apiKey)} c`)).toBe('a [secret] b [secret] c');
  });
});
