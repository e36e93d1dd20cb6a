import { saysNo } from '../../case-type/lint/index.ts';
import { SET_FORMAT } from '../format.ts';
import type { XmlElement } from '../node.ts';
import { firstChild, isNotEmpty, ownText } from '../simple-xml.ts';
import type { TextChange } from '../edit/index.ts';
import { SOURCES, type DocumentRule } from './document-rule.ts';
import type { DocumentSubject } from './document-subject.ts';

const FLAGS = `${SOURCES.process}; ${SOURCES.read}; Civi/CCase/SequenceListener.php, getSequenceXml`;

type FlagVerdict = 'lost' | 'says-no' | 'without-effect';

/** What CiviCRM makes of a flag that is not exactly `true`. */
function verdictOf(flag: string, element: XmlElement): FlagVerdict | null {
  const text = ownText(element);
  if (text === 'true') return null;
  const runs = flag === 'timeline' ? isNotEmpty(element) : text.toLowerCase() === 'true';
  if (!runs) return 'without-effect';
  return saysNo(text) || text.trim() === '' ? 'says-no' : 'lost';
}

function eachFlag(
  { sets }: DocumentSubject,
  verdict: FlagVerdict,
  tell: (element: XmlElement, text: string) => void,
): void {
  for (const set of sets)
    for (const flag of SET_FORMAT.flags) {
      const element = firstChild(set, flag);
      if (element !== undefined && verdictOf(flag, element) === verdict) tell(element, ownText(element));
    }
}

/** The text between an element's tags. */
const insideOf = ({ start, openTag, closeTag, children }: XmlElement): TextChange | undefined => {
  const first = children[0];
  if (closeTag === '' || children.length !== 1 || first?.kind !== 'text') return undefined;
  const from = start + openTag.length;
  return { start: from, end: from + first.raw.length, text: 'true' };
};

const NUMBERS = ['forkable', 'RestrictActivityAsgmtToCmsUser'] as const;

