import { AppError } from '../../base/errors.ts';
import type { CaseTypeDefinition } from '../../case-type/index.ts';
import type { LintRule } from '../../case-type/lint/index.ts';
import { tryWrite } from './loss-rules.ts';
import { ruleOf } from './rules.ts';

/** Rules that say better why CiviCRM cannot save a case type. */
const EXPLAINING: readonly string[] = [
  'attribute-in-item',
  'comment-in-item',
  'empty-leaf',
  'repeated-leaf',
  'empty-status',
];

/**
 * That CiviCRM cannot save the definition, and where, when no other rule that found something says why.
 * @param told codes of what was found already
 */
export function whyUnwritable(
  definition: CaseTypeDefinition,
  name: string,
  told: ReadonlySet<string>,
): { readonly rule: LintRule; readonly path: string; readonly what: string } | null {
  const rule = ruleOf('not-writable');
  if (rule === undefined || isPlain(definition) || EXPLAINING.some((code) => told.has(code))) return null;
  const written = tryWrite(definition, name);
  if (!(written instanceof AppError)) return null;
  const { path } = written.details;
  return { rule, path: typeof path === 'string' ? path : '', what: written.message };
}

/** Whether every item holds texts under plain names only, so that nothing can go wrong on writing. */
function isPlain({
  activityTypes,
  caseRoles,
  statuses,
  activityAsgmtGrps,
  activitySets,
}: CaseTypeDefinition): boolean {
  return (
    isItems(activityTypes) &&
    isItems(caseRoles) &&
    isTexts(statuses) &&
    isTexts(activityAsgmtGrps) &&
    (activitySets === undefined || (Array.isArray(activitySets) && activitySets.every(isSet)))
  );
}

// Asked for every leaf of every file.
const PLAIN_KEYS: ReadonlySet<string> = new Set([
  'name',
  'label',
  'status',
  'reference_activity',
  'reference_offset',
]);
const isText = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
const isTexts = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isText));
const isItems = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isItem));
const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isItem(item: unknown): boolean {
  if (!isRecord(item)) return false;
  const fields = item as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(item)) {
    const leaf = fields[key];
    if (!isText(leaf) && !(key === 'groups' && isTexts(leaf))) return false;
    if (!PLAIN_KEYS.has(key) && !/^[A-Za-z_]+$/.test(key)) return false;
  }
  return true;
}

function isSet(set: unknown): boolean {
  if (!isRecord(set)) return false;
  const { activityTypes, ...rest } = set as { readonly activityTypes?: unknown };
  return isItems(activityTypes) && isItem(rest);
}
