import { readAnswer, readApi3Answer } from './answer.ts';
import { sendBatch } from './call-batch.ts';
import { isRead, isReadAction, nameOf, refusalOf } from './call-rules.ts';
import type {
  ApiAnswer,
  ApiCall,
  CallOptions,
  HttpSiteClient,
  SiteClientDependencies,
  SiteClientOptions,
} from './client.ts';
import { openConnection } from './connection.ts';
import { createOptionValues } from './option-values.ts';
import { readPages } from './paging.ts';
import { checkRows } from './rows.ts';
import { checkSiteAccess } from './site-access.ts';

const defaultBatchSize = 50;

/**
 * A client for one CiviCRM site (5.77 and later, any CMS). Nothing is sent before the first call.
 * Throws `invalid-input` when the url or a key cannot be one.
 */
export function createSiteClient(
  options: SiteClientOptions,
  dependencies: SiteClientDependencies,
): HttpSiteClient {
  const connection = openConnection(options, dependencies);
  const siteName = options.name;

  const call = async (apiCall: ApiCall, callOptions: CallOptions = {}): Promise<ApiAnswer> => {
    const { entity, action, params } = apiCall;
    const refusal = refusalOf(siteName, apiCall);
    if (refusal !== null) throw refusal;
    return connection.send(
      {
        route: `civicrm/ajax/api4/${entity}/${action}`,
        form: { params: JSON.stringify(params) },
        call: nameOf(apiCall),
        repeatable: callOptions.repeatable ?? isRead(apiCall),
      },
      readAnswer,
    );
  };

  const get: HttpSiteClient['get'] = async (entity, params, schema) => {
    const { values } = await call({ entity, action: 'get', params });
    return checkRows(siteName, `${entity}.get`, values, schema);
  };

  return {
    siteName,
    call,
    batch: (calls, callOptions = {}) =>
      sendBatch(connection, calls, callOptions, options.batchSize ?? defaultBatchSize),
    get,
    pages: (entity, params, schema, pageSize) =>
      readPages({ siteName, call }, entity, params, schema, pageSize),
    callApi3: (entity, action, params, callOptions = {}) =>
      connection.send(
        {
          route: 'civicrm/ajax/rest',
          form: { entity, action, json: JSON.stringify(params) },
          call: `${entity}.${action} (APIv3)`,
          repeatable: callOptions.repeatable ?? isReadAction(action),
        },
        readApi3Answer,
      ),
    ...createOptionValues({ siteName, get }),
    checkAccess: () => checkSiteAccess(connection, dependencies.clock),
  };
}
