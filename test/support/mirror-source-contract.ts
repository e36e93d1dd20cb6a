import { expect, it } from 'vitest';
import type { CaseFile, LocalDateTime } from '../../src/case/case-file.ts';
import type { MirrorSource, MirrorTarget } from '../../src/mirror/ports.ts';
import type { SiteDesk } from './site-desk.ts';

/** A site of which nothing is promised but two case types and what CiviCRM installs; it lacks the key fields. */
export interface MirrorSiteUnderTest {
  readonly source: MirrorSource;
  /** Another connection at each call. */
  readonly connect: () => MirrorTarget;
  readonly desk: SiteDesk;
  /** What the site's wall clock shows. */
  readonly now: () => LocalDateTime;
  /** Waits until it shows a later second. */
  readonly nextSecond: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The case type under watch, and another one. Both have a timeline and give their creator a role. */
export const WATCHED = 'housing_support';
export const OTHER = 'adult_day_care_referral';
/** A case type with "Open Case" as its timeline and these steps as its sequence. */
export const SEQUENCED = 'contract_steps';
export const STEPS = ['Contract intake', 'Contract plan'] as const;

/** Makes ids and names that no other test of the file has. */
export function createPeople(desk: () => SiteDesk) {
  let last = 0;
  return async () => {
    last += 1;
    return desk().addPerson({ firstName: 'Zoë', lastName: `O'Neil ${String(last)}` });
  };
}

/** What every source of a mirror promises. */
export function sourceContract(site: () => MirrorSiteUnderTest): void {
  const person = createPeople(() => site().desk);
  /** Client and worker of the cases that do not care. */
  let couple: Promise<readonly [number, number]> | undefined;
  const openCase = async (caseType = WATCHED) => {
    couple ??= Promise.all([person(), person()]);
    const [client, worker] = await couple;
    const id = await site().desk.openCase(caseType, [client], worker);
    return { id, client, worker };
  };
  const file = async (id: number): Promise<CaseFile> => (await site().source.readCases([id]))[0]!;
  it('lists cases of the wanted types alone, and none for no type or one that it does not have', async () => {
    const { source } = site();
    const [watched, other] = [await openCase(), await openCase(OTHER)];
    const listed = async (types: readonly string[]) =>
      (await source.changedSince(types, null)).map(({ id }) => id);
    expect(await listed([WATCHED])).toContain(watched.id);
    expect(await listed([WATCHED])).not.toContain(other.id);
    expect(await listed([WATCHED, OTHER])).toEqual(expect.arrayContaining([watched.id, other.id]));
    const digests = await source.linkDigests([WATCHED]);
    expect([digests.has(watched.id), digests.has(other.id)]).toEqual([true, false]);
    for (const none of [[], ['no_such_type']]) {
      expect(await source.changedSince(none, null)).toEqual([]);
      expect(await source.linkDigests(none)).toEqual(new Map());
    }
  });

  it('lists what changed in the second asked for and later, by the wall clock of the site, to the second', async () => {
    const { source, desk, now, nextSecond } = site();
    const before = await openCase();
    await nextSecond();
    const start = now();
    const after = await openCase();
    const end = now();
    const listed = await source.changedSince([WATCHED], start);
    expect(listed.map(({ id }) => id)).toContain(after.id);
    expect(listed.map(({ id }) => id)).not.toContain(before.id);
    const moment = listed.find(({ id }) => id === after.id)?.modifiedDate ?? '';
    expect(moment).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(moment >= start && moment <= end).toBe(true);
    const again = await source.changedSince([WATCHED], moment);
    expect(again).toContainEqual({ id: after.id, modifiedDate: moment });
    await nextSecond();
    expect(await source.changedSince([WATCHED], now())).toEqual([]);
    await desk.editCase(after.id, { isDeleted: true });
    expect((await source.changedSince([WATCHED], now())).map(({ id }) => id)).toEqual([after.id]);
  });

  it('shows every change of a case in its modified date or in its digest, and no change where there is none', async () => {
    const { source, desk, nextSecond } = site();
    const stranger = await person();
    const scene = async () => {
      const { id, client, worker } = await openCase();
      const visit = await desk.addActivity(id, { source: worker, targets: [client], assignees: [worker] });
      return { id, client, worker, visit };
    };
    type Scene = Awaited<ReturnType<typeof scene>>;
    const nothing = () => Promise.resolve(0);
    /** What changes, and what has to be there before. */
    const changes: readonly (readonly [
      string,
      (scene: Scene, before: number) => Promise<unknown>,
      ((scene: Scene) => Promise<unknown>)?,
    ])[] = [
      ['a subject', ({ id }) => desk.editCase(id, { subject: 'Another roof' })],
      ['a status', ({ id }) => desk.editCase(id, { status: 'Urgent' })],
      ['an activity alone', ({ visit }) => desk.editActivity(visit, { subject: 'Visit & tea' })],
      ['an assignee alone', ({ visit, client }) => desk.editActivity(visit, { assignees: [client] })],
      ['a target alone', ({ visit }) => desk.editActivity(visit, { targets: [stranger] })],
      ['nobody assigned', ({ visit }) => desk.editActivity(visit, { assignees: [] })],
      ['a trashed activity', ({ visit }) => desk.editActivity(visit, { isDeleted: true })],
      [
        'an activity out of the trash',
        ({ visit }) => desk.editActivity(visit, { isDeleted: false }),
        ({ visit }) => desk.editActivity(visit, { isDeleted: true }),
      ],
      ['an activity deleted', ({ visit }) => desk.deleteActivity(visit)],
      ['a new activity', ({ id, worker }) => desk.addActivity(id, { source: worker })],
      ['a client', ({ id }) => desk.addClient(id, stranger)],
      [
        'one client less',
        ({ id }) => desk.removeClient(id, stranger),
        ({ id }) => desk.addClient(id, stranger),
      ],
      ['a role', ({ id, client }) => desk.addRole(id, client, stranger)],
      [
        'the end of a role',
        (_, role) => desk.endRole(role, '2026-06-30'),
        ({ id, client }) => desk.addRole(id, client, stranger),
      ],
      [
        'a role removed',
        (_, role) => desk.removeRole(role),
        ({ id, client }) => desk.addRole(id, client, stranger),
      ],
      [
        'an activity of another case',
        ({ id }, visit) => desk.file(id, visit),
        async () => (await scene()).visit,
      ],
      ['an activity that left', ({ id, visit }) => desk.unfile(id, visit)],
      ['the trash', ({ id }) => desk.editCase(id, { isDeleted: true })],
      [
        'a return from the trash',
        ({ id }) => desk.editCase(id, { isDeleted: false }),
        ({ id }) => desk.editCase(id, { isDeleted: true }),
      ],
    ];
    const still = await scene();
    const scenes = await Promise.all(
      changes.map(async ([, , prepare = nothing]) => {
        const own = await scene();
        return { own, before: Number(await prepare(own)) };
      }),
    );
    const standing = async () => {
      const listed = await source.changedSince([WATCHED], null);
      const digests = await source.linkDigests([WATCHED]);
      return new Map(listed.map(({ id, modifiedDate }) => [id, `${modifiedDate} ${digests.get(id) ?? ''}`]));
    };
    const first = await standing();
    await nextSecond();
    await Promise.all(changes.map(([, change], at) => change(scenes[at]!.own, scenes[at]!.before)));
    const second = await standing();
    const unseen = changes.filter((_, at) => {
      const id = scenes[at]!.own.id;
      return second.get(id) === first.get(id);
    });
    expect(unseen.map(([name]) => name)).toEqual([]);
    expect(second.get(still.id)).toBe(first.get(still.id));
  });

  it('reads cases whole, trashed ones too, each once, and leaves out what is not there', async () => {
    const { source, desk } = site();
    const [primary, second, worker] = [await person(), await person(), await person()];
    const id = await desk.openCase(WATCHED, [primary, second], worker);
    const subject = '“Zażółć” — 屋根 🏠';
    const details = '<p>Rent &amp; heating <b>due</b></p>\n<ul><li>"one" &lt; \'two\'</li></ul>';
    const visit = await desk.addActivity(id, {
      ...{ type: 'Phone Call', status: 'Completed', dateTime: '2026-03-02 10:15:00' },
      ...{ source: worker, targets: [primary, second], assignees: [second] },
      ...{ subject, details },
    });
    const trashed = await desk.addActivity(id, { source: worker });
    await desk.editActivity(trashed, { isDeleted: true });
    const roleId = await desk.addRole(id, primary, second);
    await desk.endRole(roleId, '2026-06-30');
    await desk.trashPerson(second);
    await desk.editCase(id, { subject: 'Été & <b>' });

    const files = await source.readCases([id, id, 999_999]);
    expect(files).toHaveLength(1);
    const read = files[0]!;
    expect(read).toMatchObject({
      ...{ id, caseType: WATCHED, subject: 'Été & <b>', status: 'Open', statusGrouping: 'Opened' },
      ...{ isDeleted: false, endDate: null, originKey: null, clientIds: [primary, second] },
    });
    expect(read.startDate).toMatch(/^\d{4}-\d\d-\d\d$/);
    const ids = read.activities.map((activity) => activity.id);
    expect(ids).toEqual([...ids].sort((one, other) => one - other));
    expect(read.activities[0]).toMatchObject({ type: 'Open Case', statusClass: 'completed' });
    expect(read.activities.find((activity) => activity.id === visit)).toMatchObject({
      ...{ type: 'Phone Call', status: 'Completed', statusClass: 'completed', subject, details },
      ...{ dateTime: '2026-03-02 10:15:00', sourceContactId: worker, isDeleted: false, originKey: null },
      ...{ targetContactIds: [primary, second], assigneeContactIds: [second] },
    });
    expect(read.activities.find((activity) => activity.id === trashed)?.isDeleted).toBe(true);
    expect(read.roles.find((role) => role.relationshipId === roleId)).toEqual({
      ...{ relationshipId: roleId, nameAB: 'Case Coordinator is', nameBA: 'Case Coordinator' },
      ...{ contactIdA: primary, contactIdB: second, isActive: false },
      ...{ startDate: '2026-01-05', endDate: '2026-06-30' },
    });
    expect([...read.contacts.keys()].sort()).toEqual([primary, second, worker].sort());
    expect(read.contacts.get(second)?.isDeleted).toBe(true);
    expect(read.contacts.get(primary)).toMatchObject({ firstName: 'Zoë', isDeleted: false });

    await desk.editCase(id, { isDeleted: true });
    const gone = await file(id);
    expect(gone.isDeleted).toBe(true);
    expect(gone.activities.map((activity) => activity.id)).toEqual(ids);
    expect(gone.activities.every((activity) => activity.isDeleted)).toBe(true);
    await desk.editCase(id, { isDeleted: false });
    expect((await file(id)).activities.every((activity) => activity.isDeleted)).toBe(true);
    expect(await source.readCases([])).toEqual([]);
  });

  it('says which activities still exist, trashed ones too', async () => {
    const { source, desk } = site();
    const { id, worker } = await openCase();
    const [kept, trashed, deleted] = [
      await desk.addActivity(id, { source: worker }),
      await desk.addActivity(id, { source: worker }),
      await desk.addActivity(id, { source: worker }),
    ];
    await desk.editActivity(trashed, { isDeleted: true });
    await desk.deleteActivity(deleted);
    const found = await source.existingActivities([kept, trashed, deleted, kept]);
    expect(found).toEqual(new Set([kept, trashed]));
    expect(await source.existingActivities([])).toEqual(new Set());
  });
}
