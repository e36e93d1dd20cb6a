import type { LintRule, LintSpot } from './lint-rule.ts';
import { standardTimeline } from './timeline.ts';

const spot = (path: string, what: string): LintSpot => ({ path, what });

/** Rules on activity sets as a whole. */
export const SET_RULES: readonly LintRule[] = [
  {
    code: 'no-timeline',
    severity: 'warning',
    why: 'Opening a case runs the first timeline; without one no activity is created, not even Open Case.',
    fix: 'Add an activity set with timeline true and the step Open Case.',
    find: ({ activitySets }) =>
      standardTimeline(activitySets) === undefined
        ? [spot('activitySets', 'No activity set is a timeline.')]
        : [],
  },
  {
    code: 'no-standard-timeline-name',
    severity: 'notice',
    why: "Changing a case's start date runs the set that is named standard_timeline, and nothing else.",
    fix: 'Name the set that opens a case standard_timeline.',
    find: ({ activitySets }) => {
      const timeline = standardTimeline(activitySets);
      const hasName = activitySets.some(({ name }) => name === 'standard_timeline');
      return timeline === undefined || hasName
        ? []
        : [
            spot(
              'activitySets',
              `The set "${timeline.name}" opens cases, and no set is named standard_timeline.`,
            ),
          ];
    },
  },
  {
    code: 'duplicate-set-name',
    severity: 'error',
    why: 'Sets are found by name, and the first wins: the others can never be added to a case.',
    fix: 'Give every set a name of its own.',
    find: ({ activitySets }) =>
      activitySets.flatMap(({ name }, index) =>
        activitySets.findIndex((set) => set.name === name) < index
          ? [spot(`activitySets.${String(index)}`, `A second activity set is named "${name}".`)]
          : [],
      ),
  },
  {
    code: 'second-sequence',
    severity: 'warning',
    why: 'CiviCRM follows the first sequence only.',
    fix: 'Join the sequences, or turn this one into a timeline.',
    find: ({ activitySets }) => {
      const first = activitySets.findIndex((set) => set.isSequence);
      return activitySets.flatMap((set, index) =>
        set.isSequence && index > first
          ? [spot(`activitySets.${String(index)}`, `"${set.name}" is a second sequence.`)]
          : [],
      );
    },
  },
  {
    code: 'empty-sequence',
    severity: 'error',
    why: 'A sequence without steps does nothing and hides every later sequence.',
    fix: 'Give it steps or remove it.',
    find: ({ activitySets }) =>
      activitySets.flatMap((set, index) =>
        set.isSequence && set.steps.length === 0
          ? [spot(`activitySets.${String(index)}`, `The sequence "${set.name}" has no steps.`)]
          : [],
      ),
  },
  {
    code: 'sequence-shares-type',
    severity: 'warning',
    why: 'A sequence asks only whether the case has an activity of the type: one from a timeline stands in for its step, or is made twice.',
    fix: 'Use activity types in the sequence that no timeline uses.',
    find: ({ activitySets }) => {
      const inTimeline = new Set(standardTimeline(activitySets)?.steps.map((step) => step.activityType));
      return activitySets.flatMap((set, setIndex) =>
        !set.isSequence || set.isTimeline
          ? []
          : set.steps.flatMap(({ activityType }, index) =>
              inTimeline.has(activityType)
                ? [
                    spot(
                      `activitySets.${String(setIndex)}.activityTypes.${String(index)}`,
                      `"${activityType}" is in the sequence and in the timeline.`,
                    ),
                  ]
                : [],
            ),
      );
    },
  },
];
