import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import nock from 'nock';
import type { AppError } from '../../../src/base/errors.ts';
import type { JsonValue } from '../../../src/base/json.ts';
import { createTestClient, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, formField, rows } from './nock-site.ts';

interface Canned {
  readonly title: string;
  readonly call: 'api4' | 'api3';
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string;
  readonly rows?: number;
  readonly value?: JsonValue;
  readonly kind?: string;
  readonly message?: string;
  readonly errorId?: string;
}

const canned = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/civicrm/answers.json'), 'utf8'),
) as readonly Canned[];

const twoCalls = [
  { entity: 'CaseType', action: 'get', params: {} },
  { entity: 'Case', action: 'create', params: { values: {} } },
];

afterEach(() => nock.cleanAll());

describe('the answer of a call', () => {
  it.each(canned.map((answer) => [answer.title, answer] as const))('%s', async (_, answer) => {
    answerNext(/.*/, answer);
    const client = createTestClient();
    const asked =
      answer.call === 'api3'
        ? client.callApi3('CaseType', 'get', {})
        : client.call({ entity: 'CaseType', action: 'get', params: {} }).then(({ values }) => values.length);
    if (answer.kind === undefined) {
      expect(await asked).toEqual(answer.call === 'api3' ? answer.value : answer.rows);
      return;
    }
    const error = (await thrownBy(asked)) as AppError;
    expect(error.message).toContain(answer.message);
    expect(error).toMatchObject({ name: 'AppError', kind: answer.kind });
    if (answer.errorId !== undefined) expect(error.details).toMatchObject({ errorId: answer.errorId });
  });
});

describe('the answer of a batch', () => {
  it('gives each call its own result', async () => {
    answerNext('/civicrm/ajax/api4', {
      body: [rows({ id: 1 }), { error_code: '1', error_message: 'Authorization failed: no', status: 403 }],
    });
    const [first, second] = await createTestClient().batch(twoCalls);
    expect(first).toMatchObject({ kind: 'done', value: { values: [{ id: 1 }] } });
    expect(second).toMatchObject({ kind: 'failed', error: { kind: 'forbidden' } });
    expect(second?.kind === 'failed' && second.error.message).toContain('Case.create');
  });

  it.each(['[]', '{}', '[{"values":[]}]'])('fails every call when %s comes back', async (body) => {
    answerNext('/civicrm/ajax/api4', { body });
    const results = await createTestClient().batch(twoCalls);
    expect(results).toMatchObject([
      { kind: 'failed' },
      { kind: 'failed', error: { kind: 'remote-rejected' } },
    ]);
  });

  it('fails every call with the error of the whole', async () => {
    answerNext('/civicrm/ajax/api4', {
      status: 401,
      contentType: 'text/plain',
      body: 'HTTP 401 Invalid credential',
    });
    const results = await createTestClient().batch(twoCalls);
    expect(results).toMatchObject([{ error: { kind: 'forbidden' } }, { error: { kind: 'forbidden' } }]);
  });

  it('goes out in chunks, in order', async () => {
    const sent: unknown[] = [];
    nock('http://riverside.example')
      .post('/civicrm/ajax/api4', (form: { readonly calls: string }) => sent.push(JSON.parse(form.calls)) > 0)
      .times(3)
      .reply(200, (_, body) => callsOf(body).map(([, , params]) => rows(params)));
    const calls = [1, 2, 3, 4, 5].map((limit) => ({ entity: 'CaseType', action: 'get', params: { limit } }));
    const results = await createTestClient({ batchSize: 2 }).batch(calls);
    expect(results.map((result) => result.kind === 'done' && result.value.values[0])).toEqual(
      calls.map(({ params }) => params),
    );
    expect(sent).toHaveLength(3);
  });

  it('does not grow beyond what a web server takes in one request', async () => {
    let requests = 0;
    nock('http://riverside.example')
      .post('/civicrm/ajax/api4')
      .times(2)
      .reply(200, (_, body) => {
        requests += 1;
        return callsOf(body).map(() => rows());
      });
    const details = 'x'.repeat(250_000);
    const call = { entity: 'Activity', action: 'create', params: { values: { details } } };
    expect(await createTestClient().batch([call, call])).toMatchObject([{ kind: 'done' }, { kind: 'done' }]);
    expect(requests).toBe(2);
  });

  it('stops after a chunk without an answer and says which calls were not sent', async () => {
    answerNext('/civicrm/ajax/api4', { body: [rows()] });
    answerNext('/civicrm/ajax/api4', { status: 502, contentType: 'text/html' });
    const results = await createTestClient({ batchSize: 1 }).batch([...twoCalls, ...twoCalls]);
    expect(results).toMatchObject([
      { kind: 'done' },
      { error: { kind: 'remote-unavailable', details: { effect: 'unknown' } } },
      { error: { kind: 'remote-unavailable', details: { effect: 'none' } } },
      { error: { kind: 'remote-unavailable', details: { effect: 'none' } } },
    ]);
  });

  it('sends nothing for no calls', async () => {
    expect(await createTestClient().batch([])).toEqual([]);
  });
});

function callsOf(body: unknown): readonly (readonly [string, string, object])[] {
  return JSON.parse(formField(body, 'calls')) as readonly (readonly [string, string, object])[];
}
