import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { SiteClient } from './client.ts';

const row = z.object({ name: z.string(), text: z.string().nullish() });

/**
 * The XML that a site stores, by name of the case type, comments and all: of those that are stored and not in a file.
 * CiviCRM's reading of a definition, which the API gives, goes around SQL functions.
 */
export async function readCaseTypeTexts(client: SiteClient): Promise<ReadonlyMap<string, string>> {
  const select = ['name', "CONCAT_WS('|', name, definition) AS text"];
  try {
    const rows = await client.get('CaseType', { select, limit: 0 }, row);
    const texts = rows.map(({ name, text }) => [name, text?.slice(name.length + 1) ?? ''] as const);
    return new Map(texts.filter(([, text]) => text.includes('<CaseType>')));
  } catch (thrown) {
    // Sites that do not calculate give the definitions alone.
    if (thrown instanceof AppError && thrown.kind === 'remote-rejected') return new Map();
    throw thrown;
  }
}
