import type { DefinitionRule } from './lint-rule.ts';
import { eachRepeated, setPath, titleOf } from './subject.ts';

const PROCESS = 'CRM/Case/XMLProcessor/Process.php';
const SEQUENCE = 'Civi/CCase/SequenceListener.php';

/** Rules on activity sets as a whole. */
export const SET_RULES: readonly DefinitionRule[] = [
  {
    code: 'no-timeline',
    severity: 'warning',
    level: 'file',
    what: 'No activity set is a timeline.',
    why: 'Opening a case runs the first timeline; without one no activity is created, not even Open Case.',
    source: `${PROCESS}, process`,
    fix: 'Add an activity set with <timeline>true</timeline> and the step Open Case.',
    autofix: false,
    find: ({ standard }, found) => {
      if (standard === null) found('activitySets', 'No activity set is a timeline.');
    },
  },
  {
    code: 'empty-timeline',
    severity: 'warning',
    level: 'file',
    what: 'The timeline that opens cases has no steps.',
    why: 'Only the first timeline runs when a case opens; an empty one creates nothing and hides the others.',
    source: `${PROCESS}, process`,
    fix: 'Give it the step Open Case and what else belongs there, or remove it.',
    autofix: false,
    find: ({ standard }, found) => {
      if (standard?.set.steps.length === 0)
        found(setPath(standard.setIndex), `"${titleOf(standard.set)}" opens cases and has no steps.`);
    },
  },
  {
    code: 'no-open-case',
    severity: 'warning',
    level: 'file',
    what: 'The timeline that opens cases has no step Open Case.',
    why: 'A case then has no Open Case activity, which carries the medium, the location and the details of its opening, and steps that refer to it count from the start date.',
    source: `${PROCESS}, createActivity`,
    fix: 'Add the step Open Case with the status Completed as the first one.',
    autofix: false,
    find: ({ standard }, found) => {
      if (standard === null || standard.set.steps.length === 0) return;
      if (standard.set.steps.every(({ activityType }) => activityType !== 'Open Case'))
        found(
          setPath(standard.setIndex),
          `"${titleOf(standard.set)}" opens cases without the step Open Case.`,
        );
    },
  },
  {
    code: 'no-standard-timeline-name',
    severity: 'notice',
    level: 'file',
    what: 'No set is named standard_timeline.',
    why: "Changing a case's start date runs the set that is named standard_timeline, and nothing else.",
    source: 'CRM/Case/Form/Activity/ChangeCaseStartDate.php, endPostProcess',
    fix: 'Name the set that opens a case standard_timeline.',
    autofix: false,
    find: ({ standard, model }, found) => {
      if (standard === null || model.activitySets.some(({ name }) => name === 'standard_timeline')) return;
      found(
        setPath(standard.setIndex, 'name'),
        `The set "${titleOf(standard.set)}" opens cases, and no set is named standard_timeline.`,
      );
    },
  },
  {
    code: 'standard-timeline-not-first',
    severity: 'warning',
    level: 'file',
    what: 'Another timeline stands before the one that is named standard_timeline.',
    why: 'Opening a case runs the first timeline whatever its name, while changing the start date runs standard_timeline.',
    source: `${PROCESS}, process; CRM/Case/Form/Activity/ChangeCaseStartDate.php, endPostProcess`,
    fix: 'Put standard_timeline before the other timelines.',
    autofix: false,
    find: ({ standard, model }, found) => {
      if (standard === null || standard.set.name === 'standard_timeline') return;
      const index = model.activitySets.findIndex(({ name }) => name === 'standard_timeline');
      if (index >= 0)
        found(setPath(index), `"${titleOf(standard.set)}" stands before it and opens cases in its place.`);
    },
  },
  {
    code: 'duplicate-set-name',
    severity: 'error',
    level: 'file',
    what: 'Two activity sets have one name.',
    why: 'Sets are found by name, and the first wins: the others can never be added to a case.',
    source: `${PROCESS}, process`,
    fix: 'Give every set a name of its own.',
    autofix: false,
    find: ({ model }, found) =>
      eachRepeated(
        model.activitySets.map(({ name }) => name),
        (index, name) => {
          if (name !== '') found(setPath(index, 'name'), `A second activity set is named "${name}".`);
        },
      ),
  },
  {
    code: 'set-without-name',
    severity: 'error',
    level: 'file',
    what: 'An activity set has no name.',
    why: 'A set is added to a case by its name, so one without can never be added.',
    source: `${PROCESS}, process and activitySets`,
    fix: 'Give the set a name such as timeline_1.',
    autofix: false,
    find: ({ model }, found) =>
      model.activitySets.forEach(({ name, label }, index) => {
        if (name.trim() === '')
          found(setPath(index, 'name'), `The activity set${label === '' ? '' : ` "${label}"`} has no name.`);
      }),
  },
  {
    code: 'set-without-label',
    severity: 'warning',
    level: 'file',
    what: 'An activity set has no label.',
    why: 'The list "Add Timeline" on the case screen shows the labels of all sets; one without is an empty line.',
    source: `${PROCESS}, activitySets; CRM/Case/Form/CaseView.php, buildQuickForm`,
    fix: 'Write a <label> that tells people what the set is for.',
    autofix: false,
    find: ({ model }, found) =>
      model.activitySets.forEach(({ name, label }, index) => {
        if (label.trim() === '' && name.trim() !== '')
          found(setPath(index, 'label'), `The activity set "${name}" has no label.`);
      }),
  },
  {
    code: 'timeline-and-sequence',
    severity: 'warning',
    level: 'file',
    what: 'One set is both a timeline and a sequence.',
    why: 'Its steps are all made at once as a timeline, so the sequence finds them done or waits for them, and never makes one itself.',
    source: `${PROCESS}, process; ${SEQUENCE}, onCaseChange`,
    fix: 'Remove either <timeline> or <sequence>.',
    autofix: false,
    find: ({ model }, found) =>
      model.activitySets.forEach((set, index) => {
        if (set.isTimeline && set.isSequence)
          found(setPath(index), `"${titleOf(set)}" is a timeline and a sequence.`);
      }),
  },
  {
    code: 'second-sequence',
    severity: 'warning',
    level: 'file',
    what: 'There is a second sequence.',
    why: 'CiviCRM follows the first sequence only.',
    source: `${SEQUENCE}, getSequenceXml`,
    fix: 'Join the sequences, or turn this one into a timeline.',
    autofix: false,
    find: ({ model }, found) => {
      const first = model.activitySets.findIndex((set) => set.isSequence);
      model.activitySets.forEach((set, index) => {
        if (set.isSequence && index > first) found(setPath(index), `"${titleOf(set)}" is a second sequence.`);
      });
    },
  },
  {
    code: 'empty-sequence',
    severity: 'error',
    level: 'file',
    what: 'A sequence has no steps.',
    why: 'A sequence without steps does nothing and hides every later sequence.',
    source: `${SEQUENCE}, getSequenceXml`,
    fix: 'Give it steps or remove it.',
    autofix: false,
    find: ({ model }, found) =>
      model.activitySets.forEach((set, index) => {
        if (set.isSequence && set.steps.length === 0)
          found(setPath(index), `The sequence "${titleOf(set)}" has no steps.`);
      }),
  },
];
