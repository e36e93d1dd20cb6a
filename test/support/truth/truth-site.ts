import { join } from 'node:path';
import type { SiteKnowledge } from '../../../src/case-type/index.ts';
import type { RealSites } from '../real-sites.ts';
import { ACTIVITY_TYPES, ROLES, SWITCHED_OFF } from './arbitrary-opening.ts';
import { startCore, type Core } from './core.ts';

interface StoredType {
  readonly id: number;
  readonly name_a_b: string;
  readonly name_b_a: string;
  readonly label_a_b: string;
  readonly label_b_a: string;
}

/** CiviCRM as the first of two real sites runs it. */
export const coreOf = ({ folder, a }: RealSites): Core => startCore(join(folder, a.name));

/** Makes on the site what the definitions of openings name, and answers what it has. */
export async function prepareSite(core: Core): Promise<SiteKnowledge> {
  const call = (entity: string, action: string, params: object) =>
    core.ask({ kind: 'call', entity, action, params });
  const definition = {
    activityTypes: [...ACTIVITY_TYPES, SWITCHED_OFF].map((name) => ({ name })),
    caseRoles: ROLES.map((name) => ({ name })),
  };
  const all = { name: 'names_of_all', title: 'Names of all', definition };
  await call('CaseType', 'save', { records: [all], match: ['name'] });
  await call('OptionValue', 'update', {
    where: [
      ['option_group_id:name', '=', 'activity_type'],
      ['name', '=', SWITCHED_OFF],
    ],
    values: { is_active: false },
  });
  const types = (await call('RelationshipType', 'get', { orderBy: { id: 'ASC' } })) as readonly StoredType[];
  return {
    activityTypes: new Set(ACTIVITY_TYPES),
    disabledActivityTypes: new Set([SWITCHED_OFF]),
    relationshipTypes: types.map((type) => ({
      id: type.id,
      nameAB: type.name_a_b,
      nameBA: type.name_b_a,
      labelAB: type.label_a_b,
      labelBA: type.label_b_a,
    })),
  };
}
