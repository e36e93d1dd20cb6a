import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { ApiParams, CallOptions, SiteClient } from './client.ts';
import { differencesOf, type FieldDifference } from './field-comparison.ts';

/** One record to write. Fields are CiviCRM's own, option fields may carry `:name`. */
export type Write =
  | { readonly kind: 'create'; readonly entity: string; readonly values: JsonObject }
  | { readonly kind: 'update'; readonly entity: string; readonly id: number; readonly values: JsonObject }
  | {
      readonly kind: 'save';
      readonly entity: string;
      readonly values: JsonObject;
      /** Fields that make the record itself, such as an origin key; they may carry no `:name` suffix. */
      readonly match: readonly string[];
    };

export interface ReadBackOptions extends CallOptions {
  /** Fields that are written but cannot be read (`Case.contact_id`), or that CiviCRM changes by design. */
  readonly except?: readonly string[];
}

/**
 * Writes one record, reads its row back and compares every field that was sent, because CiviCRM drops some writes
 * without an error. Answers the row that was read: `id` and the sent fields.
 *
 * Throws `not-found` when no such row is there afterwards (an `update` of an id that does not exist answers as if it
 * had worked), `remote-rejected` naming the fields when some hold something else, and what every call throws.
 * An update is repeated by itself after a failure, and so is a `save` with a match.
 */
export async function writeAndReadBack(
  client: Pick<SiteClient, 'siteName' | 'call'>,
  write: Write,
  options: ReadBackOptions = {},
): Promise<JsonObject & { readonly id: number }> {
  const answer = await client.call(
    { entity: write.entity, action: write.kind, params: paramsOf(write) },
    { repeatable: options.repeatable ?? write.kind !== 'create' },
  );
  const id = write.kind === 'update' ? write.id : idOf(client.siteName, write, answer.values[0]);
  return readBack(client, write.entity, id, write.values, options.except);
}

/**
 * Reads one row and checks that it holds the values, as `writeAndReadBack` does after its write. For writes that
 * went out in a batch.
 */
export async function readBack(
  client: Pick<SiteClient, 'siteName' | 'call'>,
  entity: string,
  id: number,
  values: JsonObject,
  except: readonly string[] = [],
): Promise<JsonObject & { readonly id: number }> {
  const expected = Object.fromEntries(Object.entries(values).filter(([field]) => !except.includes(field)));
  const { values: rows } = await client.call({
    entity,
    action: 'get',
    params: { select: [...new Set(['id', ...Object.keys(expected)])], where: [['id', '=', id]], limit: 1 },
  });
  const [row] = rows;
  if (row === undefined)
    throw new AppError(
      'not-found',
      `"${client.siteName}" has no ${entity} ${id} after it was written. Was it deleted, or may the key not see it?`,
      { details: { site: client.siteName, entity, id } },
    );
  const differences = differencesOf(expected, row);
  if (differences.length > 0) throw notHeld(client.siteName, entity, id, differences);
  return { ...row, id };
}

function paramsOf(write: Write): ApiParams {
  switch (write.kind) {
    case 'create':
      return { values: write.values };
    case 'update':
      return { where: [['id', '=', write.id]], values: write.values };
    case 'save':
      return { records: [write.values], match: write.match };
    default:
      return write satisfies never;
  }
}

/** `delete` and old versions send ids as text. */
function idOf(site: string, write: Write, row: JsonObject | undefined): number {
  const id = Number(row?.['id'] ?? Number.NaN);
  if (Number.isInteger(id)) return id;
  throw new AppError(
    'remote-rejected',
    `"${site}" answered ${write.entity}.${write.kind} without the id of the record. Look for it before writing again.`,
    { details: { site, entity: write.entity, effect: 'unknown' } },
  );
}

// Free text may be personal and errors reach logs: of it only the length is told.
function notHeld(
  site: string,
  entity: string,
  id: number,
  differences: readonly FieldDifference[],
): AppError {
  const told = differences
    .map(
      ({ field, expected, got }) => `${field} (expected ${shown(field, expected)}, got ${shown(field, got)})`,
    )
    .join(', ');
  return new AppError(
    'remote-rejected',
    `"${site}" did not keep what was written to ${entity} ${id}: ${told}. CiviCRM drops values that it does not know, or that the key may not write, without an error.`,
    { details: { site, entity, id, fields: differences.map(({ field }) => field) } },
  );
}

function shown(field: string, value: JsonValue): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `${value.length} values`;
  if (typeof value !== 'string') return 'an object';
  const isName = field.endsWith(':name') || /^[\d\-: .]*$/.test(value);
  return isName ? `"${value}"` : `a text of ${value.length} characters`;
}
