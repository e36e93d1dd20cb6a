import type { AssigneeRule } from '../case-type/simulation/timeline.ts';
import { ApiFailure } from './failure.ts';
import type { Site } from './site.ts';
import { readRow } from './write/store-row.ts';

/** The case that was opened, as far as a rule asks for it. */
interface Opened {
  readonly caseId: number;
  readonly clients: readonly number[];
  /** 0 for what is no contact. */
  readonly creator: number;
}

/** Without a client the condition on the client falls away. */
function assigneeOfAnybody(site: Site, caseId: number, typeId: number): number | undefined {
  const found = site.database.get(
    `SELECT contact_id_a AS id FROM civicrm_relationship WHERE relationship_type_id = ? AND is_active = 1
     AND (case_id = ? OR case_id IS NULL) ORDER BY case_id IS NULL, id LIMIT 1`,
    [typeId, caseId],
  );
  return found === undefined ? undefined : Number(found['id']);
}

/** Who a rule of a timeline gives an activity to, on this case. @throws ApiFailure where CiviCRM fails over it */
export function assigneeOf(site: Site, rule: AssigneeRule, opening: Opened): number | undefined {
  switch (rule.kind) {
    case 'nobody':
      return undefined;
    case 'creator':
      return opening.creator;
    case 'contact': {
      const row = readRow(site, 'Contact', Number.parseInt(rule.contactId, 10) || 0);
      return row === undefined ? undefined : Number(row['id']);
    }
    case 'relationship': {
      const type = readRow(site, 'RelationshipType', rule.relationshipTypeId);
      if (type === undefined)
        throw new ApiFailure(
          `'${String(rule.relationshipTypeId)}' is not a valid option for field relationship_type_id`,
        );
      const isSymmetric = type['label_a_b'] === type['label_b_a'];
      const [client] = opening.clients;
      if (client === undefined) {
        if (isSymmetric) throw new ApiFailure("'contact_id_a' specified in OR group but not added to params");
        return assigneeOfAnybody(site, opening.caseId, rule.relationshipTypeId);
      }
      const sides = isSymmetric ? (['a', 'b'] as const) : [rule.clientSide];
      for (const ofCase of ['case_id = ?', 'case_id IS NULL AND ? > 0']) {
        for (const side of sides) {
          const other = side === 'a' ? 'b' : 'a';
          const found = site.database.get(
            `SELECT contact_id_${other} AS id FROM civicrm_relationship WHERE ${ofCase} AND relationship_type_id = ?
             AND contact_id_${side} = ? AND is_active = 1 ORDER BY id LIMIT 1`,
            [opening.caseId, rule.relationshipTypeId, client],
          );
          if (found !== undefined) return Number(found['id']);
        }
      }
      return undefined;
    }
    default:
      return rule satisfies never;
  }
}
