import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const RECORDING = new URL('../../../../shared/civicrm/recordings/http/wordpress.txt', import.meta.url);

interface Exchange {
  readonly title: string;
  readonly request: { readonly method: string; readonly path: string; readonly init: RequestInit };
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The words of a command line; a backslash keeps the character after it. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:\\.|'[^']*'|[^\s\\])+/gs)].map(([word]) =>
    word.replaceAll(/\\(.)/gs, '$1').replaceAll(/^'|'$/g, ''),
  );

function readRequest(line: string): Exchange['request'] {
  const words = wordsOf(line).slice(2);
  const headers: Record<string, string> = {};
  const pairs: [string, string][] = [];
  let method = 'POST';
  let isQuery = false;
  let raw: string | undefined;
  let url = '';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1] ?? '';
    if (word === '-G') [method, isQuery] = ['GET', true];
    else if (word === '-X') [method, at] = [next, at + 1];
    else if (word === '-H') {
      const [name = '', ...value] = next.split(': ');
      headers[name] = value.join(': ');
      at += 1;
    } else if (word === '-d' || word === '--data-urlencode') {
      const [name = '', ...value] = next.split('=');
      if (next.startsWith('{')) raw = next;
      else if (next !== '') pairs.push([name, value.join('=')]);
      at += 1;
    } else url = word;
  }
  const { pathname, search } = new URL(url);
  const form = new URLSearchParams(pairs);
  const query = isQuery ? `?${form.toString()}` : search;
  return {
    method,
    path: pathname + query,
    init: { method, headers, ...(isQuery ? {} : { body: raw ?? form }) },
  };
}

function readExchanges(): readonly Exchange[] {
  const blocks = `\n${readFileSync(RECORDING, 'utf8')}`.split('\n### ').slice(1);
  return blocks.map((block) => {
    const [title = '', command = '', answer = '', ...body] = block.split('\n');
    const [, status, type = ''] = /^-> HTTP\/1\.1 (\d+).*\| Content-Type: (.*?)\s*$/.exec(answer) ?? [];
    const text = body.join('\n').trim();
    return { title, request: readRequest(command), status: Number(status), type, body: text };
  });
}

/** What is compared of an answer: its keys, its error, and of rows only which columns they have. */
function shapeOf(text: string): unknown {
  const body = JSON.parse(text) as unknown;
  if (Array.isArray(body)) return body.map((one) => shapeOf(JSON.stringify(one)));
  const known = body as Readonly<Record<string, unknown>>;
  const message = known['error_message'];
  return {
    keys: Object.keys(known).sort(),
    code: known['error_code'],
    status: known['status'],
    message: typeof message === 'string' ? message.replace(/Error ID: [\w-]+/, 'Error ID: …') : undefined,
  };
}

/** What the recorded site had and the sandbox has not, or the other way round. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "valid key, user lacks 'authenticate with api key'": 'no such user',
  'permission denied: limited+debug output, Case get': 'no such user',
  'permission denied: limited+debug, CaseType create': 'no such user',
  'permission denied: limited, Case get': 'the limited user of the sandbox may see their own cases',
  'limited CaseType get': 'as above',
  'checkPermissions=false sent by client (ignored)': 'as above',
  'calls batch by limited, Case get denied': 'as above',
  'limited Entity get': 'the sandbox does not know all entities of 5.77, and refuses to list them',
  'params=[]': 'UFJoin is not known to the sandbox, which refuses it',
};

describe.skipIf(!existsSync(RECORDING))(
  'HTTP of 5.77 on WordPress (skipped where ../shared/civicrm is missing)',
  () => {
    let sandbox: Sandbox;
    let url: string;

    beforeAll(async () => {
      sandbox = createSandbox({
        name: 'siteA',
        edition: '5.77-wordpress',
        apiKey: 'siteA-admin-key',
        otherKeys: { limited: 'siteA-limited-key' },
        clock: createStandingClock(Date.UTC(2026, 10, 21, 19)),
        random: () => 0.5,
      });
      ({ url } = await sandbox.listen(0));
    });
    afterAll(() => sandbox.close());

    const exchanges = existsSync(RECORDING) ? readExchanges() : [];
    test.each(exchanges.filter(({ title }) => !(title in LEFT_OUT)).map((one) => [one.title, one] as const))(
      '%s',
      async (_title, { request, status, type, body }) => {
        const answer = await fetch(url + request.path, request.init);
        const text = await answer.text();
        expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
        if (type === 'application/json') expect(shapeOf(text)).toEqual(shapeOf(body));
        else if (type.startsWith('text/plain')) expect(text).toBe(body);
      },
    );

    test('what is left out is in the recording', () => {
      const titles = exchanges.map(({ title }) => title);
      expect(Object.keys(LEFT_OUT).filter((title) => !titles.includes(title))).toEqual([]);
    });
  },
);
