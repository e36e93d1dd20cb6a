import type { RelationshipTypeNames } from './roles.ts';

/** Names that every CiviCRM has from its installation; a grown site may have renamed or removed some. */
export const SEED_ACTIVITY_STATUSES: ReadonlySet<string> = new Set([
  'Scheduled',
  'Completed',
  'Cancelled',
  'Left Message',
  'Unreachable',
  'Not Required',
  'Available',
  'No_show',
]);

/** Those that count as done; Cancelled and Not Required do not. */
export const SEED_COMPLETED_STATUSES: ReadonlySet<string> = new Set(['Completed']);

/** Those after which nothing is left to do: completed or cancelled in one way or other. */
export const SEED_ENDED_STATUSES: ReadonlySet<string> = new Set([
  'Completed',
  'Cancelled',
  'Unreachable',
  'Not Required',
  'No_show',
]);

export const SEED_CASE_STATUSES: ReadonlySet<string> = new Set(['Open', 'Closed', 'Urgent']);

const seedType = (id: number, nameAB: string, nameBA: string): RelationshipTypeNames => ({
  id,
  nameAB,
  nameBA,
  labelAB: nameAB,
  labelBA: nameBA,
});

/** The relationship types of a fresh CiviCRM; their ids are those of no site in particular. */
export const SEED_RELATIONSHIP_TYPES: readonly RelationshipTypeNames[] = [
  seedType(1, 'Child of', 'Parent of'),
  seedType(2, 'Spouse of', 'Spouse of'),
  seedType(3, 'Partner of', 'Partner of'),
  seedType(4, 'Sibling of', 'Sibling of'),
  seedType(5, 'Employee of', 'Employer of'),
  seedType(6, 'Volunteer for', 'Volunteer is'),
  seedType(7, 'Head of Household for', 'Head of Household is'),
  seedType(8, 'Household Member of', 'Household Member is'),
  seedType(9, 'Case Coordinator is', 'Case Coordinator'),
  seedType(10, 'Supervised by', 'Supervisor'),
];
