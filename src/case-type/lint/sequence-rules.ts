import type { DefinitionRule } from './lint-rule.ts';
import { eachRepeated, stepPath, titleOf, type LintSubject, type StepSpot } from './subject.ts';

const SEQUENCE = 'Civi/CCase/SequenceListener.php, onCaseChange';

/** The steps of the sequence that CiviCRM follows. */
function sequenceSteps({ model, steps }: LintSubject): readonly StepSpot[] {
  const index = model.activitySets.findIndex((set) => set.isSequence && !set.isTimeline);
  return index < 0 ? [] : steps.filter(({ setIndex }) => setIndex === index);
}

const CANCELLED = new Set(['Cancelled', 'Unreachable', 'Not Required', 'No_show']);

/** The types that the standard timeline makes, with the status of the first of each. */
function startedTypes({ site, standard }: LintSubject): ReadonlyMap<string, Started> {
  const steps = standard?.set.steps ?? [];
  return new Map(
    steps.toReversed().map(({ activityType, status = '' }) => {
      const filter = site?.activityStatuses.byName.get(status)?.filter;
      const isCancelled = filter === undefined ? CANCELLED.has(status) : filter === 2;
      return [activityType, { status, isCancelled }];
    }),
  );
}

interface Started {
  readonly status: string;
  readonly isCancelled: boolean;
}

/** Rules on what the sequence listener does, and does not do, with a set. */
export const SEQUENCE_RULES: readonly DefinitionRule[] = [
  {
    code: 'sequence-shares-type',
    severity: 'warning',
    level: 'file',
    what: 'An activity type is a step of the sequence and of the standard timeline.',
    why: 'A sequence asks only whether the case has an activity of the type: one from a timeline stands in for its step, or is made twice.',
    source: SEQUENCE,
    fix: 'Use activity types in the sequence that no timeline uses.',
    autofix: false,
    find: (subject, found) => {
      const started = startedTypes(subject);
      for (const spot of sequenceSteps(subject)) {
        const { activityType } = spot.step;
        if (started.get(activityType)?.isCancelled === false)
          found(stepPath(spot, 'name'), `"${activityType}" is in the sequence and in the timeline.`);
      }
    },
  },
  {
    code: 'sequence-repeats-type',
    severity: 'error',
    level: 'file',
    what: 'A sequence uses one activity type twice.',
    why: 'The listener asks whether the case has an activity of the type, so the second step counts as done as soon as the first one is.',
    source: SEQUENCE,
    fix: 'Make an activity type of its own for the second step.',
    autofix: false,
    find: ({ model, steps }, found) =>
      model.activitySets.forEach((set, setIndex) => {
        if (!set.isSequence) return;
        const own = steps.filter((spot) => spot.setIndex === setIndex);
        eachRepeated(
          own.map(({ step }) => step.activityType),
          (index, type) => {
            const spot = own[index];
            if (spot !== undefined && type !== '')
              found(stepPath(spot, 'name'), `"${type}" stands twice in the sequence "${titleOf(set)}".`);
          },
        );
      }),
  },
  {
    code: 'sequence-held-up',
    severity: 'error',
    level: 'file',
    what: 'The timeline makes a step of the sequence in a status that never completes it.',
    why: 'The sequence waits until the first activity of the type is completed, and statuses such as Cancelled or Not Required do not count as completed.',
    source: `${SEQUENCE}; CRM/Activity/BAO/Activity.php, getStatusesByType`,
    fix: 'Let the timeline make it as Scheduled, or use another activity type for the step.',
    autofix: false,
    find: (subject, found) => {
      const started = startedTypes(subject);
      for (const spot of sequenceSteps(subject)) {
        const { activityType } = spot.step;
        const start = started.get(activityType);
        if (start?.isCancelled === true)
          found(
            stepPath(spot, 'name'),
            `The timeline makes "${activityType}" with the status "${start.status}", which holds the sequence up.`,
          );
      }
    },
  },
  {
    code: 'sequence-ignores-setting',
    severity: 'notice',
    level: 'file',
    what: 'A step of a sequence has a status, offset, assignee or subject.',
    why: 'A sequence makes every step as Scheduled, now, for nobody and without a subject; it reads only the name.',
    source: 'Civi/CCase/SequenceListener.php, createActivity',
    fix: 'Leave the setting out, or make the set a timeline.',
    autofix: false,
    find: (subject, found) => {
      for (const spot of sequenceSteps(subject)) {
        const { step } = spot;
        const ignored = [
          ['status', step.status ?? 'Scheduled', ['Scheduled', '']],
          ['reference_offset', String(step.referenceOffsetDays), ['0', '1']],
          ['default_assignee_type', step.defaultAssigneeType ?? '', ['', '1']],
          ['default_subject', step.defaultSubject, ['']],
        ] as const;
        for (const [leaf, value, idle] of ignored)
          if (!(idle as readonly string[]).includes(value))
            found(stepPath(spot, leaf), `The sequence ignores ${leaf} "${value}" of "${step.activityType}".`);
      }
    },
  },
  {
    code: 'sequence-closes-to-unlisted',
    severity: 'notice',
    level: 'file',
    what: 'A sequence ends in the status Closed, which the case type does not allow.',
    why: 'When all activities are completed the sequence sets the case status named Closed, whatever the list of statuses says.',
    source: SEQUENCE,
    fix: 'Add Closed to the statuses.',
    autofix: false,
    find: (subject, found) => {
      const { model } = subject;
      if (sequenceSteps(subject).length === 0 || model.statuses.length === 0) return;
      if (!model.statuses.includes('Closed'))
        found('statuses', 'The sequence closes cases with the status Closed, which is not listed.');
    },
  },
];
