import type { DefinitionRule } from './lint-rule.ts';
import { RECORD_TYPES, SEED_LABELS, SENDING_TYPES, spelling } from './seed-types.ts';
import { SEED_ACTIVITY_STATUSES } from '../seed-names.ts';
import { phpInt, phpNumber } from '../php-values.ts';
import { pathKeys, stepPath, titleOf } from './subject.ts';

const CREATE = 'CRM/Case/XMLProcessor/Process.php, createActivity';
const STATUS = `${CREATE}; CRM/Activity/BAO/Activity.php, create`;

/** A custom status that is a seed's label, or another spelling of its name: the seed that was meant. */
export function meantSeed(name: string, seeds: ReadonlySet<string>): string | null {
  if (name === '' || seeds.has(name)) return null;
  const labelled = SEED_LABELS.get(name);
  if (labelled !== undefined && seeds.has(labelled)) return labelled;
  return [...seeds].find((seed) => spelling(seed) === spelling(name)) ?? null;
}

/** Rules on single steps. */
export const STEP_RULES: readonly DefinitionRule[] = [
  {
    code: 'step-without-type',
    severity: 'error',
    level: 'file',
    what: 'A step names no activity type.',
    why: 'CiviCRM stops with an error at a step whose activity type it does not find, and leaves half a case.',
    source: CREATE,
    fix: 'Give the step the machine name of an activity type, or remove it.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (spot.step.activityType.trim() === '')
          found(stepPath(spot, 'name'), `A step of "${titleOf(spot.set)}" names no activity type.`);
    },
  },
  {
    code: 'empty-step-status',
    severity: 'error',
    level: 'file',
    what: 'A step has an empty status.',
    why: 'CiviCRM stores an activity with an empty status as Completed; only without the element it is Scheduled.',
    source: STATUS,
    fix: 'Name the status, for instance Scheduled, or leave the element out.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (spot.step.status?.trim() === '' && !spot.set.isSequence)
          found(stepPath(spot, 'status'), `"${spot.step.activityType}" has an empty status.`);
    },
  },
  {
    code: 'misspelled-step-status',
    severity: 'error',
    level: 'file',
    what: "A step's status is another spelling, or the label, of a status that CiviCRM has.",
    why: 'Statuses are found by their exact machine name, and an activity whose status is not found becomes Completed.',
    source: STATUS,
    fix: 'Write the machine name of the status.',
    autofix: false,
    find: ({ steps, site }, found) => {
      for (const spot of steps) {
        const status = spot.step.status ?? '';
        const meant = meantSeed(status, SEED_ACTIVITY_STATUSES);
        if (meant !== null && site === null && !spot.set.isSequence)
          found(stepPath(spot, 'status'), `The status "${status}" is not "${meant}".`);
      }
    },
  },
  {
    code: 'custom-step-status',
    severity: 'notice',
    level: 'file',
    what: 'A step uses an activity status that no CiviCRM has from the start.',
    why: 'CiviCRM makes missing activity types and roles of a definition, but no statuses: where this one is missing the activity becomes Completed.',
    source: `${STATUS}; CRM/Case/ManagedEntities.php`,
    fix: 'Make the status on the site first, and check the file with --snapshot.',
    autofix: false,
    find: ({ steps, site }, found) => {
      if (site !== null) return;
      const told = new Set<string>();
      for (const spot of steps) {
        const status = spot.step.status ?? '';
        const isKnown = status.trim() === '' || SEED_ACTIVITY_STATUSES.has(status) || told.has(status);
        if (isKnown || spot.set.isSequence || meantSeed(status, SEED_ACTIVITY_STATUSES) !== null) continue;
        told.add(status);
        found(stepPath(spot, 'status'), `The activity status "${status}" must be made on the site by hand.`);
      }
    },
  },
  {
    code: 'open-case-not-completed',
    severity: 'notice',
    level: 'file',
    what: 'The step Open Case is not made as Completed.',
    why: 'Open Case is dated at the start of the case, so any other status leaves it overdue from the first day.',
    source: CREATE,
    fix: 'Write <status>Completed</status> into the step.',
    autofix: false,
    find: ({ standard, steps }, found) => {
      for (const spot of steps) {
        const status = spot.step.status ?? 'Scheduled';
        if (spot.setIndex === standard?.setIndex && spot.step.activityType === 'Open Case')
          if (status === 'Scheduled') found(stepPath(spot, 'status'), `Open Case is made as "${status}".`);
      }
    },
  },
  {
    code: 'record-type-step',
    severity: 'warning',
    level: 'file',
    what: 'A step uses an activity type with which CiviCRM records changes of a case.',
    why: 'The timeline only makes an activity: it changes no status, role or client, and the case then tells of a change that was not made.',
    source: `${CREATE}; CRM/Case/BAO/Case.php, isActionAllowedForActivityType`,
    fix: 'Use an activity type of your own.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (RECORD_TYPES.has(spot.step.activityType))
          found(stepPath(spot, 'name'), `"${spot.step.activityType}" is a record that CiviCRM makes itself.`);
    },
  },
  {
    code: 'step-sends-nothing',
    severity: 'notice',
    level: 'file',
    what: 'A step is an e-mail, SMS or letter.',
    why: 'A step makes an activity and sends nothing; and CiviCRM does not open its form for e-mails on a case.',
    source: `${CREATE}; CRM/Case/BAO/Case.php, isActionAllowedForActivityType`,
    fix: 'Use an activity type that reminds people to write, such as "Write to the client".',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (SENDING_TYPES.has(spot.step.activityType))
          found(stepPath(spot, 'name'), `"${spot.step.activityType}" is made, but nothing is sent.`);
    },
  },
  {
    code: 'offset-not-a-number',
    severity: 'error',
    level: 'file',
    what: 'The offset of a step is not a number of days.',
    why: 'PHP takes the number at the beginning of the offset and drops the rest; without one it is 0 days.',
    source: CREATE,
    fix: 'Write whole days, for instance 7 or -2.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const { referenceOffset: text, referenceOffsetDays: days } = spot.step;
        if (text.trim() !== '' && phpNumber(text) !== days && !spot.set.isSequence)
          found(stepPath(spot, 'reference_offset'), `The offset "${text}" counts as ${daysText(days)}.`);
      }
    },
  },
  {
    code: 'offset-form',
    severity: 'notice',
    level: 'file',
    what: 'The offset of a step is written in an unusual way.',
    why: 'PHP reads it as the number that was meant, but other readers may not.',
    source: CREATE,
    fix: 'Write the plain number.',
    autofix: true,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const { referenceOffset: text, referenceOffsetDays: days } = spot.step;
        if (text.trim() === '' || phpNumber(text) !== days || /^-?\d+$/.test(text)) continue;
        const path = stepPath(spot, 'reference_offset');
        found(path, `The offset "${text}" is ${daysText(days)}.`, [
          { kind: 'set-leaf', path: pathKeys(path), value: String(days) },
        ]);
      }
    },
  },
  {
    code: 'offset-implausible',
    severity: 'error',
    level: 'file',
    what: 'The offset of a step is longer than a century.',
    why: 'The database has no dates after the year 9999, and nobody sees an activity that is due in another century.',
    source: `${CREATE}; CRM/Utils/Date.php, intervalAdd`,
    fix: 'Correct the number of days.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (Math.abs(spot.step.referenceOffsetDays) > 36_525)
          found(
            stepPath(spot, 'reference_offset'),
            `${daysText(spot.step.referenceOffsetDays)} is ${String(Math.round(spot.step.referenceOffsetDays / 365))} years.`,
          );
    },
  },
  {
    code: 'order-not-a-number',
    severity: 'warning',
    level: 'file',
    what: 'The order of a step is not a whole number.',
    why: "The order is stored as the activity's weight, a whole number: other text counts as 0.",
    source: CREATE,
    fix: 'Write a whole number, or leave the element out.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps)
        if (spot.step.order !== '' && phpNumber(spot.step.order) !== phpInt(spot.step.order))
          found(stepPath(spot, 'order'), `The order "${spot.step.order}" is not a whole number.`);
    },
  },
];

const daysText = (days: number): string =>
  Math.abs(days) === 1 ? `${String(days)} day` : `${String(days)} days`;
