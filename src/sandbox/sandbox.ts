import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock, RandomSource } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { editionFacts, type EditionFacts, type EditionName } from '../edition/index.ts';
import { callApi4, type Answer } from './api4.ts';
import { createCustomFields } from './custom-fields.ts';
import { openDatabase, type Row } from './database.ts';
import { createFaultPlan, type Fault, type FaultPlan, type FaultWeather } from './faults.ts';
import { answerRequest, callNamed, type Doorkeeper, type SiteRequest, type SiteResponse } from './http.ts';
import { createOptionCatalog } from './options.ts';
import { entitiesOf } from './schema/edition-fields.ts';
import { loadSeed, type Without } from './seed/load-seed.ts';
import { createSiteClock } from './site-clock.ts';
import { createRequestMemory, type Caller, type Site } from './site.ts';
import { insertRow } from './write/store-row.ts';

/** Further API keys, of people who may less than the administrator. */
export interface OtherKeys {
  /** "access CiviCRM", "view all contacts", "access my cases and activities". */
  readonly limited?: string;
  /** A user without any permission. */
  readonly nobody?: string;
  /** A contact without a user account. */
  readonly nouser?: string;
}

export interface SandboxOptions {
  /** In the site's title and in its e-mail addresses. */
  readonly name: string;
  /** Which CiviCRM it answers as; `6.20-standalone` when not given. */
  readonly edition?: EditionName;
  /** Key of the administrator, contact 2 (plus the offset). */
  readonly apiKey: string;
  readonly otherKeys?: OtherKeys;
  /** SQLite file that keeps the site; in memory when not given. */
  readonly file?: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  /** IANA name of the site's zone; UTC when not given. */
  readonly timeZone?: string;
  /** Makes the same names have other ids and option values than on a site without it. */
  readonly idOffset?: number;
  /** Seeded names that this site shall lack. */
  readonly without?: Without;
  /** Faults at random; others are injected by `sandbox.faults`. */
  readonly faults?: FaultWeather;
}

/** An embedded site that answers APIv4 as one edition of CiviCRM does, and refuses with 501 what it does not know. */
export interface Sandbox {
  readonly name: string;
  readonly faults: FaultPlan;
  /** Serves HTTP on 127.0.0.1; port 0 takes a free one. */
  listen(port: number): Promise<{ readonly url: string }>;
  /** One call in this process, as the administrator. Throws what CiviCRM would answer as an error. */
  handle(entity: string, action: string, params?: JsonObject): Answer;
  /** Rows straight into a table, without anything that CiviCRM does around a write; for millions of them. */
  load(entity: string, rows: Iterable<Row>): number;
  close(): Promise<void>;
}

const LIMITED = ['access CiviCRM', 'view all contacts', 'access my cases and activities', 'view my contact'];
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

function createDoorkeeper(options: SandboxOptions): Doorkeeper {
  const offset = options.idOffset ?? 0;
  const { limited, nobody, nouser } = options.otherKeys ?? {};
  const caller = (contact: number, userId: number | null, permissions: readonly string[]): Caller => ({
    contactId: contact + offset,
    userId,
    permissions: new Set(permissions),
  });
  const callers = new Map([[options.apiKey, caller(2, 1, ['all'])]]);
  if (limited !== undefined) callers.set(limited, caller(3, 2, LIMITED));
  if (nobody !== undefined) callers.set(nobody, caller(4, 3, []));
  if (nouser !== undefined) callers.set(nouser, caller(5, null, []));
  return {
    callerOf: (key) => callers.get(key),
    anonymous: { contactId: null, userId: null, permissions: new Set() },
  };
}

async function readRequest(message: IncomingMessage): Promise<SiteRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT_BYTES)
      throw new AppError(
        'invalid-input',
        'The request body is larger than 64 MiB. Send fewer records per call.',
      );
    chunks.push(chunk as Buffer);
  }
  const url = new URL(message.url ?? '/', 'http://sandbox');
  // PHP reads a form from a POST alone.
  const isForm =
    message.method === 'POST' &&
    (message.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(isForm ? Buffer.concat(chunks).toString('utf8') : ''),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    ),
  };
}

function send(response: ServerResponse, answer: SiteResponse, fault: Fault | undefined): void {
  const bytes = Buffer.from(answer.body, 'utf8');
  const shown =
    fault?.kind === 'truncated' ? bytes.subarray(0, fault.atByte ?? Math.floor(bytes.length / 2)) : bytes;
  response.writeHead(answer.status, { 'content-type': answer.contentType, 'content-length': shown.length });
  response.end(shown);
}

