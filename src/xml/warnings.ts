import { AppError } from '../base/errors.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { writeDefinitionXml } from './definition-writer.ts';
import { documentPosition, rootOf, type CaseTypeDocument } from './document.ts';
import type { XmlPosition } from './fault.ts';
import { CASE_TYPE_FORMAT, ROOT_ELEMENTS_BESIDE, SET_FORMAT } from './format.ts';
import type { XmlElement } from './node.ts';
import { childElements, childrenNamed, firstChild, ownText } from './simple-xml.ts';

/** Something in a file that CiviCRM reads otherwise than its writer may think. */
export interface XmlWarning extends XmlPosition {
  readonly code: XmlWarningCode;
  readonly message: string;
}

export type XmlWarningCode =
  /** CiviCRM's definition has no place for it: saving the case type in its editor drops it. */
  | 'dropped-element'
  | 'repeated-block'
  | 'foreign-element'
  | 'flag-not-true'
  | 'not-writable'
  | 'unexpected-root';

export function findWarnings(
  document: CaseTypeDocument,
  definition: CaseTypeDefinition,
  name: string,
): readonly XmlWarning[] {
  const root = rootOf(document);
  const warn = (code: XmlWarningCode, element: XmlElement, message: string): XmlWarning => ({
    code,
    message,
    ...documentPosition(document, element.start),
  });
  const blocks = new Map<string, XmlElement>();
  const found =
    root.name === 'CaseType'
      ? []
      : [
          warn(
            'unexpected-root',
            root,
            `The root is <${root.name}>, not <CaseType>; CiviCRM reads it all the same.`,
          ),
        ];
  for (const child of childElements(root)) {
    const isKnown = CASE_TYPE_FORMAT.some((entry) => entry.element === child.name);
    if (!isKnown && !ROOT_ELEMENTS_BESIDE.has(child.name)) {
      found.push(
        warn(
          'dropped-element',
          child,
          `CiviCRM does not read <${child.name}> and drops it when the case type is saved.`,
        ),
      );
    } else if (isKnown && blocks.has(child.name)) {
      found.push(warn('repeated-block', child, `Only the first <${child.name}> counts; join the two.`));
    }
    blocks.set(child.name, child);
  }
  for (const foreign of foreignElements(root)) {
    found.push(
      warn('foreign-element', foreign, `<${foreign.name}> is in a namespace, so CiviCRM does not see it.`),
    );
  }
  for (const set of childrenNamed(firstChild(root, 'ActivitySets'), 'ActivitySet'))
    found.push(...flagWarnings(set, warn));
  return [...found, ...writabilityWarnings(root, definition, name, warn)];
}

type Warn = (code: XmlWarningCode, element: XmlElement, message: string) => XmlWarning;

function flagWarnings(set: XmlElement, warn: Warn): readonly XmlWarning[] {
  return SET_FORMAT.flags.flatMap((flag) => {
    const element = firstChild(set, flag);
    if (element === undefined || ownText(element) === 'true') return [];
    const message = `<${flag}> must be exactly "true": CiviCRM may run the set all the same, but its editor and API lose the mark.`;
    return [warn('flag-not-true', element, message)];
  });
}

function foreignElements(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => {
    if (child.kind !== 'element') return [];
    return child.isForeign ? [child] : foreignElements(child);
  });
}

function writabilityWarnings(root: XmlElement, definition: CaseTypeDefinition, name: string, warn: Warn) {
  try {
    writeDefinitionXml(definition, name);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return [
      warn(
        'not-writable',
        root,
        `CiviCRM reads this file but cannot store it from its API or editor: ${thrown.message}`,
      ),
    ];
  }
}
