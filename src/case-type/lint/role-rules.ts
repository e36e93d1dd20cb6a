import type { JsonValue } from '../../base/json.ts';
import { isPhpTrue, leafText, phpNumber } from '../php-values.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { eachRepeated, recordsOf, rolePath } from './subject.ts';

const ROLES = 'CRM/Case/XMLProcessor/Process.php, createRelationships and locateNameOrLabel';
const MANAGER = 'CRM/Case/XMLProcessor/Process.php, caseRoles';

/** Words that a writer means as no. */
export const saysNo = (text: string): boolean => /^\s*(?:false|no|n|f|off|none|null|0+\.?0*)\s*$/i.test(text);

/** A list of texts; null for what is none. */
const textsIn = (value: JsonValue | undefined): readonly string[] | null =>
  Array.isArray(value) ? (value as readonly JsonValue[]).map(leafText) : null;

/** Rules on case roles. */
export const ROLE_RULES: readonly DefinitionRule[] = [
  {
    code: 'no-manager',
    severity: 'notice',
    level: 'file',
    what: 'No case role is marked as manager.',
    why: 'The case manager is whoever holds the marked role; without a mark the case screen and the lists of cases show none.',
    source: MANAGER,
    fix: 'Write <manager>1</manager> into one role.',
    autofix: false,
    find: ({ model, definition }, found) => {
      const isMeant = recordsOf(definition.caseRoles).some((role) => isPhpTrue(leafText(role['manager'])));
      if (!isMeant && model.caseRoles.every(({ isManager }) => !isManager))
        found('caseRoles', 'No case role is marked as manager.');
    },
  },
  {
    code: 'second-manager',
    severity: 'error',
    level: 'file',
    what: 'Two case roles are marked as manager.',
    why: 'A case has one manager: the first role that is marked wins.',
    source: MANAGER,
    fix: 'Mark one role as manager.',
    autofix: false,
    find: ({ model: { caseRoles } }, found) => {
      const first = caseRoles.findIndex((role) => role.isManager);
      caseRoles.forEach((role, index) => {
        if (role.isManager && index > first)
          found(rolePath(index, 'manager'), `"${role.name}" is a second manager.`);
      });
    },
  },
  {
    code: 'manager-not-one',
    severity: 'error',
    level: 'file',
    what: 'A role is marked as manager with another text than 1.',
    why: 'CiviCRM asks whether the text is the number 1, so "true" and "yes" mark nobody.',
    source: MANAGER,
    fix: 'Write <manager>1</manager>.',
    autofix: false,
    find: ({ definition }, found) =>
      recordsOf(definition.caseRoles).forEach((role, index) => {
        const text = leafText(role['manager']);
        if (isPhpTrue(text) && text.trim() !== '' && phpNumber(text) !== 1 && !saysNo(text))
          found(rolePath(index, 'manager'), `The manager text "${text}" is not 1.`);
      }),
  },
  {
    code: 'creator-says-no',
    severity: 'error',
    level: 'file',
    what: 'A role says that it is not for the creator, and CiviCRM reads yes.',
    why: 'Every text but the empty one and 0 gives the role to whoever opens the case, "false" too.',
    source: 'CRM/Case/XMLProcessor/Process.php, process',
    fix: 'Write 0, or leave the element out.',
    autofix: false,
    find: ({ definition }, found) =>
      recordsOf(definition.caseRoles).forEach((role, index) => {
        const text = leafText(role['creator']);
        if (isPhpTrue(text) && (saysNo(text) || text.trim() === ''))
          found(rolePath(index, 'creator'), `"${text}" gives the role to whoever opens the case.`);
      }),
  },
  {
    code: 'role-without-name',
    severity: 'error',
    level: 'file',
    what: 'A case role has no name.',
    why: 'CiviCRM finds no relationship type for it; as a role of the creator it stops every opening.',
    source: ROLES,
    fix: 'Give the role the name of a relationship type, or remove it.',
    autofix: false,
    find: ({ model }, found) =>
      model.caseRoles.forEach(({ name }, index) => {
        if (name.trim() === '') found(rolePath(index), 'A case role has no name.');
      }),
  },
  {
    code: 'duplicate-role',
    severity: 'warning',
    level: 'file',
    what: 'A case role stands twice.',
    why: 'Both entries stand for the same relationship, so one of them has no effect.',
    source: MANAGER,
    fix: 'Remove one of them.',
    autofix: false,
    find: ({ model }, found) =>
      eachRepeated(
        model.caseRoles.map(({ name }) => name),
        (index, name) => {
          if (name !== '') found(rolePath(index, 'name'), `The role "${name}" stands twice.`);
        },
      ),
  },
  {
    code: 'role-from-wrong-side',
    severity: 'warning',
    level: 'file',
    what: "A case role is named from the client's side.",
    why: 'The text names what the holder is to the client. In a pair such as "Case Coordinator is" and "Case Coordinator" the one with "is" makes the client the coordinator.',
    source: ROLES,
    fix: 'Use the name of the other side, without "is".',
    autofix: false,
    find: ({ model }, found) =>
      model.caseRoles.forEach(({ name }, index) => {
        const other = / is$/.test(name) ? name.slice(0, -' is'.length) : '';
        if (other !== '')
          found(rolePath(index, 'name'), `"${name}" says what the client is; the role is "${other}".`);
      }),
  },
  {
    code: 'role-name-too-long',
    severity: 'error',
    level: 'file',
    what: 'The name of a case role is longer than 64 characters.',
    why: 'CiviCRM makes a missing relationship type with both its names cut to 61 characters and "...": the role does not find it, and as a role of the creator it stops every opening.',
    source: 'CRM/Case/ManagedEntities.php, createManagedRelationshipTypes; CRM/Core/DAO.php, copyValues',
    fix: 'Shorten the name.',
    autofix: false,
    find: ({ model, site }, found) =>
      model.caseRoles.forEach(({ name }, index) => {
        const isThere = site?.names.relationshipTypes.some(
          ({ nameAB, nameBA }) => nameAB === name || nameBA === name,
        );
        const { length } = Array.from(name);
        if (length > 64 && isThere !== true)
          found(rolePath(index, 'name'), `The name has ${String(length)} characters.`);
      }),
  },
  {
    code: 'comma-in-group',
    severity: 'error',
    level: 'file',
    what: 'The name of a group for a role holds a comma.',
    why: 'CiviCRM joins the groups of a role with commas and splits them again, so this one becomes two that do not exist.',
    source: 'CRM/Case/BAO/CaseType.php, convertDefinitionToXML and convertXmlToDefinition',
    fix: 'Rename the group.',
    autofix: false,
    find: ({ definition, site }, found) =>
      recordsOf(definition.caseRoles).forEach((role, index) => {
        const listed = textsIn(role['groups']);
        const whole = (listed ?? [leafText(role['groups'])]).join(',');
        const split = listed?.find((group) => group.includes(','));
        // In XML the list is split already; only a site knows that its pieces are one name.
        const known = whole.includes(',') && site?.groups.byName.has(whole) === true ? whole : undefined;
        const name = split ?? known;
        if (name !== undefined)
          found(rolePath(index, 'groups'), `The group "${name}" is split at its comma.`);
      }),
  },
  {
    code: 'empty-group',
    severity: 'warning',
    level: 'file',
    what: 'The groups of a role, or of assignees, hold an empty name.',
    why: 'CiviCRM looks for a group without a name beside the others.',
    source: 'CRM/Case/BAO/CaseType.php, convertXmlToDefinition; CRM/Case/Form/CaseView.php, preProcess',
    fix: 'Remove the surplus comma or the empty element.',
    autofix: false,
    find: ({ definition }, found) =>
      recordsOf(definition.caseRoles).forEach((role, index) => {
        const groups = textsIn(role['groups']) ?? [];
        if (groups.length > 1 && groups.some((group) => group.trim() === ''))
          found(rolePath(index, 'groups'), 'A name among the groups of the role is empty.');
      }),
  },
  {
    code: 'group-by-id',
    severity: 'notice',
    level: 'file',
    what: 'Groups of assignees are given by id.',
    why: 'CiviCRM puts the names of this site in their place when it reads the file; on another site they are other groups.',
    source: 'CRM/Case/BAO/CaseType.php, convertXmlToDefinition',
    fix: 'Write the names of the groups.',
    autofix: false,
    find: ({ model }, found) => {
      const { assigneeGroups } = model;
      if (assigneeGroups.length > 0 && assigneeGroups.every((name) => /^-?\d+$/.test(name)))
        found('activityAsgmtGrps.0', `The groups ${assigneeGroups.join(', ')} are ids of one site.`);
    },
  },
];