/** Rules on texts that CiviCRM reads otherwise than they look. */
export const TEXT_RULES: readonly DocumentRule[] = [
  {
    code: 'flag-not-true',
    severity: 'error',
    level: 'file',
    what: 'The text of <timeline> or <sequence> is not exactly "true".',
    why: 'CiviCRM runs the set all the same, but its editor and API see no mark, and lose it when the case type is saved.',
    source: FLAGS,
    fix: 'Write true.',
    autofix: true,
    find: (subject, found) =>
      eachFlag(subject, 'lost', (element, text) => {
        const change = insideOf(element);
        found(
          element.start,
          `<${element.name}> says "${text}" in place of "true".`,
          change === undefined ? [] : [change],
        );
      }),
  },
  {
    code: 'flag-says-no',
    severity: 'error',
    level: 'file',
    what: 'A <timeline> says no, and CiviCRM reads yes.',
    why: 'Every text but the empty one and 0 makes the set a timeline, "false" too; and the first timeline runs when a case opens.',
    source: FLAGS,
    fix: 'Remove the element.',
    autofix: false,
    find: (subject, found) =>
      eachFlag(subject, 'says-no', (element, text) =>
        found(element.start, `<${element.name}> says "${text}", and the set is a ${element.name}.`),
      ),
  },
  {
    code: 'flag-without-effect',
    severity: 'warning',
    level: 'file',
    what: 'The text of <timeline> or <sequence> marks nothing.',
    why: 'Only "true" makes a sequence, and an empty text or 0 makes no timeline.',
    source: FLAGS,
    fix: 'Write true, or remove the element.',
    autofix: false,
    find: (subject, found) =>
      eachFlag(subject, 'without-effect', (element, text) =>
        found(element.start, `<${element.name}> says "${text}", and the set is no ${element.name}.`),
      ),
  },
  {
    code: 'number-expected',
    severity: 'warning',
    level: 'file',
    what: 'A <forkable> or <RestrictActivityAsgmtToCmsUser> is not 0 or 1.',
    why: 'CiviCRM turns the text into a number, so "true" and "yes" become 0 in the definition.',
    source: `${SOURCES.read}; CRM/Case/BAO/CaseType.php, isForkable`,
    fix: 'Write 1 or 0.',
    autofix: false,
    find: ({ root }, found) => {
      for (const name of NUMBERS) {
        const element = firstChild(root, name);
        const text = ownText(element).trim();
        if (element !== undefined && !/^[01]$/.test(text)) found(element.start, `<${name}> says "${text}".`);
      }
    },
  },
  {
    code: 'not-forkable',
    severity: 'notice',
    level: 'file',
    what: 'The file is not forkable.',
    why: 'CiviCRM drops every definition that is saved for the case type, without an error, as long as the file is there.',
    source: 'CRM/Case/BAO/CaseType.php, create and isForkable',
    fix: 'Leave <forkable> out, if people are to change the case type on the site.',
    autofix: false,
    find: ({ root }, found) => {
      const element = firstChild(root, 'forkable');
      if (element !== undefined && ownText(element).trim() === '0')
        found(element.start, 'The case type cannot be changed on a site that has the file.');
    },
  },
  {
    code: 'name-missing',
    severity: 'warning',
    level: 'file',
    what: 'The file has no <name>.',
    why: 'CiviCRM makes it the title of a case type that an extension brings.',
    source: 'CRM/Case/ManagedEntities.php, createManagedCaseTypes',
    fix: 'Add <name> as the first element.',
    autofix: false,
    find: ({ root, name }, found) => {
      if (name.trim() === '') found((firstChild(root, 'name') ?? root).start, 'The case type has no name.');
    },
  },
  {
    code: 'encoding-lie',
    severity: 'error',
    level: 'file',
    what: 'The file declares one encoding and is in another.',
    why: 'The bytes are UTF-8, and CiviCRM reads them in the declared encoding: every letter with an accent becomes two wrong ones.',
    source: SOURCES.parse,
    fix: 'Declare encoding="UTF-8".',
    autofix: false,
    find: ({ document }, found) => {
      const { encoding, source } = document;
      if (encoding.startsWith('utf-') || encoding === 'ascii') return;
      const offset = source.text.search(/[^\0-\x7f]/);
      if (offset < 0 || !isUtf8(source.bytes)) return;
      found(offset, `The file declares ${encoding}, and is in UTF-8 from here on.`);
    },
  },
];

/** Rules that the reader's own errors belong to; the linter tells them when a file cannot be read. */
export const READING_RULES: readonly DocumentRule[] = [
  {
    code: 'not-xml',
    severity: 'error',
    level: 'file',
    what: 'The file is not well-formed XML.',
    why: 'CiviCRM fails with "Failed to parse CaseType XML", or reads an empty definition.',
    source: 'CRM/Case/XMLRepository.php, retrieve; CRM/Utils/XML.php',
    fix: 'Mend what the message says.',
    autofix: false,
    find: () => undefined,
  },
  {
    code: 'wrong-encoding',
    severity: 'error',
    level: 'file',
    what: 'Bytes of the file are not in the encoding that it declares.',
    why: 'CiviCRM refuses the file.',
    source: SOURCES.parse,
    fix: 'Save the file as UTF-8, or declare its true encoding.',
    autofix: false,
    find: () => undefined,
  },
  {
    code: 'empty-case-type',
    severity: 'error',
    level: 'file',
    what: 'The root element has nothing in it.',
    why: 'PHP takes an empty element for false, so CiviCRM says that the file cannot be loaded.',
    source: 'CRM/Case/XMLRepository.php, retrieve',
    fix: 'Write a case type, or remove the file.',
    autofix: false,
    find: () => undefined,
  },
  {
    code: 'crashes-on-reading',
    severity: 'error',
    level: 'file',
    what: 'CiviCRM crashes on reading the file.',
    why: 'The <groups> of a role must be one text; at a second one, or at elements inside, PHP stops with a type error.',
    source: SOURCES.read,
    fix: 'Write the groups as one comma-separated text.',
    autofix: false,
    find: () => undefined,
  },
];

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
