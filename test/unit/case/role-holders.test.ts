import { describe, expect, it } from 'vitest';
import type { CaseRoleAssignment } from '../../../src/case/case-file.ts';
import { roleHolders } from '../../../src/case/role-holders.ts';

const DAY = '2026-03-02';
const CLIENT = 1;

const role = (change: Partial<CaseRoleAssignment> = {}): CaseRoleAssignment => ({
  relationshipId: 1,
  nameAB: 'Case Coordinator is',
  nameBA: 'Case Coordinator',
  contactIdA: CLIENT,
  contactIdB: 4,
  isActive: true,
  startDate: null,
  endDate: null,
  ...change,
});
const holders = (roles: readonly CaseRoleAssignment[], name = 'Case Coordinator') =>
  roleHolders({ roles, clientIds: [CLIENT] }, name, DAY);

describe('the holders of a role', () => {
  it('are contact B for a name read from B to A, and contact A for one read from A to B', () => {
    expect(holders([role()])).toEqual([4]);
    expect(holders([role({ contactIdA: 4, contactIdB: CLIENT })], 'Case Coordinator is')).toEqual([4]);
  });

  it('are the side that is no client where both names are the same, else contact A', () => {
    const spouse = { nameAB: 'Spouse of', nameBA: 'Spouse of' };
    expect(holders([role(spouse)], 'Spouse of')).toEqual([4]);
    expect(holders([role({ ...spouse, contactIdA: 4, contactIdB: CLIENT })], 'Spouse of')).toEqual([4]);
    expect(holders([role({ ...spouse, contactIdA: 5 })], 'Spouse of')).toEqual([5]);
  });

  it('are told apart from the holders of other roles', () => {
    expect(holders([role({ nameBA: 'Health Services Coordinator' })])).toEqual([]);
  });

  it('hold it on the day: active, begun, not ended', () => {
    expect(holders([role({ isActive: false })])).toEqual([]);
    expect(holders([role({ startDate: '2026-03-03' })])).toEqual([]);
    expect(holders([role({ endDate: '2026-03-01' })])).toEqual([]);
    expect(holders([role({ startDate: DAY, endDate: DAY })])).toEqual([4]);
  });

  it('come once each, though they hold it for several clients', () => {
    expect(holders([role(), role({ contactIdA: 2 }), role({ contactIdB: 5 })])).toEqual([4, 5]);
  });
});
