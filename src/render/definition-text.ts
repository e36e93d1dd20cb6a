import {
  assigneeOf,
  dueOf,
  textsOf,
  toCaseTypeModel,
  type CaseTypeDefinition,
  type ActivitySet,
} from '../case-type/index.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';

/** What is told in words; any other field is told as it is. */
const TOLD = {
  step: [
    'name',
    'label',
    'status',
    'reference_activity',
    'reference_offset',
    'default_assignee_type',
    'default_assignee_relationship',
    'default_assignee_contact',
  ],
  set: ['name', 'label', 'timeline', 'sequence', 'activityTypes'],
  menu: ['name'],
  role: ['name', 'creator', 'manager', 'groups'],
} as const;

/**
 * A case type in words, one fact on a line that says what it is about, so that comparing two such texts line by line
 * shows what changed. The same definition gives the same text.
 */
export function renderDefinitionText(definition: CaseTypeDefinition, name: string | null): string {
  const model = toCaseTypeModel(definition);
  const lines = [
    ...(name === null || name === '' ? [] : [`Case type ${name}`]),
    ...(definition.forkable === undefined
      ? []
      : [`May be changed on a site: ${text(definition.forkable) === '0' ? 'no' : 'yes'}`]),
    ...(definition.restrictActivityAsgmtToCmsUser === undefined
      ? []
      : [
          `Only user accounts may be assigned: ${text(definition.restrictActivityAsgmtToCmsUser) === '1' ? 'yes' : 'no'}`,
        ]),
    ...model.statuses.map((status) => `Case status ${status}`),
    ...listOf(definition.activityTypes).flatMap((item) => menuLines(item)),
    ...listOf(definition.activitySets).flatMap((item, index) => setLines(item, model.activitySets[index])),
    ...listOf(definition.caseRoles).flatMap((item) => roleLines(item)),
    ...model.assigneeGroups.map((group) => `Assignees from group ${group}`),
    ...Object.entries(definition)
      .filter(([key]) => !KNOWN.has(key))
      .map(([key, value]) => `${key}: ${JSON.stringify(value)}`),
  ];
  return lines.map(oneLine).join('\n');
}

const KNOWN: ReadonlySet<string> = new Set([
  'forkable',
  'restrictActivityAsgmtToCmsUser',
  'statuses',
  'activityTypes',
  'activitySets',
  'caseRoles',
  'activityAsgmtGrps',
  'timelineActivityTypes',
]);

function menuLines(item: JsonValue): readonly string[] {
  const { name, fields } = partsOf(item);
  const limit = fields['max_instances'];
  const about = `Activity type ${name}`;
  return [
    about,
    ...(limit === undefined ? [] : [`${about}: at most ${text(limit)}`]),
    ...rest(about, fields, [...TOLD.menu, 'max_instances']),
  ];
}

function setLines(item: JsonValue, set: ActivitySet | undefined): readonly string[] {
  const { name, fields } = partsOf(item);
  const about = `Activity set ${name}`;
  const kinds = [
    ...(set?.isTimeline === true ? ['timeline'] : []),
    ...(set?.isSequence === true ? ['sequence'] : []),
  ];
  return [
    '',
    `${about}: ${kinds.length === 0 ? 'neither timeline nor sequence' : kinds.join(' and ')}${text(fields['label']) === '' ? '' : `, labelled ${text(fields['label'])}`}`,
    ...rest(about, fields, TOLD.set),
    ...listOf(fields['activityTypes']).flatMap((step) => stepLines(step, name)),
  ];
}

function stepLines(item: JsonValue, set: string): readonly string[] {
  const { name, fields } = partsOf(item);
  const about = `${set} › ${name}`;
  const assignee = assigneeOf(fields);
  const whom =
    assignee.kind === 'nobody'
      ? null
      : assignee.kind === 'creator'
        ? 'for whoever opens the case'
        : assignee.kind === 'contact'
          ? `for contact ${assignee.id}`
          : assignee.kind === 'relationship'
            ? `for the holder of relationship ${assignee.id}`
            : `for an unknown rule, ${assignee.id}`;
  const label = text(fields['label']);
  const facts = [
    dueText(fields),
    ...(fields['status'] === undefined ? [] : [`status ${text(fields['status'])}`]),
    ...(whom === null ? [] : [whom]),
    ...(label === '' || label === name ? [] : [`labelled ${label}`]),
  ];
  const isInWords: Readonly<Record<string, boolean>> = {
    reference_offset: /^-?\d+$/.test(text(fields['reference_offset'])),
    default_assignee_relationship: assignee.kind === 'relationship',
    default_assignee_contact:
      assignee.kind === 'contact' && textsOf(fields['default_assignee_contact']).length < 2,
  };
  const told = TOLD.step.filter((key) => isInWords[key] ?? true);
  return [...facts.map((fact) => `${about}: ${fact}`), ...rest(about, fields, told)];
}

function dueText(fields: JsonObject): string {
  const { days, after } = dueOf(fields);
  if (after === null) return `day ${String(days)}`;
  const count = Math.abs(days);
  return days === 0
    ? `same day as ${after}`
    : `${String(count)} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} ${after}`;
}

function roleLines(item: JsonValue): readonly string[] {
  const { name, fields } = partsOf(item);
  const about = `Case role ${name}`;
  return [
    about,
    ...(text(fields['manager']) === '1' ? [`${about}: case manager`] : []),
    ...(['', '0'].includes(text(fields['creator'])) ? [] : [`${about}: given to whoever opens the case`]),
    ...textsOf(fields['groups']).map((group) => `${about}: from group ${group}`),
    ...rest(
      about,
      fields,
      TOLD.role.filter(
        (key) => key === 'name' || key === 'groups' || ['', '0', '1'].includes(text(fields[key])),
      ),
    ),
  ];
}

/** Fields that have no words of their own. */
const rest = (about: string, fields: JsonObject, told: readonly string[]): readonly string[] =>
  Object.entries(fields)
    .filter(([key]) => !told.includes(key))
    .map(([key, value]) => `${about}: ${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);

function partsOf(item: JsonValue): { readonly name: string; readonly fields: JsonObject } {
  const fields =
    typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as JsonObject) : {};
  return { name: text(fields['name']) === '' ? JSON.stringify(item) : text(fields['name']), fields };
}

const text = (value: JsonValue | undefined): string => textsOf(value)[0] ?? '';
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : [];
const oneLine = (line: string): string => line.replace(/\s*[\r\n]+\s*/g, ' ').trimEnd();
