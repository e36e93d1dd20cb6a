import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mirrorKey } from '../../../src/case/origin-key.ts';
import { activityFields, caseFields, roleFields, sameContact } from '../../../src/mirror/fields.ts';
import { MEMORY_SEQUENCE } from '../../../src/mirror/memory-mirror-records.ts';
import type { Fault, MemoryMirrorSite } from '../../../src/mirror/memory-mirror-site.ts';
import { disturbedPass, mirrorWorld } from '../../support/mirror-world.ts';

type Step =
  | { readonly kind: 'pass'; readonly faults: readonly Fault[]; readonly after: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'edit'; readonly what: Edit; readonly which: number; readonly value: number };

const edits = [
  'open-case',
  'edit-case',
  'close-case',
  'trash-case',
  'restore-case',
  'add-activity',
  'edit-activity',
  'complete-activity',
  'trash-activity',
  'restore-activity',
  'delete-activity',
  'assign',
  'file-on-other-case',
  'unfile',
  'add-role',
  'end-role',
  'remove-role',
  'add-client',
  'remove-client',
  'rename-contact',
] as const;
type Edit = (typeof edits)[number];

/** Applies an edit to the source; what makes no sense at the moment does nothing. */
function edit(
  site: MemoryMirrorSite,
  people: readonly number[],
  what: Edit,
  which: number,
  value: number,
): void {
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[which % Math.max(1, items.length)];
  const person = people[value % people.length]!;
  const record = pick([...site.cases.values()]);
  if (what === 'open-case') {
    site.openCase([person], people[which % people.length]!, { subject: `Case ${value}` });
    return;
  }
  if (record === undefined) return;
  const activityId = record.activityIds[value % Math.max(1, record.activityIds.length)] ?? 0;
  switch (what) {
    case 'edit-case': {
      site.editCase(record.id, { subject: `Subject ${value}`, status: 'Urgent', details: null });
      return;
    }
    case 'close-case': {
      site.editCase(record.id, { status: 'Closed', endDate: '2026-06-30' });
      return;
    }
    case 'trash-case': {
      site.editCase(record.id, { isDeleted: true });
      return;
    }
    case 'restore-case': {
      site.editCase(record.id, { isDeleted: false });
      return;
    }
    case 'add-activity':
      site.addActivity(record.id, {
        type: value % 2 === 0 ? 'Meeting' : 'Follow up',
        subject: `Added ${value}`,
        sourceContactId: person,
        targetContactIds: record.clientIds,
      });
      return;
    case 'edit-activity': {
      site.editActivity(activityId, {
        subject: `Edited ${value}`,
        medium: 'phone',
        durationMinutes: value,
      });
      return;
    }
    case 'complete-activity': {
      site.editActivity(activityId, { status: 'Completed' });
      return;
    }
    case 'trash-activity': {
      site.editActivity(activityId, { isDeleted: true });
      return;
    }
    case 'restore-activity': {
      site.editActivity(activityId, { isDeleted: false });
      return;
    }
    case 'delete-activity': {
      if (record.activityIds.length > 1) site.deleteActivity(activityId);
      return;
    }
    case 'assign': {
      site.editActivity(activityId, { assigneeContactIds: value % 3 === 0 ? [] : [person] });
      return;
    }
    case 'file-on-other-case': {
      const other = [...site.cases.values()].find(({ id }) => id !== record.id);
      if (other !== undefined && activityId !== 0) site.file(other.id, activityId);
      return;
    }
    case 'unfile': {
      if (record.activityIds.length > 1) site.unfile(record.id, activityId);
      return;
    }
    case 'add-role':
      if (!record.roles.some((role) => role.contactIdB === person)) {
        site.addRole(record.id, record.clientIds[0]!, person);
      }
      return;
    case 'end-role':
      record.roles = record.roles.map((role, index) =>
        index === 0 ? { ...role, isActive: false, endDate: '2026-03-01' } : role,
      );
      return;
    case 'remove-role':
      record.roles = record.roles.slice(1);
      return;
    case 'add-client':
      if (!record.clientIds.includes(person)) record.clientIds.push(person);
      return;
    case 'remove-client':
      record.clientIds = record.clientIds.slice(0, Math.max(1, record.clientIds.length - 1));
      return;
    case 'rename-contact':
      // The last two are not known on the target by anything that a new name would hide.
      Object.assign(site.contacts.get(people[2 + (value % 2)]!)!, { lastName: `Renamed ${value}` });
      {
        site.editCase(record.id, { details: `renamed ${value}` });
        return;
      }
    default:
      return what satisfies never;
  }
}

