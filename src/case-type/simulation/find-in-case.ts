import { AppError } from '../../base/errors.ts';
import type { ActivitySet, CaseTypeModel } from '../model.ts';
import { SEED_ENDED_STATUSES } from '../seed-names.ts';
import type { CaseActivity, CaseState } from './case-state.ts';

/** Those that are left to do, the one that is due first before the others. */
export const openActivities = ({ activities }: CaseState): readonly CaseActivity[] =>
  activities
    .filter(({ isDeleted, status }) => !isDeleted && !SEED_ENDED_STATUSES.has(status))
    .toSorted((left, right) => left.dateTime.localeCompare(right.dateTime) || left.id - right.id);

/**
 * The activity that people mean by its type: of several open ones the one that is due first.
 * @throws AppError `not-found` that lists what is open
 */
export function earliestOpenActivity(state: CaseState, activityType: string): CaseActivity {
  const open = openActivities(state);
  const found = open.find((activity) => activity.activityType === activityType);
  if (found !== undefined) return found;
  const names = [...new Set(open.map((activity) => activity.activityType))];
  throw new AppError(
    'not-found',
    `The case has no open activity "${activityType}" then. ${names.length === 0 ? 'None is open.' : `Open: ${names.join(', ')}.`}`,
    { details: { activityType, open: names } },
  );
}

/**
 * The activity set of that name or label.
 * @throws AppError `not-found` that lists those of the case type
 */
export function findActivitySet({ activitySets }: CaseTypeModel, text: string): ActivitySet {
  const set =
    activitySets.find(({ name }) => name === text) ?? activitySets.find(({ label }) => label === text);
  if (set !== undefined) return set;
  throw new AppError(
    'not-found',
    `The case type has no activity set "${text}". It has: ${activitySets.map(({ name }) => name).join(', ')}.`,
    { details: { set: text } },
  );
}
