import type { JsonValue } from '../base/json.ts';
import { describeChange, diffCaseTypes, toReadForm } from '../case-type/index.ts';
import { inCoreWords } from './plan-source.ts';
import {
  entityKey,
  fieldsOf,
  isActive,
  nameOf,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
} from './entity.ts';
import { changeKey, type Change, type ImpactRow, type MigrationPlan } from './plan.ts';
import { kindOf } from './kinds/index.ts';
import { entityWords, reasonText } from './reasons.ts';

/** A plan as text for people: what will be done, in order, and why; then what to know, then what is in the way. */
export function renderPlan(plan: MigrationPlan): string {
  const from = plan.source === null ? 'a file' : `"${plan.source}"`;
  const title = `Case type "${plan.caseType}" from ${from} to "${plan.target}"`;
  const parts = [
    title,
    plan.changes.length === 0
      ? 'Nothing to change: the target holds all of it already.'
      : section(`${count(plan.changes.length, 'change')}, in this order:`, plan.changes.map(renderChange)),
    section(
      `What goes touches on "${plan.target}":`,
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

/** A change in one line, with why; of a case type only which of its fields. */
export function changeText(change: Change): string {
  const [first = '', ...more] = renderChange(change, 0)
    .replace(/^\s*1\. /, '')
    .split('\n')
    .map((line) => line.trim());
  return change.kind === 'update-case-type' ? first : [first, ...more].join('; ');
}

function renderChange(change: Change, index: number): string {
  const number = String(index + 1).padStart(3);
  const why = `\n       needed by: ${change.reasons.map((reason) => reasonText(reason)).join('; ')}`;
  switch (change.kind) {
    case 'create':
      return `${number}. create ${named(entityKey(change.entity))}${traits(change.entity)}${why}`;
    case 'update': {
      const { fields, before, after } = change;
      const isEnabled = fields.length === 1 && fields[0] === 'isActive' && after['isActive'] === true;
      if (isEnabled) return `${number}. enable ${named(changeKey(change))}${why}`;
      const lines = fields.map((name) => `\n       ${name}: ${leaf(before[name])} -> ${leaf(after[name])}`);
      return `${number}. change ${named(changeKey(change))}${lines.join('')}${why}`;
    }
    case 'create-case-type':
      return `${number}. create ${named(changeKey(change))}, titled "${change.caseType.title}"`;
    case 'update-case-type':
      return `${number}. update ${named(changeKey(change))}: ${change.fields.join(', ')}${indented(caseTypeChanges(change.before, change.caseType))}`;
  }
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

/** What becomes otherwise, a line each: the definition in people's words, other fields as `field: before -> after`. */
export function caseTypeChanges(before: CaseTypeEntity, after: CaseTypeEntity): readonly string[] {
  const plain = (['title', 'description', 'isActive'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: ${leaf(before[field])} -> ${leaf(after[field])}`);
  const [held, wanted] = [before, after].map(({ definition }) => toReadForm(inCoreWords(definition)));
  const changes = diffCaseTypes(held ?? {}, wanted ?? {});
  return [...plain, ...changes.map((change) => maskAddress(describeChange(change, 'en')))];
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
export const shownKey = (key: EntityKey): string =>
  key.startsWith('contact:') ? maskAddress(key) : named(key);

/** Terminals are logged: of an address only its first letter and its domain are shown. */
const maskAddress = (text: string): string =>
  text.replace(/contact:email:(.)[^@"]*@([^"]*)/g, 'contact:email:$1…@$2');

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n');
