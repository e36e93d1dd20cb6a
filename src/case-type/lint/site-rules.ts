import { nearestOf } from './nearest.ts';
import type { DefinitionRule, Found, LintRule } from './lint-rule.ts';
import type { OptionIndex, SiteIndex, SiteOption } from './site-names.ts';
import { stepPath, menuPath, rolePath, type LintSubject } from './subject.ts';

const CREATE = 'CRM/Case/XMLProcessor/Process.php, createActivity';
const MANAGED = 'CRM/Case/ManagedEntities.php, createManagedActivityTypes';
const STATUSES = 'CRM/Case/BAO/Case.php, alterStatusOptions';

type SiteFind = (subject: LintSubject, site: SiteIndex, found: Found) => void;

/** A rule that says nothing without the names of a site. */
export const siteRule = (rule: Omit<LintRule, 'level' | 'autofix'>, find: SiteFind): DefinitionRule => ({
  ...rule,
  level: 'site',
  autofix: false,
  find: (subject, found) => {
    if (subject.site !== null) find(subject, subject.site, found);
  },
});

/** What a name comes to in an option group of the site. */
type Verdict = 'known' | 'disabled' | 'label' | 'unknown';

export function verdictOf(name: string, options: OptionIndex<SiteOption>): Verdict {
  const option = options.byName.get(name);
  if (option !== undefined) return option.isActive ? 'known' : 'disabled';
  return options.byLabel.has(name) ? 'label' : 'unknown';
}

type Visit = (path: string, name: string) => void;

/** Each activity type that a step makes or the menu offers, once, where it first stands. */
function eachType({ model, steps }: LintSubject, visit: Visit): void {
  const told = new Set(['']);
  const once: Visit = (path, name) => {
    if (!told.has(name.trim())) visit(path, name);
    told.add(name.trim());
  };
  for (const spot of steps) once(stepPath(spot, 'name'), spot.step.activityType);
  model.activityTypes.forEach(({ name }, index) => once(menuPath(index, 'name'), name));
}

function eachStepStatus({ steps }: LintSubject, visit: Visit): void {
  for (const spot of steps) {
    const { status = '' } = spot.step;
    if (status.trim() !== '' && !spot.set.isSequence) visit(stepPath(spot, 'status'), status);
  }
}

const eachCaseStatus = ({ model }: LintSubject, visit: Visit): void =>
  model.statuses.forEach((name, index) => visit(`statuses.${String(index)}`, name));

function eachGroup({ model }: LintSubject, visit: Visit): void {
  model.assigneeGroups.forEach((name, index) => {
    if (!/^\d+$/.test(name)) visit(`activityAsgmtGrps.${String(index)}`, name);
  });
  model.caseRoles.forEach(({ groups }, index) =>
    groups.forEach((name, at) => {
      if (name.trim() !== '') visit(rolePath(index, `groups.${String(at)}`), name);
    }),
  );
}

const hint = (name: string, options: OptionIndex<SiteOption>): string => {
  const near = nearestOf(name, [...options.byName.keys()]);
  return near === null ? '' : ` It has "${near}".`;
};

