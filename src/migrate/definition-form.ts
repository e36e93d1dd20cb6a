import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { resolveRole } from '../case-type/roles.ts';
import { numbered } from './dependencies.ts';
import type { RelationshipTypeEntity } from './entity.ts';
import { mapItems, mapSteps, parseAssigneeType } from './portable-definition.ts';

export interface NormalForm {
  readonly definition: CaseTypeDefinition;
  /** What is left out, one sentence each. */
  readonly dropped: readonly string[];
  /** What is said in other words that mean the same, one sentence each. */
  readonly rewritten: readonly string[];
}

/** What CiviCRM reads back of a definition that it was given: its writer and reader one after the other. */
export type CoreRoundTrip = (definition: CaseTypeDefinition) => CaseTypeDefinition;

/**
 * The form in which a definition is moved and compared: without what core cannot store or would not use, roles
 * by machine name. The form of the form is itself.
 */
export function normalForm(
  definition: CaseTypeDefinition,
  relationshipTypes: readonly RelationshipTypeEntity[],
  roundTrip: CoreRoundTrip,
): NormalForm {
  const dropped: string[] = [];
  const rewritten: string[] = [];
  // Core derives it from the sets on reading and drops it on writing.
  const { timelineActivityTypes: _derived, ...own } = definition;
  const named = rolesByName(own, relationshipTypes, rewritten);
  const live = withoutIdleReferences(named, dropped);
  const writable = withoutUnwritable(live, dropped);
  const stored = roundTrip(writable);
  const { timelineActivityTypes: _again, ...kept } = stored;
  for (const key of Object.keys(writable))
    if (kept[key] === undefined && !isEmpty(writable[key]))
      dropped.push(`"${key}" of the definition: CiviCRM does not store it.`);
  return { definition: kept, dropped, rewritten };
}

/**
 * Until 5.20 the editor stored labels; core still resolves them, where the same label exists. Its own upgrade
 * made names of them.
 */
function rolesByName(
  definition: CaseTypeDefinition,
  relationshipTypes: readonly RelationshipTypeEntity[],
  rewritten: string[],
): CaseTypeDefinition {
  const types = numbered(relationshipTypes);
  const roles = mapItems(definition.caseRoles, (role) => {
    const name = text(role['name']);
    const resolved = resolveRole(name, types);
    if (resolved === null || resolved.name === name) return role;
    rewritten.push(`Case role "${name}" is a label; the name "${resolved.name}" is used instead.`);
    return { ...role, name: resolved.name };
  });
  return roles === undefined ? definition : { ...definition, caseRoles: roles };
}

/** A contact or relationship that the step's assignee rule does not look at. */
function withoutIdleReferences(definition: CaseTypeDefinition, dropped: string[]): CaseTypeDefinition {
  const idle = [
    { leaf: 'default_assignee_contact', rule: 'SPECIFIC_CONTACT' },
    { leaf: 'default_assignee_relationship', rule: 'BY_RELATIONSHIP' },
  ];
  return mapSteps(definition, (step) => {
    const type = typeof step['default_assignee_type'] === 'string' ? step['default_assignee_type'] : '';
    const left = idle.filter(({ leaf, rule }) => !isEmpty(step[leaf]) && parseAssigneeType(type) !== rule);
    for (const { leaf } of left)
      dropped.push(`"${leaf}" of a step "${text(step['name'])}": its assignee rule does not use it.`);
    return without(
      step,
      left.map(({ leaf }) => leaf),
    );
  });
}

/**
 * Without what core's reader leaves but its writer throws on, or writes as a literal element
 * (CRM/Case/BAO/CaseType.php). What is left out is added to `dropped`, one sentence each.
 */
export function withoutUnwritable(definition: CaseTypeDefinition, dropped: string[]): CaseTypeDefinition {
  const drop = (item: JsonObject, keys: readonly string[], where: string): JsonObject => {
    for (const key of keys) dropped.push(`"${key}" of ${where}: CiviCRM cannot write it.`);
    return without(item, keys);
  };
  const clean = (where: string, isBad: (key: string, value: JsonValue) => boolean) => (item: JsonObject) =>
    drop(
      item,
      Object.keys(item).filter((key) => isBad(key, item[key] ?? null)),
      `${where} "${text(item['name'])}"`,
    );
  const isRemark = (key: string): boolean => key === '@attributes' || key === 'comment';
  const isNested = (_key: string, value: JsonValue): boolean => typeof value === 'object' && value !== null;
  const menu = mapItems(
    definition.activityTypes,
    clean('activity type', (key, value) => isRemark(key) || isNested(key, value)),
  );
  const roles = mapItems(
    definition.caseRoles,
    clean('case role', (key, value) => isRemark(key) || (key !== 'groups' && isNested(key, value))),
  );
  const steps = mapSteps(definition, clean('step', isRemark));
  const { statuses } = definition;
  const texts = Array.isArray(statuses)
    ? (statuses as readonly JsonValue[]).filter((status) => typeof status !== 'object')
    : statuses;
  if (Array.isArray(statuses) && Array.isArray(texts) && texts.length < statuses.length)
    dropped.push('An empty one of the allowed case statuses: CiviCRM cannot write it.');
  return {
    ...steps,
    ...(texts === undefined ? {} : { statuses: texts }),
    ...(menu === undefined ? {} : { activityTypes: menu }),
    ...(roles === undefined ? {} : { caseRoles: roles }),
  };
}

function without(item: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
