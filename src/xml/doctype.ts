import { NAME_SOURCE } from './chars.ts';
import { takeComment, takeInstruction } from './misc.ts';
import { takeReference } from './references.ts';
import {
  checkCharacters,
  expect,
  expectSpace,
  fault,
  isAt,
  isAtEnd,
  shown,
  skip,
  startScan,
  takeName,
  takeQuoted,
  takeSpace,
  type Scanner,
} from './scanner.ts';

/** What a document type declares of general entities: a text, or null for one that lives elsewhere. */
export interface DocumentType {
  readonly entities: ReadonlyMap<string, string | null>;
  /** Declarations may stand in a part that is never fetched, so an unknown entity is no error. */
  readonly isPartlyElsewhere: boolean;
}

export const NO_DOCUMENT_TYPE: DocumentType = { entities: new Map(), isPartlyElsewhere: false };

/** Reads from behind `<!DOCTYPE` to behind its `>`. A standalone document says that nothing it needs is elsewhere. */
export function scanDocumentType(scanner: Scanner, isStandalone: boolean): DocumentType {
  const { text, offset: start } = scanner;
  takeSpace(scanner);
  takeName(scanner, 'the name of the root element');
  takeSpace(scanner);
  let isPartlyElsewhere = takeExternalId(scanner, false);
  takeSpace(scanner);
  const entities = new Map<string, string | null>();
  if (skip(scanner, '[')) isPartlyElsewhere = scanInternalSubset(scanner, entities) || isPartlyElsewhere;
  takeSpace(scanner);
  expect(scanner, '>', 'at the end of <!DOCTYPE');
  checkCharacters(scanner, text.slice(start, scanner.offset), start);
  return { entities, isPartlyElsewhere: isPartlyElsewhere && !isStandalone };
}

/** Whether it refers to a parameter entity, which nobody reads. */
function scanInternalSubset(scanner: Scanner, entities: Map<string, string | null>): boolean {
  const parameters = new Map<string, Parameter>();
  let refersElsewhere = false;
  for (;;) {
    takeSpace(scanner);
    if (isAtEnd(scanner)) throw fault(scanner, 'the document type is never closed: "]" is missing');
    if (skip(scanner, ']')) return refersElsewhere;
    if (isAt(scanner, '<!--')) takeComment(scanner);
    else if (isAt(scanner, '<?')) takeInstruction(scanner);
    else if (isAt(scanner, '%'))
      refersElsewhere = takeParameterReference(scanner, parameters) || refersElsewhere;
    else if (skip(scanner, '<!ENTITY')) scanEntity(scanner, entities, parameters);
    else if (!skipDeclaration(scanner))
      throw fault(scanner, `expected a declaration in the document type, got ${shown(scanner)}`);
  }
}

/** Where its text stands. */
type Parameter = 'here' | 'elsewhere';

/**
 * Whether it may declare what we do not see. One that lives elsewhere is never fetched, and counts for nothing; one
 * that stands here CiviCRM would read as declarations, and a case type has no use for that.
 */
function takeParameterReference(scanner: Scanner, parameters: ReadonlyMap<string, Parameter>): boolean {
  const start = scanner.offset;
  skip(scanner, '%');
  const name = takeName(scanner, 'the name of a parameter entity');
  expect(scanner, ';', 'after a parameter entity');
  const parameter = parameters.get(name);
  if (parameter === 'here') throw fault(scanner, `parameter entity "%${name};" is not supported`, start);
  return parameter === undefined;
}

