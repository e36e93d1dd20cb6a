import { AppError } from '../../base/errors.ts';
import { toCaseTypeModel, type CaseTypeEdit } from '../../case-type/index.ts';
import {
  findInDefinition,
  toLintSubject,
  type LintFinding,
  type LintRule,
  type LintSeverity,
  type SiteIndex,
} from '../../case-type/lint/index.ts';
import { illegalCharacterAt } from '../chars.ts';
import { readCaseTypeXml } from '../case-type-reader.ts';
import { readCaseTypeDocument, rootOf, type CaseTypeDocument } from '../document.ts';
import { decodeXml } from '../encoding.ts';
import type { TextChange } from '../edit/index.ts';
import { readProcessModel } from '../process-reader.ts';
import { isShown } from '../simple-xml.ts';
import { toDocumentSubject, type DocumentSubject } from './document-subject.ts';
import { ignoresIn } from './ignore.ts';
import { locator } from './locate.ts';
import { whyUnwritable } from './writability.ts';
import { indexLines } from './position.ts';
import { DOCUMENT_RULES, LINT_RULES, ruleOf } from './rules.ts';

/** What to leave out, and how bad things are, in the eyes of whoever asks. */
export interface LintSettings {
  readonly ignore?: readonly string[];
  readonly severity?: Readonly<Record<string, LintSeverity>>;
}

export interface LintOptions extends LintSettings {
  /** The names of a site, from `indexSite`; absent: the file alone. */
  readonly site?: SiteIndex | null;
}

/** What mends a finding: edits of the definition, or changes of the text. */
export type LintFix =
  | { readonly kind: 'edits'; readonly edits: readonly CaseTypeEdit[] }
  | { readonly kind: 'changes'; readonly changes: readonly TextChange[] };

/** A file or definition with everything that was found in it. */
export interface LintReport {
  readonly findings: readonly LintFinding[];
  /** By place in `findings`. */
  readonly fixes: ReadonlyMap<number, LintFix>;
  /** Why CiviCRM cannot read the file; null when it can. */
  readonly error: AppError | null;
  /** Null when the file could not be read, and for JSON. */
  readonly document: CaseTypeDocument | null;
  /** The text of `<name>`, or the name of a row; empty when there is none. */
  readonly name: string;
}

interface Draft {
  readonly rule: LintRule;
  readonly path: string;
  /** In the text; null when there is none. */
  readonly offset: number | null;
  readonly what: string;
  readonly fix: LintFix | null;
}

/**
 * Checks a case-type file: how it is written, what it says, and with a site's names also against those. A file that
 * CiviCRM cannot read is one finding, and its `error`.
 */
export function lintDocument(
  input: Uint8Array | string,
  fileName: string,
  options: LintOptions = {},
): LintReport {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  try {
    const { name, definition, document } = readCaseTypeXml(bytes, fileName);
    const subject = toDocumentSubject(document, definition, name);
    const drafts = draftsOf(subject, options.site ?? null);
    return finish(drafts, subject, options);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.kind !== 'invalid-input') throw thrown;
    return unreadable(bytes, thrown, options);
  }
}

function draftsOf(subject: DocumentSubject, site: SiteIndex | null): readonly Draft[] {
  const { document, definition, name, root } = subject;
  const drafts: Draft[] = [];
  for (const rule of DOCUMENT_RULES)
    rule.find(subject, (offset, what, changes = []) =>
      drafts.push({
        rule,
        path: '',
        offset,
        what,
        fix: changes.length > 0 && rule.autofix ? { kind: 'changes', changes } : null,
      }),
    );
  // Some other document: what it lacks of a case type is not worth telling.
  const isOther =
    root.name === 'Settings' ||
    (root.name !== 'CaseType' && subject.blocks.every((block) => block.name === 'name'));
  if (isOther) return drafts.filter(({ rule }) => rule.code === 'unexpected-root');
  const locate = locator(document);
  const told = new Set(drafts.map(({ rule }) => rule.code));
  const unwritable = whyUnwritable(definition, name, told);
  if (unwritable !== null) drafts.push({ ...unwritable, offset: locate(unwritable.path).start, fix: null });
  // The fixes speak of the definition: where it counts otherwise than the processor they would miss.
  const isPlain = drafts.every(({ rule }) => rule.code !== 'repeated-block' && rule.code !== 'misnamed-item');
  // The two models are one unless something about the file is odd.
  const isOdd = drafts.some(({ rule }) => rule.severity !== 'notice');
  const model = isOdd ? readProcessModel(document) : toCaseTypeModel(definition);
  const lintSubject = toLintSubject({ definition, model, title: name, site });
  for (const { rule, path, what, edits } of findInDefinition(lintSubject)) {
    const fix: LintFix | null = isPlain && rule.autofix && edits.length > 0 ? { kind: 'edits', edits } : null;
    drafts.push({ rule, path, offset: locate(path).start, what, fix });
  }
  return drafts;
}

