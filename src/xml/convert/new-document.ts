import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { readCaseTypeDocument, type CaseTypeDocument } from '../document.ts';
import { rewriteDocument } from '../edit/index.ts';

/**
 * A new, indented file that reads as exactly this definition (in `toReadForm`), where CiviCRM's own writer crashes or
 * leaves things out, too.
 * @param comment lines that stand before the case type
 * @throws AppError invalid-input when XML has no form for the definition
 */
export function newCaseTypeDocument(
  definition: CaseTypeDefinition,
  name: string,
  comment: readonly string[] = [],
): CaseTypeDocument {
  // XML allows no two hyphens in a comment.
  const lines = comment.map((line) => `  ${line.replace(/-(?=-)/g, '- ')}\n`).join('');
  const heading = lines === '' ? '' : `<!--\n${lines}-->\n`;
  const frame = `<?xml version="1.0" encoding="UTF-8"?>\n${heading}<CaseType>\n  <name></name>\n</CaseType>\n`;
  return rewriteDocument(readCaseTypeDocument(frame), definition, name);
}