function scanEntity(
  scanner: Scanner,
  entities: Map<string, string | null>,
  parameters: Map<string, Parameter>,
): void {
  expectSpace(scanner, 'after <!ENTITY');
  const isParameter = skip(scanner, '%');
  if (isParameter) expectSpace(scanner, 'after %');
  const name = takeName(scanner, 'the name of an entity');
  expectSpace(scanner, 'after the name of an entity');
  const isElsewhere = takeExternalId(scanner, true);
  const value = isElsewhere ? null : takeEntityValue(scanner);
  takeSpace(scanner);
  if (isElsewhere && skip(scanner, 'NDATA')) {
    expectSpace(scanner, 'after NDATA');
    takeName(scanner, 'the name of a notation');
    takeSpace(scanner);
  }
  expect(scanner, '>', 'at the end of an entity');
  // The first of a name counts.
  if (isParameter && !parameters.has(name)) parameters.set(name, isElsewhere ? 'elsewhere' : 'here');
  if (!isParameter && !entities.has(name)) entities.set(name, value);
}

/** An entity's text with its character numbers decoded; other references wait until the entity is used. */
function takeEntityValue(scanner: Scanner): string {
  const start = scanner.offset + 1;
  const literal = takeQuoted(scanner, 'the text of an entity');
  const inside = startScan(scanner.text.slice(0, start + literal.length), start);
  let value = '';
  while (!isAtEnd(inside)) {
    const from = inside.offset;
    SPECIAL.lastIndex = from;
    const special = SPECIAL.exec(inside.text)?.index ?? inside.text.length;
    value += inside.text.slice(from, special);
    inside.offset = special;
    if (isAtEnd(inside)) break;
    if (isAt(inside, '%')) throw fault(inside, 'write "&#37;" for "%" in the text of an entity');
    const reference = takeReference(inside);
    // "&amp;" and its like stay as they are: they are decoded when the entity's text is read.
    const isNumber = inside.text.startsWith('&#', special);
    value +=
      reference.kind === 'character' && isNumber
        ? reference.value
        : inside.text.slice(special, inside.offset);
  }
  return value;
}

const SPECIAL = /[%&]/g;

function takeExternalId(scanner: Scanner, mustFollow: boolean): boolean {
  if (skip(scanner, 'SYSTEM')) {
    expectSpace(scanner, 'after SYSTEM');
  } else if (skip(scanner, 'PUBLIC')) {
    expectSpace(scanner, 'after PUBLIC');
    takeQuoted(scanner, 'a public identifier');
    expectSpace(scanner, 'after a public identifier');
  } else {
    return false;
  }
  takeQuoted(scanner, mustFollow ? 'where the entity lives' : 'where the document type lives');
  return true;
}

// What these declare has no bearing on a case type; that they are well-formed has.
const NAME = NAME_SOURCE;
const SPACE = '[ \\t\\r\\n]';
const QUOTED = `(?:"[^"]*"|'[^']*')`;
const CHOICE = `\\([^()<>]+\\)`;
const TYPE = `(?:CDATA|IDREFS?|ID|ENTITY|ENTITIES|NMTOKENS?|(?:NOTATION${SPACE}+)?${CHOICE})`;
const DEFAULT = `(?:#REQUIRED|#IMPLIED|(?:#FIXED${SPACE}+)?"[^<"]*"|(?:#FIXED${SPACE}+)?'[^<']*')`;
const DECLARATIONS = [
  `<!ELEMENT${SPACE}+${NAME}${SPACE}+(?:EMPTY|ANY|\\([^<>%&;"']+\\)[?*+]?)${SPACE}*>`,
  `<!ATTLIST${SPACE}+${NAME}(?:${SPACE}+${NAME}${SPACE}+${TYPE}${SPACE}+${DEFAULT})*${SPACE}*>`,
  `<!NOTATION${SPACE}+${NAME}${SPACE}+(?:SYSTEM|PUBLIC${SPACE}+${QUOTED})(?:${SPACE}+${QUOTED})?${SPACE}*>`,
].map((source) => new RegExp(source, 'uy'));

function skipDeclaration(scanner: Scanner): boolean {
  return DECLARATIONS.some((pattern) => {
    pattern.lastIndex = scanner.offset;
    const found = pattern.exec(scanner.text)?.[0] ?? '';
    scanner.offset += found.length;
    return found !== '';
  });
}
