import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureOriginFields } from '../../../src/civicrm/origin-fields.ts';
import { createTestClient, thrownBy } from '../../support/test-site-client.ts';
import { answerNext, rows } from './nock-site.ts';

const names = ['Civicase_Bridge_Case', 'Civicase_Bridge_Activity', 'Civicase_Bridge_Contact'];
const groups = names.map((name, index) => ({
  id: index + 1,
  name,
  extends: name.replace('Civicase_Bridge_', ''),
  is_active: true,
  is_multiple: false,
}));
const fields = names.map((name, index) => ({
  id: index + 1,
  name: 'origin_key',
  'custom_group_id.name': name,
  is_active: true,
}));
const look = (foundGroups: readonly object[], foundFields: readonly object[]) => {
  answerNext(/CustomGroup\/get$/, { body: rows(...foundGroups) });
  answerNext(/CustomField\/get$/, { body: rows(...foundFields) });
};
const exists = { error_code: 0, error_message: 'DB Error: already exists', status: 500 };

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

describe('ensuring the origin fields', () => {
  it('only looks when all are there', async () => {
    look(groups, fields);
    expect(await ensureOriginFields(createTestClient())).toEqual({ created: [] });
  });

  it('takes what another process made in between, whatever its own creates were answered', async () => {
    look([], []);
    answerNext(/ajax\/api4$/, { body: [exists, exists, exists] });
    answerNext(/ajax\/api4$/, { body: [exists, exists, rows({ id: 3 })] });
    look(groups, fields);
    const { created } = await ensureOriginFields(createTestClient());
    expect(created).toEqual(names.map((name) => `${name}.origin_key`));
  });

  it('fails in the words of the site when a field stays missing', async () => {
    look(groups, fields.slice(1));
    const denied = { error_code: 0, error_message: 'Authorization failed', status: 403 };
    answerNext(/ajax\/api4$/, { body: [denied] });
    look(groups, fields.slice(1));
    const thrown = await thrownBy(ensureOriginFields(createTestClient()));
    expect(String(thrown)).toContain('Authorization failed');
  });

  it('refuses a disabled field and says what to do', async () => {
    look(groups, [{ ...fields[0], is_active: false }]);
    await expect(ensureOriginFields(createTestClient())).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('Enable it there'),
    });
  });
});
