import { ORIGIN_ENTITIES, originField } from '../../../src/case/origin-key.ts';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base/logger.ts';
import { failureOf, mirrorStatus, planMirrorPass } from '../../../src/mirror/index.ts';
import { disturbedPass, mirrorWorld } from '../../support/mirror-world.ts';

type World = ReturnType<typeof mirrorWorld>;

/** One case on the source, mirrored. */
async function mirrored(): Promise<World & { caseId: number; copyId: number }> {
  const world = mirrorWorld();
  const caseId = world.source.openCase([world.people[0]!], world.people[1]!, { subject: 'Housing' });
  await world.pass();
  world.wait(10);
  await world.pass();
  return { ...world, caseId, copyId: copyOf(world, caseId) };
}

function copyOf({ target }: World, caseId: number): number {
  return [...target.cases.values()].find(({ originKey }) => originKey === `alpha/Case/${caseId}`)!.id;
}

function copyOfActivity({ target }: World, id: number) {
  return [...target.activities.values()].filter(({ originKey }) => originKey === `alpha/Activity/${id}`);
}

describe('a pass', () => {
  it('adopts what opening the case made on the target and says what it did', async () => {
    const world = mirrorWorld();
    world.source.openCase([world.people[0]!], world.people[1]!);
    const first = await world.pass();
    expect(first.fieldsCreated).toEqual(ORIGIN_ENTITIES.map(originField));
    expect(first.counts).toMatchObject({
      casesCreated: 1,
      activitiesAdopted: 4,
      activitiesCreated: 0,
      contactsMatched: 2,
      contactsCreated: 0,
      rolesCreated: 0,
      rejected: 0,
    });
    const second = await world.pass();
    expect(second.counts).toMatchObject({ casesCreated: 0, casesUpdated: 0, activitiesUpdated: 0 });
  });

  it('writes nothing and remembers nothing when it is only planned', async () => {
    const world = mirrorWorld();
    world.source.openCase([world.people[2]!], world.people[1]!);
    const { pair, source, target, store, clock } = world;
    const plan = await planMirrorPass({ pair, source, target, store, clock, logger: silentLogger });
    expect(plan.counts).toMatchObject({ casesCreated: 1, contactsCreated: 1 });
    expect(plan.writes.map(({ kind }) => kind)).toContain('create-case');
    expect(target.cases.size).toBe(0);
    expect(await store.cases('ab')).toEqual([]);
    expect(await store.lastRun('ab')).toBeNull();
  });

  it('never writes to contacts that were there before', async () => {
    const world = await mirrored();
    Object.assign(world.source.contacts.get(world.people[0]!)!, { lastName: 'Changed' });
    world.source.editCase(world.caseId, { details: 'x' });
    await world.pass();
    expect(world.target.contacts.get(world.matched)).toMatchObject({ lastName: 'Otherwise' });
  });

  it('keeps what somebody edited on the target, reports it, and forgets it once both agree', async () => {
    const world = await mirrored();
    world.target.editCase(world.copyId, { subject: 'Edited there' });
    world.source.editCase(world.caseId, { subject: 'Edited here', details: 'also changed' });
    const report = await world.pass();
    expect(report.counts.conflicts).toBe(1);
    expect(world.target.cases.get(world.copyId)).toMatchObject({
      subject: 'Edited there',
      details: 'also changed',
    });
    expect(await world.store.conflicts('ab')).toMatchObject([
      { entity: 'Case', field: 'subject', sourceValue: 'Edited here', targetValue: 'Edited there' },
    ]);

    world.wait(10);
    world.source.editCase(world.caseId, { details: 'once more' });
    await world.pass();
    expect(world.target.cases.get(world.copyId)).toMatchObject({
      subject: 'Edited there',
      details: 'once more',
    });
    expect(await world.store.conflicts('ab')).toHaveLength(1);

    world.wait(10);
    world.source.editCase(world.caseId, { subject: 'Edited there' });
    await world.pass();
    expect(await world.store.conflicts('ab')).toEqual([]);
  });

  it('leaves alone what people add on the target', async () => {
    const world = await mirrored();
    const note = world.target.addActivity(world.copyId, {
      type: 'Follow up',
      sourceContactId: world.matched,
    });
    const guest = world.target.addContact();
    world.target.cases.get(world.copyId)!.clientIds.push(guest);
    world.target.addRole(world.copyId, world.matched, guest);
    world.source.addActivity(world.caseId, { type: 'Follow up', sourceContactId: world.people[1]! });
    await world.pass();
    expect(world.target.activities.get(note)).toMatchObject({ originKey: null, isDeleted: false });
    expect(world.target.cases.get(world.copyId)!.clientIds).toContain(guest);
    expect(world.target.cases.get(world.copyId)!.roles).toHaveLength(2);
  });

  it('adopts a step that the sequence of the target makes, and updates a trashed activity where it lies', async () => {
    const world = await mirrored();
    const intake = [...world.source.activities.values()].find(({ type }) => type === 'Intake')!;
    world.source.editActivity(intake.id, { status: 'Completed' });
    await world.pass();
    const plans = [...world.target.activities.values()].filter(({ type }) => type === 'Plan');
    expect(plans).toHaveLength(1);
    expect(plans[0]!.originKey).not.toBeNull();

    const meeting = world.source.addActivity(world.caseId, { sourceContactId: world.people[1]! });
    await world.pass();
    world.wait(10);
    world.source.editActivity(meeting, { isDeleted: true, subject: 'Cancelled' });
    await world.pass();
    world.wait(10);
    world.source.editActivity(meeting, { isDeleted: false, subject: 'On again' });
    await world.pass();
    expect(copyOfActivity(world, meeting)).toMatchObject([{ isDeleted: false, subject: 'On again' }]);
  });

  it('sets a record aside that the target cannot name, mirrors the rest, and tries again later', async () => {
    const world = await mirrored();
    const odd = world.source.addActivity(world.caseId, {
      type: 'Home visit',
      sourceContactId: world.people[1]!,
    });
    const meeting = world.source.addActivity(world.caseId, { sourceContactId: world.people[1]! });
    const report = await world.pass();
    expect(report.counts.rejected).toBe(1);
    expect(copyOfActivity(world, meeting)).toHaveLength(1);
    const status = await mirrorStatus(world.store, world.pair, world.clock);
    expect(status.rejects).toMatchObject([
      { sourceId: odd, reason: 'The target has no activity type named "Home visit"' },
    ]);

    world.target.activityTypes.add('Home visit');
    await world.pass();
    expect(copyOfActivity(world, odd)).toHaveLength(1);
    expect(await world.store.rejects('ab')).toEqual([]);
  });

  it('rejects a case whose client the target does not know when contacts are only matched', async () => {
    const world = mirrorWorld('match');
    world.source.openCase([world.people[2]!], world.people[1]!);
    world.source.openCase([world.people[0]!], world.people[1]!);
    const report = await world.pass();
    expect(report.counts).toMatchObject({ casesCreated: 1, contactsCreated: 0 });
    expect(await world.store.rejects('ab')).toMatchObject([{ entity: 'Case' }]);
    expect((await mirrorStatus(world.store, world.pair, world.clock)).cases).toMatchObject({
      mirrored: 1,
      rejected: 1,
    });
  });

  it('sees a new assignee, though no date of the case moves', async () => {
    const world = await mirrored();
    const intake = [...world.source.activities.values()].find(({ type }) => type === 'Intake')!;
    world.source.editActivity(intake.id, { assigneeContactIds: [world.people[1]!] });
    await world.pass();
    expect(copyOfActivity(world, intake.id)[0]!.assigneeContactIds).toHaveLength(1);
  });

  it('sees a change in the second of the last listing', async () => {
    const world = mirrorWorld();
    const caseId = world.source.openCase([world.people[0]!], world.people[1]!);
    await world.pass();
    world.source.editCase(caseId, { subject: 'Within the same second' });
    await world.pass();
    expect(world.target.cases.get(copyOf(world, caseId))).toMatchObject({
      subject: 'Within the same second',
    });
  });

  it('leaves the target alone when the source stops showing cases or activities', async () => {
    const world = await mirrored();
    const record = world.source.cases.get(world.caseId)!;
    world.source.cases.delete(world.caseId);
    expect((await world.pass()).casesGone).toBe(1);
    expect(world.target.cases.get(world.copyId)).toMatchObject({ isDeleted: false });

    world.source.cases.set(world.caseId, { ...record, activityIds: [] });
    await world.pass();
    const live = world.target.caseFile(world.target.cases.get(world.copyId)!).activities;
    expect(live.every(({ isDeleted }) => !isDeleted)).toBe(true);
    expect(await world.store.rejects('ab')).toMatchObject([{ entity: 'Case' }]);
  });

  it('shows an interrupted pass, its half-done cases and its error in the status', async () => {
    const world = mirrorWorld();
    world.source.openCase([world.people[0]!], world.people[1]!);
    await disturbedPass(world, [{ kind: 'lost', effects: 1 }], 9);
    const status = await mirrorStatus(world.store, world.pair, world.clock);
    expect(status.cases.unfinished).toBe(1);
    expect(status.lastRun?.outcome).toMatchObject({ kind: 'remote-unavailable' });
    expect(status.lastRun?.outcome).toHaveProperty('failed', failureOf(status.lastRun));
    await world.pass();
    const after = await mirrorStatus(world.store, world.pair, world.clock);
    expect(after.cases).toMatchObject({ unfinished: 0, mirrored: 1 });
    expect(failureOf(after.lastRun)).toBeNull();
  });

  it.each([
    ['there was no pass', null, null],
    ['it is still going on', null, { finishedAt: null, outcome: null }],
    ['it went well', null, { finishedAt: 2, outcome: { counts: {} } }],
    ['it failed', 'beta gave no answer.', { finishedAt: 2, outcome: { failed: 'beta gave no answer.' } }],
    ['it failed with another word', 'for an unknown reason', { finishedAt: 2, outcome: { failed: 7 } }],
  ])('knows why the last pass failed: %s', (_, expected, run) => {
    expect(failureOf(run === null ? null : { startedAt: 1, ...run })).toBe(expected);
  });
});
