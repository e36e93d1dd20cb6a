import type { ActivityStep } from '../model.ts';
import type { DefinitionRule } from './lint-rule.ts';
import { stepPath, type LintSubject, type StepSpot } from './subject.ts';

const DATES =
  'CRM/Case/XMLProcessor/Process.php, createActivity; CRM/Case/BAO/Case.php, getCaseActivityDates';
const FALLS_BACK =
  'A step whose reference activity is not on the case yet is counted from the start of the case.';

type Fate = 'self' | 'cycle' | 'later' | 'never';

/** What stands at a step whose reference cannot be there when the step is made. */
interface Fallen {
  readonly spot: StepSpot;
  readonly fate: Fate;
}

const known = new WeakMap<LintSubject, readonly Fallen[]>();

function fallenOf(subject: LintSubject): readonly Fallen[] {
  const found = known.get(subject) ?? findFallen(subject);
  known.set(subject, found);
  return found;
}

function findFallen({ model, standard, menu, steps }: LintSubject): readonly Fallen[] {
  const firstIn = model.activitySets.map(
    (set) => new Map(set.steps.toReversed().map((step) => [step.activityType, step])),
  );
  const setsWith = new Map<string, number>();
  for (const types of firstIn)
    for (const type of types.keys()) setsWith.set(type, (setsWith.get(type) ?? 0) + 1);
  const before = new Set<string>();
  return steps.flatMap((spot) => {
    const { set, setIndex, step, stepIndex } = spot;
    if (stepIndex === 0) before.clear();
    const { referenceActivity: reference, activityType } = step;
    const isThere = before.has(reference);
    before.add(activityType);
    if (reference === '' || isThere || set.isSequence || activityType === 'Open Case') return [];
    const own = firstIn[setIndex];
    const isInSet = own?.has(reference) === true;
    // A set that is added later finds what other sets and people have put on the case.
    const isElsewhere = menu.has(reference) || (setsWith.get(reference) ?? 0) > (isInSet ? 1 : 0);
    if (setIndex !== standard?.setIndex && isElsewhere) return [];
    const leadsOn = (): Fate =>
      own !== undefined && leadsBack(own, activityType, reference) ? 'cycle' : 'later';
    const fate = reference === activityType ? 'self' : isInSet ? leadsOn() : 'never';
    return [{ spot, fate }];
  });
}

/** A longer chain of references is nobody's. */
const LONGEST_CHAIN = 1000;

/** Whether following references from `start` within a set comes to `type`. */
function leadsBack(firstOf: ReadonlyMap<string, ActivityStep>, type: string, start: string): boolean {
  let current = start;
  for (let length = 0; length < LONGEST_CHAIN && current !== ''; length += 1) {
    if (current === type) return true;
    current = firstOf.get(current)?.referenceActivity ?? '';
  }
  return false;
}

const fateRule =
  (fate: Fate, say: (type: string, reference: string) => string): DefinitionRule['find'] =>
  (subject, found) => {
    for (const { spot, fate: own } of fallenOf(subject))
      if (own === fate)
        found(stepPath(spot, 'reference_activity'), say(spot.step.activityType, spot.step.referenceActivity));
  };

/** The days from the start of the case on which the steps of the opening timeline fall; null for one at its limit. */
function openingDays({ standard, limits }: LintSubject): readonly (OpeningDay | null)[] {
  const made = new Map<string, MadeDays>();
  return (standard?.set.steps ?? []).map((step) => {
    const same = made.get(step.activityType);
    if ((same?.count ?? 0) >= (limits.get(step.activityType) ?? Infinity)) return null;
    const bases = made.get(step.referenceActivity);
    const base = bases?.first ?? 0;
    const documentedBase = (step.referenceSelect === 'newest' ? bases?.newest : bases?.oldest) ?? 0;
    const day = step.activityType === 'Open Case' ? 0 : base + step.referenceOffsetDays;
    made.set(step.activityType, {
      count: (same?.count ?? 0) + 1,
      first: same?.first ?? day,
      newest: Math.max(same?.newest ?? day, day),
      oldest: Math.min(same?.oldest ?? day, day),
    });
    return { day, base, documentedBase };
  });
}

interface MadeDays {
  readonly count: number;
  readonly first: number;
  readonly newest: number;
  readonly oldest: number;
}

