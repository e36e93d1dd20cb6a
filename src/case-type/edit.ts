import { AppError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';
import { toReadForm } from './read-form.ts';
import { renameIn, type RenameKind } from './rename.ts';
import { setsWithTimeline, timelineStepsOf } from './timeline-steps.ts';

/** Keys and indexes from the definition down: `['activitySets', 0, 'activityTypes', 2, 'status']`. */
export type DefinitionPath = readonly (string | number)[];

/** One change of a definition; `editDocument` makes the same change in XML without touching anything else. */
export type CaseTypeEdit =
  /** Sets what a path leads to, most often a text; its last key may be new. `''` and `[]` are an empty element. */
  | { readonly kind: 'set-leaf'; readonly path: DefinitionPath; readonly value: JsonValue }
  /** Puts an item before the one at this index; the list's length appends, and a missing list is made. */
  | { readonly kind: 'insert'; readonly path: DefinitionPath; readonly value: JsonValue }
  /** Takes out an item of a list, or a key. */
  | { readonly kind: 'remove'; readonly path: DefinitionPath }
  /** Takes an item out, then puts it in at `to`: an index in its list, or for a step in that of another set. */
  | { readonly kind: 'move'; readonly path: DefinitionPath; readonly to: DefinitionPath }
  /** Renames everywhere: what refers to the name follows. */
  | { readonly kind: RenameKind; readonly from: string; readonly to: string }
  /** Changes the text of `<name>`, which is no part of the definition. */
  | { readonly kind: 'rename-case-type'; readonly to: string };

/**
 * The definition after an edit, in the form in which CiviCRM reads it back: numbers are texts, an empty text is
 * `[]`, and `timelineActivityTypes` follows the sets.
 * @throws AppError invalid-input when a path leads nowhere, not-found when nothing bears the name
 */
export function editDefinition(definition: CaseTypeDefinition, edit: CaseTypeEdit): CaseTypeDefinition {
  const before = markTimelines(toReadForm(definition));
  return unmarkTimelines(toReadForm(change(before, edit) as CaseTypeDefinition));
}

function change(root: JsonObject, edit: CaseTypeEdit): JsonValue {
  switch (edit.kind) {
    case 'set-leaf':
      return changeAt(root, edit.path, (container, key) => setKey(container, key, edit.value));
    case 'insert':
      return insert(root, edit.path, edit.value);
    case 'remove':
      return changeAt(root, edit.path, removeKey);
    case 'move': {
      const item = edit.path.reduce<JsonValue | undefined>(valueAt, root);
      if (item === undefined) throw nowhere(edit.path);
      return insert(changeAt(root, edit.path, removeKey), edit.to, item);
    }
    case 'rename-case-type':
      return root;
    case 'rename-activity-type':
    case 'rename-activity-status':
    case 'rename-status':
    case 'rename-role':
    case 'rename-set':
    case 'rename-group': {
      const { definition, count } = renameIn(root, edit);
      if (count > 0) return definition as JsonObject;
      throw new AppError(
        'not-found',
        `Nothing is called "${edit.from}", so ${edit.kind} has nothing to do.`,
        {
          details: { ...edit },
        },
      );
    }
    default:
      return edit satisfies never;
  }
}

type Change = (container: JsonValue, key: string | number) => JsonValue | undefined;

/** The value with its part at a path changed; `apply` gives undefined when there is no such part. */
function changeAt(value: JsonValue, path: DefinitionPath, apply: Change, whole = path): JsonValue {
  const [key, ...deeper] = path;
  if (key === undefined) throw nowhere(whole);
  const inner = deeper.length === 0 ? undefined : valueAt(value, key);
  if (deeper.length > 0 && inner === undefined) throw nowhere(whole);
  const changed =
    inner === undefined ? apply(value, key) : setKey(value, key, changeAt(inner, deeper, apply, whole));
  if (changed === undefined) throw nowhere(whole);
  return changed;
}

function insert(root: JsonValue, path: DefinitionPath, item: JsonValue): JsonValue {
  const list = path.slice(0, -1);
  const isMissing = list.reduce<JsonValue | undefined>(valueAt, root) === undefined;
  const withList = isMissing ? changeAt(root, list, (container, key) => setKey(container, key, [])) : root;
  return changeAt(withList, path, (container, key) =>
    isList(container) && typeof key === 'number' && key >= 0 && key <= container.length
      ? container.toSpliced(key, 0, item)
      : undefined,
  );
}

function setKey(container: JsonValue, key: string | number, value: JsonValue): JsonValue | undefined {
  if (isList(container)) {
    // An item without anything in it is an empty list.
    if (typeof key === 'string') return container.length === 0 ? { [key]: value } : undefined;
    return container[key] === undefined ? undefined : container.with(key, value);
  }
  return isMap(container) && typeof key === 'string' ? { ...container, [key]: value } : undefined;
}

function removeKey(container: JsonValue, key: string | number): JsonValue | undefined {
  if (valueAt(container, key) === undefined) return undefined;
  if (isList(container)) return container.filter((_, index) => index !== key);
  return Object.fromEntries(Object.entries(container as JsonObject).filter(([name]) => name !== key));
}

function valueAt(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (value === undefined) return undefined;
  if (isList(value)) return typeof key === 'number' ? value[key] : undefined;
  return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A set whose timeline element says something else than `true` has no mark in the definition; here it gets one. */
const ELEMENT = '#timeline';

function markTimelines(definition: CaseTypeDefinition): JsonObject {
  const marks = setsWithTimeline(definition);
  const { activitySets, ...rest } = definition as JsonObject;
  if (!isList(activitySets ?? null)) return definition as JsonObject;
  const sets = (activitySets as readonly JsonValue[]).map((set, index) =>
    marks?.[index] === true && isMap(set) && set['timeline'] === undefined
      ? { ...set, [ELEMENT]: true }
      : set,
  );
  return { ...rest, activitySets: sets };
}

function unmarkTimelines(definition: CaseTypeDefinition): CaseTypeDefinition {
  const { activitySets, timelineActivityTypes: _outdated, ...rest } = definition;
  if (activitySets === undefined || !isList(activitySets)) return rest;
  const marks = activitySets.map(
    (set) => isMap(set) && (set['timeline'] === 1 || set[ELEMENT] !== undefined),
  );
  const sets = activitySets.map((set) =>
    isMap(set) ? Object.fromEntries(Object.entries(set).filter(([key]) => key !== ELEMENT)) : set,
  );
  return { ...rest, activitySets: sets, timelineActivityTypes: timelineStepsOf(sets, marks) };
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !isList(value);

function nowhere(path: DefinitionPath): AppError {
  return new AppError('invalid-input', `Nothing stands at ${path.join('.')} in the definition.`, {
    details: { path },
  });
}
