import { readAssigneeRelationship, resolveRole, type ResolvedRole, type Side } from '../roles.ts';
import { assigneeKind } from './assignee-rules.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { nearestOf } from './nearest.ts';
import type { SiteIndex, SiteRelationship } from './site-names.ts';
import { siteRule } from './site-rules.ts';
import { pathKeys, rolePath, stepPath, type LintSubject } from './subject.ts';

const LOCATE = 'CRM/Case/XMLProcessor/Process.php, locateNameOrLabel';
const ASSIGNEE = 'CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeByRelationship';

interface FoundRole {
  readonly index: number;
  readonly name: string;
  readonly isCreator: boolean;
  readonly role: ResolvedRole | null;
  readonly type: SiteRelationship | undefined;
}

function rolesOn({ model }: LintSubject, { names }: SiteIndex): readonly FoundRole[] {
  return model.caseRoles.flatMap(({ name, isCreator }, index) => {
    if (name.trim() === '') return [];
    const role = resolveRole(name, names.relationshipTypes);
    const type = names.relationshipTypes.findLast(({ id }) => id === role?.relationshipTypeId);
    return [{ index, name, isCreator, role, type }];
  });
}

const contactTypeOf = (type: SiteRelationship, side: Side): string | null =>
  side === 'a' ? type.contactTypeA : type.contactTypeB;
const pairOf = (type: SiteRelationship): string => `"${type.nameAB}" / "${type.nameBA}"`;

/** Every step that assigns by relationship, with what its text means on the site. */
function eachAssigned(
  { steps }: LintSubject,
  { names }: SiteIndex,
  visit: (
    path: string,
    rule: { readonly clientSide: Side; readonly id: number },
    type?: SiteRelationship,
  ) => void,
): void {
  if (!names.hasIds) return;
  for (const spot of steps) {
    if (assigneeKind(spot) !== 'relationship') continue;
    const rule = readAssigneeRelationship(spot.step.defaultAssigneeRelationship);
    if (rule === null) continue;
    visit(
      stepPath(spot, 'default_assignee_relationship'),
      { clientSide: rule.clientSide, id: rule.relationshipTypeId },
      names.relationshipTypes.find(({ id }) => id === rule.relationshipTypeId),
    );
  }
}

