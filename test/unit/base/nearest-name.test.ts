import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameHint, nearestName } from '../../../src/base/nearest-name.ts';

describe('the nearest name', () => {
  it('is the one that was mistyped', () => {
    expect(nearestName('hilltpo', ['riverside', 'hilltop'])).toBe('hilltop');
    expect(nearestName('Riverside', ['riverside', 'hilltop'])).toBe('riverside');
  });

  it('is none when nothing resembles it', () => {
    expect(nearestName('lakeside-north', ['abc', 'hilltop'])).toBeNull();
    expect(nameHint('zzz', ['riverside', 'hilltop'])).toBe('Known: riverside, hilltop.');
    expect(nameHint('zzz', [])).toBe('There are none yet.');
  });

  it('is a known name itself whenever that was given', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, pick) => {
        const given = names[pick % names.length] ?? '';
        expect(nearestName(given, names)?.toLowerCase()).toBe(given.toLowerCase());
      }),
    );
  });
});
