import type { JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { readDefinition } from './definition-reader.ts';
import {
  documentPosition,
  readCaseTypeDocument,
  rootOf,
  toAppError,
  type CaseTypeDocument,
} from './document.ts';
import { unusedByEdition } from './edition-use.ts';
import { XmlFault } from './fault.ts';
import { locator } from './lint/locate.ts';
import { firstChild, isShown, ownText } from './simple-xml.ts';
import { findWarnings, type XmlWarning } from './lint/warnings.ts';

/** A case-type file as CiviCRM sees it, with what CiviCRM would lose, and the file itself. */
export interface CaseTypeReading {
  /** The text of `<name>`; `''` when it is absent. */
  readonly name: string;
  readonly definition: CaseTypeDefinition;
  readonly warnings: readonly XmlWarning[];
  readonly document: CaseTypeDocument;
}

export interface ReadingOptions {
  /** The version of CiviCRM that the file is meant for (`5.77`): what it would not use is a warning, too. */
  readonly edition?: string;
}

/**
 * Reads a case type as CiviCRM does. What CiviCRM would drop or cannot store again is a warning.
 * @throws AppError invalid-input with file, line and column when it is not XML, when CiviCRM takes the root for
 * empty, or where CiviCRM itself would crash
 */
export function readCaseTypeXml(
  input: Uint8Array | string,
  fileName?: string,
  { edition }: ReadingOptions = {},
): CaseTypeReading {
  const document = readCaseTypeDocument(input, fileName);
  const root = rootOf(document);
  try {
    if (!isShown(root)) {
      throw new XmlFault(
        `<${root.name}> has nothing in it that CiviCRM sees, so it is no case type`,
        root.start,
      );
    }
    const definition = readDefinition(root);
    const name = ownText(firstChild(root, 'name'));
    let warnings: readonly XmlWarning[] | undefined;
    return {
      name,
      definition,
      document,
      get warnings() {
        return (warnings ??= [
          ...findWarnings(document, definition, name),
          ...(edition === undefined ? [] : editionWarnings(document, definition, edition)),
        ].sort((a, b) => a.line - b.line || a.column - b.column));
      },
    };
  } catch (thrown) {
    throw toAppError(thrown, document.fileName, document.source.text);
  }
}

function editionWarnings(
  document: CaseTypeDocument,
  definition: CaseTypeDefinition,
  edition: string,
): readonly XmlWarning[] {
  const locate = locator(document);
  return unusedByEdition(definition, edition).map(({ path, message }) => ({
    code: 'not-in-edition',
    message,
    ...documentPosition(document, locate(path).start),
  }));
}

/** A definition as PHP's JSON shows it, where an empty array is `[]` whether list or map. */
export function toDefinitionJson(definition: CaseTypeDefinition): JsonValue {
  const entries = Object.entries(definition).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return entries.length === 0 ? [] : Object.fromEntries(entries);
}