/** Rules on the names of options and groups that a site has or lacks. */
export const SITE_RULES: readonly DefinitionRule[] = [
  siteRule(
    {
      code: 'unknown-activity-type',
      severity: 'warning',
      what: 'The site has no activity type of that name.',
      why: 'CiviCRM makes a new activity type of the name when the definition is saved by its API, or stops with an error when a case opens.',
      source: `${MANAGED}; ${CREATE}`,
      fix: 'Correct the name, or make the activity type first.',
    },
    (subject, { names, activityTypes }, found) =>
      eachType(subject, (path, name) => {
        if (verdictOf(name, activityTypes) === 'unknown')
          found(path, `${names.site} has no activity type "${name}".${hint(name, activityTypes)}`);
      }),
  ),
  siteRule(
    {
      code: 'disabled-activity-type',
      severity: 'error',
      what: 'The activity type is disabled on the site.',
      why: 'CiviCRM stops with an error at a step of a disabled type, and leaves half a case; a menu does not offer it.',
      source: CREATE,
      fix: 'Enable the activity type, or use another.',
    },
    (subject, { names, activityTypes }, found) =>
      eachType(subject, (path, name) => {
        if (verdictOf(name, activityTypes) === 'disabled')
          found(path, `The activity type "${name}" is disabled on ${names.site}.`);
      }),
  ),
  siteRule(
    {
      code: 'activity-type-by-label',
      severity: 'error',
      what: 'An activity type is named by its label.',
      why: 'Definitions hold machine names: CiviCRM makes a second type of that name, or stops with an error when a case opens.',
      source: `${MANAGED}; ${CREATE}`,
      fix: 'Write the machine name.',
    },
    (subject, { activityTypes }, found) =>
      eachType(subject, (path, name) => {
        if (verdictOf(name, activityTypes) === 'label')
          found(path, `"${name}" is the label of "${activityTypes.byLabel.get(name)?.name ?? ''}".`);
      }),
  ),
  siteRule(
    {
      code: 'foreign-component-type',
      severity: 'warning',
      what: 'The activity type belongs to another component.',
      why: 'CiviCRM makes such activities itself, for records of that component, and hides the type when the component is disabled.',
      source: 'CRM/Case/PseudoConstant.php, caseActivityType; Civi/CCase/SequenceListener.php, onCaseChange',
      fix: 'Use an activity type of CiviCase, or one without a component.',
    },
    (subject, { activityTypes }, found) =>
      eachType(subject, (path, name) => {
        const component = activityTypes.byName.get(name)?.component ?? 'CiviCase';
        if (component !== 'CiviCase') found(path, `The activity type "${name}" belongs to ${component}.`);
      }),
  ),
  siteRule(
    {
      code: 'unknown-step-status',
      severity: 'error',
      what: 'The site has no activity status of that name, or has it disabled.',
      why: 'CiviCRM stores an activity with an unknown status as Completed.',
      source: `${CREATE}; CRM/Activity/BAO/Activity.php, create`,
      fix: 'Make the activity status on the site, or correct the name.',
    },
    (subject, { names, activityStatuses }, found) =>
      eachStepStatus(subject, (path, name) => {
        const verdict = verdictOf(name, activityStatuses);
        if (verdict === 'unknown')
          found(path, `${names.site} has no activity status "${name}".${hint(name, activityStatuses)}`);
        if (verdict === 'disabled')
          found(path, `The activity status "${name}" is disabled on ${names.site}.`);
      }),
  ),
  siteRule(
    {
      code: 'step-status-by-label',
      severity: 'error',
      what: 'An activity status is named by its label.',
      why: 'CiviCRM looks for the machine name, and an activity whose status is not found becomes Completed.',
      source: `${CREATE}; CRM/Activity/BAO/Activity.php, create`,
      fix: 'Write the machine name.',
    },
    (subject, { activityStatuses }, found) =>
      eachStepStatus(subject, (path, name) => {
        if (verdictOf(name, activityStatuses) === 'label')
          found(path, `"${name}" is the label of "${activityStatuses.byLabel.get(name)?.name ?? ''}".`);
      }),
  ),
  siteRule(
    {
      code: 'unknown-case-status',
      severity: 'warning',
      what: 'The site has no case status of that name, or has it disabled.',
      why: 'The list filters what people can choose; a name that is not there is never offered.',
      source: STATUSES,
      fix: 'Make the case status on the site, or correct the name.',
    },
    (subject, { names, caseStatuses }, found) => {
      const byName = new Map([...caseStatuses.byName].map(([name, option]) => [name.toLowerCase(), option]));
      eachCaseStatus(subject, (path, name) => {
        const option = byName.get(name.toLowerCase());
        if (option === undefined && !caseStatuses.byLabel.has(name))
          found(path, `${names.site} has no case status "${name}".${hint(name, caseStatuses)}`);
        if (option?.isActive === false)
          found(path, `The case status "${name}" is disabled on ${names.site}.`);
      });
    },
  ),
  siteRule(
    {
      code: 'case-status-by-label',
      severity: 'error',
      what: 'A case status is named by its label.',
      why: 'The list holds machine names; a label is never offered.',
      source: STATUSES,
      fix: 'Write the machine name.',
    },
    (subject, { caseStatuses }, found) =>
      eachCaseStatus(subject, (path, name) => {
        if (verdictOf(name, caseStatuses) === 'label')
          found(path, `"${name}" is the label of "${caseStatuses.byLabel.get(name)?.name ?? ''}".`);
      }),
  ),
  siteRule(
    {
      code: 'unknown-group',
      severity: 'error',
      what: 'The site has no group of that name, or has it disabled.',
      why: 'People are picked from the members of the group; where it is missing nobody can be.',
      source:
        'CRM/Case/Form/Activity.php, getActivityAssignmentGroups; CRM/Case/Form/CaseView.php, preProcess',
      fix: 'Make the group on the site, or correct the name.',
    },
    (subject, { names, groups }, found) =>
      eachGroup(subject, (path, name) => {
        const verdict = verdictOf(name, groups);
        if (verdict === 'unknown') found(path, `${names.site} has no group "${name}".${hint(name, groups)}`);
        if (verdict === 'disabled') found(path, `The group "${name}" is disabled on ${names.site}.`);
      }),
  ),
  siteRule(
    {
      code: 'group-by-title',
      severity: 'error',
      what: 'A group is named by its title.',
      why: 'Definitions hold the machine name of a group, which CiviCRM makes of the title and a number.',
      source:
        'CRM/Case/Form/Activity.php, getActivityAssignmentGroups; CRM/Case/Form/CaseView.php, preProcess',
      fix: 'Write the machine name.',
    },
    (subject, { groups }, found) =>
      eachGroup(subject, (path, name) => {
        if (verdictOf(name, groups) === 'label')
          found(path, `"${name}" is the title of "${groups.byLabel.get(name)?.name ?? ''}".`);
      }),
  ),
  siteRule(
    {
      code: 'case-type-differs-by-case',
      severity: 'error',
      what: 'The site has a case type whose name differs in capital letters only.',
      why: 'CiviCRM tells the two apart, its database does not: saving answers an error or changes the other one.',
      source: 'schema/Case/CaseType.entityType.php, index on the name',
      fix: "Give one of the two the other's name.",
    },
    ({ name }, { names }, found) => {
      const other = names.caseTypes.find((one) => one !== name && one.toLowerCase() === name?.toLowerCase());
      if (other !== undefined) found('name', `${names.site} has the case type "${other}".`);
    },
  ),
  siteRule(
    {
      code: 'subject-not-supported',
      severity: 'warning',
      what: 'A step gives its activity a subject, and the site runs a CiviCRM before 6.17.',
      why: 'Older versions keep default_subject and do nothing with it.',
      source: CREATE,
      fix: 'Update CiviCRM, or do without the subject.',
    },
    ({ steps }, { names }, found) => {
      if (names.stepSubjects !== false) return;
      const spot = steps.find(({ step }) => step.defaultSubject !== '');
      if (spot !== undefined)
        found(stepPath(spot, 'default_subject'), `${names.site} gives activities of steps no subject.`);
    },
  ),
];
