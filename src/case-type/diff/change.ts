import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { DefinitionPath } from '../edit.ts';
import type { RenameKind } from '../rename.ts';
import type { Subject } from './subject.ts';

/** A field of an item; a side without it does not have the key. */
export interface FieldChange {
  readonly key: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  /** For a new key: which one it is among the keys after. */
  readonly position?: number;
}

/** What a change of fields is about, as people would sort it. */
export type ChangeTopic =
  | 'due'
  | 'status'
  | 'assignee'
  | 'subject'
  | 'label'
  | 'order'
  | 'reference-select'
  | 'type'
  | 'limit'
  | 'manager'
  | 'creator'
  | 'groups'
  | 'timeline'
  | 'sequence'
  | 'timeline-element'
  | 'field';

/**
 * One change as people speak of it, with all that is needed to make it. Paths of what goes lead into the definition
 * before, all others into the one after.
 */
export type CaseTypeChange =
  /** A name is another one wherever it stands. */
  | {
      readonly kind: 'renamed';
      readonly rename: RenameKind;
      readonly from: string;
      readonly to: string;
      /** Where the old name stood. */
      readonly places: readonly DefinitionPath[];
    }
  | {
      readonly kind: 'added';
      readonly path: DefinitionPath;
      readonly value: JsonValue;
      readonly subject: Subject;
    }
  | {
      readonly kind: 'removed';
      readonly path: DefinitionPath;
      readonly value: JsonValue;
      readonly subject: Subject;
    }
  /** A step went to another activity set. */
  | {
      readonly kind: 'moved';
      readonly from: DefinitionPath;
      readonly path: DefinitionPath;
      readonly subject: Subject;
      readonly fromSet: Subject;
    }
  /** The items that stay stand in another order: where each was among them before. `list` leads into the one before. */
  | {
      readonly kind: 'reordered';
      readonly list: DefinitionPath;
      readonly order: readonly number[];
      readonly subject: Subject;
      /** The fewest items whose moves make the order, each with the one that it now follows. */
      readonly moves: readonly { readonly name: string; readonly behind: string | null }[];
    }
  | {
      readonly kind: 'changed';
      readonly path: DefinitionPath;
      readonly topic: ChangeTopic;
      readonly fields: readonly FieldChange[];
      /** What the topic also looks at and both sides have alike. */
      readonly beside: JsonObject;
      readonly subject: Subject;
    }
  /** The same fields in another order, in which CiviCRM writes them. */
  | {
      readonly kind: 'fields-reordered';
      readonly path: DefinitionPath;
      readonly keys: readonly string[];
      readonly subject: Subject;
    }
  /** Anything else that differs, as it is. */
  | {
      readonly kind: 'value';
      readonly path: DefinitionPath;
      readonly before?: JsonValue;
      readonly after?: JsonValue;
    };

export type ChangeKind = CaseTypeChange['kind'];
