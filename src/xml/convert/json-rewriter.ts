import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { toDefinitionJson } from '../case-type-reader.ts';

/**
 * A case type's JSON with another definition: a row of CaseType keeps its other fields, a bare definition stays one.
 * @param name - the name that a row is to have; by default it keeps its own
 */
export function rewriteDefinitionJson(text: string, definition: CaseTypeDefinition, name?: string): string {
  const former = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const wanted = toDefinitionJson(definition);
  const isRow = typeof former['definition'] === 'object';
  const json = isRow ? { ...former, ...(name === undefined ? {} : { name }), definition: wanted } : wanted;
  return `${JSON.stringify(json, null, /\n(\t| +)\S/.exec(text)?.[1] ?? 2)}\n`;
}
