import type { JsonValue } from '../../base/json.ts';
import type { Subject } from '../diff/subject.ts';
import type { DefinitionPath } from '../edit.ts';
import type { RenameKind } from '../rename.ts';

/**
 * Where both sides changed the same thing in different ways. The merged definition holds OURS, but what one side
 * removed and the other edited stays, as edited.
 */
export type MergeConflict =
  /** A value; a side without it removed it or never had it. The path leads into the merged definition. */
  | {
      readonly kind: 'value';
      readonly path: DefinitionPath;
      readonly subject: Subject;
      readonly base?: JsonValue;
      readonly ours?: JsonValue;
      readonly theirs?: JsonValue;
    }
  /** The order of a list; the names as each side has them. */
  | {
      readonly kind: 'order';
      readonly path: DefinitionPath;
      readonly subject: Subject;
      readonly ours: readonly string[];
      readonly theirs: readonly string[];
    }
  /** A step that each side moved to another activity set; the sets by name. */
  | {
      readonly kind: 'place';
      readonly path: DefinitionPath;
      readonly subject: Subject;
      readonly ours: string;
      readonly theirs: string;
    }
  /** Both renamed the same. */
  | {
      readonly kind: 'rename';
      readonly path: DefinitionPath;
      readonly rename: RenameKind;
      readonly from: string;
      readonly ours: string;
      readonly theirs: string;
    };

/** A conflict while it is found: its path begins at the part that is being merged, its subject is not known yet. */
export type FoundConflict =
  | Omit<Extract<MergeConflict, { readonly kind: 'value' }>, 'subject'>
  | Omit<Extract<MergeConflict, { readonly kind: 'order' }>, 'subject'>
  | Omit<Extract<MergeConflict, { readonly kind: 'place' }>, 'subject'>;

/** The same conflicts seen from further up. */
export const under = (
  prefix: DefinitionPath,
  conflicts: readonly FoundConflict[],
): readonly FoundConflict[] => conflicts.map((one) => ({ ...one, path: [...prefix, ...one.path] }));
