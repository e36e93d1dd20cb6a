import { kindOf } from './kinds/index.ts';
import type { UnreadKind } from './ports.ts';

/** What a site did not show, and what helps, in one sentence. */
export function unreadText({ kind, reason }: UnreadKind, site: string): string {
  const { api, file } = kindOf(kind);
  return reason === 'forbidden'
    ? `"${site}" does not let the key read ${api} (${file}): give it the permission, or do without.`
    : `"${site}" does not answer ${api}.get (${file}): its CiviCRM is older than that.`;
}
