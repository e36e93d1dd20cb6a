import { AppError } from '../../base/errors.ts';
import { canonicalJson, type JsonValue } from '../../base/json.ts';
import {
  editDefinition,
  setsWithTimeline,
  toReadForm,
  type CaseTypeDefinition,
  type CaseTypeEdit,
} from '../../case-type/index.ts';
import { readDefinition } from '../definition-reader.ts';
import { rootOf, toAppError, type CaseTypeDocument } from '../document.ts';
import { alignDefinitions, alignEdit, type Alignment } from './alignment.ts';
import { checkKeys, rewriteText } from './rewrite.ts';
import { withCharacterReferences } from './character-references.ts';
import { changeBetween, changeText, type EditedDocument } from './text-change.ts';

/**
 * Makes edits of a case type in its file, one after the other, touching only the bytes they must: comments, unknown
 * elements, indentation, line ends and order of all else stay. Reading the result gives what `editDefinition` gives.
 * @throws AppError as `editDefinition` does, and invalid-input when XML or the file's encoding has no form for it
 */
export function editDocument(document: CaseTypeDocument, edits: readonly CaseTypeEdit[]): EditedDocument {
  const edited = edits.reduce((current, edit) => {
    const before = definitionOf(current);
    const after = editDefinition(before, edit);
    const name = edit.kind === 'rename-case-type' ? edit.to : undefined;
    const alignment = alignEdit(before, after, edit);
    return rewrite(current, { before, after, name, alignment, hasTimeline: undefined });
  }, document);
  return { document: edited, undo: changeBetween(edited.source.text, document.source.text) };
}

/**
 * The document with the fewest changes after which it reads as exactly this definition (in `toReadForm`), and bears
 * this name if one is given. Items are matched by their content, then by name, then by likeness: those that are kept
 * or moved keep their comments and everything CiviCRM does not read. An outdated `timelineActivityTypes` is ignored.
 * @throws AppError invalid-input when XML or the file's encoding has no form for the definition
 */
export function rewriteDocument(
  document: CaseTypeDocument,
  definition: CaseTypeDefinition,
  name?: string,
): CaseTypeDocument {
  const before = definitionOf(document);
  const after = toReadForm(definition);
  const alignment = alignDefinitions(before, after);
  return rewrite(document, { before, after, name, alignment, hasTimeline: setsWithTimeline(after) });
}

function definitionOf(document: CaseTypeDocument): CaseTypeDefinition {
  try {
    return readDefinition(rootOf(document));
  } catch (thrown) {
    throw toAppError(thrown, document.fileName, document.source.text);
  }
}

interface Rewrite {
  readonly before: CaseTypeDefinition;
  readonly after: CaseTypeDefinition;
  readonly name: string | undefined;
  readonly alignment: Alignment;
  /** What `after` tells of sets with a timeline; undefined leaves their elements as they are. */
  readonly hasTimeline: ReturnType<typeof setsWithTimeline>;
}

function rewrite(document: CaseTypeDocument, goal: Rewrite): CaseTypeDocument {
  checkKeys(goal.after);
  const wanted = rewriteText(document, { ...goal, hasTimeline: goal.hasTimeline ?? [] });
  const text = withCharacterReferences(wanted, document.encoding);
  const { document: edited } = changeText(document, changeBetween(document.source.text, text));
  checkReading(definitionOf(edited), goal.after, goal.hasTimeline !== undefined);
  return edited;
}

/** Says so when CiviCRM would read something else, as of attributes beside a text. */
function checkReading(read: CaseTypeDefinition, wanted: CaseTypeDefinition, isDerivedToo: boolean): void {
  const shown = ({ timelineActivityTypes: derived = null, ...rest }: CaseTypeDefinition): JsonValue => ({
    ...rest,
    ...(isDerivedToo ? { timelineActivityTypes: derived } : {}),
  });
  const path = differenceOf(shown(read), shown(wanted));
  if (path === undefined) return;
  throw new AppError(
    'invalid-input',
    `The definition cannot be put into XML: ${path.join('.')} would read otherwise than it says. Change it to a text, or to a list of texts.`,
    { details: { path } },
  );
}

function differenceOf(one: JsonValue, other: JsonValue): readonly string[] | undefined {
  if (canonicalJson(one) === canonicalJson(other)) return undefined;
  if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other)) return [];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  for (const key of keys) {
    const [mine, theirs] = [one, other].map((value) => (value as Record<string, JsonValue>)[key]);
    if (mine === undefined || theirs === undefined) return [key];
    const deeper = differenceOf(mine, theirs);
    if (deeper !== undefined) return [key, ...deeper];
  }
  return [];
}

const isContainer = (value: JsonValue): value is Exclude<JsonValue, string | number | boolean | null> =>
  typeof value === 'object' && value !== null;
