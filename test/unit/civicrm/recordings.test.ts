import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorKind } from '../../../src/base/errors.ts';
import type { Result } from '../../../src/base/result.ts';
import type { ApiAnswer } from '../../../src/civicrm/client.ts';
import { createTestClient } from '../../support/test-site-client.ts';
import { answerNext } from './nock-site.ts';
import {
  hasRecordings,
  readCurlRecording,
  readProbeRecording,
  type RecordedExchange,
} from './recorded-exchanges.ts';

/** Number of rows, or kind of error and a part of its message; a list for a batch; `cut` where the recording is. */
type Verdict = number | readonly [ErrorKind, RegExp] | 'cut';
type Verdicts = Readonly<
  Record<string, Verdict | { readonly batch: readonly Verdict[] } | { readonly api3: unknown }>
>;

const hidden = /hides the reason.*"view debug output".*Error ID/;
const forbidden = (message: RegExp): Verdict => ['forbidden', message];
const rejected = (message: RegExp): Verdict => ['remote-rejected', message];
const unavailable = (message: RegExp): Verdict => ['remote-unavailable', message];
const noEntity = rejected(/API \(\w+, get\) does not exist/);
const unknownKey = forbidden(/HTTP 401 Invalid credential.*does not know this API key/);
const noScript = rejected(/SECURITY ALERT.*X-Requested-With/);
const noGet = rejected(/must be http POST/);

