import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { ApiCall } from './client.ts';
import { complaintAboutDates } from './date-check.ts';

/**
 * What is wrong with a call that CiviCRM would take without an error and answer with silent damage; null when nothing is.
 * The error is `invalid-input`; the call is then not sent.
 */
export function refusalOf(site: string, call: ApiCall): AppError | null {
  const complaint = complaintAbout(call);
  if (complaint === null) return null;
  const name = nameOf(call);
  return new AppError('invalid-input', `${name} was not sent to "${site}": ${complaint}.`, {
    details: { site, call: name, effect: 'none', transient: false },
  });
}

function complaintAbout({ entity, params }: ApiCall): string | null {
  const suffixed = params.match?.find((field) => field.includes(':'));
  // CiviCRM then finds no row and creates a duplicate.
  if (suffixed !== undefined)
    return `match may not name the option field "${suffixed}", use "${suffixed.replace(/:.*$/, '')}"`;
  for (const record of [params.values ?? {}, params.defaults ?? {}, ...(params.records ?? [])]) {
    // One definition that does not parse makes every later write of a case type fail on that site.
    if (entity === 'CaseType' && typeof record['definition'] === 'string')
      return 'the definition of a case type must be sent as an object, not as XML';
    const dates = complaintAboutDates(record, entity);
    if (dates !== null) return dates;
  }
  return null;
}

/** How messages and logs name a call. */
export const nameOf = ({ entity, action }: ApiCall): string => `${entity}.${action}`;

export const isReadAction = (action: string): boolean => /^(get|autocomplete$|checkAccess$)/i.test(action);

/** Whether a call changes nothing, so that it may be repeated; a `get` may carry a write in its chain. */
export function isRead({ action, params }: ApiCall): boolean {
  return isReadAction(action) && Object.values(params.chain ?? {}).every(isReadChain);
}

function isReadChain(link: JsonValue): boolean {
  if (!Array.isArray(link)) return false;
  const [entity, action, params] = link as readonly JsonValue[];
  if (typeof entity !== 'string' || typeof action !== 'string') return false;
  return isRead({ entity, action, params: (params ?? {}) as JsonObject });
}
