import nock from 'nock';
import { siteUrl } from '../../support/test-site-client.ts';

export interface CannedAnswer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The next POST to that path, whatever it carries, gets this answer. */
export function answerNext(path: string | RegExp, answer: CannedAnswer): nock.Scope {
  const { status = 200, contentType = 'application/json', body = '', headers = {} } = answer;
  return nock(siteUrl)
    .post(path)
    .reply(status, typeof body === 'string' ? body : JSON.stringify(body), {
      'Content-Type': contentType,
      ...headers,
    });
}

export const rows = (...values: readonly object[]): object => ({ values, count: values.length });

/** One field of a posted form. */
export function formField(body: unknown, name: string): string {
  return new URLSearchParams(typeof body === 'string' ? body : '').get(name) ?? '';
}
