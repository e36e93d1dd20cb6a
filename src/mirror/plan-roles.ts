import { canonicalJson } from '../base/json.ts';
import type { CaseRoleAssignment } from '../case/case-file.ts';
import { roleFields, same, sameContact } from './fields.ts';
import type { CaseSituation, PlanPart } from './plan-parts.ts';
import { isEmpty, joinParts, linkName, nothing, planFields, rejected, withWrites } from './plan-parts.ts';
import type { Fields } from './ports.ts';

/** What makes two roles the same one on a case: relationships carry no origin key. */
export function roleTriple(fields: Fields): string {
  return canonicalJson([fields['type'] ?? null, fields['a'] ?? null, fields['b'] ?? null]);
}

/**
 * Roles are the same by type and people; several of one kind are told apart by the link, then by equal dates, then by
 * order. Roles that the target gave the creator on opening the case are taken for the source's, or removed.
 */
export function planRoles(situation: CaseSituation): PlanPart {
  const { file, there, links, names, map, row, problems } = situation;
  const left = new Map(there.roles.map((role) => [role.relationshipId, role]));
  const parts: PlanPart[] = [];
  const open: { readonly role: CaseRoleAssignment; readonly desired: Fields }[] = [];

  const update = (role: CaseRoleAssignment, desired: Fields, partner: CaseRoleAssignment) => {
    left.delete(partner.relationshipId);
    const record = {
      entity: 'Relationship',
      sourceId: role.relationshipId,
      targetId: partner.relationshipId,
    } as const;
    const { write, part } = planFields(situation, record, desired, roleFields(partner, sameContact));
    const writes = isEmpty(write)
      ? []
      : [{ kind: 'update-role' as const, id: partner.relationshipId, fields: write }];
    parts.push(withWrites(part, writes, record, 'update'));
  };

  for (const role of file.roles) {
    const record = { entity: 'Relationship', sourceId: role.relationshipId } as const;
    const desired = roleFields(role, map);
    const stranger = [role.contactIdA, role.contactIdB].find((id) => map(id) === null);
    if (stranger !== undefined) {
      parts.push(rejected(record, problems.get(stranger) ?? `Contact ${stranger} cannot be read`));
      continue;
    }
    const partner = left.get(links.get(linkName('Relationship', role.relationshipId))?.targetId ?? 0);
    if (partner !== undefined && isSameRole(desired, partner)) update(role, desired, partner);
    else open.push({ role, desired });
  }

  const unpaired = open.filter(({ role, desired }) => {
    const equal = [...left.values()].find((other) => same(desired, roleFields(other, sameContact)));
    if (equal !== undefined) update(role, desired, equal);
    return equal === undefined;
  });
  for (const { role, desired } of unpaired) {
    const record = { entity: 'Relationship', sourceId: role.relationshipId } as const;
    const partner = [...left.values()].find((other) => isSameRole(desired, other));
    if (partner !== undefined) {
      update(role, desired, partner);
      continue;
    }
    const type = names.roleTypes.find(({ nameAB, nameBA }) => `${nameAB}|${nameBA}` === desired['type']);
    parts.push(
      type === undefined
        ? rejected(record, `The target has no relationship type "${role.nameAB}" / "${role.nameBA}"`)
        : withWrites(
            nothing,
            [{ kind: 'create-role', caseId: there.id, typeId: type.id, fields: desired }],
            record,
            'create',
          ),
    );
  }

  for (const role of left.values()) {
    const ours = row.ourRoles.includes(roleTriple(roleFields(role, sameContact)));
    if (ours || row.state === 'opening') {
      parts.push(
        withWrites(
          nothing,
          [{ kind: 'delete-role', id: role.relationshipId }],
          { entity: 'Relationship', sourceId: 0 },
          'remove',
        ),
      );
    }
  }
  return joinParts(parts);
}

function isSameRole(desired: Fields, other: CaseRoleAssignment): boolean {
  return roleTriple(desired) === roleTriple(roleFields(other, sameContact));
}
