import { toCaseTypeModel, type CaseTypeModel } from '../case-type/model.ts';
import { resolveRole } from '../case-type/roles.ts';
import { numbered } from './dependencies.ts';
import {
  comparable,
  differingFields,
  keyOf,
  type CaseTypeEntity,
  type EntityKey,
  type RelationshipTypeEntity,
} from './entity.ts';
import { droppedTypes, lossOf, lossRemedy, type KeptType } from './kept-types.ts';
import type { Note, Problem, Work } from './plan.ts';
import {
  parseAssigneeType,
  parseContact,
  parseRelationship,
  WITHHELD_CONTACT,
} from './portable-definition.ts';
import type { Reason } from './reasons.ts';
import { relationshipTypesOf, sameName, type Snapshot } from './snapshot.ts';
import { inNormalForm } from './target-state.ts';

export interface CaseTypeCheck {
  /** In normal form. */
  readonly wanted: CaseTypeEntity;
  /** As the target holds it, in normal form, under its former name perhaps; null: it does not. */
  readonly before: CaseTypeEntity | null;
  readonly reason: Reason;
  /** With the new names of what is renamed. */
  readonly target: Snapshot;
  /** Those of the target when the case type's turn comes. */
  readonly keptTypes: readonly KeptType[];
  readonly sourceTypes: readonly RelationshipTypeEntity[];
  /** Those the target will have when the case type is saved. */
  readonly targetTypes: readonly RelationshipTypeEntity[];
}

