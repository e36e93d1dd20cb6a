import type { JsonObject, JsonValue } from '../base/json.ts';
import { describeChange, diffCaseTypes, toReadForm } from '../case-type/index.ts';
import { inCoreWords } from './plan-source.ts';
import {
  entityKey,
  fieldsOf,
  isActive,
  keyOf,
  nameOf,
  sameJson,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
} from './entity.ts';
import { changeKey, formerKey, type Change, type ImpactRow, type MigrationPlan } from './plan.ts';
import { kindOf } from './kinds/index.ts';
import { renameDefinition, type NameChanges } from './mapping/name-changes.ts';
import { parseContact } from './portable-definition.ts';
import { nameChangesIn } from './renames.ts';
import { entityWords, reasonsText } from './reasons.ts';

/** A plan as text for people: what will be done, in order, and why; then what to know, then what is in the way. */
export function renderPlan(plan: MigrationPlan): string {
  const parts = [
    planTitle(plan),
    plan.changes.length === 0
      ? nothingText(plan)
      : section(
          `${changesTitle(plan)}, in this order:`,
          plan.changes.map((change, index) => renderChange(change, index, nameChangesIn(plan.changes))),
        ),
    section(
      `What goes, and whom that touches on "${plan.target}":`,
      plan.impact.map((row) => `  - ${impactText(row)}`),
    ),
    section(
      'To know:',
      plan.notes.map((note) => `  - ${shownKey(note.key)}: ${note.message}`),
    ),
    section(
      `${count(plan.problems.length, 'problem')} to put right before this can be applied:`,
      plan.problems.map(
        (problem) => `  ! ${shownKey(problem.key)}: ${problem.message}\n    ${problem.remedy}`,
      ),
    ),
    `Fingerprint of the target: ${plan.fingerprint.target.slice(0, 12)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Such as `Case type "appeal" from "test" to "live"`. */
export function planTitle({ caseTypes, source, target }: MigrationPlan): string {
  const way = `from ${source === null ? 'a file' : `"${source}"`} to "${target}"`;
  const [first = '', second] = caseTypes;
  if (second === undefined) return `Case type "${first}" ${way}`;
  const rest = caseTypes.length - MOST_NAMES;
  const names = [...caseTypes.slice(0, MOST_NAMES), ...(rest > 0 ? [`and ${String(rest)} more`] : [])];
  return `${String(caseTypes.length)} case types ${way}: ${names.join(', ')}`;
}

const NO_NAMES: NameChanges = { names: {}, pairs: [] };
const MOST_NAMES = 12;

/** Such as `7 changes (1 high, 2 medium)`. */
export function changesTitle({ changes }: MigrationPlan): string {
  const grave = (['high', 'medium'] as const).flatMap((severity) => {
    const number = changes.filter((change) => change.severity === severity).length;
    return number === 0 ? [] : [`${String(number)} ${severity}`];
  });
  return `${count(changes.length, 'change')}${grave.length === 0 ? '' : ` (${grave.join(', ')})`}`;
}

/** What a plan without changes says. */
export const nothingText = ({ problems }: MigrationPlan): string =>
  problems.length === 0
    ? 'Nothing to change: the target holds all of it already.'
    : 'No changes yet: the problems come first.';

/** A change in one line, with why; of a case type only which of its fields. */
export function changeText(change: Change): string {
  const [first = '', ...more] = renderChange(change, 0, NO_NAMES)
    .replace(/^\s*1\. /, '')
    .split('\n')
    .map((line) => line.trim());
  return change.kind === 'update-case-type' ? first : [first, ...more].join('; ');
}

function renderChange(change: Change, index: number, names: NameChanges): string {
  const number = `${String(index + 1).padStart(3)}. ${change.severity === 'low' ? '' : `[${change.severity}] `}`;
  const why = `\n       needed by: ${reasonsText(change.reasons)}`;
  switch (change.kind) {
    case 'create':
      return `${number}create ${named(entityKey(change.entity))}${traits(change.entity)}${why}`;
    case 'update': {
      const { fields, after } = change;
      const isEnabled = fields.length === 1 && fields[0] === 'isActive' && after['isActive'] === true;
      if (isEnabled) return `${number}enable ${named(changeKey(change))}${why}`;
      return `${number}change ${named(changeKey(change))}${indented(fieldChanges(change))}${why}`;
    }
    case 'rename':
      return `${number}rename ${named(keyOf(change.ref))} to "${change.to}"${indented(fieldChanges(change))}`;
    case 'remove':
      return `${number}remove ${named(entityKey(change.entity))}${why}`;
    case 'create-case-type':
      return `${number}create ${named(changeKey(change))}, titled "${change.caseType.title}"`;
    case 'update-case-type': {
      const former = formerKey(change);
      const what =
        former === null
          ? `update ${named(changeKey(change))}`
          : `rename ${named(former)} to "${change.caseType.name}"`;
      const why = change.reasons.every(({ kind }) => kind === 'moved')
        ? ''
        : ` (${reasonsText(change.reasons)})`;
      return `${number}${what}: ${change.fields.join(', ')}${why}${indented(caseTypeChanges(change.before, change.caseType, names))}`;
    }
    case 'remove-case-type':
      return `${number}remove ${named(changeKey(change))}, titled "${change.caseType.title}"${why}`;
  }
}

/** What becomes otherwise but the name, a line each. */
export function fieldChanges(
  change: Extract<Change, { kind: 'update' | 'rename' }>,
  arrow = '->',
): readonly string[] {
  const { fields, before, after } = change;
  const shown = change.kind === 'rename' ? fields.filter((field) => !/^name/.test(field)) : fields;
  return shown.map((name) => `${name}: ${leaf(before[name])} ${arrow} ${leaf(after[name])}`);
}

/** What tells people more of it than its name. */
function traits(entity: Dependency): string {
  const fields = fieldsOf(entity);
  const [shown] = kindOf(entity.kind).labels.map((field) => fields[field]);
  const given = [
    entity.kind === 'relationship_type'
      ? `the other way "${entity.nameBA}"`
      : typeof shown === 'string' && shown !== nameOf(entity)
        ? `shown as "${shown}"`
        : null,
    fields['component'],
    fields['grouping'],
    entity.kind === 'activity_status' ? `class ${String(entity.filter)}` : null,
    entity.kind === 'group' ? 'without members' : null,
    isActive(entity) ? null : 'disabled',
  ].filter((trait): trait is string => typeof trait === 'string' && trait !== '');
  return given.length === 0 ? '' : ` (${given.join(', ')})`;
}

/**
 * What becomes otherwise, a line each: the definition in people's words, other fields as `field: before -> after`.
 *
 * @param names what the plan renames besides: that is told once
 */
export function caseTypeChanges(
  before: CaseTypeEntity,
  after: CaseTypeEntity,
  names: NameChanges,
): readonly string[] {
  const plain = (['title', 'description', 'isActive'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: ${leaf(before[field])} -> ${leaf(after[field])}`);
  const renamed = renameDefinition(before.definition, names);
  const [held, wanted] = [renamed, after.definition].map((one) => toReadForm(inCoreWords(one)));
  const changes = diffCaseTypes(held ?? {}, wanted ?? {});
  const isRenamed = !sameJson(renamed as JsonObject, before.definition as JsonObject);
  return [
    ...plain,
    ...(isRenamed ? ['The definition speaks the new names'] : []),
    ...changes.map((change) => maskAddress(describeChange(change, 'en'))),
  ];
}

