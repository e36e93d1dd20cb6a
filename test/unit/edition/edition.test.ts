import { describe, expect, it } from 'vitest';
import { EDITIONS, editionFacts, factAt, standingOf } from '../../../src/edition/index.ts';

describe('what editions do', () => {
  it('is one column of the table for each', () => {
    const [older, newer] = EDITIONS.map(editionFacts);
    expect(older).toMatchObject({ errorStatus: 'masked', fileDefinitions: false, caseStartTime: false });
    expect(newer).toMatchObject({ errorStatus: 'real', fileDefinitions: true, caseStartTime: true });
    expect(Object.keys(older ?? {})).toEqual(Object.keys(newer ?? {}));
  });

  it.each([
    ['5.77.1', false],
    ['6.2.3', false],
    ['6.3.0', true],
    ['6.14.alpha1', true],
    ['7.0', true],
  ])('follows from version %s where it is known since when', (version, shown) => {
    expect(factAt('fileDefinitions', version)).toBe(shown);
  });

  it('is not told by a version between the two that were measured, nor where the CMS decides', () => {
    expect(factAt('caseStartTime', '5.77.0')).toBe(false);
    expect(factAt('caseStartTime', '6.10.0')).toBeUndefined();
    expect(factAt('caseStartTime', '6.20.0')).toBe(true);
    expect(factAt('errorStatus', '5.77.0')).toBeUndefined();
    expect(factAt('fileDefinitions', 'unknown')).toBeUndefined();
  });

  it.each([
    ['5.76.9', 'older'],
    ['5.77.beta1', 'known'],
    ['6.20.4', 'known'],
    ['6.21.0', 'newer'],
    ['10.0.0', 'newer'],
    ['', undefined],
    ['six', undefined],
  ])('version %s is %s', (version, standing) => {
    expect(standingOf(version)).toBe(standing);
  });
});
