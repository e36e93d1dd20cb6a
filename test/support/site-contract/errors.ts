import { describe, expect, it } from 'vitest';
import { thrownBy } from '../test-site-client.ts';
import { type Call, type Desk, type RawAnswer, textOf } from './contract-site.ts';

/** A call that is wrong, and what our client says of it. */
const REFUSALS: readonly (readonly [what: string, call: Call, words: string])[] = [
  [
    'an unknown entity',
    ['Nope', 'get', {}],
    'API (Nope, get) does not exist (or the extension it belongs to is not enabled).',
  ],
  ['an unknown action', ['Case', 'frob', {}], 'Api Case frob version 4 does not exist.'],
  ['an unknown field in where', ['Case', 'get', { where: [['nope', '=', 1]] }], "Invalid field 'nope'"],
  ['an unknown field in orderBy', ['Case', 'get', { orderBy: { nope: 'ASC' } }], "Invalid field 'nope'"],
  [
    'an unknown path',
    ['Case', 'get', { where: [['case_type_id.nope', '=', 1]] }],
    "Invalid field 'case_type_id.nope'",
  ],
  ['an unknown operator', ['Case', 'get', { where: [['id', '~~', 1]] }], 'Illegal operator'],
  ['an unknown parameter', ['Case', 'get', { wherre: [] } as never], 'Unknown api parameter: wherre'],
  [
    'a parameter of another type',
    ['Case', 'get', { where: 'x' } as never],
    'Parameter "where" is not of the correct type. Expecting array.',
  ],
  [
    'a missing value',
    ['CaseType', 'create', { values: {} }],
    'Mandatory values missing from Api4 CaseType::create: name, title',
  ],
  ['no values', ['Case', 'update', { where: [['id', '=', 1]] }], 'Parameter "values" is required.'],
  ['no condition', ['Case', 'update', { values: { subject: 'x' } }], 'Parameter "where" is required'],
  ['a delete of everything', ['Case', 'delete', {}], 'Parameter "where" is required'],
  ['no records', ['Case', 'save', {}], 'Parameter "records" is required'],
  [
    'an id on create',
    ['Activity', 'create', { values: { id: 1, subject: 'x' } }],
    'Cannot pass id to Create action. Use Update action instead.',
  ],
  [
    'a duplicate key',
    ['CaseType', 'create', { values: { name: 'housing_support', title: 'Again', definition: {} } }],
    'DB Error: already exists',
  ],
  [
    'a foreign key to nothing',
    ['EntityTag', 'create', { values: { entity_table: 'civicrm_case', entity_id: 1, tag_id: 999_999 } }],
    'DB Error: constraint violation',
  ],
  [
    'a contact that is not there',
    ['Activity', 'create', { values: { 'activity_type_id:name': 'Meeting', source_contact_id: 999_999 } }],
    'DB Error: constraint violation',
  ],
  [
    'an option list where there is none',
    ['Contact', 'get', { select: ['last_name:name'], where: [['last_name', 'IS NOT NULL']], limit: 1 }],
    "No option list found for 'last_name'",
  ],
  ['a negative limit', ['Case', 'get', { limit: -1 }], 'DB Error: syntax error'],
];