async function serve(
  site: Site,
  doors: Doorkeeper,
  faults: FaultPlan,
  clock: Clock,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(message);
  const fault = faults.next(...callNamed(request));
  if (fault?.kind === 'delay') await clock.sleep(fault.millis);
  switch (fault?.kind) {
    case 'reset-before':
      message.socket.destroy();
      return;
    case 'error-500':
      send(
        response,
        {
          status: 500,
          contentType: 'application/json',
          body: '{"error_code":0,"error_message":"Injected fault","status":500}',
        },
        undefined,
      );
      return;
    case 'html':
      send(
        response,
        {
          status: 200,
          contentType: 'text/html; charset=UTF-8',
          body: '<!DOCTYPE html>\n<html><body>Please wait</body></html>\n',
        },
        undefined,
      );
      return;
    case 'delay':
    case 'reset-after':
    case 'truncated':
    case undefined: {
      const answer = answerRequest(site, doors, request);
      if (fault?.kind === 'reset-after') message.socket.destroy();
      else send(response, answer, fault);
      return;
    }
    default:
      fault satisfies never;
  }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** The contacts of the seed that have a user account; without their keys an older edition lacks those of few rights. */
function usersOf({ otherKeys, idOffset }: SandboxOptions, facts: EditionFacts): ReadonlySet<number> {
  const { limited, nobody } = otherKeys ?? {};
  const people = [
    [2, true],
    [3, facts.peopleOfFewRights || limited !== undefined],
    [4, facts.peopleOfFewRights || nobody !== undefined],
  ] as const;
  return new Set(people.filter(([, isThere]) => isThere).map(([id]) => id + (idOffset ?? 0)));
}

/** A store made as one edition cannot answer as another: what it holds differs too. */
function checkEdition({ database, facts }: Site, file: string | undefined): void {
  const version = database.get('SELECT version FROM civicrm_domain')?.['version'] ?? null;
  if (version === facts.version) return;
  database.close();
  throw new AppError(
    'invalid-input',
    `The sandbox in ${file ?? 'memory'} was made as CiviCRM ${String(version)}, not as ${facts.version}. Open it with the edition it was made with, or give another file.`,
  );
}

/**
 * Makes a sandbox site; a new store is filled with what a fresh site of the edition holds.
 * @throws AppError invalid-input when the file is no SQLite store, or that of another edition
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const database = openDatabase(options.file);
  const facts = editionFacts(options.edition ?? '6.20-standalone');
  const site: Site = {
    name: options.name,
    facts,
    entities: entitiesOf(facts),
    database,
    clock: createSiteClock(options.clock, options.timeZone ?? 'UTC'),
    random: options.random,
    options: createOptionCatalog(database),
    custom: createCustomFields(database),
    request: createRequestMemory(),
    userContacts: usersOf(options, facts),
  };
  const { limited, nobody, nouser } = options.otherKeys ?? {};
  if (database.isNew) {
    loadSeed(site, {
      apiKeys: [undefined, undefined, options.apiKey, limited, nobody, nouser],
      idOffset: options.idOffset ?? 0,
      without: options.without ?? {},
    });
  } else checkEdition(site, options.file);
  const doors = createDoorkeeper(options);
  const administrator = doors.callerOf(options.apiKey) ?? doors.anonymous;
  const faults = createFaultPlan(options.random, options.faults);
  const servers: Server[] = [];
  return {
    name: options.name,
    faults,
    handle: (entity, action, params = {}) => {
      site.request.forget();
      return callApi4(site, administrator, entity, action, params);
    },
    load: (entity, rows) =>
      database.bulk(() => {
        let count = 0;
        for (const row of rows) {
          insertRow(site, entity, row);
          count += 1;
        }
        site.options.forget();
        site.custom.forget();
        return count;
      }),
    listen: (port) =>
      new Promise((resolve, reject) => {
        const server = createServer((message, response) => {
          serve(site, doors, faults, options.clock, message, response).catch((thrown: unknown) => {
            const text = thrown instanceof Error ? thrown.message : String(thrown);
            if (!response.headersSent) {
              send(
                response,
                {
                  status: 501,
                  contentType: 'application/json',
                  body: JSON.stringify({
                    error_code: 501,
                    error_message: `The sandbox failed: ${text}`,
                    status: 501,
                  }),
                },
                undefined,
              );
            }
          });
        });
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          servers.push(server);
          const address = server.address();
          resolve({
            url: `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : port)}`,
          });
        });
      }),
    close: async () => {
      await Promise.all(servers.map(closeServer));
      database.close();
    },
  };
}
