import type { z } from 'zod';
import type { JsonObject, JsonValue } from '../base/json.ts';
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