/** Rules on roles and assignee ids as a site understands them. */
export const SITE_ROLE_RULES: readonly DefinitionRule[] = [
  siteRule(
    {
      code: 'unknown-role',
      severity: 'warning',
      what: 'The site has no relationship type for a role.',
      why: 'CiviCRM makes one when the definition is saved by its API. Otherwise it cannot open a case whose creator role it does not find, and does not show other unknown roles.',
      source: `${LOCATE}; CRM/Case/ManagedEntities.php, createManagedRelationshipTypes`,
      fix: 'Correct the name, or make the relationship type first.',
    },
    (subject, site, found) => {
      for (const { index, name, role } of rolesOn(subject, site)) {
        if (role !== null) continue;
        const known = site.names.relationshipTypes.flatMap(({ nameAB, nameBA }) => [nameAB, nameBA]);
        const near = nearestOf(name, known);
        found(
          rolePath(index, 'name'),
          `${site.names.site} has no relationship type for the role "${name}".${near === null ? '' : ` It has "${near}".`}`,
        );
      }
    },
  ),
  siteRule(
    {
      code: 'disabled-role',
      severity: 'warning',
      what: 'The relationship type of a role is disabled on the site.',
      why: 'CiviCRM still gives the role to whoever opens the case, but nobody can assign it by hand.',
      source: `${LOCATE}; CRM/Contact/BAO/Relationship.php, getContactRelationshipType`,
      fix: 'Enable the relationship type, or use another.',
    },
    (subject, site, found) => {
      for (const { index, name, type } of rolesOn(subject, site))
        if (type?.isActive === false)
          found(
            rolePath(index, 'name'),
            `The relationship type of "${name}" is disabled on ${site.names.site}.`,
          );
    },
  ),
  {
    ...siteRule(
      {
        code: 'role-by-label',
        severity: 'warning',
        what: 'A role is named by the label of a relationship type.',
        why: 'CiviCRM tries labels only when no name fits: the role is lost when somebody changes the label, and groups of the role have no effect.',
        source: `${LOCATE}; CRM/Case/Form/CaseView.php, preProcess`,
        fix: 'Write the machine name.',
      },
      (subject, site, found) => {
        for (const { index, name, role } of rolesOn(subject, site)) {
          if (role?.matchedBy !== 'label') continue;
          const path = rolePath(index, 'name');
          found(path, `"${name}" is the label of "${role.name}".`, [
            { kind: 'set-leaf', path: pathKeys(path), value: role.name },
          ]);
        }
      },
    ),
    autofix: true,
  },
  siteRule(
    {
      code: 'ambiguous-role',
      severity: 'warning',
      what: 'Two relationship types of the site have the text of a role.',
      why: 'Names go before labels, A before B, and of two alike the one that the database returns last wins.',
      source: `${LOCATE}; CRM/Utils/Check/Component/Case.php, checkRelationshipTypeProblems`,
      fix: 'Rename one of the relationship types.',
    },
    (subject, site, found) => {
      for (const { index, name, type, role } of rolesOn(subject, site)) {
        const texts =
          role?.matchedBy === 'label' ? (['labelAB', 'labelBA'] as const) : (['nameAB', 'nameBA'] as const);
        const others = site.names.relationshipTypes.filter(
          (other) => other !== type && texts.some((text) => other[text] === name),
        );
        const [other] = others;
        if (type !== undefined && other !== undefined)
          found(rolePath(index, 'name'), `"${name}" stands in ${pairOf(type)} and in ${pairOf(other)}.`);
      }
    },
  ),
  siteRule(
    {
      code: 'role-of-same-relationship',
      severity: 'warning',
      what: 'Two roles come to the same side of the same relationship type.',
      why: 'CiviCRM keeps roles by relationship type and side, so one of the two has no effect.',
      source: LOCATE,
      fix: 'Remove one of the two.',
    },
    (subject, site, found) => {
      const first = new Map<string, string>();
      for (const { index, name, role } of rolesOn(subject, site)) {
        if (role === null) continue;
        const other = first.get(role.key);
        if (other === undefined) first.set(role.key, name);
        else if (other !== name)
          found(rolePath(index, 'name'), `"${name}" is the same relationship as "${other}".`);
      }
    },
  ),
  siteRule(
    {
      code: 'role-not-for-people',
      severity: 'error',
      what: 'The role of the creator can only be held by an organisation or household.',
      why: 'CiviCRM gives the role to whoever opens the case without looking at the relationship type, and stores a relationship that its own forms refuse.',
      source: 'CRM/Case/XMLProcessor/Process.php, createRelationships',
      fix: 'Use the name of the other side, or leave out <creator>.',
    },
    (subject, site, found) => {
      for (const { index, name, role, type, isCreator } of rolesOn(subject, site)) {
        if (role === null || type === undefined || !isCreator) continue;
        const holder = contactTypeOf(type, role.holderSide);
        if (holder !== null && holder !== 'Individual')
          found(rolePath(index, 'name'), `Only contacts of the type ${holder} can be "${name}".`);
      }
    },
  ),
  siteRule(
    {
      code: 'assignee-relationship-unknown',
      severity: 'error',
      what: 'The site has no relationship type of the id by which a step assigns.',
      why: 'CiviCRM finds no relationship and assigns nobody.',
      source: ASSIGNEE,
      fix: 'Choose the relationship again, or let "civicase plan" translate the id.',
    },
    (subject, site, found) =>
      eachAssigned(subject, site, (path, { id }, type) => {
        if (type === undefined) found(path, `${site.names.site} has no relationship type ${String(id)}.`);
      }),
  ),
  siteRule(
    {
      code: 'assignee-relationship-elsewhere',
      severity: 'warning',
      what: 'The id by which a step assigns means a relationship that is no role of the case type.',
      why: 'Ids differ from site to site. CiviCRM then looks for a relationship of the client that no case of this type makes.',
      source: ASSIGNEE,
      fix: 'Choose the relationship again, or let "civicase plan" translate the id.',
    },
    (subject, site, found) => {
      const roles = new Set(rolesOn(subject, site).map(({ role }) => role?.relationshipTypeId));
      eachAssigned(subject, site, (path, { id }, type) => {
        if (type !== undefined && !roles.has(id))
          found(
            path,
            `On ${site.names.site} ${String(id)} is ${pairOf(type)}, which is no role of this case type.`,
          );
      });
    },
  ),
  siteRule(
    {
      code: 'assignee-relationship-wrong-side',
      severity: 'error',
      what: 'A step looks for the client on the wrong side of a relationship.',
      why: 'An assignee rule is written {id}_{assignee}_{client}, the other way round than the key of a role. On the wrong side CiviCRM finds nobody.',
      source: `${ASSIGNEE}; ext/civi_case/ang/crmCaseType.js`,
      fix: 'Swap the two sides.',
    },
    (subject, site, found) => {
      const roles = rolesOn(subject, site);
      eachAssigned(subject, site, (path, { id, clientSide }, type) => {
        const own = roles.filter(({ role }) => role?.relationshipTypeId === id);
        const isEither = type === undefined || type.labelAB === type.labelBA || own.length === 0;
        if (!isEither && own.every(({ role }) => role?.clientSide !== clientSide))
          found(
            path,
            `The client is contact ${clientSide === 'a' ? 'B' : 'A'} of ${pairOf(type)}, and the step looks for it as ${clientSide.toUpperCase()}.`,
          );
      });
    },
  ),
  siteRule(
    {
      code: 'assignee-contact-there',
      severity: 'warning',
      what: 'A step assigns a contact by id, who is missing on the site or may be somebody else there.',
      why: 'Ids of contacts differ from site to site. A contact who is missing is assigned to nothing; one of the same id is assigned, whoever it is.',
      source: 'CRM/Case/XMLProcessor/Process.php, getDefaultAssigneeBySpecificContact',
      fix: 'Choose the contact again, or let "civicase plan" translate the id.',
    },
    ({ steps }, { names, contacts }, found) => {
      for (const spot of steps) {
        const [id = ''] = spot.step.defaultAssigneeContacts;
        if (assigneeKind(spot) !== 'contact' || !/^\s*[1-9]\d*\s*$/.test(id)) continue;
        const key = contacts.get(id.trim());
        const path = stepPath(spot, 'default_assignee_contact');
        if (key === null) found(path, `${names.site} has no contact ${id.trim()}.`);
        else if (key === undefined)
          found(path, `Who contact ${id.trim()} is on ${names.site} is not known here.`);
        else found(path, `Contact ${id.trim()} on ${names.site} is ${key}.`);
      }
    },
  ),
];
