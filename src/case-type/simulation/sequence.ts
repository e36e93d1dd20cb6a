import type { ActivitySet, ActivityStep } from '../model.ts';

/** An activity of the case as the sequence listener sees it, in the order in which it was filed. */
export interface SequenceActivity {
  readonly activityType: string;
  /** Whether its status is of the completed class (`filter` 1 in the activity statuses). */
  readonly isCompleted: boolean;
}

export type SequenceStep =
  /** Create this type: status Scheduled, now, for the first client; all else in the step is ignored. */
  | { readonly kind: 'create'; readonly step: ActivityStep }
  /** For that step, or, after the last, for some other activity of the case. */
  | { readonly kind: 'wait'; readonly for: ActivityStep | null }
  /** Set the case's status to the one named Closed. */
  | { readonly kind: 'close' }
  /** The case type has no sequence that could go on. */
  | { readonly kind: 'nothing' };

/**
 * What a change of the case or of one of its activities sets off: one step at most. Presence is per type, so
 * an activity from a timeline counts as the step; of several with one type the first decides. Cancelled is
 * not completed: it holds the sequence up.
 *
 * Source: Civi/CCase/SequenceListener.php, onCaseChange.
 * @param activities every activity of the case, trashed ones too, in the order in which they were filed
 */
export function nextSequenceStep(
  activitySets: readonly ActivitySet[],
  activities: readonly SequenceActivity[],
): SequenceStep {
  // Without steps it hides every later sequence.
  const sequence = activitySets.find((set) => set.isSequence);
  if (sequence === undefined || sequence.steps.length === 0) return { kind: 'nothing' };
  for (const step of sequence.steps) {
    const first = activities.find((activity) => activity.activityType === step.activityType);
    if (first === undefined) return { kind: 'create', step };
    if (!first.isCompleted) return { kind: 'wait', for: step };
  }
  return activities.every((activity) => activity.isCompleted)
    ? { kind: 'close' }
    : { kind: 'wait', for: null };
}
