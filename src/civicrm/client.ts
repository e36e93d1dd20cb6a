import type { z } from 'zod';
import type { Clock, RandomSource } from '../base/clock.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Logger } from '../base/logger.ts';
import type { Result } from '../base/result.ts';

/** One clause of `where`: `[field, operator, value?, isExpression?]`, or `["OR" | "AND" | "NOT", clauses]`. */
export type WhereClause = readonly [string, ...JsonValue[]];

/** Parameters of an APIv4 call, as CiviCRM names them. */
export interface ApiParams {
  readonly select?: readonly string[];
  readonly where?: readonly WhereClause[];
  readonly join?: readonly JsonValue[];
  readonly orderBy?: Readonly<Record<string, 'ASC' | 'DESC'>>;
  readonly groupBy?: readonly string[];
  readonly having?: readonly WhereClause[];
  readonly limit?: number;
  readonly offset?: number;
  readonly values?: JsonObject;
  readonly records?: readonly JsonObject[];
  readonly defaults?: JsonObject;
  readonly match?: readonly string[];
  readonly reload?: boolean;
  /** Of `delete`: false is for good. */
  readonly useTrash?: boolean;
  readonly loadOptions?: JsonValue;
  readonly action?: string;
  readonly chain?: JsonObject;
}

export interface ApiCall {
  readonly entity: string;
  readonly action: string;
  readonly params: ApiParams;
}

export interface CallOptions {
  /**
   * Whether the call may be repeated after a failure that leaves its effect unknown. Reads (`get*`) always may;
   * a write only when it carries an origin key in `match`, or is a plain update to fixed values.
   */
  readonly repeatable?: boolean;
}

/** A successful answer. `values` of writes hold partial rows with junk keys: read back instead of trusting them. */
export interface ApiAnswer {
  readonly values: readonly JsonObject[];
  readonly count: number;
  /** Only when `row_count` was selected. */
  readonly countMatched?: number;
}

/** One value of an option group. `value` is what a field stores. */
export interface OptionValue {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly filter: number;
  readonly grouping: string | null;
  readonly isActive: boolean;
  readonly isDefault: boolean;
}

/**
 * One CiviCRM site through APIv4. Keeps the rules of the wire: form-encoded POST, no cookies, no redirect to
 * another host, errors taken from the body whatever the status. Every method throws `AppError`:
 * `forbidden` (credential, permission), `remote-rejected` (the site refused, in its own words),
 * `remote-unavailable` (no answer, 5xx, HTML, circuit open), `invalid-input` (a name the site does not know).
 */
export interface SiteClient {
  readonly siteName: string;
  call(call: ApiCall, options?: CallOptions): Promise<ApiAnswer>;
  /** Many calls in one request, one result each; never throws for a single item. */
  batch(calls: readonly ApiCall[], options?: CallOptions): Promise<readonly Result<ApiAnswer>[]>;
  /** Rows of a `get`, each checked by the schema. `limit` must be given, or the entity be a small one. */
  get<Row>(entity: string, params: ApiParams, schema: z.ZodType<Row>): Promise<readonly Row[]>;
  /** All rows in pages by key (`id > last`, ordered by id); `select` gets `id` added. */
  pages<Row extends { readonly id: number }>(
    entity: string,
    params: Omit<ApiParams, 'orderBy' | 'limit' | 'offset'>,
    schema: z.ZodType<Row>,
    pageSize?: number,
  ): AsyncIterable<readonly Row[]>;
  /** The few calls that only APIv3 has. Answers `values` as core sends them. */
  callApi3(entity: string, action: string, params: JsonObject, options?: CallOptions): Promise<JsonValue>;
  /** Values of an option group by name of the group, cached until `forgetOptions`. */
  options(group: string): Promise<readonly OptionValue[]>;
  /** The stored value for a name; `invalid-input` that lists the known names when the site has no such option. */
  optionValue(group: string, name: string): Promise<string>;
  forgetOptions(group?: string): void;
}

/**
 * Where a site's CMS puts CiviCRM's routes: `clean` is `/civicrm/…` (Standalone, Drupal, Backdrop, WordPress with
 * clean URLs), `wordpress` is `/?civiwp=CiviCRM&q=civicrm/…` (also Drupal without clean URLs), `joomla` is
 * `/index.php?option=com_civicrm&task=civicrm/…`.
 */
export type PathStyle = 'clean' | 'wordpress' | 'joomla';

export interface SiteClientOptions {
  /** The site's name in the configuration; it stands in every message. */
  readonly name: string;
  /** Address of the CMS's front page, with its folder if it lives in one. */
  readonly url: string;
  /** The `api_key` of a contact that is linked to a user of the CMS. */
  readonly apiKey: string;
  /** CIVICRM_SITE_KEY, where the user lacks the permission "authenticate with api key". */
  readonly siteKey?: string | undefined;
  /** Found by itself on the first call unless given. */
  readonly pathStyle?: PathStyle | undefined;
  /** For one request from connecting to its last byte; 60 000 unless given. */
  readonly timeoutMillis?: number | undefined;
  /** Requests at the same time; 4 unless given. */
  readonly concurrency?: number | undefined;
  /** Calls in one batch request; 50 unless given. */
  readonly batchSize?: number | undefined;
  /** Further attempts after a failure that may be repeated; 3 unless given. */
  readonly maxRetries?: number | undefined;
  /** Largest answer that is read, in bytes; 64 MiB unless given. */
  readonly maxAnswerBytes?: number | undefined;
}

export interface SiteClientDependencies {
  /** The real time of the wire, also where the rest of the house stands at a simulated instant. */
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly logger: Logger;
}

/** What a key may do for one purpose; `missing` names the refused calls, such as `Case.create`. */
export interface Ability {
  readonly allowed: boolean;
  readonly missing: readonly string[];
}

/** What a key is good for on a site. */
export interface SiteAccess {
  readonly pathStyle: PathStyle;
  /** The contact that the key belongs to; null when the site takes the calls for anonymous ones. */
  readonly contactId: number | null;
  /** Whether that contact is linked to a user of the CMS: without one it has no permissions. */
  readonly hasUserAccount: boolean;
  /** CiviCRM's version, where the key may read it. */
  readonly version: string | null;
  /** Whether the site hides its error messages from this key (no permission "view debug output"). */
  readonly messagesMasked: boolean;
  /** Reading cases; mirroring into them and adding activities; creating case types, option values and custom fields. */
  readonly abilities: Readonly<Record<'read' | 'write' | 'administer', Ability>>;
  /** The site's wall clock minus UTC in minutes, where it can be read; a hint, it changes with summer time. */
  readonly utcOffsetMinutes: number | null;
  /** The web server's clock minus ours, to the second. */
  readonly clockSkewMillis: number | null;
  /** What to repair, as sentences; empty when nothing is wrong. */
  readonly findings: readonly string[];
}

/** The client that `createSiteClient` makes: a `SiteClient` that can also say what its key is good for. */
export interface HttpSiteClient extends SiteClient {
  /**
   * Asks the site who the key belongs to and what it may do: three small requests that change nothing. A forgotten or powerless
   * key otherwise looks like an empty site (CiviCRM 6.20 answers 200 with no rows to anybody's `Contact.get`).
   * Throws as every call when the site does not answer or refuses the key.
   */
  checkAccess(): Promise<SiteAccess>;
}
