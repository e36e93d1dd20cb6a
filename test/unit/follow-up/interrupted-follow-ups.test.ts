import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryFollowUpSite } from '../../../src/follow-up/memory-follow-up-site.ts';
import { planFollowUps } from '../../../src/follow-up/plan-follow-ups.ts';
import type { FollowUp } from '../../../src/follow-up/ports.ts';
import { runFollowUp } from '../../../src/follow-up/run-follow-up.ts';
import { createMemoryOccurrenceRepository } from '../../../src/store/memory-occurrence-repository.ts';
import { madeActivity, madeCase } from '../../support/made-case.ts';
import { DUE, MINUTE, openDesk, zone } from './desk.ts';

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});

describe('a process that is killed', () => {
  const killed = () => Promise.reject(new Error('killed'));

  it('between creating and recording leaves one activity, and the next one records it', async () => {
    const id = await desk.planOne();
    desk.now = DUE;
    const doomed = {
      ...desk.running(),
      occurrences: { ...desk.occurrences, finish: killed, putOff: killed },
    };
    await expect(runFollowUp(id, doomed)).rejects.toThrow('killed');
    expect(desk.followUps()).toHaveLength(1);
    expect(await desk.sweep()).toEqual({
      returned: 0,
      unknown: 0,
      woken: 0,
    });
    desk.now += 5 * MINUTE;
    expect(await desk.sweep()).toEqual({
      returned: 1,
      unknown: 0,
      woken: 1,
    });
    expect(await desk.run(id)).toEqual({ kind: 'done', activityId: 1001 });
    expect(desk.followUps()).toHaveLength(1);
  });

  it('and whose store is lost as well finds its follow-ups again', async () => {
    const id = await desk.planOne();
    desk.now = DUE;
    await desk.run(id);
    desk.occurrences = createMemoryOccurrenceRepository();
    expect(await desk.planOne()).toBe(id);
    expect(await desk.run(id)).toEqual({ kind: 'done', activityId: 1001 });
    expect(desk.followUps()).toHaveLength(1);
  });

  it('but was only slow does not record over its successor', async () => {
    const id = await desk.planOne();
    desk.now = DUE;
    const quick = { ...desk.site };
    const write = (followUp: FollowUp) => quick.writeFollowUp(followUp);
    desk.site.writeFollowUp = async (followUp) => {
      desk.now += 6 * MINUTE;
      await desk.sweep();
      desk.site.writeFollowUp = write;
      expect(await desk.run(id)).toMatchObject({ kind: 'done' });
      return write(followUp);
    };
    expect(await desk.run(id)).toEqual({ kind: 'not-mine' });
    expect(desk.followUps()).toHaveLength(1);
  });
});

describe('planners and workers side by side', () => {
  it('make one follow-up per occurrence, whatever the interleaving', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
        async (scheduler, ids) => {
          desk.now = DUE;
          desk.occurrences = createMemoryOccurrenceRepository();
          desk.site = createMemoryFollowUpSite(
            ids.map((id) => madeCase({ id, activities: [madeActivity(id * 10)] })),
          );
          const interleaved = <Port extends object>(port: Port): Port =>
            new Proxy(port, {
              get(target, name, receiver) {
                const member: unknown = Reflect.get(target, name, receiver);
                if (typeof member !== 'function' || name === 'readOpenCases') return member;
                return (...given: readonly unknown[]) =>
                  scheduler
                    .schedule(Promise.resolve(), String(name))
                    .then(() => Reflect.apply(member, target, given) as unknown);
              },
            });
          const parts = {
            ...desk.planning(),
            cases: interleaved(desk.site),
            occurrences: interleaved(desk.occurrences),
          };
          const outcomes: string[] = [];
          const process = async () => {
            await planFollowUps(parts);
            for (const { id } of await parts.occurrences.listDue({ now: desk.now, limit: 10 })) {
              const outcome = await runFollowUp(id, {
                ...desk.running(),
                occurrences: parts.occurrences,
                site: () => ({ cases: parts.cases, zone }),
              });
              outcomes.push(outcome.kind);
            }
          };
          const processes = Promise.all([process(), process(), process()]);
          await scheduler.waitFor(processes);
          expect(outcomes.filter((kind) => kind === 'done')).toHaveLength(ids.length);
          for (const id of ids) expect(desk.site.find(id)?.activities).toHaveLength(2);
        },
      ),
      { numRuns: 60 },
    );
  });
});
