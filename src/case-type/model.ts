import type { JsonObject, JsonValue } from '../base/json.ts';
import type { CaseTypeDefinition } from './definition.ts';
import { isPhpTrue, leafText, phpInt, phpNumber } from './php-values.ts';

/** An activity type that the case type offers in its menu. */
export interface DeclaredActivityType {
  readonly name: string;
  /** How many live activities of the type a case may have before a timeline skips it; null is no limit. */
  readonly maxInstances: number | null;
}

/** One step of an activity set; texts are names, `''` is an empty element, undefined an absent one. */
export interface ActivityStep {
  readonly activityType: string;
  readonly label: string | undefined;
  /** Absent means Scheduled; empty or unknown to the site means that CiviCRM stores Completed. */
  readonly status: string | undefined;
  readonly referenceActivity: string;
  readonly referenceOffsetDays: number;
  /** The text behind `referenceOffsetDays`. */
  readonly referenceOffset: string;
  readonly referenceSelect: string;
  /** The option value: 1 none, 2 by relationship, 3 a certain contact, 4 who opens the case. */
  readonly defaultAssigneeType: string | undefined;
  /** `{relationship type id}_{assignee's side}_{client's side}`: an id, so not portable between sites. */
  readonly defaultAssigneeRelationship: string;
  /** Contact ids, not portable between sites; an empty first one means nobody. */
  readonly defaultAssigneeContacts: readonly string[];
  readonly order: string;
  readonly defaultSubject: string;
}

export interface ActivitySet {
  readonly name: string;
  readonly label: string;
  /** Whether opening a case may run it: its text is neither empty nor `0`. */
  readonly isTimeline: boolean;
  /** Whether the sequence listener follows it: its text is `true` in any case. */
  readonly isSequence: boolean;
  readonly steps: readonly ActivityStep[];
}

export interface CaseRole {
  /** The relationship type's name as seen from the holder of the role. */
  readonly name: string;
  readonly isCreator: boolean;
  readonly isManager: boolean;
  /** Names of the groups from which the holder may be picked. */
  readonly groups: readonly string[];
}

/** A case type as the parts that run, move and draw it want to see it. */
export interface CaseTypeModel {
  readonly activityTypes: readonly DeclaredActivityType[];
  /** Names of the allowed case statuses; empty is all. */
  readonly statuses: readonly string[];
  readonly activitySets: readonly ActivitySet[];
  readonly caseRoles: readonly CaseRole[];
  /** Names of the groups to which assignees must belong. */
  readonly assigneeGroups: readonly string[];
}

/**
 * The typed view of a definition. It never throws: what has an unexpected shape reads as CiviCRM's processor
 * would read it after the definition was stored as XML.
 */
export function toCaseTypeModel(definition: CaseTypeDefinition): CaseTypeModel {
  return {
    activityTypes: listOf(definition.activityTypes).map((item) => toDeclaredActivityType(fieldsOf(item))),
    statuses: textsOf(definition.statuses),
    activitySets: listOf(definition.activitySets).map((item) => toActivitySet(fieldsOf(item))),
    caseRoles: listOf(definition.caseRoles).map((item) => toCaseRole(fieldsOf(item))),
    assigneeGroups: textsOf(definition.activityAsgmtGrps),
  };
}

/** The limit that CiviCRM's comparison `count < max_instances` comes to, or null when it never refuses. */
function toMaxInstances(text: string): number | null {
  if (!isPhpTrue(text)) return null;
  const number = phpNumber(text);
  if (number !== undefined) return Number.isFinite(number) ? Math.max(0, Math.ceil(number)) : null;
  // PHP compares the count with other text character by character: "2x" refuses from "3" on.
  const leadingDigits = /^\d{1,4}/.exec(text);
  if (leadingDigits === null) return text < '0' ? 0 : null;
  for (let count = 0; count < 10_000; count += 1) if (String(count) >= text) return count;
  return null;
}

export function toDeclaredActivityType(fields: JsonObject): DeclaredActivityType {
  return { name: leafText(fields['name']), maxInstances: toMaxInstances(leafText(fields['max_instances'])) };
}

export function toActivityStep(fields: JsonObject): ActivityStep {
  const optional = (key: string): string | undefined =>
    fields[key] === undefined ? undefined : leafText(fields[key]);
  return {
    activityType: leafText(fields['name']),
    label: optional('label'),
    status: optional('status'),
    referenceActivity: leafText(fields['reference_activity']),
    referenceOffsetDays: phpInt(leafText(fields['reference_offset'])),
    referenceOffset: leafText(fields['reference_offset']),
    referenceSelect: leafText(fields['reference_select']),
    defaultAssigneeType: optional('default_assignee_type'),
    defaultAssigneeRelationship: leafText(fields['default_assignee_relationship']),
    defaultAssigneeContacts: leavesOf(fields['default_assignee_contact']),
    order: leafText(fields['order']),
    defaultSubject: leafText(fields['default_subject']),
  };
}

export function toCaseRole(fields: JsonObject): CaseRole {
  return {
    name: leafText(fields['name']),
    isCreator: isPhpTrue(leafText(fields['creator'])),
    isManager: phpNumber(leafText(fields['manager'])) === 1,
    groups: textsOf(fields['groups']).flatMap((text) => text.split(',')),
  };
}

function toActivitySet(fields: JsonObject): ActivitySet {
  return {
    name: leafText(fields['name']),
    label: leafText(fields['label']),
    isTimeline: isWrittenAsTrue(fields['timeline']),
    isSequence: isWrittenAsTrue(fields['sequence']),
    steps: listOf(fields['activityTypes']).map((item) => toActivityStep(fieldsOf(item))),
  };
}

// Core's writer makes the text `true` of any truthy value, "false" and "no" included.
function isWrittenAsTrue(value: JsonValue | undefined): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return isPhpTrue(leafText(value));
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

function fieldsOf(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function leavesOf(value: JsonValue | undefined): readonly string[] {
  return (typeof value === 'object' ? listOf(value) : [value]).map(leafText);
}

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  leavesOf(value).filter((text) => text !== '');