interface OpeningDay {
  readonly day: number;
  readonly base: number;
  readonly documentedBase: number;
}

function eachOpeningDay(subject: LintSubject, tell: (spot: StepSpot, day: OpeningDay) => void): void {
  const days = openingDays(subject);
  for (const spot of subject.steps) {
    const day = days[spot.stepIndex];
    if (spot.setIndex === subject.standard?.setIndex && day != null) tell(spot, day);
  }
}

/** Rules on what steps count their days from. */
export const REFERENCE_RULES: readonly DefinitionRule[] = [
  {
    code: 'reference-to-itself',
    severity: 'warning',
    level: 'file',
    what: 'A step refers to its own activity type.',
    why: FALLS_BACK,
    source: DATES,
    fix: 'Refer to an earlier step, or leave the reference out.',
    autofix: false,
    find: fateRule('self', (type) => `"${type}" refers to itself.`),
  },
  {
    code: 'reference-in-a-circle',
    severity: 'warning',
    level: 'file',
    what: 'Steps refer to each other in a circle.',
    why: FALLS_BACK,
    source: DATES,
    fix: 'Let the first of them refer to Open Case or to nothing.',
    autofix: false,
    find: fateRule(
      'cycle',
      (type, reference) => `"${type}" refers to "${reference}", which leads back to it.`,
    ),
  },
  {
    code: 'reference-comes-later',
    severity: 'warning',
    level: 'file',
    what: 'A step refers to one that stands behind it.',
    why: FALLS_BACK,
    source: DATES,
    fix: 'Put the step behind its reference, or refer to an earlier activity.',
    autofix: false,
    find: fateRule('later', (type, reference) => `"${type}" refers to "${reference}", which comes later.`),
  },
  {
    code: 'reference-never-made',
    severity: 'warning',
    level: 'file',
    what: 'A step refers to an activity type that its set does not make.',
    why: FALLS_BACK,
    source: DATES,
    fix: 'Refer to a step of the same set that stands before it.',
    autofix: false,
    find: fateRule(
      'never',
      (type, reference) => `"${type}" refers to "${reference}", which is not there then.`,
    ),
  },
  {
    code: 'reference-select-ignored',
    severity: 'warning',
    level: 'file',
    what: 'A step wants the newest or oldest of several activities, and CiviCRM takes another.',
    why: 'The words newest and oldest have no effect: of several activities of the type CiviCRM takes the one that was stored first, whatever its date.',
    source: DATES,
    fix: 'Refer to an activity type that stands once, and adapt the offset.',
    autofix: false,
    find: (subject, found) =>
      eachOpeningDay(subject, (spot, { base, documentedBase }) => {
        const { referenceSelect, referenceActivity } = spot.step;
        if (referenceSelect === '' || base === documentedBase) return;
        found(
          stepPath(spot, 'reference_select'),
          `The ${referenceSelect} "${referenceActivity}" is on day ${String(documentedBase)}; CiviCRM counts from the one on day ${String(base)}.`,
        );
      }),
  },
  {
    code: 'reference-select-unknown',
    severity: 'warning',
    level: 'file',
    what: 'A reference_select says something else than newest or oldest.',
    why: 'CiviCRM knows no other word there.',
    source: DATES,
    fix: 'Write newest or oldest, or leave the element out.',
    autofix: false,
    find: ({ steps }, found) => {
      for (const spot of steps) {
        const { referenceSelect } = spot.step;
        if (!['', 'newest', 'oldest'].includes(referenceSelect.trim()))
          found(stepPath(spot, 'reference_select'), `"${referenceSelect}" is neither newest nor oldest.`);
      }
    },
  },
  {
    code: 'before-case-start',
    severity: 'notice',
    level: 'file',
    what: 'A step is due before the case starts.',
    why: 'CiviCRM dates it all the same. Unless cases of the type are opened well before they start, the activity is overdue from the beginning.',
    source: DATES,
    fix: 'Correct the offset or what it counts from.',
    autofix: false,
    find: (subject, found) =>
      eachOpeningDay(subject, (spot, { day }) => {
        if (day < 0)
          found(
            stepPath(spot, 'reference_offset'),
            `"${spot.step.activityType}" is due ${String(-day)} days before the case starts.`,
          );
      }),
  },
];
