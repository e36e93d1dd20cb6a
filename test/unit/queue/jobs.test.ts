import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobIdOf } from '../../../src/queue/jobs.ts';

describe('the id of a job', () => {
  it('is one that BullMQ takes, whatever the subject is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        for (const id of [
          jobIdOf({ name: 'occurrence.run', data: { occurrenceId: name } }),
          jobIdOf({ name: 'mirror.run', data: { pair: name } }),
          jobIdOf({ name: 'occurrences.plan', data: { site: name } }),
        ]) {
          expect(id).not.toContain(':');
          expect(id).not.toMatch(/^\d+$/);
        }
      }),
    );
  });

  it('is the same for the same work and differs for other work', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        const ids = [one, other].map((pair) => jobIdOf({ name: 'mirror.run', data: { pair } }));
        expect(ids[0] === ids[1]).toBe(one === other);
        expect(jobIdOf({ name: 'occurrences.plan', data: { site: one } })).not.toBe(ids[0]);
      }),
    );
  });
});
