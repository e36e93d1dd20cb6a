import type { DocumentType } from './doctype.ts';
import { XmlFault } from './fault.ts';
import { XML_LIMITS } from './limits.ts';
import type { XmlNode } from './node.ts';

/** The entities of a document, those being read just now, and what reading them has come to so far. */
export interface EntityScope {
  readonly documentType: DocumentType;
  readonly open: readonly string[];
  readonly spent: { characters: number; nested: number; nodes: number };
}

/** The nodes an entity stands for: none when its text lives elsewhere, null when its declaration does. */
export function readEntityContent(
  name: string,
  scope: EntityScope,
  offset: number,
  read: (text: string, scope: EntityScope) => readonly XmlNode[],
): readonly XmlNode[] | null {
  const text = entityText(name, scope, offset);
  if (text === null) return scope.documentType.entities.has(name) ? [] : null;
  return inside(name, scope, offset, () => read(text, { ...scope, open: [...scope.open, name] }));
}

/** A fault in an entity's text is told at the reference, since the text has no place of its own. */
function inside<Value>(name: string, scope: EntityScope, offset: number, read: () => Value): Value {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof XmlFault) || scope.open.length > 0) throw thrown;
    throw new XmlFault(`entity "&${name};": ${thrown.message}`, offset);
  }
}

function entityText(name: string, scope: EntityScope, offset: number): string | null {
  const declared = scope.documentType.entities.get(name);
  if (declared === undefined) {
    if (scope.documentType.isPartlyElsewhere) return null;
    throw new XmlFault(
      `entity "&${name};" is not declared: write the character itself, or its number`,
      offset,
    );
  }
  if (scope.open.includes(name)) throw new XmlFault(`entity "&${name};" refers to itself`, offset);
  const { spent, open } = scope;
  if (open.length === 0) spent.nested = 0;
  if (open.length >= 2) spent.nested += 1;
  spent.characters += declared?.length ?? 0;
  if (spent.nested > XML_LIMITS.nestedEntities || spent.characters > XML_LIMITS.textLength) {
    throw new XmlFault(`entity "&${name};" is part of an explosion of entities, which is refused`, offset);
  }
  return declared;
}
