import type { CaseTypeDefinition } from '../../case-type/index.ts';
import type { CaseTypeDocument } from '../document.ts';
import type { XmlPosition } from '../fault.ts';
import { toDocumentSubject } from './document-subject.ts';
import { elementAt } from './locate.ts';
import { indexLines } from './position.ts';
import { DOCUMENT_RULES } from './rules.ts';
import { whyUnwritable } from './writability.ts';

/** Something in a file that CiviCRM reads otherwise than its writer may think: see `LINT_RULES`. */
export interface XmlWarning extends XmlPosition {
  readonly code: string;
  readonly message: string;
}

/** What the rules on how a file is written find in it, notices left out. */
export function findWarnings(
  document: CaseTypeDocument,
  definition: CaseTypeDefinition,
  name: string,
): readonly XmlWarning[] {
  const subject = toDocumentSubject(document, definition, name);
  const found: { readonly code: string; readonly message: string; readonly offset: number }[] = [];
  for (const rule of DOCUMENT_RULES)
    if (rule.severity !== 'notice')
      rule.find(subject, (offset, what) =>
        found.push({ code: rule.code, message: `${what} ${rule.why}`, offset }),
      );
  const unwritable = whyUnwritable(definition, name, new Set());
  if (unwritable !== null) {
    const { rule, path, what } = unwritable;
    found.push({ code: rule.code, message: what, offset: elementAt(document, path).start });
  }
  if (found.length === 0) return [];
  const lines = indexLines(document.source.text);
  return found
    .toSorted((left, right) => left.offset - right.offset)
    .map(({ code, message, offset }) => ({ code, message, ...lines.position(offset) }));
}
