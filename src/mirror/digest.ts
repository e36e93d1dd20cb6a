import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/json.ts';
import type { CaseFile } from '../case/case-file.ts';
import { activityFields, caseFields, contactFields, roleFields, sameContact } from './fields.ts';

/** Digest of everything in a source file that the mirror carries over. */
export function fileDigest(file: CaseFile): string {
  const value = {
    case: caseFields(file, true),
    clients: file.clientIds,
    roles: file.roles.map((role) => ({ id: role.relationshipId, ...roleFields(role, sameContact) })),
    activities: file.activities.map((activity) => ({
      id: activity.id,
      ...activityFields(activity, sameContact),
    })),
    contacts: [...file.contacts.values()]
      .sort((one, other) => one.id - other.id)
      .map((contact) => ({ id: contact.id, ...contactFields(contact) })),
  };
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}
