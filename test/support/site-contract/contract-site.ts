import type { AppError } from '../../../src/base/errors.ts';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import type { Result } from '../../../src/base/result.ts';
import type { ApiAnswer, ApiParams, HttpSiteClient, SiteClientOptions } from '../../../src/civicrm/index.ts';
import { createSiteClient } from '../../../src/civicrm/index.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { machineClock } from '../standing-clock.ts';

export type ContractUser = 'admin' | 'limited' | 'nobody' | 'nouser';

/** A site as the contract finds it: fresh, with four users, and a zone of its own. */
export interface ContractSite {
  readonly url: string;
  readonly keys: Readonly<Record<ContractUser, string>>;
  close(): Promise<void>;
}

/** Summer time begins on 8 March 2026 at 2:00 and ends on 1 November 2026 at 2:00. */
export const SITE_ZONE = 'America/New_York';

export type Call = readonly [entity: string, action: string, params: ApiParams];

/** What a raw request got. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: JsonValue;
}

/** The site of a contract run and the calls that its tests are made of. */
export interface Desk {
  readonly url: () => string;
  readonly key: (user: ContractUser) => string;
  open(site: ContractSite): void;
  close(): Promise<void>;
  readonly client: (user?: ContractUser, options?: Partial<SiteClientOptions>) => HttpSiteClient;
  /** Rows of a `get`, as the administrator. */
  rows(entity: string, params: ApiParams): Promise<readonly JsonObject[]>;
  /** The one row of an id. */
  row(entity: string, id: number, select: readonly string[]): Promise<JsonObject | undefined>;
  /** The id of a new record. */
  create(entity: string, values: JsonObject): Promise<number>;
  update(entity: string, id: number, values: JsonObject): Promise<void>;
  /** Several calls in one request; each answers its rows or the error. */
  each(calls: readonly Call[], user?: ContractUser): Promise<readonly (readonly JsonObject[] | AppError)[]>;
  /** Calls as they are, past the client and its rules, in one request. */
  unguarded(calls: readonly Call[]): Promise<readonly JsonObject[]>;
  /** A request as it is. */
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>>,
  ): Promise<RawAnswer>;
  /** A name that no other test has. */
  name(stem: string): string;
  person(values?: JsonObject): Promise<number>;
  /** A case of the type housing_support, with its client; the administrator is its creator. */
  openCase(values?: JsonObject): Promise<{ readonly id: number; readonly clientId: number }>;
  meeting(values?: JsonObject): Promise<number>;
}

export const rowsOf = (result: Result<ApiAnswer>): readonly JsonObject[] | AppError =>
  result.kind === 'done' ? result.value.values : result.error;

/** A value of a row, or what a call answered, as text. */
export const textOf = (value: unknown): string =>
  value instanceof Error ? value.message : typeof value === 'string' ? value : JSON.stringify(value ?? null);

export function createDesk(): Desk {
  let site: ContractSite | undefined;
  let count = 0;
  const opened = (): ContractSite => {
    if (site === undefined) throw new Error('The site is not open yet.');
    return site;
  };
  const clients = new Map<string, HttpSiteClient>();

  const client: Desk['client'] = (user = 'admin', options = {}) => {
    const known = `${user} ${JSON.stringify(options)}`;
    const made =
      clients.get(known) ??
      createSiteClient(
        {
          name: 'contract',
          url: opened().url,
          apiKey: opened().keys[user],
          pathStyle: 'clean',
          maxRetries: 0,
          ...options,
        },
        { clock: machineClock, random: () => 0.5, logger: silentLogger },
      );
    clients.set(known, made);
    return made;
  };

  const desk: Desk = {
    url: () => opened().url,
    key: (user) => opened().keys[user],
    open: (given) => {
      site = given;
    },
    close: async () => {
      await site?.close();
    },
    client,
    rows: async (entity, params) => (await client().call({ entity, action: 'get', params })).values,
    row: async (entity, id, select) => {
      const [row] = await desk.rows(entity, { select, where: [['id', '=', id]], limit: 1 });
      return row;
    },
    create: async (entity, values) => {
      const { values: made } = await client().call({ entity, action: 'create', params: { values } });
      return Number(made[0]?.['id']);
    },
    update: async (entity, id, values) => {
      await client().call({ entity, action: 'update', params: { where: [['id', '=', id]], values } });
    },
    each: async (calls, user) => {
      const asked = calls.map(([entity, action, params]) => ({ entity, action, params }));
      return (await client(user).batch(asked)).map(rowsOf);
    },
    unguarded: async (calls) => {
      const headers = { 'X-Civi-Auth': `Bearer ${opened().keys.admin}` };
      const { body } = await desk.post('/civicrm/ajax/api4', { calls: JSON.stringify(calls) }, headers);
      return body as readonly JsonObject[];
    },
    post: async (path, form, headers) => {
      const answer = await fetch(`${opened().url}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
        redirect: 'manual',
      });
      const text = await answer.text();
      return {
        status: answer.status,
        contentType: (answer.headers.get('content-type') ?? '').split(';')[0] ?? '',
        text,
        body: jsonOf(text),
      };
    },
    name: (stem) => `${stem} ${String((count += 1))}`,
    person: (values = {}) =>
      desk.create('Contact', {
        contact_type: 'Individual',
        first_name: desk.name('Person'),
        last_name: 'Contract',
        ...values,
      }),
    openCase: async (values = {}) => {
      const clientId = await desk.person();
      const id = await desk.create('Case', {
        'case_type_id:name': 'housing_support',
        contact_id: [clientId],
        creator_id: 'user_contact_id',
        subject: desk.name('Case'),
        ...values,
      });
      return { id, clientId };
    },
    meeting: (values = {}) =>
      desk.create('Activity', {
        'activity_type_id:name': 'Meeting',
        source_contact_id: 'user_contact_id',
        subject: desk.name('Meeting'),
        ...values,
      }),
  };
  return desk;
}

function jsonOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
