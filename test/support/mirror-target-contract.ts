import { beforeAll, expect, it } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import type { Activity, CaseFile } from '../../src/case/case-file.ts';
import { originField } from '../../src/case/origin-key.ts';
import type { Fields, MirrorTarget, MirrorWrite } from '../../src/mirror/ports.ts';
import {
  createPeople,
  SEQUENCED,
  STEPS,
  WATCHED,
  type MirrorSiteUnderTest,
} from './mirror-source-contract.ts';

const NOWHERE = 999_999;

/** What every target of a mirror promises. The site comes without the fields for origin keys. */
export function targetContract(site: () => MirrorSiteUnderTest): void {
  const person = createPeople(() => site().desk);
  let target: MirrorTarget;
  /** Client and worker of the cases that do not care. */
  let couple: Promise<readonly [number, number]> | undefined;
  let keys = 0;
  const newKey = (entity: 'Case' | 'Activity' | 'Contact') => `alpha/${entity}/${String((keys += 1))}`;

  const writeOne = async (write: MirrorWrite): Promise<Result<number>> => (await target.write([write]))[0]!;
  const done = async (write: MirrorWrite): Promise<number> => {
    const result = await writeOne(write);
    if (result.kind === 'failed') throw result.error;
    return result.value;
  };
  const refusal = async (write: MirrorWrite): Promise<string> => {
    const result = await writeOne(write);
    return result.kind === 'failed' ? result.error.kind : 'done';
  };
  const read = async (id: number): Promise<CaseFile> => (await target.readCases([id]))[0]!;
  const newCase = (key: string, clientIds: readonly number[], fields: Fields = {}) => {
    const own = { subject: 'Mirrored', startDate: '2026-03-02', status: 'Open', details: null, ...fields };
    const creatorId = clientIds[0] ?? null;
    return { kind: 'create-case', key, caseType: WATCHED, fields: own, clientIds, creatorId } as const;
  };
  const openCase = async () => {
    couple ??= Promise.all([person(), person()]);
    const [client, worker] = await couple;
    const caseId = await done(newCase(newKey('Case'), [client]));
    return { caseId, client, worker };
  };
  const visit = (key: string, caseId: number, source: number | null, fields: Fields = {}): MirrorWrite => ({
    kind: 'create-activity',
    key,
    caseId,
    fields: {
      ...{ type: 'Meeting', status: 'Scheduled', subject: 'Visit', details: '<p>Tea &amp; “cake”</p>' },
      ...{ dateTime: '2026-03-02 10:00:00', duration: 30, location: 'Zürich', medium: 'phone' },
      ...{ priority: 'Normal', isAuto: false, isDeleted: false, source, targets: [], assignees: [] },
      ...fields,
    },
  });
  const keyed = async (caseId: number): Promise<readonly Activity[]> =>
    (await read(caseId)).activities.filter(({ originKey }) => originKey !== null);

  beforeAll(() => {
    target = site().connect();
  });

  it('takes no creation and knows no key until it is prepared; makes the fields once, and what is missing of them', async () => {
    const { connect, desk } = site();
    expect(await refusal({ kind: 'create-contact', key: 'alpha/Contact/0', fields: {} })).toBe(
      'remote-rejected',
    );
    expect(await target.findByKey('Contact', ['alpha/Contact/0'])).toEqual(new Map());
    const all = (['Case', 'Activity', 'Contact'] as const).map(originField);
    expect(await target.prepare()).toEqual({ created: all });
    expect(await target.prepare()).toEqual({ created: [] });
    expect(await connect().prepare()).toEqual({ created: [] });
    await desk.dropKeys('Activity', 'field');
    await desk.dropKeys('Contact', 'group');
    const other = connect();
    expect(await other.findByKey('Contact', ['alpha/Contact/0'])).toEqual(new Map());
    expect(await other.prepare()).toEqual({ created: all.slice(1) });
    const id = await done({
      kind: 'create-contact',
      key: 'alpha/Contact/0',
      fields: { firstName: 'A', lastName: 'B' },
    });
    expect(await other.findByKey('Contact', ['alpha/Contact/0'])).toEqual(new Map([['alpha/Contact/0', id]]));
  });

  it('knows the names of the site as they are now', async () => {
    const names = await target.names();
    expect([...names.caseTypes]).toContain(WATCHED);
    expect([...names.caseStatuses]).toEqual(expect.arrayContaining(['Open', 'Closed', 'Urgent']));
    expect([...names.activityStatuses]).toEqual(expect.arrayContaining(['Scheduled', 'Completed']));
    expect(names.media.has('phone') && names.priorities.has('Normal')).toBe(true);
    const coordinator = names.roleTypes.find(({ nameAB }) => nameAB === 'Case Coordinator is');
    expect(coordinator?.nameBA).toBe('Case Coordinator');
    expect(names.sequenceSteps.get(WATCHED)).toEqual(new Set());
    expect(names.activityTypes.has('Court hearing')).toBe(false);
    await site().desk.addActivityType('Court hearing');
    expect((await target.names()).activityTypes.has('Court hearing')).toBe(true);
  });

  it('makes a contact once, leaves its e-mail address to an update, and follows later values', async () => {
    const key = newKey('Contact');
    const fields = { contactType: 'Individual', firstName: 'Ada', lastName: 'Ng', email: 'ada@example.org' };
    const id = await done({ kind: 'create-contact', key, fields });
    expect(await done({ kind: 'create-contact', key, fields: { ...fields, firstName: 'Åda' } })).toBe(id);
    const there = async () => (await target.readContacts([id])).get(id);
    expect(await there()).toMatchObject({ firstName: 'Åda', lastName: 'Ng', email: null });
    for (const email of ['one@example.org', 'two@example.org', 'two@example.org'])
      expect(await done({ kind: 'update-contact', id, fields: { email, lastName: 'Ong' } })).toBe(id);
    expect(await there()).toMatchObject({ lastName: 'Ong', email: 'two@example.org' });
    await done({ kind: 'update-contact', id, fields: { email: null } });
    await done({ kind: 'update-contact', id, fields: { email: null } });
    expect((await there())?.email).toBeNull();
    expect(await refusal({ kind: 'update-contact', id: NOWHERE, fields: { firstName: 'x' } })).toBe(
      'remote-rejected',
    );
  });

  it('finds live people by identifier and address, and by key the trashed ones too', async () => {
    const { desk } = site();
    const anna = await desk.addPerson({ firstName: 'Anna', lastName: 'A', externalIdentifier: 'MT-1' });
    const bert = await desk.addPerson({ firstName: 'Bert', lastName: 'B', email: 'bert@example.org' });
    const gone = await desk.addPerson({ firstName: 'Cy', lastName: 'C', externalIdentifier: 'MT-2' });
    await desk.trashPerson(gone);
    const wanted = { externalIdentifiers: ['MT-1', 'MT-2'], emails: ['bert@example.org'] };
    const found = await target.findPeople(wanted);
    expect(found.map(({ id }) => id).sort()).toEqual([anna, bert].sort());
    expect(await target.findPeople({ externalIdentifiers: [], emails: ['-'] })).toEqual([]);
    expect((await target.readContacts([gone, NOWHERE])).get(gone)?.isDeleted).toBe(true);

    const key = newKey('Contact');
    const id = await done({ kind: 'create-contact', key, fields: { firstName: 'Dee', lastName: 'D' } });
    await desk.trashPerson(id);
    expect(await target.findByKey('Contact', [key, 'alpha/Contact/none'])).toEqual(new Map([[key, id]]));
    // A creation does not see the trash: whoever does not look first makes a second one.
    const second = await done({ kind: 'create-contact', key, fields: { firstName: 'Dee', lastName: 'D' } });
    expect(second).toBeGreaterThan(id);
    expect(await target.findByKey('Contact', [key])).toEqual(new Map([[key, id]]));
  });

  it('opens a case once, with what the site makes of it, and the repetition only updates', async () => {
    const [client, key] = [await person(), newKey('Case')];
    const caseId = await done(newCase(key, [client]));
    const opened = await read(caseId);
    expect(opened).toMatchObject({
      ...{ caseType: WATCHED, subject: 'Mirrored', status: 'Open', startDate: '2026-03-02' },
      ...{ clientIds: [client], originKey: key, isDeleted: false },
    });
    expect(opened.activities.map(({ type }) => type)).toContain('Open Case');
    expect(opened.activities.every(({ originKey }) => originKey === null)).toBe(true);
    expect(opened.roles.map(({ contactIdA }) => contactIdA)).toEqual([client]);
    expect(await done(newCase(key, [client], { subject: 'Été <2>' }))).toBe(caseId);
    const again = await read(caseId);
    expect(again.subject).toBe('Été <2>');
    expect(again.activities).toHaveLength(opened.activities.length);
    expect(again.roles).toHaveLength(1);
    expect(again.clientIds).toEqual([client]);
    await site().desk.editCase(caseId, { isDeleted: true });
    expect(await target.findByKey('Case', [key])).toEqual(new Map([[key, caseId]]));
  });

  it('refuses a case without client, type or a known status, and may leave a half one that the key finds', async () => {
    const client = await person();
    const [noClient, noType, noStatus, stranger] = [1, 2, 3, 4].map(() => newKey('Case'));
    expect(await refusal(newCase(noClient!, []))).toBe('invalid-input');
    const typeless = { ...newCase(noType!, [client]), caseType: 'no_such_type' };
    expect(await refusal(typeless)).toBe('remote-rejected');
    expect(await refusal(newCase(noStatus!, [client], { status: 'No such' }))).toBe('invalid-input');
    expect(await target.findByKey('Case', [noClient!, noType!, noStatus!])).toEqual(new Map());
    expect(await refusal(newCase(stranger!, [NOWHERE]))).toBe('remote-rejected');
    const half = (await target.findByKey('Case', [stranger!])).get(stranger!);
    expect(await read(half!)).toMatchObject({ originKey: stranger, clientIds: [], activities: [] });
    expect(await refusal({ kind: 'update-case', id: NOWHERE, fields: { subject: 'x' } })).toBe(
      'remote-rejected',
    );
  });

  it('sets columns of a case, as often as wanted, and says when a status is not known', async () => {
    const { caseId } = await openCase();
    const fields = { subject: null, status: 'Closed', endDate: '2026-06-30', details: '<p>&amp; done</p>' };
    for (const _ of [1, 2]) expect(await done({ kind: 'update-case', id: caseId, fields })).toBe(caseId);
    expect(await read(caseId)).toMatchObject({ ...fields, statusGrouping: 'Closed' });
    expect(await done({ kind: 'update-case', id: caseId, fields: {} })).toBe(caseId);
    const unknown = { kind: 'update-case', id: caseId, fields: { status: 'No such' } } as const;
    expect(await refusal(unknown)).toBe('invalid-input');
    expect((await read(caseId)).status).toBe('Closed');
  });

  it('adds and takes off a client once, and answers the case', async () => {
    const { caseId, client } = await openCase();
    const contactId = await person();
    for (const _ of [1, 2]) expect(await done({ kind: 'add-client', caseId, contactId })).toBe(caseId);
    expect((await read(caseId)).clientIds).toEqual([client, contactId]);
    for (const _ of [1, 2]) expect(await done({ kind: 'remove-client', caseId, contactId })).toBe(caseId);
    expect((await read(caseId)).clientIds).toEqual([client]);
    expect(await refusal({ kind: 'add-client', caseId: NOWHERE, contactId })).toBe('remote-rejected');
    expect(await refusal({ kind: 'add-client', caseId, contactId: NOWHERE })).toBe('remote-rejected');
  });

  it('makes a role once, also one without dates or with an end, and tells roles with other dates apart', async () => {
    const { caseId, client, worker } = await openCase();
    const { roleTypes } = await target.names();
    const typeId = roleTypes.find(({ nameAB }) => nameAB === 'Case Coordinator is')?.id ?? 0;
    const role = (more: Fields): MirrorWrite => {
      const people = { a: client, b: worker, isActive: true, startDate: null, endDate: null };
      return { kind: 'create-role', caseId, typeId, fields: { ...people, ...more } };
    };
    const before = (await read(caseId)).roles.length;
    const ended = { startDate: '2026-01-01', endDate: '2026-02-01', isActive: false };
    const ids: number[] = [];
    for (const dates of [{}, { startDate: '2026-01-01' }, ended]) {
      const id = await done(role(dates));
      expect(await done(role(dates))).toBe(id);
      ids.push(id);
    }
    const roles = async () => (await read(caseId)).roles.slice(before);
    expect((await roles()).map(({ relationshipId }) => relationshipId)).toEqual(ids);
    const dated = (await roles()).map(({ startDate, endDate, isActive }) => [startDate, endDate, isActive]);
    expect(dated).toEqual([
      [null, null, true],
      ['2026-01-01', null, true],
      ['2026-01-01', '2026-02-01', false],
    ]);
    const [first = 0, second = 0] = ids;
    const fields = { endDate: '2026-05-01', isActive: false };
    for (const _ of [1, 2]) expect(await done({ kind: 'update-role', id: second, fields })).toBe(second);
    expect((await roles())[1]).toMatchObject(fields);
    for (const _ of [1, 2]) expect(await done({ kind: 'delete-role', id: first })).toBe(first);
    expect(await roles()).toHaveLength(2);
    expect(await refusal({ kind: 'update-role', id: NOWHERE, fields })).toBe('remote-rejected');
    expect(await refusal(role({ b: NOWHERE, startDate: '2026-03-03' }))).toBe('remote-rejected');
  });

  it('makes an activity once, whole, never trashed at once, and the repetition updates', async () => {
    const { caseId, client, worker } = await openCase();
    const key = newKey('Activity');
    const people = { targets: [client, worker], assignees: [worker] };
    const id = await done(visit(key, caseId, worker, { ...people, isDeleted: true }));
    expect(await done(visit(key, caseId, worker, { subject: 'Visit 2', assignees: [] }))).toBe(id);
    const there = await keyed(caseId);
    expect(there).toHaveLength(1);
    expect(there[0]).toMatchObject({
      ...{ id, originKey: key, type: 'Meeting', status: 'Scheduled', subject: 'Visit 2', isDeleted: false },
      ...{ details: '<p>Tea &amp; “cake”</p>', dateTime: '2026-03-02 10:00:00', durationMinutes: 30 },
      ...{ location: 'Zürich', medium: 'phone', priority: 'Normal', isAuto: false },
      ...{ sourceContactId: worker, targetContactIds: [client, worker], assigneeContactIds: [worker] },
    });
    await done({ kind: 'update-activity', id, caseId, fields: { isDeleted: true } });
    expect(await target.findByKey('Activity', [key])).toEqual(new Map([[key, id]]));
    expect(await done(visit(key, caseId, worker))).toBeGreaterThan(id);
    expect(await target.findByKey('Activity', [key])).toEqual(new Map([[key, id]]));
  });

  it('refuses an activity that names what is not there, and files a kept one by a repetition', async () => {
    const { caseId, worker } = await openCase();
    for (const name of ['type', 'status', 'medium', 'priority']) {
      const unknown = visit(newKey('Activity'), caseId, worker, { [name]: 'No such' });
      expect(await refusal(unknown)).toBe('invalid-input');
    }
    for (const [source, people] of [
      [NOWHERE, {}],
      [null, {}],
      [worker, { assignees: [NOWHERE] }],
    ] as const) {
      const unknown = visit(newKey('Activity'), caseId, source, people);
      expect(await refusal(unknown)).toBe('remote-rejected');
    }
    expect(await keyed(caseId)).toEqual([]);
    const key = newKey('Activity');
    expect(await refusal(visit(key, NOWHERE, worker))).toBe('remote-rejected');
    const kept = (await target.findByKey('Activity', [key])).get(key);
    expect(kept).toBeGreaterThan(0);
    expect(await done(visit(key, caseId, worker))).toBe(kept);
    expect((await keyed(caseId)).map(({ id }) => id)).toEqual([kept]);
  });

  it('updates an activity where it lies, in the trash too, and changes nothing for one that is gone', async () => {
    const { caseId, client, worker } = await openCase();
    const id = await done(visit(newKey('Activity'), caseId, worker, { assignees: [worker] }));
    const update = (fields: Fields): MirrorWrite => ({ kind: 'update-activity', id, caseId, fields });
    const there = async () => (await keyed(caseId))[0];
    const fields = { status: 'Completed', medium: null, duration: null, subject: '[case #abc1234] Re: x' };
    for (const _ of [1, 2])
      expect(await done(update({ ...fields, targets: [client], assignees: [] }))).toBe(id);
    expect(await there()).toMatchObject({
      ...{ status: 'Completed', statusClass: 'completed', medium: null, durationMinutes: null },
      ...{ subject: '[case #abc1234] Re: x', targetContactIds: [client], assigneeContactIds: [] },
    });
    await done(update({ isDeleted: true }));
    await done(update({ subject: 'In the trash' }));
    expect(await there()).toMatchObject({ subject: 'In the trash', isDeleted: true });
    expect(await refusal(update({ status: 'No such' }))).toBe('invalid-input');
    expect(await there()).toMatchObject({ status: 'Completed' });
    await site().desk.deleteActivity(id);
    await writeOne(update({ subject: 'Gone' }));
    expect(await keyed(caseId)).toEqual([]);
  });

  it('takes over what the site made itself by giving it a key, which then finds it', async () => {
    const { caseId, worker } = await openCase();
    const own = (await read(caseId)).activities;
    const generated = own.find(({ type }) => type !== 'Open Case');
    const [key, id] = [newKey('Activity'), generated?.id ?? 0];
    for (const _ of [1, 2])
      await done({ kind: 'update-activity', id, caseId, key, fields: { subject: 'Ours' } });
    expect(await target.findByKey('Activity', [key])).toEqual(new Map([[key, id]]));
    expect(await done(visit(key, caseId, worker, { type: generated?.type ?? '' }))).toBe(id);
    expect((await read(caseId)).activities).toHaveLength(own.length);
  });

  it('makes the next step of a sequence once one is completed, but none that is there, and closes after the last', async () => {
    const client = await person();
    const [first, second] = STEPS;
    expect((await target.names()).sequenceSteps.get(SEQUENCED)).toEqual(new Set(STEPS));
    for (const isThere of [false, true]) {
      const caseId = await done({ ...newCase(newKey('Case'), [client]), caseType: SEQUENCED });
      const steps = async () =>
        (await read(caseId)).activities.filter(({ type }) => type === first || type === second);
      expect((await steps()).map(({ type, status }) => [type, status])).toEqual([[first, 'Scheduled']]);
      if (isThere) await done(visit(newKey('Activity'), caseId, client, { type: second }));
      const complete = async () => {
        const open = (await steps()).find(({ status }) => status === 'Scheduled')?.id ?? 0;
        for (const _ of [1, 2])
          await done({ kind: 'update-activity', id: open, caseId, fields: { status: 'Completed' } });
      };
      await complete();
      expect((await steps()).map(({ type }) => type)).toEqual([first, second]);
      expect((await read(caseId)).status).toBe('Open');
      await complete();
      expect(await steps()).toHaveLength(2);
      expect(await read(caseId)).toMatchObject({ status: 'Closed', statusGrouping: 'Closed' });
    }
  });

  it('files an activity on another case and takes it off, once, and answers the activity', async () => {
    const [one, other] = [await openCase(), await openCase()];
    const activityId = await done(visit(newKey('Activity'), one.caseId, one.worker));
    for (const _ of [1, 2])
      expect(await done({ kind: 'file-activity', caseId: other.caseId, activityId })).toBe(activityId);
    expect(await keyed(one.caseId)).toHaveLength(1);
    expect(await keyed(other.caseId)).toHaveLength(1);
    for (const _ of [1, 2])
      expect(await done({ kind: 'unfile-activity', caseId: one.caseId, activityId })).toBe(activityId);
    expect(await keyed(one.caseId)).toEqual([]);
    expect(await keyed(other.caseId)).toHaveLength(1);
    for (const lost of [
      { caseId: NOWHERE, activityId },
      { caseId: one.caseId, activityId: NOWHERE },
    ])
      expect(await refusal({ kind: 'file-activity', ...lost })).toBe('remote-rejected');
  });

  it('answers each write of a batch by itself, in the order given', async () => {
    const { caseId, worker } = await openCase();
    const [first, bad, last] = [newKey('Activity'), newKey('Activity'), newKey('Activity')];
    const results = await target.write([
      visit(first, caseId, worker),
      visit(bad, caseId, NOWHERE),
      visit(bad, caseId, worker, { type: 'No such' }),
      { kind: 'update-activity', id: 0, caseId, fields: {} },
      { kind: 'update-case', id: caseId, fields: { subject: 'In between' } },
      visit(last, caseId, worker),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['done', 'failed', 'failed', 'done', 'done', 'done']);
    expect((await keyed(caseId)).map(({ originKey }) => originKey)).toEqual([first, last]);
    expect((await read(caseId)).subject).toBe('In between');
    expect(await target.write([])).toEqual([]);
  });
}