export interface CaseTypeFinding {
  readonly works: readonly Work[];
  /** Kept activity types that no active case type names once it is written. */
  readonly dropped: readonly KeptType[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** Compares the case type itself with what the target holds under its name. */
export function checkCaseType(check: CaseTypeCheck): CaseTypeFinding {
  const { wanted, before, target } = check;
  const key = keyOf({ kind: 'case_type', name: wanted.name });
  const found = target.caseTypes.find((caseType) => caseType.name === wanted.name);
  const problems: Problem[] = [...referenceProblems(check), ...nameProblems(wanted, target)];
  const reasons = [check.reason];
  const dropped = droppedTypes(check.keptTypes, wanted.name, wanted);
  if (found === undefined || before === null)
    return {
      works: [{ kind: 'create-case-type', caseType: wanted, reasons }],
      dropped,
      notes: [...subjectNotes(wanted, target), ...droppedNotes(dropped), ...unreadableNotes(target)],
      problems: [...problems, ...lossProblems(dropped, target)],
    };
  const held = inNormalForm(found, relationshipTypesOf(target));
  const fields = differingFields(comparable(wanted), comparable(before));
  if (fields.length === 0) return { works: [], dropped: [], notes: [], problems };
  const facts = target.caseTypeFacts[wanted.name];
  if (fields.includes('definition') && facts?.acceptsDefinition === false)
    problems.push({
      kind: 'not-overridable',
      key,
      message: `On "${target.site}" a file defines this case type and forbids changes: CiviCRM would drop the definition without a word.`,
      remedy: 'Change the file there, or set its <forkable> to 1.',
    });
  const notes: Note[] = removedParts(held, wanted).map((message) => ({ kind: 'removed', key, message }));
  const open = facts?.openCases ?? 0;
  if (open > 0)
    notes.push({
      kind: 'open-cases',
      key,
      message: `"${target.site}" has ${open === 1 ? '1 open case' : `${String(open)} open cases`} of this type. Their activities stay as they are; limits, roles and later sets follow the new definition.`,
    });
  const change: Work = { kind: 'update-case-type', caseType: wanted, before, fields, reasons };
  return {
    works: [change],
    dropped,
    notes: [...notes, ...subjectNotes(wanted, target), ...droppedNotes(dropped), ...unreadableNotes(target)],
    problems: [...problems, ...lossProblems(dropped, target)],
  };
}

const typeKey = ({ name }: KeptType): EntityKey => keyOf({ kind: 'activity_type', name });

/** @param dropped those that no active case type names any more */
export const lossProblems = (dropped: readonly KeptType[], target: Snapshot): readonly Problem[] =>
  dropped
    .filter(({ activities }) => activities > 0)
    .map((type) => ({
      kind: 'activities-lost',
      key: typeKey(type),
      message: `On "${target.site}" ${lossOf(type)}.`,
      remedy: lossRemedy(type, target.site),
    }));

export const droppedNotes = (dropped: readonly KeptType[]): readonly Note[] =>
  dropped
    .filter(({ activities }) => activities === 0)
    .map((type) => ({
      kind: 'type-goes',
      key: typeKey(type),
      message:
        'CiviCRM made it for a definition, no active case type names it any more, and there is no activity of it: CiviCRM deletes it.',
    }));

function nameProblems(wanted: CaseTypeEntity, target: Snapshot): readonly Problem[] {
  const key = keyOf({ kind: 'case_type', name: wanted.name });
  const other = target.caseTypeNames.find((name) => name !== wanted.name && sameName(name, wanted.name));
  if (other !== undefined)
    return [
      {
        kind: 'name-differs-by-case',
        key,
        message: `Site "${target.site}" has the case type "${other}" instead: CiviCRM tells them apart, its database does not.`,
        remedy: "Give one of the two case types the other's name.",
      },
    ];
  if (/^[A-Za-z0-9_]+$/.test(wanted.name)) return [];
  return [
    {
      kind: 'malformed-name',
      key,
      message: `CiviCRM creates no case type named "${wanted.name}": it wants letters, digits and underscores.`,
      remedy: 'Rename the case type at the source.',
    },
  ];
}

/** Texts of roles and assignee rules that would mean something else on the target, or nothing. */
function referenceProblems(check: CaseTypeCheck): readonly Problem[] {
  const { wanted, target } = check;
  const key = keyOf({ kind: 'case_type', name: wanted.name });
  const problems: Problem[] = [];
  const model = toCaseTypeModel(wanted.definition);
  for (const role of model.caseRoles) {
    const [here, there] = [meaning(role.name, check.sourceTypes), meaning(role.name, check.targetTypes)];
    if (here === null || there === null || here === there) continue;
    problems.push({
      kind: 'role-resolves-differently',
      key,
      message: `The role "${role.name}" means ${here} at the source, but ${there} on "${target.site}".`,
      remedy: 'Rename one of the relationship types, so that the text is the name of one only.',
    });
  }
  for (const set of model.activitySets)
    set.steps.forEach((step, index) => {
      const rule = parseAssigneeType(step.defaultAssigneeType ?? '');
      const names =
        rule === 'SPECIFIC_CONTACT'
          ? step.defaultAssigneeContacts.map((text) => ({ text, known: parseContact(text) !== null }))
          : rule === 'BY_RELATIONSHIP' && step.defaultAssigneeRelationship !== ''
            ? [
                {
                  text: step.defaultAssigneeRelationship,
                  known: parseRelationship(step.defaultAssigneeRelationship) !== null,
                },
              ]
            : [];
      for (const { text } of names.filter(({ known }) => !known))
        problems.push({
          kind: 'not-portable',
          key,
          message:
            text === WITHHELD_CONTACT
              ? `Step ${String(index + 1)} of "${set.name}" assigns a contact known only by an e-mail address, which the pull left out.`
              : `Step ${String(index + 1)} of "${set.name}" assigns by the id "${text}", which means nothing on another site.`,
          remedy:
            text === WITHHELD_CONTACT
              ? 'Give that contact an external identifier at the source, or pull again with --with-addresses.'
              : rule === 'SPECIFIC_CONTACT'
                ? 'Give that contact an external identifier or an e-mail address at the source, take it out of the trash there, or change the step.'
                : 'Plan from the site the id belongs to, or choose the relationship again in its editor.',
        });
    });
  return problems;
}

/** The relationship type and side that a role's text names; null when it names none. */
function meaning(role: string, types: readonly RelationshipTypeEntity[]): string | null {
  const resolved = resolveRole(role, numbered(types));
  const type = types[resolved?.relationshipTypeId ?? -1];
  if (resolved === null || type === undefined) return null;
  return `contact ${resolved.holderSide.toUpperCase()} of "${type.nameAB}" / "${type.nameBA}"`;
}

function removedParts(held: CaseTypeEntity, wanted: CaseTypeEntity): readonly string[] {
  const [before, after] = [toCaseTypeModel(held.definition), toCaseTypeModel(wanted.definition)];
  const steps = missing(stepsOf(before), stepsOf(after));
  const roles = missing(
    before.caseRoles.map((role) => role.name),
    after.caseRoles.map((role) => role.name),
  );
  return [
    ...steps.map((step) => `Step ${step} is removed.`),
    ...roles.map((role) => `Role "${role}" is removed; people who hold it on cases keep it.`),
  ];
}

const stepsOf = (model: CaseTypeModel): readonly string[] =>
  model.activitySets.flatMap((set) => set.steps.map((step) => `"${step.activityType}" of "${set.name}"`));

/** Items of the first list that the second does not have as often. */
function missing(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...after];
  return before.filter((item) => {
    const index = left.indexOf(item);
    if (index === -1) return true;
    left.splice(index, 1);
    return false;
  });
}

/** Sites before 6.17 keep the subject of a step and do nothing with it. */
function subjectNotes(wanted: CaseTypeEntity, target: Snapshot): readonly Note[] {
  if (target.features.stepSubjects !== false) return [];
  const steps = toCaseTypeModel(wanted.definition).activitySets.flatMap((set) => set.steps);
  const named = steps.filter((step) => step.defaultSubject !== '');
  if (named.length === 0) return [];
  return [
    {
      kind: 'without-effect',
      key: keyOf({ kind: 'case_type', name: wanted.name }),
      message: `"${target.site}" runs a CiviCRM before 6.17: the subjects of ${String(named.length)} steps (default_subject) are stored there, and their activities get none.`,
    },
  ];
}

function unreadableNotes(target: Snapshot): readonly Note[] {
  return target.unreadableCaseTypes.map((name) => ({
    kind: 'unreadable-definition',
    key: keyOf({ kind: 'case_type', name }),
    message: `Case type "${name}" of "${target.site}" reads as an empty definition. If its XML is broken, saving any case type there answers an error although the row is stored.`,
  }));
}
