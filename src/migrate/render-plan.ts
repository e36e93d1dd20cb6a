import type { JsonObject, JsonValue } from '../base/json.ts';
import {
  entityKey,
  fieldsOf,
  isActive,
  nameOf,
  type CaseTypeEntity,
  type Dependency,
  type EntityKey,
} from './entity.ts';
import { changeKey, type Change, type MigrationPlan } from './plan.ts';
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
      'To know:',
      plan.notes.map((note) => `  - ${shown(note.key)}: ${note.message}`),
    ),
    section(
      `${count(plan.problems.length, 'problem')} to put right before this can be applied:`,
      plan.problems.map((problem) => `  ! ${shown(problem.key)}: ${problem.message}\n    ${problem.remedy}`),
    ),
    `Fingerprint of the target: ${plan.fingerprint.target.slice(0, 12)}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
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
      return `${number}. update ${named(changeKey(change))}: ${change.fields.join(', ')}${differences(change.before, change.caseType)}`;
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

/** Leaves of the case type that differ, as `path: before -> after`; long lists are cut. */
function differences(before: CaseTypeEntity, after: CaseTypeEntity): string {
  const lines: string[] = [];
  const plain = ({ title, description, isActive, definition }: CaseTypeEntity): JsonObject => ({
    title,
    description,
    isActive,
    definition: definition as JsonObject,
  });
  compareLeaves(plain(before), plain(after), '', lines);
  const most = 40;
  const rest = lines.length > most ? [`… and ${String(lines.length - most)} more`] : [];
  return [...lines.slice(0, most), ...rest].map((line) => `\n       ${line}`).join('');
}

function compareLeaves(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  lines: string[],
): void {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (isBranch(before) && isBranch(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compareLeaves(before[key], after[key], path === '' ? key : `${path}.${key}`, lines);
    return;
  }
  lines.push(`${path}: ${leaf(before)} -> ${leaf(after)}`);
}

const isBranch = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

const leaf = (value: JsonValue | undefined): string =>
  value === undefined ? '(none)' : maskAddress(JSON.stringify(value));

const named = (key: EntityKey): string => entityWords(key);

const shown = (key: EntityKey): string => (key.startsWith('contact:') ? maskAddress(key) : named(key));

/** Terminals are logged: of an address only its first letter and its domain are shown. */
const maskAddress = (text: string): string =>
  text.replace(/contact:email:(.)[^@"]*@([^"]*)/g, 'contact:email:$1…@$2');

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [title, ...lines].join('\n');
