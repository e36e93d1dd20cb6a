import type { CaseTypeDefinition } from '../../case-type/index.ts';
import { readCaseTypeDocument, type CaseTypeDocument } from '../document.ts';
import { rewriteDocument } from '../edit/index.ts';

/**
 * A new, indented file that reads as exactly this definition (in `toReadForm`), where CiviCRM's own writer crashes or
 * leaves things out, too.
 * @throws AppError invalid-input when XML has no form for the definition
 */
export function newCaseTypeDocument(definition: CaseTypeDefinition, name: string): CaseTypeDocument {
  const frame = `<?xml version="1.0" encoding="UTF-8"?>\n<CaseType>\n  <name></name>\n</CaseType>\n`;
  return rewriteDocument(readCaseTypeDocument(frame), definition, name);
}