const fault: fc.Arbitrary<Fault> = fc
  .integer({ min: 0, max: 12 })
  .map((effects): Fault => ({ kind: 'lost', effects }));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      faults: fc.array(fault, { maxLength: 2 }),
      after: fc.integer({ min: 0, max: 30 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.integer({ min: 0, max: 5000 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      what: fc.constantFrom(...edits),
      which: fc.nat(5),
      value: fc.nat(20),
    }),
  },
);

/** What the target must hold for each case of the source, by origin key. */
function expectMirrored(source: MemoryMirrorSite, target: MemoryMirrorSite, mayMissSteps = false): void {
  const contact = (id: number): number | null => {
    const { externalIdentifier, email } = source.contacts.get(id)!;
    const found = [...target.contacts.values()].filter(
      (other) =>
        other.originKey === mirrorKey({ site: 'alpha', entity: 'Contact', id }) ||
        (externalIdentifier !== null && other.externalIdentifier === externalIdentifier) ||
        (email !== null && other.email === email),
    );
    expect(found).toHaveLength(1);
    return found[0]!.id;
  };
  const copies = [...target.cases.values()];
  expect(new Set(copies.map(({ originKey }) => originKey)).size).toBe(copies.length);
  const keys = [...target.activities.values()].flatMap(({ originKey }) => originKey ?? []);
  expect(new Set(keys).size).toBe(keys.length);

  for (const record of source.cases.values()) {
    const copy = copies.find(({ originKey }) => originKey === `alpha/Case/${record.id}`);
    // Trashed before it was ever mirrored.
    if (copy === undefined && record.isDeleted) continue;
    const here = source.caseFile(record);
    const there = target.caseFile(copy!);
    expect(caseFields(there, false)).toEqual(caseFields(here, false));
    expect([...there.clientIds].sort()).toEqual(here.clientIds.map(contact).sort());
    const roles = (file: typeof here, map: (id: number) => number | null) =>
      file.roles.map((role) => JSON.stringify(roleFields(role, map))).sort();
    expect(roles(there, sameContact)).toEqual(roles(here, contact));
    const wanted = here.activities.map((activity) => ({
      key: mirrorKey({ site: 'alpha', entity: 'Activity', id: activity.id }),
      ...activityFields(activity, contact),
    }));
    const live = there.activities
      .filter(({ originKey, isDeleted }) => !isDeleted || wanted.some(({ key }) => key === originKey))
      .filter(({ originKey, type, subject }) => {
        const isOwnStep = originKey === null && subject === null && MEMORY_SEQUENCE.includes(type);
        return !(mayMissSteps && isOwnStep);
      })
      .map((activity) => ({ key: activity.originKey, ...activityFields(activity, sameContact) }));
    const byKey = (one: { key: string | null }, other: { key: string | null }) =>
      String(one.key) < String(other.key) ? -1 : 1;
    expect(live.sort(byKey)).toEqual(wanted.sort(byKey));
  }
}

describe('a mirror', () => {
  it('ends with the target equal to the source and nothing doubled, whatever is edited and wherever a pass dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const all = mirrorWorld();
        edit(all.source, all.people, 'open-case', 1, 2);
        for (const one of steps) {
          switch (one.kind) {
            case 'pass':
              await disturbedPass(all, one.faults, one.after);
              break;
            case 'wait':
              all.wait(one.seconds);
              break;
            case 'edit':
              edit(all.source, all.people, one.what, one.which, one.value);
              break;
            default:
              one satisfies never;
          }
        }
        await all.pass();
        // The target's sequence makes the steps that the source's case lost or never made; they are its own.
        const losing = ['delete-activity', 'trash-activity', 'unfile', 'trash-case', 'file-on-other-case'];
        const loses = steps.some((one) => one.kind === 'edit' && losing.includes(one.what));
        expectMirrored(all.source, all.target, loses);
        expect(await all.store.rejects('ab')).toEqual([]);
        expect(await all.store.conflicts('ab')).toEqual([]);
        expect(all.target.contacts.get(all.matched)).toMatchObject({ lastName: 'Otherwise' });

        all.wait(10);
        await all.pass();
        const quiet = await all.pass();
        expect(quiet.requests).toEqual({ source: 2, target: 0 });
      }),
      { numRuns: 300, seed: 20261122 },
    );
  });

  it('gives the same result when it is stopped at any call, before or after the effect', async () => {
    for (let after = 0; after < 24; after += 1) {
      for (const effects of [0, 1, 3, 1000]) {
        const all = mirrorWorld();
        edit(all.source, all.people, 'open-case', 1, 2);
        edit(all.source, all.people, 'open-case', 2, 3);
        edit(all.source, all.people, 'complete-activity', 0, 0);
        await disturbedPass(all, [{ kind: 'lost', effects }], after);
        await all.pass();
        expectMirrored(all.source, all.target);
      }
    }
  });
});
