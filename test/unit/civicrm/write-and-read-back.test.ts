import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/base/json.ts';
import type { ApiCall, CallOptions } from '../../../src/civicrm/client.ts';
import { writeAndReadBack, type Write } from '../../../src/civicrm/write-and-read-back.ts';
import { thrownBy } from '../../support/test-site-client.ts';

/** A site that answers a write with `written` and the reading after it with `read`. */
function siteThat(written: readonly JsonObject[], read: readonly JsonObject[]) {
  const calls: (ApiCall & { readonly options: CallOptions | undefined })[] = [];
  const call = (apiCall: ApiCall, options?: CallOptions) => {
    calls.push({ ...apiCall, options });
    const values = apiCall.action === 'get' ? read : written;
    return Promise.resolve({ values, count: values.length });
  };
  return { calls, client: { siteName: 'riverside', call } };
}

const create: Write = {
  kind: 'create',
  entity: 'Case',
  values: { subject: 'Secret words', 'status_id:name': 'Open', contact_id: [3] },
};

describe('writing and reading back', () => {
  it('answers the row that the site holds, and does not ask for what cannot be read', async () => {
    const { calls, client } = siteThat(
      [{ id: 5, custom: null }],
      [{ id: 5, subject: 'Secret words', 'status_id:name': 'Open' }],
    );
    const row = await writeAndReadBack(client, create, { except: ['contact_id'] });
    expect(row).toEqual({ id: 5, subject: 'Secret words', 'status_id:name': 'Open' });
    expect(calls).toMatchObject([
      { action: 'create', params: { values: create.values }, options: { repeatable: false } },
      { action: 'get', params: { select: ['id', 'subject', 'status_id:name'], where: [['id', '=', 5]] } },
    ]);
  });

  it('names the field that was dropped, what was expected and what came, but no free text', async () => {
    const { client } = siteThat(
      [{ id: 5 }],
      [{ id: 5, subject: 'Other private words', 'status_id:name': null }],
    );
    const error = await thrownBy(writeAndReadBack(client, create, { except: ['contact_id'] }));
    expect(error).toMatchObject({
      kind: 'remote-rejected',
      details: { id: 5, fields: ['subject', 'status_id:name'] },
    });
    expect(String(error)).toContain('status_id:name (expected "Open", got null)');
    expect(String(error)).toContain(
      'subject (expected a text of 12 characters, got a text of 19 characters)',
    );
    expect(JSON.stringify(error) + String(error)).not.toMatch(/private|Secret/);
  });

  it('notices an update of a row that is not there', async () => {
    const { calls, client } = siteThat([{ id: 99, subject: 'x' }], []);
    const write: Write = { kind: 'update', entity: 'Case', id: 99, values: { subject: 'x' } };
    expect(await thrownBy(writeAndReadBack(client, write))).toMatchObject({ kind: 'not-found' });
    expect(calls[0]).toMatchObject({
      params: { where: [['id', '=', 99]], values: { subject: 'x' } },
      options: { repeatable: true },
    });
  });

  it('saves one record by its match and takes an id that comes as text', async () => {
    const { calls, client } = siteThat([{ id: '8' }], [{ id: 8, 'Bridge.origin': 'k' }]);
    const write: Write = {
      kind: 'save',
      entity: 'Case',
      values: { 'Bridge.origin': 'k' },
      match: ['Bridge.origin'],
    };
    expect(await writeAndReadBack(client, write)).toMatchObject({ id: 8 });
    expect(calls[0]).toMatchObject({
      params: { records: [{ 'Bridge.origin': 'k' }], match: ['Bridge.origin'] },
    });
  });

  it('does not guess the id of a record', async () => {
    const { client } = siteThat([{}], []);
    const error = await thrownBy(writeAndReadBack(client, create));
    expect(error).toMatchObject({ kind: 'remote-rejected', details: { effect: 'unknown' } });
  });
});
