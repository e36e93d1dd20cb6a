import type { OptionValueEntity, RelationshipTypeEntity } from './entity.ts';

/** As core's reconciliation makes it when a definition names an unknown activity type (CRM/Case/ManagedEntities.php). */
export const activityTypeAsCoreMakes = (name: string): OptionValueEntity => ({
  kind: 'activity_type',
  name,
  label: name,
  description: name,
  component: 'CiviCase',
  icon: null,
  color: null,
  grouping: null,
  filter: 0,
  isActive: true,
  isReserved: false,
  weight: 0,
});

/** As core's reconciliation makes it for an unknown role: the client is contact A, of any type. */
export const relationshipTypeAsCoreMakes = (role: string): RelationshipTypeEntity => ({
  kind: 'relationship_type',
  nameAB: `${role} is`,
  nameBA: role,
  labelAB: `${role} is`,
  labelBA: role,
  description: role,
  contactTypeA: null,
  contactTypeB: null,
  contactSubTypeA: null,
  contactSubTypeB: null,
  isActive: true,
  isReserved: false,
});
