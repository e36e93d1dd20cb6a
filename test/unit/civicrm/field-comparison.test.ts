import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/base/json.ts';
import { differencesOf, isSameStored } from '../../../src/civicrm/field-comparison.ts';

describe('what was sent and what was read', () => {
  it.each<readonly [JsonValue, JsonValue]>([
    [1, '1'],
    ['1', 1],
    [true, 1],
    [false, '0'],
    ['10.50', '10.5'],
    [10.5, '10.500000'],
    [null, ''],
    [[], null],
    ['2026-03-01', '2026-03-01 00:00:00'],
    ['2026-03-01 10:30', '2026-03-01 10:30:00'],
    ['2026-03-01 10:30:00', '20260301103000'],
    ['a < b & c', 'a &lt; b &amp; c'],
    ["it's", 'it&#039;s'],
    ['two\r\nlines', 'two\nlines'],
    ['trailing ', 'trailing'],
    [
      [3, 5],
      ['5', '3'],
    ],
    [7, [7]],
    [{ a: 1, b: null }, { a: '1' }],
  ])('are the same: %j and %j', (sent, read) => {
    expect(isSameStored(sent, read)).toBe(true);
  });

  it.each<readonly [JsonValue, JsonValue]>([
    [1, 2],
    [true, null],
    [0, null],
    ['Scheduled', null],
    ['2026-03-01 10:30:00', '2026-03-01'],
    ['2026-03-01', '1970-01-01'],
    ['007', 7],
    ['Text', 'text'],
    [
      [3, 3],
      [3, 5],
    ],
    [[3], [3, 5]],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, 'x'],
  ])('differ: %j and %j', (sent, read) => {
    expect(isSameStored(sent, read)).toBe(false);
  });

  it('law: everything is the same as itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => isSameStored(value as JsonValue, value as JsonValue)));
  });

  it('are told apart field by field', () => {
    expect(
      differencesOf({ subject: 'A', status_id: 2, weight: 1 }, { id: 1, subject: 'A', status_id: null }),
    ).toEqual([
      { field: 'status_id', expected: 2, got: null },
      { field: 'weight', expected: 1, got: null },
    ]);
  });
});
