import { stepsOf, type LintRule } from './lint-rule.ts';
import { standardTimeline } from './timeline.ts';

/** Rules on single steps and their limits. */
export const STEP_RULES: readonly LintRule[] = [
  {
    code: 'step-without-type',
    severity: 'error',
    why: 'CiviCRM stops with an error at a step whose activity type it does not find, and leaves half a case.',
    fix: 'Give the step the machine name of an activity type, or remove it.',
    find: (model) =>
      stepsOf(model).flatMap(({ step, path }) =>
        step.activityType.trim() === '' ? [{ path, what: 'The step names no activity type.' }] : [],
      ),
  },
  {
    code: 'unknown-step-type',
    severity: 'error',
    why: 'CiviCRM stops with an error at a step whose activity type it does not find, and leaves half a case.',
    fix: 'Create or enable the activity type on the site, or correct the name.',
    find: (model, { activityTypes }) =>
      stepsOf(model).flatMap(({ step, path }) =>
        activityTypes === undefined || step.activityType === '' || activityTypes.has(step.activityType)
          ? []
          : [{ path, what: `The site has no enabled activity type "${step.activityType}".` }],
      ),
  },
  {
    code: 'empty-step-status',
    severity: 'error',
    why: 'CiviCRM stores an activity with an empty status as Completed.',
    fix: 'Name the status, for instance Scheduled, or leave the element out.',
    find: (model) =>
      stepsOf(model).flatMap(({ step, path }) =>
        step.status?.trim() === '' ? [{ path, what: `"${step.activityType}" has an empty status.` }] : [],
      ),
  },
  {
    code: 'unknown-step-status',
    severity: 'error',
    why: 'CiviCRM stores an activity with an unknown status as Completed.',
    fix: 'Create the activity status on the site, or correct the name.',
    find: (model, { activityStatuses }) =>
      stepsOf(model).flatMap(({ step, path }) =>
        activityStatuses === undefined ||
        step.status === undefined ||
        step.status.trim() === '' ||
        activityStatuses.has(step.status)
          ? []
          : [{ path, what: `The site has no activity status "${step.status}".` }],
      ),
  },
  {
    code: 'reference-comes-later',
    severity: 'warning',
    why: 'A step whose reference activity is not on the case yet is counted from the start of the case.',
    fix: 'Put the step behind its reference, or refer to an earlier activity.',
    find: (model) =>
      stepsOf(model).flatMap(({ set, step, stepIndex, path }) => {
        const { referenceActivity } = step;
        const isBefore = set.steps.slice(0, stepIndex).some((one) => one.activityType === referenceActivity);
        const isElsewhere = model.activitySets.some(
          (other) => other !== set && other.steps.some((one) => one.activityType === referenceActivity),
        );
        const canStand = isBefore || (isElsewhere && set !== standardTimeline(model.activitySets));
        return referenceActivity === '' || canStand || set.isSequence
          ? []
          : [
              {
                path,
                what: `"${step.activityType}" refers to "${referenceActivity}", which no step before it creates.`,
              },
            ];
      }),
  },
  {
    code: 'offset-not-a-number',
    severity: 'error',
    why: 'CiviCRM takes the number at the beginning of the offset and ignores the rest; without one it is 0 days.',
    fix: 'Write whole days, for instance 7 or -2.',
    find: (model) =>
      stepsOf(model).flatMap(({ step, path }) =>
        step.referenceOffset === '' || /^-?\d+$/.test(step.referenceOffset)
          ? []
          : [
              {
                path,
                what: `The offset "${step.referenceOffset}" counts as ${String(step.referenceOffsetDays)} days.`,
              },
            ],
      ),
  },
  {
    code: 'limit-below-steps',
    severity: 'warning',
    why: 'A timeline skips a step without a word when the case already has max_instances activities of its type.',
    fix: 'Raise max_instances or remove the surplus steps.',
    find: (model) => {
      const limits = new Map(
        model.activityTypes.map(({ name, maxInstances }) => [name, maxInstances ?? Infinity]),
      );
      return model.activitySets.flatMap((set, setIndex) =>
        Array.from(limits).flatMap(([type, limit]) => {
          const count = set.steps.filter((step) => step.activityType === type).length;
          if (!set.isTimeline || count <= limit) return [];
          const what = `"${type}" stands ${String(count)} times in "${set.name}", but a case may have only ${String(limit)}.`;
          return [{ path: `activitySets.${String(setIndex)}`, what }];
        }),
      );
    },
  },
  {
    code: 'assignee-by-id',
    severity: 'notice',
    why: 'Contact and relationship type ids differ from site to site, so the rule points elsewhere after a move.',
    fix: 'Let a migration translate the id, or assign by role after the move.',
    find: (model) =>
      stepsOf(model).flatMap(({ step, path }) => {
        const ids = [step.defaultAssigneeRelationship, ...step.defaultAssigneeContacts].filter(
          (id) => id !== '',
        );
        return ids.length === 0
          ? []
          : [{ path, what: `"${step.activityType}" assigns by the ids ${ids.join(', ')} of one site.` }];
      }),
  },
];