/** WordPress masks the statuses; the verdicts are the same as where they are real. */
const curlVerdicts: Verdicts = {
  'ok get (POST)': 2,
  'ok get (GET, params in query)': 1,
  'ok get, no params at all': 2,
  'ok, JSON request body instead of form (params ignored?)': 2,
  'row_count only': 0,
  'id + row_count, limit 2': 2,
  'id, limit 2 (no row_count)': 2,
  'empty result': 0,
  'index=0 (single row)': 1,
  'index=name (keyed object)': 2,
  'invalid entity (admin)': noEntity,
  'invalid entity (limited, no debug-output permission)': rejected(hidden),
  'entity of an extension/component not installed (CiviGrant)': noEntity,
  'invalid action (admin)': rejected(/Api CaseType frobnicate version 4 does not exist/),
  'invalid action (limited)': rejected(hidden),
  'invalid field in where (admin)': rejected(/Invalid field 'no_such_field'/),
  'invalid field in where (limited)': rejected(hidden),
  'invalid field in select': 1,
  'invalid field in orderBy': rejected(/Invalid field 'no_such_field'/),
  'invalid operator': rejected(/Illegal operator/),
  'unknown parameter name': rejected(/Unknown api parameter: setWherre/),
  'wrong parameter type (where = string)': rejected(/not of the correct type/),
  'create: unknown value field': rejected(/Mandatory values missing from Api4 CaseType::create: name, title/),
  'create: missing required field (admin)': rejected(/Mandatory values missing/),
  'create: missing required field (limited w/o debug; Case type perms absent)': forbidden(hidden),
  'update without where': rejected(/"where" is required/),
  'update matching nothing': 1,
  'no auth (with X-Requested-With)': forbidden(hidden),
  'no auth, no X-Requested-With': noScript,
  'no auth, entity getFields': forbidden(hidden),
  'bad key': unknownKey,
  'key of the other site': unknownKey,
  'malformed X-Civi-Auth (no Bearer)': unknownKey,
  "valid key, user lacks 'authenticate with api key'": forbidden(
    /Must satisfy guard.*"authenticate with api key", or configure the site's siteKey/,
  ),
  'valid key, missing X-Requested-With (xheader)': 1,
  'Authorization: Bearer, with X-Requested-With': 1,
  'Authorization: Bearer, without X-Requested-With': noScript,
  '_authx param, without X-Requested-With': 1,
  'permission denied: limited, Case get': forbidden(hidden),
  'permission denied: limited+debug output, Case get': forbidden(/Authorization failed/),
  'limited CaseType get': forbidden(hidden),
  'permission denied: limited, CaseType create': forbidden(hidden),
  'permission denied: limited+debug, CaseType create': forbidden(/Authorization failed/),
  'limited OptionValue get': 1,
  'limited OptionValue create': forbidden(hidden),
  'limited Entity get': 1,
  'calls batch ok (list)': { batch: [1, 0] },
  'calls batch keyed object': { batch: [1, 2] },
  'calls batch: one ok, one invalid entity, one ok': { batch: [1, noEntity, 1] },
  'calls batch: all fail': { batch: [noEntity] },
  'calls batch by limited, Case get denied': { batch: [forbidden(hidden), 1] },
  'calls batch: call without params element': { batch: [2] },
  'calls batch: bad JSON': { batch: [rejected(/answered 0 results to a batch of 1 calls/)] },
  'calls batch: missing calls': { batch: [unavailable(/Could not find valid value for calls/)] },
  'calls batch via GET': { batch: [noGet] },
  'bad JSON in params': unavailable(/status 500 and an HTML page \("WordPress › Error"\)/),
  'params is a JSON string, not object': unavailable(/status 500 and an HTML page/),
  'params=[]': 'cut',
  'params contains < and > and & (XSS filters?)': 0,
  'write via GET (create)': noGet,
  'write via GET w/o auth': noGet,
  'write via PUT': rejected(/Mandatory values missing/),
  'missing action': rejected(
    /Api CaseType {2}version 4 does not exist|Api CaseType version 4 does not exist/,
  ),
  'trailing slash': 1,
  'checkPermissions=false sent by client (ignored)': forbidden(hidden),
  'version=3 param': 1,
  chain: 1,
  'chain failing inside': noEntity,
  'non-clean URL form': 1,
  'unknown civicrm path': unavailable(/status 200 and an HTML page instead of JSON.*path style/),
  'wrong WP path': [
    'not-found',
    /status 404 and an HTML page \("Page not found – .*CiviCRM is not at this address/,
  ],
};

const probeVerdicts: Verdicts = {
  'no credentials': 0,
  'wrong key': unknownKey,
  'wrong key, Authorization header': unknownKey,
  'right key, Authorization header': 1,
  'key on a contact without user': 0,
  'user without permissions': 0,
  'limited: Contact.get': 2,
  'limited: Contact.create': forbidden(hidden),
  'limited: Case.get': 0,
  'limited: CaseType.create': forbidden(hidden),
  'limited: Setting.get': forbidden(hidden),
  'limited: error that is not about permission (bad where)': rejected(hidden),
  'bad entity': noEntity,
  'bad entity, limited': rejected(hidden),
  'bad action': rejected(/Api Contact fly version 4 does not exist/),
  'bad field in select': 1,
  'bad field in where': rejected(/Invalid field 'nope'/),
  'bad operator': rejected(/Illegal operator/),
  'missing mandatory': 'cut',
  'unknown parameter': rejected(/Unknown api parameter: whatever/),
  'bad json in params': rejected(/Malformed JSON in 'params'/),
  'JSON body instead of form': 'cut',
  'without X-Requested-With': 'cut',
  'GET for a read': 1,
  'GET for a write': noGet,
  'unknown civicrm path': unavailable(/status 200 and an HTML page/),
  'path outside civicrm': ['not-found', /status 404/],
  'multi-call': 'cut',
  'Entity.get': 'cut',
  'CaseType.getFields': 'cut',
  'Activity.getFields loadOptions': 'cut',
  'Entity.getActions (Case)': 11,
  'System.get / version': 1,
  'System.check': 'cut',
  'CaseType.get': 'cut',
  'CaseType.create': 'cut',
  'CaseType.get back': 'cut',
  'activity types made by it?': 6,
  'relationship types made by it?': 3,
  'Contact.create': 'cut',
  'Email.create': 'cut',
  me: 1,
  'Case.create': 1,
  timeline: 'cut',
  'case roles': 1,
  'CustomGroup.create': 'cut',
  'CustomField.create': 'cut',
  'Activity.update custom': 'cut',
  'Activity.get custom': 1,
  'save with match (update)': 'cut',
  'save with match (create)': 'cut',
  count: 2,
  'replace contact via external_identifier match': 2,
  'duplicate external_identifier': rejected(/DB Error: already exists/),
  'duplicate case type name': rejected(/DB Error: already exists/),
  'case type by XML': 'cut',
  '... read back': 1,
  'API3 REST /civicrm/ajax/rest': { api3: 9 },
  'API3 REST, bad entity': { api3: rejected(/API \(Nonesuch, get\) does not exist/) },
  'API3 Job.version_check style: Job.get': { api3: 'cut' },
  'Activity for the reminder': 'cut',
  'activity type value': 1,
  'status value': 1,
  'ActionSchedule.getFields mapping': 'cut',
  'ActionSchedule.create': 'cut',
  'API4 Job actions': 'cut',
  'API3 Job.send_reminder': { api3: 1 },
  'again: must not send twice': { api3: 1 },
  'API3 Job.execute': { api3: 1 },
  ActionLog: noEntity,
  'API3 Email.send?': { api3: rejected(/No From: address has been provided/) },
};

const files: readonly (readonly [string, Verdicts, () => readonly RecordedExchange[]])[] = [
  ['wordpress.txt', curlVerdicts, () => readCurlRecording('wordpress.txt')],
  ['real-status.txt', curlVerdicts, () => readCurlRecording('real-status.txt')],
  ['standalone-6.20.txt', probeVerdicts, () => readProbeRecording('standalone-6.20.txt')],
];

describe.skipIf(!hasRecordings)('recorded answers (skipped where ../shared/civicrm is missing)', () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.enableNetConnect());

  describe.each(files)('%s', (_, verdicts, read) => {
    const exchanges = hasRecordings ? read() : [];

    it('has a verdict for every exchange, and no verdict without one', () => {
      expect(exchanges.map(({ title }) => title).sort()).toEqual(Object.keys(verdicts).sort());
    });

    it.each(exchanges.map((exchange) => [exchange.title, exchange] as const))(
      '%s',
      async (title, exchange) => {
        const verdict = verdicts[title];
        if (verdict === undefined) throw new Error(`no verdict for "${title}"`);
        answerNext(/.*/, exchange);
        if (typeof verdict === 'object' && 'batch' in verdict) {
          const calls = verdict.batch.map(() => ({ entity: 'CaseType', action: 'get', params: {} }));
          const results = await createTestClient().batch(calls);
          expect(results).toHaveLength(verdict.batch.length);
          results.forEach((result, index) => expectVerdict(result, verdict.batch[index]));
        } else if (typeof verdict === 'object' && 'api3' in verdict) {
          const result = await resultOf(createTestClient().callApi3('Job', 'get', {}));
          if (result.kind === 'done') expect(result.value).toEqual(verdict.api3);
          else expectVerdict(result, verdict.api3 as Verdict);
        } else {
          expectVerdict(
            await resultOf(createTestClient().call({ entity: 'CaseType', action: 'get', params: {} })),
            verdict,
          );
        }
      },
    );
  });
});

async function resultOf<Value>(promise: Promise<Value>): Promise<Result<Value>> {
  try {
    return { kind: 'done', value: await promise };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { kind: 'failed', error };
  }
}

function expectVerdict(result: Result<unknown>, verdict: Verdict | undefined): void {
  if (typeof verdict === 'number') {
    const { values } = (result.kind === 'done' ? result.value : { values: result.error }) as ApiAnswer;
    expect(values).toHaveLength(verdict);
    return;
  }
  // What is left of a long body is what a broken line would leave of it.
  const [kind, message] =
    verdict === 'cut' ? (['remote-unavailable', /breaks off/] as const) : (verdict ?? []);
  if (result.kind === 'done')
    throw new Error(`expected ${String(kind)}, got ${JSON.stringify(result.value)}`);
  expect(result.error.message).toMatch(message ?? /never/);
  expect(result.error.kind).toBe(kind);
}
