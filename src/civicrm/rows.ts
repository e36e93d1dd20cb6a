import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';

/**
 * Rows as the schema's type; `remote-rejected` that names the field when the site's rows have another shape.
 * The message holds paths and expectations, never the values themselves.
 */
export function checkRows<Row>(
  site: string,
  call: string,
  rows: readonly JsonObject[],
  schema: z.ZodType<Row>,
): readonly Row[] {
  const read = z.array(schema).safeParse(rows);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const [index = 0, ...path] = first?.path ?? [];
  const field = path.length === 0 ? 'the row' : path.join('.');
  throw new AppError(
    'remote-rejected',
    `"${site}" answered ${call} with rows of another shape than expected: row ${String(index)}, ${field}: ${first?.message ?? 'invalid'}. Is its CiviCRM older or newer than those this was made for, or does the key lack the permission to see that field?`,
    { details: { site, call, field, issues: read.error.issues.length } },
  );
}