const IMPACT_WORDS = {
  status: 'case status no longer allowed',
  role: 'case role no longer there',
  'activity-type': 'activity type no longer there',
} as const;

/** Such as `case status no longer allowed: "Paused": 3 open cases`. */
export function impactText({ what, name, openCases, openActivities, people }: ImpactRow): string {
  const touched = [
    openCases > 0 ? count(openCases, 'open case') : '',
    openActivities > 0
      ? `${String(openActivities)} open ${openActivities === 1 ? 'activity' : 'activities'}`
      : '',
    people > 0 ? (people === 1 ? '1 person' : `${String(people)} people`) : '',
  ].filter((text) => text !== '');
  return `${IMPACT_WORDS[what]}: "${name}": ${touched.length === 0 ? 'nothing open, nobody' : touched.join(', ')}`;
}

const MOST_LINES = 40;

function indented(lines: readonly string[]): string {
  const rest = lines.length > MOST_LINES ? [`… and ${String(lines.length - MOST_LINES)} more`] : [];
  return [...lines.slice(0, MOST_LINES), ...rest].map((line) => `\n       ${line}`).join('');
}

const leaf = (value: JsonValue | undefined): string =>
  value === undefined ? '(none)' : maskAddress(JSON.stringify(value));

const named = (key: EntityKey): string => entityWords(key);

/** A key in words; of an address only its beginning is shown. */
export function shownKey(key: EntityKey): string {
  const contact = parseContact(key);
  if (contact === null) return key.startsWith('contact:') ? 'contact to assign' : named(key);
  const [first = ''] = contact.text;
  return contact.by === 'email'
    ? `contact with the e-mail address ${first}…${contact.text.slice(contact.text.indexOf('@'))}`
    : `contact with the external identifier "${contact.text}"`;
}

/** Terminals are logged: of an address only its first letter and its domain are shown. */
const maskAddress = (text: string): string =>
  text.replace(/contact:email:(.)[^@"]*@([^"]*)/g, 'contact:email:$1…@$2');

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n');
