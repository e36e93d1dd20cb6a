import { describe, expect, it } from 'vitest';
import { mirrorKey, occurrenceKey, originField, readMirrorKey } from '../../../src/case/origin-key.ts';

describe('an origin key', () => {
  it('is read back as the origin it was made from', () => {
    const origin = { site: 'river/side', entity: 'Activity', id: 12 } as const;
    expect(mirrorKey(origin)).toBe('river/side/Activity/12');
    expect(readMirrorKey(mirrorKey(origin))).toEqual(origin);
  });

  it('of another kind, or none, is no origin', () => {
    for (const key of [null, '', 'x', occurrenceKey('5f'), 'riverside/Case/0', 'riverside/Note/1']) {
      expect(readMirrorKey(key)).toBeNull();
    }
  });

  it('lies in a field that APIv4 names by its group', () => {
    expect(originField('Activity')).toBe('Civicase_Bridge_Activity.origin_key');
  });
});
