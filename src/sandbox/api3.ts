import type { JsonObject, JsonValue } from '../base/json.ts';
import { mayCall } from './access.ts';
import { runActivitySet } from './case-process.ts';
import { isUnforkable, modelOf, readDefinition } from './case-types.ts';
import { ApiFailure } from './failure.ts';
import { plainText } from './query/literal.ts';
import { readPhpDate } from './php-date.ts';
import type { Caller, Site } from './site.ts';
import { readRow } from './write/store-row.ts';

const failed = (
  entity: string,
  action: string,
  message: string,
  extra: JsonObject = { error_code: 0 },
): JsonObject => ({
  ...extra,
  entity,
  action,
  is_error: 1,
  error_message: message,
});

const succeeded = (values: JsonValue, count: number, id?: number): JsonObject => ({
  is_error: 0,
  version: 3,
  count,
  ...(id === undefined ? {} : { id }),
  values,
});

/** APIv4 makes a number of what says that a set is a timeline or a sequence; APIv3 does not. */
function withTextFlags(definition: JsonValue): JsonValue {
  const sets = (definition as { readonly activitySets?: readonly JsonObject[] } | null)?.activitySets;
  if (!Array.isArray(sets)) return definition;
  const texts = (sets as readonly JsonObject[]).map((set) =>
    Object.fromEntries(
      Object.entries(set).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
    ),
  );
  return { ...(definition as JsonObject), activitySets: texts };
}

/** Source: api/v3/CaseType.php. Reads definitions from files too, which APIv4 before 6.3 does not. */
function getCaseTypes(site: Site, params: JsonObject): JsonObject {
  const known = new Set(['id', 'name', 'sequential', 'options', 'version']);
  const beyond = Object.keys(params).find((name) => !known.has(name));
  if (beyond !== undefined)
    throw new ApiFailure(
      `The sandbox does not know the parameter ${beyond} (in APIv3 CaseType.get).`,
      501,
      501,
    );
  const rows = site.database
    .all('SELECT * FROM civicrm_case_type ORDER BY id')
    .filter((row) => params['id'] === undefined || String(row['id']) === plainText(params['id']))
    .filter((row) => params['name'] === undefined || row['name'] === params['name']);
  const shown = rows.map((row): JsonObject => {
    const name = String(row['name']);
    const isStored = typeof row['definition'] === 'string' && row['definition'] !== '';
    const texts = Object.entries(row).filter(([column, value]) => column !== 'definition' && value !== null);
    return {
      ...Object.fromEntries(texts.map(([column, value]) => [column, String(value)])),
      definition: withTextFlags(readDefinition(isStored ? (row['definition'] ?? null) : `@file:${name}`)),
      is_forkable: isUnforkable(name) ? '' : '1',
      is_forked: isStored && name in { housing_support: 1, adult_day_care_referral: 1 } ? '1' : '',
    };
  });
  const isList = Number(params['sequential'] ?? 0) === 1 || shown.length === 0;
  const values = isList ? shown : Object.fromEntries(shown.map((row) => [plainText(row['id']), row]));
  return succeeded(values, shown.length, shown.length === 1 ? Number(shown[0]?.['id']) : undefined);
}

/** Source: api/v3/Case.php, addtimeline. An unknown timeline does nothing and succeeds. */
function addTimeline(site: Site, caller: Caller, params: JsonObject): JsonObject {
  const missing = ['case_id', 'timeline'].filter((name) => params[name] === undefined);
  if (missing.length > 0) {
    return failed(
      'Case',
      'addtimeline',
      `Mandatory key(s) missing from params array: ${missing.join(', ')}`,
      {
        fields: missing,
        error_code: 'mandatory_missing',
      },
    );
  }
  const caseId = Number(params['case_id']);
  const row = readRow(site, 'Case', caseId);
  const caseType = row === undefined ? undefined : readRow(site, 'CaseType', Number(row['case_type_id']));
  if (caseType === undefined) return failed('Case', 'addtimeline', 'getFieldValue failed');
  const set = modelOf(caseType).activitySets.find((one) => one.name === params['timeline']);
  const given = params['activity_date_time'];
  const clients = site.database.all(
    'SELECT contact_id FROM civicrm_case_contact WHERE case_id = ? ORDER BY id',
    [caseId],
  );
  if (set !== undefined) {
    const opening = {
      caseId,
      clients: clients.map((client) => Number(client['contact_id'])),
      creator: Number(params['creator_id'] ?? caller.contactId ?? 0),
      hasCreator: Number(params['creator_id'] ?? caller.contactId ?? 0) !== 0,
      start: typeof given === 'string' ? readPhpDate(given, site.clock) : site.clock.now(),
      isDated: true,
      subject: null,
      details: {},
    };
    runActivitySet(site, caller, opening, set, caseType);
  }
  return succeeded(1, 1);
}

/**
 * Runs one of the APIv3 calls that have no APIv4 equal. Errors are answers, as there.
 * @throws ApiFailure 501 for every other call, 403 when the caller may not
 */
export function callApi3(
  site: Site,
  caller: Caller,
  entity: string,
  action: string,
  params: JsonObject,
): JsonObject {
  const call = `${entity}.${action.toLowerCase()}`;
  if (call === 'CaseType.get' || call === 'Case.addtimeline') {
    const isAllowed =
      call === 'CaseType.get' ? mayCall(caller, 'CaseType', 'get') : mayCall(caller, 'Case', 'create');
    if (!isAllowed) throw new ApiFailure(`API permission check failed for ${entity}/${action} call`, 403);
    try {
      return call === 'CaseType.get' ? getCaseTypes(site, params) : addTimeline(site, caller, params);
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.status === 500)
        return failed(entity, action, thrown.message);
      throw thrown;
    }
  }
  throw new ApiFailure(
    `The sandbox does not know the APIv3 call ${entity}.${action}. It never guesses.`,
    501,
    501,
  );
}