function finish(drafts: readonly Draft[], subject: DocumentSubject, settings: LintSettings): LintReport {
  const ignores = ignoresIn(subject);
  const used = new Set<string>();
  const kept = drafts.filter(({ rule, offset }) => {
    if (settings.ignore?.includes(rule.code) === true) return false;
    const own = ignores.filter(
      ({ codes, from, to }) => codes.includes(rule.code) && offset !== null && offset >= from && offset < to,
    );
    for (const { comment } of own) used.add(`${String(comment.start)} ${rule.code}`);
    return own.length === 0;
  });
  const unused = ruleOf('unused-ignore');
  if (unused !== undefined && settings.ignore?.includes(unused.code) !== true)
    for (const { comment, codes } of ignores)
      for (const code of codes.filter((one) => !used.has(`${String(comment.start)} ${one}`)))
        kept.push({
          rule: unused,
          path: '',
          offset: comment.start,
          what:
            ruleOf(code) === undefined
              ? `There is no rule "${code}".`
              : `There is no "${code}" to ignore here.`,
          fix: null,
        });
  const { document, name } = subject;
  return { ...toFindings(kept, document.source.text, settings), error: null, document, name };
}

const RULE_ORDER = new Map(LINT_RULES.map(({ code }, index) => [code, index]));

/** In the order of the text, then of the table. */
function toFindings(drafts: readonly Draft[], text: string, { severity = {} }: LintSettings) {
  const lines = drafts.length === 0 ? null : indexLines(text);
  const ordered = drafts.toSorted(
    (left, right) =>
      (left.offset ?? 0) - (right.offset ?? 0) ||
      (RULE_ORDER.get(left.rule.code) ?? 0) - (RULE_ORDER.get(right.rule.code) ?? 0),
  );
  const fixes = new Map<number, LintFix>();
  const findings = ordered.map(({ rule, path, offset, what, fix }, index): LintFinding => {
    if (fix !== null) fixes.set(index, fix);
    const position = offset === null ? undefined : lines?.position(offset);
    return {
      code: rule.code,
      severity: severity[rule.code] ?? rule.severity,
      path,
      line: position?.line ?? null,
      column: position?.column ?? null,
      what,
      why: rule.why,
      fix: rule.fix,
      fixable: fix !== null,
    };
  });
  return { findings, fixes };
}

/** A file that CiviCRM cannot read, as the finding of the rule that it breaks. */
function unreadable(bytes: Uint8Array, error: AppError, settings: LintSettings): LintReport {
  const { line, column } = error.details;
  const rule = ruleOf(codeOfFault(bytes, error));
  const findings: readonly LintFinding[] =
    rule === undefined
      ? []
      : [
          {
            code: rule.code,
            severity: settings.severity?.[rule.code] ?? rule.severity,
            path: '',
            line: typeof line === 'number' ? line : null,
            column: typeof column === 'number' ? column : null,
            what: sentenceOf(error),
            why: rule.why,
            fix: rule.fix,
            fixable: false,
          },
        ];
  return { findings, fixes: new Map(), error, document: null, name: '' };
}

/** `Expected …` of `file.xml:3:4: expected ….` */
function sentenceOf({ message, details }: AppError): string {
  const { file, line, column } = details;
  const place = `${String(file)}:${String(line)}:${String(column)}: `;
  const words = message.startsWith(place) ? message.slice(place.length) : message;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function codeOfFault(bytes: Uint8Array, error: AppError): string {
  let text: string;
  try {
    text = decodeXml(bytes).text;
  } catch {
    return 'wrong-encoding';
  }
  try {
    const document = readCaseTypeDocument(bytes);
    const root = rootOf(document);
    return isShown(root) ? 'crashes-on-reading' : 'empty-case-type';
  } catch {
    const { line } = error.details;
    const at = illegalCharacterAt(text);
    return at >= 0 && indexLines(text).position(at).line === line ? 'control-character' : 'not-xml';
  }
}
