import { stepsOf, type LintRule, type LintSpot } from './lint-rule.ts';
import type { CaseTypeModel } from './model.ts';
import { resolveRole } from './roles.ts';

/** Rules on roles and on names as such. */
export const NAME_RULES: readonly LintRule[] = [
  {
    code: 'second-manager',
    severity: 'error',
    why: 'A case has one manager: the first role that is marked wins.',
    fix: 'Mark one role as manager.',
    find: ({ caseRoles }) => {
      const first = caseRoles.findIndex((role) => role.isManager);
      return caseRoles.flatMap((role, index) =>
        role.isManager && index > first
          ? [{ path: `caseRoles.${String(index)}`, what: `"${role.name}" is a second manager.` }]
          : [],
      );
    },
  },
  {
    code: 'duplicate-role',
    severity: 'warning',
    why: 'Both entries stand for the same relationship, so one of them has no effect.',
    fix: 'Remove one of them.',
    find: ({ caseRoles }) =>
      caseRoles.flatMap(({ name }, index) =>
        caseRoles.findIndex((role) => role.name === name) < index
          ? [{ path: `caseRoles.${String(index)}`, what: `The role "${name}" stands twice.` }]
          : [],
      ),
  },
  {
    code: 'unknown-role',
    severity: 'error',
    why: 'CiviCRM cannot open a case whose creator role it does not find; other unknown roles are not shown.',
    fix: 'Create the relationship type on the site, or correct the name.',
    find: ({ caseRoles }, { relationshipTypes }) =>
      caseRoles.flatMap(({ name }, index) =>
        relationshipTypes === undefined || resolveRole(name, relationshipTypes) !== null
          ? []
          : [
              {
                path: `caseRoles.${String(index)}`,
                what: `The site has no relationship type for the role "${name}".`,
              },
            ],
      ),
  },
  {
    code: 'padded-name',
    severity: 'error',
    why: 'Names are compared character by character: a name with a space around it matches nothing.',
    fix: 'Remove the white space around the name.',
    find: (model) =>
      namesOf(model).flatMap(({ path, what }) =>
        what === what.trim() ? [] : [{ path, what: `"${what}" has white space around it.` }],
      ),
  },
];

/** Every name in a definition, with its path. */
function namesOf(model: CaseTypeModel): readonly LintSpot[] {
  const named = (key: string, names: readonly string[], suffix = ''): readonly LintSpot[] =>
    names.map((what, index) => ({ path: `${key}.${String(index)}${suffix}`, what }));
  return [
    ...named(
      'activityTypes',
      model.activityTypes.map(({ name }) => name),
      '.name',
    ),
    ...named('statuses', model.statuses),
    ...stepsOf(model).flatMap(({ step, path }) => [
      { path: `${path}.name`, what: step.activityType },
      { path: `${path}.status`, what: step.status ?? '' },
      { path: `${path}.reference_activity`, what: step.referenceActivity },
    ]),
    ...named(
      'caseRoles',
      model.caseRoles.map(({ name }) => name),
      '.name',
    ),
    ...model.caseRoles.flatMap(({ groups }, index) => named(`caseRoles.${String(index)}.groups`, groups)),
    ...named('activityAsgmtGrps', model.assigneeGroups),
  ];
}
