import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const options: SandboxOptions = {
  name: 'riverside',
  apiKey: 'administrator',
  otherKeys: { limited: 'limited', nobody: 'nobody', nouser: 'nouser' },
  clock: createStandingClock(Date.UTC(2026, 2, 1, 9)),
  random: () => 0.5,
};

let sandbox: Sandbox;
let url: string;

beforeEach(async () => {
  sandbox = createSandbox(options);
  ({ url } = await sandbox.listen(0));
});
afterEach(() => sandbox.close());

interface Sent {
  readonly key?: string;
  readonly params?: unknown;
  readonly ajax?: boolean;
  readonly form?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST';
}

async function send(path: string, { key, params = {}, ajax = true, form, method = 'POST' }: Sent = {}) {
  const headers = {
    ...(key === undefined ? {} : { 'x-civi-auth': `Bearer ${key}` }),
    ...(ajax ? { 'x-requested-with': 'XMLHttpRequest' } : {}),
  };
  const body = new URLSearchParams(
    form ?? { params: typeof params === 'string' ? params : JSON.stringify(params) },
  );
  const answer = await (method === 'GET'
    ? fetch(`${url}${path}?${body.toString()}`, { headers })
    : fetch(`${url}${path}`, { method, headers, body }));
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: (isJson ? JSON.parse(text) : text) as Record<string, unknown>,
  };
}

const contacts = '/civicrm/ajax/api4/Contact/get';

describe('statuses and bodies of 6.20 Standalone', () => {
  test('a forgotten key looks like an empty site for contacts and is refused for activities', async () => {
    expect(await send(contacts)).toMatchObject({ status: 200, body: { values: [] } });
    expect(await send('/civicrm/ajax/api4/Activity/get')).toMatchObject({
      status: 403,
      body: { status: 403, error_code: '1' },
    });
  });

  test('a wrong key is 401 in plain text', async () => {
    expect(await send(contacts, { key: 'wrong' })).toMatchObject({
      status: 401,
      body: 'HTTP 401 Invalid credential',
    });
  });

  test('no credential and no X-Requested-With is a security alert', async () => {
    expect(await send(contacts, { ajax: false })).toMatchObject({ status: 400, body: { error_code: 400 } });
  });

  test('malformed JSON is 400, a write by GET 405, a wrong path HTML', async () => {
    expect(await send(contacts, { key: 'administrator', params: '{' })).toMatchObject({
      status: 400,
      body: { error_message: "Malformed JSON in 'params'." },
    });
    expect(
      await send('/civicrm/ajax/api4/Contact/create', { key: 'administrator', method: 'GET' }),
    ).toMatchObject({ status: 405 });
    expect(await send('/civicrm/nonesuch', { key: 'administrator' })).toMatchObject({
      status: 200,
      type: 'text/html; charset=UTF-8',
    });
    expect(await send('/elsewhere')).toMatchObject({ status: 404 });
  });

  test('who may not see debug output gets a masked error', async () => {
    const params = { where: [['nope', '=', 1]] };
    expect((await send(contacts, { key: 'administrator', params })).body['error_message']).toBe(
      "Invalid field 'nope'",
    );
    expect((await send(contacts, { key: 'limited', params })).body['error_message']).toMatch(
      /^Sorry an error occurred/,
    );
  });

  test('a batch keeps its keys and succeeds when one call does', async () => {
    const calls = JSON.stringify({
      a: ['Contact', 'get', { select: ['id'], limit: 1 }, 0],
      b: ['Nope', 'get', {}],
    });
    const answer = await send('/civicrm/ajax/api4', { key: 'administrator', form: { calls } });
    expect(answer).toMatchObject({ status: 200, body: { a: { values: { id: 1 } }, b: { status: 500 } } });
  });

  test('what the sandbox does not know it refuses with 501, naming the call', async () => {
    const answer = await send('/civicrm/ajax/api4/Mailing/get', { key: 'administrator' });
    expect(answer.status).toBe(501);
    expect(answer.body['error_message']).toMatch(/Mailing.*Mailing\.get/);
  });
});

