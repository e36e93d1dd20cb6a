import { phpEquals } from '../php-values.ts';
import { readAssigneeRelationship } from '../roles.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { pathKeys, stepPath, type StepSpot } from './subject.ts';

const ASSIGNEE = 'CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeForActivity';

const PORTABLE =
  /^(?:name:|relationship:[ab]_[ab]:|contact:(?:(?:external_identifier|email):|withheld$|unknown$))/;

/** Which rule of a step is in force, as PHP compares the text with the seed values. */
export function assigneeKind({
  step,
}: StepSpot): 'nobody' | 'relationship' | 'contact' | 'creator' | 'unknown' {
  const text = step.defaultAssigneeType ?? '';
  if (text.trim() === '' || phpEquals(text, '1')) return 'nobody';
  if (phpEquals(text, '2')) return 'relationship';
  if (phpEquals(text, '3')) return 'contact';
  return phpEquals(text, '4') ? 'creator' : 'unknown';
}

export const isPortable = (text: string): boolean => PORTABLE.test(text);

/** Rules on whom a step is assigned to. */
export const ASSIGNEE_RULES: readonly DefinitionRule[] = [
  {
    code: 'assignee-type-unknown',
    severity: 'error',
    level: 'file',
    what: 'A default_assignee_type is none of the values 1 to 4.',
    why: 'CiviCRM compares it with the option values of activity_default_assignee (1 nobody, 2 by relationship, 3 a certain contact, 4 who opens the case), not with names; at any other text it assigns nobody.',
    source: ASSIGNEE,
    fix: 'Write 1, 2, 3 or 4.',
    autofix: false,
    find: ({ steps, site }, found) => {
      for (const spot of steps) {
        const text = spot.step.defaultAssigneeType ?? '';
        const isKnown = site?.names.assigneeTypes.some(({ value }) => phpEquals(value, text)) === true;
        if (assigneeKind(spot) === 'unknown' && !isPortable(text) && !isKnown)
          found(stepPath(spot, 'default_assignee_type'), `"${text}" is no assignee type.`);
      }
    },
  },
  {
    code: 'assignee-relationship-missing',
    severity: 'error',
    level: 'file',
    what: 'A step assigns by relationship and names none.',
    why: 'The text must be a relationship type id and two sides, such as 9_b_a; at any other CiviCRM assigns nobody.',
    source: 'CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeByRelationship',
    fix: "Choose the relationship in CiviCRM's case-type editor, or leave the rule out.",
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const text = spot.step.defaultAssigneeRelationship;
        if (assigneeKind(spot) !== 'relationship' || isPortable(text)) continue;
        if (readAssigneeRelationship(text) !== null) continue;
        const leaf = text === '' ? 'default_assignee_type' : 'default_assignee_relationship';
        found(
          stepPath(spot, leaf),
          text === ''
            ? `"${spot.step.activityType}" assigns by relationship and names none.`
            : `"${text}" is no relationship of the form 9_b_a.`,
        );
      }
    },
  },
  {
    code: 'assignee-contact-missing',
    severity: 'error',
    level: 'file',
    what: 'A step assigns a certain contact and names none.',
    why: 'Without the id of a contact CiviCRM assigns nobody.',
    source: 'CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeBySpecificContact',
    fix: "Choose the contact in CiviCRM's case-type editor, or leave the rule out.",
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const [text = ''] = spot.step.defaultAssigneeContacts;
        if (assigneeKind(spot) !== 'contact' || isPortable(text) || /^\s*[1-9]\d*\s*$/.test(text)) continue;
        const leaf = text === '' ? 'default_assignee_type' : 'default_assignee_contact';
        found(
          stepPath(spot, leaf),
          text === ''
            ? `"${spot.step.activityType}" assigns a certain contact and names none.`
            : `"${text}" is no contact id.`,
        );
      }
    },
  },
  {
    code: 'assignee-by-id',
    severity: 'notice',
    level: 'file',
    what: 'A step assigns by the id of a contact or relationship type.',
    why: 'Ids differ from site to site, so the rule points elsewhere after a move.',
    source: ASSIGNEE,
    fix: 'Let "civicase plan" translate the id, or choose the assignee again after the move.',
    autofix: false,
    find: ({ steps, site }, found) => {
      if (site !== null) return;
      for (const spot of steps) {
        const { activityType, defaultAssigneeRelationship: relationship } = spot.step;
        const [contact = ''] = spot.step.defaultAssigneeContacts;
        const kind = assigneeKind(spot);
        const id = kind === 'relationship' ? relationship : kind === 'contact' ? contact : '';
        if (/^\s*\d+(?:_[ab]_[ab])?\s*$/.test(id))
          found(
            stepPath(spot, `default_assignee_${kind === 'contact' ? 'contact' : 'relationship'}`),
            `"${activityType}" assigns by the id ${id} of one site.`,
          );
      }
    },
  },
  {
    code: 'assignee-unused',
    severity: 'notice',
    level: 'file',
    what: 'A step names a contact or relationship that its assignee rule does not use.',
    why: 'CiviCRM looks at the contact only for type 3 and at the relationship only for type 2.',
    source: ASSIGNEE,
    fix: 'Remove the leaf, or set the type that was meant.',
    autofix: true,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const kind = assigneeKind(spot);
        if (kind === 'unknown') continue;
        const idle = [
          ['default_assignee_relationship', spot.step.defaultAssigneeRelationship, 'relationship'],
          ['default_assignee_contact', spot.step.defaultAssigneeContacts[0] ?? '', 'contact'],
        ] as const;
        for (const [leaf, text, user] of idle) {
          if (text.trim() === '' || kind === user) continue;
          const path = stepPath(spot, leaf);
          found(path, `"${spot.step.activityType}" does not use its ${leaf} "${text}".`, [
            { kind: 'remove', path: pathKeys(path) },
          ]);
        }
      }
    },
  },
  {
    code: 'portable-reference',
    severity: 'notice',
    level: 'file',
    what: 'A step holds a reference by name, as "civicase pull" writes it.',
    why: 'Only civicase understands it and puts the id of the site in its place; CiviCRM itself assigns nobody.',
    source: ASSIGNEE,
    fix: 'Bring the case type to the site with "civicase plan" and "civicase apply".',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const { step } = spot;
        const texts = [
          ['default_assignee_type', step.defaultAssigneeType ?? ''],
          ['default_assignee_relationship', step.defaultAssigneeRelationship],
          ['default_assignee_contact', step.defaultAssigneeContacts[0] ?? ''],
        ] as const;
        const [leaf, text] = texts.find(([, one]) => isPortable(one) && one !== 'name:NONE') ?? [];
        if (leaf !== undefined)
          found(stepPath(spot, leaf), `"${text}" is a reference that only civicase understands.`);
      }
    },
  },
];
