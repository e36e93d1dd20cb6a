import type { LintRule } from '../../case-type/lint/index.ts';
import type { TextChange } from '../edit/index.ts';
import type { DocumentSubject } from './document-subject.ts';

/** Told for each thing found, with its offset in the document's text; the changes mend it. */
export type FoundInText = (offset: number, what: string, changes?: readonly TextChange[]) => void;

/** A rule on how a file is written. */
export interface DocumentRule extends LintRule {
  readonly find: (subject: DocumentSubject, found: FoundInText) => void;
}

const CONVERT = 'CRM/Case/BAO/CaseType.php, convertXmlToDefinition';
export const SOURCES = {
  read: CONVERT,
  write: 'CRM/Case/BAO/CaseType.php, convertDefinitionToXML',
  parse: 'CRM/Utils/XML.php, parseString and parseFile',
  process: 'CRM/Case/XMLProcessor/Process.php, process',
} as const;