describe('faults', () => {
  const create = (): Promise<unknown> =>
    send('/civicrm/ajax/api4/Contact/create', {
      key: 'administrator',
      params: { values: { first_name: 'Once' } },
    });
  const count = (): number =>
    sandbox.handle('Contact', 'get', { where: [['first_name', '=', 'Once']] }).values.length;

  test('a reset before the effect leaves nothing behind, a reset after it leaves the record', async () => {
    sandbox.faults.inject({ fault: { kind: 'reset-before' }, action: 'create' });
    await expect(create()).rejects.toThrow();
    expect(count()).toBe(0);
    sandbox.faults.inject({ fault: { kind: 'reset-after' }, action: 'create' });
    await expect(create()).rejects.toThrow();
    expect(count()).toBe(1);
  });

  test('a truncated answer is no JSON', async () => {
    sandbox.faults.inject({ fault: { kind: 'truncated', atByte: 20 }, entity: 'Contact' });
    await expect(send(contacts, { key: 'administrator' })).rejects.toThrow(SyntaxError);
    expect((await send(contacts, { key: 'administrator' })).status).toBe(200);
  });
});

describe('two sites', () => {
  test('an offset gives the same names other ids and values, and cases still open', async () => {
    const other = createSandbox({
      ...options,
      name: 'hilltop',
      idOffset: 1000,
      without: {
        optionValues: { activity_type: ['Medical evaluation'] },
        caseTypes: ['adult_day_care_referral'],
      },
    });
    const valueOf = (site: Sandbox): unknown =>
      site.handle('OptionValue', 'get', { select: ['value'], where: [['name', '=', 'Open Case']] })
        .values[0]?.['value'];
    expect(valueOf(sandbox)).not.toBe(valueOf(other));
    expect(other.handle('CaseType', 'get', { select: ['name'] }).values.map((row) => row['name'])).toEqual([
      'housing_support',
    ]);
    const types = {
      values: {
        name: 'small',
        title: 'Small',
        definition: {
          activityTypes: [{ name: 'Open Case' }],
          activitySets: [
            { name: 's', timeline: '1', activityTypes: [{ name: 'Open Case', status: 'Completed' }] },
          ],
        },
      },
    };
    other.handle('CaseType', 'create', types);
    other.handle('Case', 'create', {
      values: { 'case_type_id:name': 'small', contact_id: 1003, subject: 'one' },
    });
    expect(
      other.handle('Activity', 'get', { select: ['activity_type_id:name', 'status_id:name'] }).values,
    ).toMatchObject([{ 'activity_type_id:name': 'Open Case', 'status_id:name': 'Completed' }]);
    await other.close();
  });

  test('a site in a file is there again after it was closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const file = join(folder, 'site.sqlite');
    const first = createSandbox({ ...options, file });
    first.handle('Contact', 'create', { values: { first_name: 'Kept' } });
    await first.close();
    const second = createSandbox({ ...options, file });
    expect(second.handle('Contact', 'get', { where: [['first_name', '=', 'Kept']] }).values).toHaveLength(1);
    await second.close();
    expect(() => createSandbox({ ...options, file, edition: '5.77-wordpress' })).toThrow(
      /was made as CiviCRM 6\.20\.0, not as 5\.77\.0/,
    );
    rmSync(folder, { recursive: true });
  });

  test('paging by key covers every row once', () => {
    sandbox.load(
      'Contact',
      Array.from({ length: 250 }, (_, index) => ({
        first_name: `Person ${String(index)}`,
        contact_type: 'Individual',
      })),
    );
    const seen: unknown[] = [];
    for (let last = 0; ;) {
      const page = sandbox.handle('Contact', 'get', {
        select: ['id'],
        where: [['id', '>', last]],
        orderBy: { id: 'ASC' },
        limit: 40,
      }).values;
      if (page.length === 0) break;
      seen.push(...page.map((row) => row['id']));
      last = Number(page.at(-1)?.['id']);
    }
    expect(new Set(seen).size).toBe(255);
    expect(seen).toHaveLength(255);
  });
});