export function describeErrors(desk: Desk): void {
  describe('errors', () => {
    it.each(REFUSALS)('%s', async (_what, [entity, action, params], words) => {
      const error = await thrownBy(desk.client().call({ entity, action, params }));
      expect(error).toMatchObject({
        kind: 'remote-rejected',
        message: expect.stringContaining(`"contract" refused ${entity}.${action}: `) as string,
        details: { site: 'contract', call: `${entity}.${action}`, status: 500 },
      });
      expect(textOf(error)).toContain(words);
      expect(textOf(error)).not.toContain(desk.key('admin'));
    });

    it('in a batch they are the same, each in its place', async () => {
      const answers = await desk.each(REFUSALS.map(([, call]) => call));
      expect(answers.map((answer, index) => textOf(answer).includes(REFUSALS[index]?.[2] ?? '?'))).toEqual(
        REFUSALS.map(() => true),
      );
    });

    it('a match by an option name, and XML in place of a definition, are not sent', async () => {
      const calls: readonly Call[] = [
        ['Activity', 'save', { records: [{ subject: 'x' }], match: ['status_id:name'] }],
        ['CaseType', 'create', { values: { name: 'x', title: 'x', definition: '<CaseType/>' } }],
      ];
      for (const [entity, action, params] of calls)
        expect(await thrownBy(desk.client().call({ entity, action, params }))).toMatchObject({
          kind: 'invalid-input',
          details: { effect: 'none' },
        });
    });

    it('APIv3 errors come with status 200', async () => {
      const error = await thrownBy(desk.client().callApi3('Case', 'addtimeline', {}));
      expect(error).toMatchObject({ kind: 'remote-rejected' });
      expect(textOf(error)).toContain('Mandatory key(s) missing from params array: case_id, timeline');
    });

    it('a site that is not there, and a page that is not CiviCRM', async () => {
      const nowhere = desk.client('admin', { url: 'http://127.0.0.1:1' });
      expect(await thrownBy(nowhere.call({ entity: 'Case', action: 'get', params: {} }))).toMatchObject({
        kind: 'remote-unavailable',
        details: { effect: 'none' },
      });
      const elsewhere = desk.client('admin', { url: `${desk.url()}/elsewhere` });
      expect(await thrownBy(elsewhere.call({ entity: 'Case', action: 'get', params: {} }))).toMatchObject({
        kind: 'not-found',
        details: { status: 404 },
      });
    });

    describe('past our client', () => {
      const api = '/civicrm/ajax/api4/Contact/get';
      const one = JSON.stringify({ select: ['id'], where: [['id', '=', 2]] });
      const shown = ({ status, contentType, body }: RawAnswer) => [status, contentType, body];
      const auth = () => ({ 'X-Civi-Auth': `Bearer ${desk.key('admin')}` });

      it.each(['{"limit":', '[1', 'x', '"text"', '7'])('malformed parameters: %s', async (params) => {
        expect(shown(await desk.post(api, { params }, auth()))).toEqual([
          400,
          'application/json',
          { error_code: 400, error_message: "Malformed JSON in 'params'." },
        ]);
      });

      it('a malformed batch', async () => {
        expect(shown(await desk.post('/civicrm/ajax/api4', { calls: '[[' }, auth()))).toEqual([
          400,
          'application/json',
          { error_code: 400, error_message: "Malformed JSON in 'calls'." },
        ]);
      });

      it('a JSON body is not read: the call runs without parameters', async () => {
        const answer = await fetch(`${desk.url()}${api}`, {
          method: 'POST',
          headers: { ...auth(), 'Content-Type': 'application/json' },
          body: one,
        });
        expect(
          ((await answer.json()) as { readonly values: readonly unknown[] }).values.length,
        ).toBeGreaterThan(4);
      });

      it('a write by GET', async () => {
        const answer = await fetch(`${desk.url()}/civicrm/ajax/api4/Contact/create?params=%7B%7D`, {
          headers: auth(),
        });
        expect([answer.status, await answer.json()]).toMatchObject([405, { error_code: 405 }]);
      });

      it('an unknown page of CiviCRM is HTML', async () => {
        expect(shown(await desk.post('/civicrm/nonesuch', {}, auth()))).toEqual([200, 'text/html', null]);
      });

      it('the right key in either header, and a wrong one', async () => {
        const key = desk.key('admin');
        const xhr = { 'X-Requested-With': 'XMLHttpRequest' };
        const answers = [
          { 'X-Civi-Auth': `Bearer ${key}` },
          { Authorization: `Bearer ${key}`, ...xhr },
          { Authorization: `Bearer ${key}` },
          { 'X-Civi-Auth': 'Bearer wrong', ...xhr },
          { Authorization: 'Bearer wrong', ...xhr },
          { 'X-Civi-Auth': key, ...xhr },
          xhr,
          {},
        ].map(
          async (headers) =>
            (await desk.post(api, { params: one }, headers as Record<string, string>)).status,
        );
        expect(await Promise.all(answers)).toEqual([200, 200, 400, 401, 401, 401, 200, 400]);
      });
    });
  });
}
