import { describe, expect, it } from 'vitest';
import { readReply } from '../../../src/doctor/read-reply.ts';
import {
  hasRecordings,
  readCurlRecording,
  readProbeRecording,
  type RecordedExchange,
} from '../civicrm/recorded-exchanges.ts';

const read = ({ status, contentType, body }: RecordedExchange) =>
  readReply({
    kind: 'answer',
    status,
    contentType,
    text: body,
    location: null,
    challenge: null,
    sentAt: null,
    millis: 50,
  });

const of = (file: string): readonly RecordedExchange[] =>
  file === 'standalone-6.20.txt' ? readProbeRecording(file) : readCurlRecording(file);

describe.skipIf(!hasRecordings)('recorded answers are told apart', () => {
  it.each([
    [
      'wordpress.txt',
      'no auth (with X-Requested-With)',
      { kind: 'api', outcome: { kind: 'refused', status: 403 } },
    ],
    ['standalone-6.20.txt', 'wrong key', { kind: 'refusal', message: 'Invalid credential' }],
    ['standalone-6.20.txt', 'no credentials', { kind: 'api', outcome: { kind: 'rows', rows: [] } }],
    ['standalone-6.20.txt', 'unknown civicrm path', { kind: 'other', status: 200 }],
    ['standalone-6.20.txt', 'path outside civicrm', { kind: 'other', status: 404, title: 'Path not found' }],
    [
      'standalone-6.20.txt',
      'bad entity, limited',
      { kind: 'api', outcome: { kind: 'refused', status: 500 } },
    ],
  ])('%s: %s', (file, title, expected) => {
    const exchange = of(file).find((one) => one.title === title);
    expect(exchange).toBeDefined();
    if (exchange !== undefined) expect(read(exchange)).toMatchObject(expected);
  });

  it('every refusal of authx, of both editions, is one', () => {
    const refusals = [...of('wordpress.txt'), ...of('standalone-6.20.txt')].filter(({ body }) =>
      body.startsWith('HTTP 401'),
    );
    expect(refusals.length).toBeGreaterThan(2);
    expect(new Set(refusals.map((one) => read(one).kind))).toEqual(new Set(['refusal']));
  });

  it('no recorded answer of the API is taken for a page, and no page for the API', () => {
    for (const exchange of [...of('wordpress.txt'), ...of('standalone-6.20.txt')]) {
      const isObject = exchange.body.startsWith('{') && exchange.contentType.includes('json');
      const { kind } = read(exchange);
      if (isObject && isWhole(exchange.body))
        expect([exchange.title, kind]).not.toEqual([exchange.title, 'other']);
      if (exchange.contentType.includes('html'))
        expect([exchange.title, kind]).not.toEqual([exchange.title, 'api']);
    }
  });
});

function isWhole(body: string): boolean {
  try {
    const value = JSON.parse(body) as object;
    return 'values' in value || 'error_code' in value;
  } catch {
    return false;
  }
}
