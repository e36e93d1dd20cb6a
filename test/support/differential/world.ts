import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { ref, type Step } from './step.ts';

/** A custom field that a sequence makes. */
export interface MadeField {
  /** `Group.field`. */
  readonly path: string;
  readonly entity: string;
  readonly dataType: string;
}

/** What a sequence has made so far, by the names under which the ids are saved. */
export interface World {
  readonly made: Readonly<Record<Kind, string[]>>;
  readonly caseTypes: string[];
  readonly activityTypes: string[];
  readonly statuses: string[];
  readonly roleTypes: string[];
  readonly fields: MadeField[];
  /** Steps that undo what would outlast the sequence. */
  readonly undo: Step[];
  /** A number that no other thing of the sequence has. */
  next(): number;
}

export type Kind =
  | 'Contact'
  | 'Email'
  | 'Case'
  | 'Activity'
  | 'Relationship'
  | 'RelationshipType'
  | 'CaseType'
  | 'OptionValue'
  | 'Tag'
  | 'EntityTag'
  | 'CustomGroup'
  | 'Group'
  | 'ContactType'
  | 'MessageTemplate'
  | 'ActionSchedule';

export function createWorld(): World {
  let count = 0;
  const none = (): string[] => [];
  return {
    made: {
      Contact: none(),
      Email: none(),
      Case: none(),
      Activity: none(),
      Relationship: none(),
      RelationshipType: none(),
      CaseType: none(),
      OptionValue: none(),
      Tag: none(),
      EntityTag: none(),
      CustomGroup: none(),
      Group: none(),
      ContactType: none(),
      MessageTemplate: none(),
      ActionSchedule: none(),
    },
    caseTypes: ['housing_support', 'adult_day_care_referral'],
    activityTypes: [
      'Meeting',
      'Phone Call',
      'Follow up',
      'Medical evaluation',
      'Open Case',
      'Change Case Status',
    ],
    statuses: ['Scheduled', 'Completed', 'Cancelled', 'Left Message', 'Not Required', 'No_show'],
    roleTypes: [
      'Case Coordinator is',
      'Homeless Services Coordinator is',
      'Benefits Specialist is',
      'Spouse of',
    ],
    fields: [],
    undo: [],
    next: () => (count += 1),
  };
}

/** A step that makes a row and saves its id. */
export function creating(
  world: World,
  kind: Kind,
  values: Readonly<Record<string, JsonValue>>,
  action: 'create' | 'save' = 'create',
): Step {
  const name = `${kind.toLowerCase()}${world.next()}`;
  world.made[kind].push(name);
  const params = action === 'create' ? { values } : { records: [values] };
  return { entity: kind, action, params, save: { [name]: 'values.0.id' } };
}

/** The id of something made before; once in a while of nothing. */
export function idOf(dice: Dice, world: World, kind: Kind): JsonValue {
  const made = world.made[kind];
  if (dice.chance(2)) return dice.pick<JsonValue>([999999, 0, null, '']);
  if (made.length === 0) return 999999;
  return ref(dice.pick(made));
}

/** One person; mostly of the sequence, else the administrator. */
export const person = (dice: Dice, world: World): JsonValue =>
  world.made.Contact.length === 0 || dice.chance(15) ? 2 : idOf(dice, world, 'Contact');

/** People as a field takes them: one, a list, none. */
export function people(dice: Dice, world: World): JsonValue {
  const one = (): JsonValue => person(dice, world);
  switch (dice.number(1, 6)) {
    case 1:
      return one();
    case 2:
    case 3:
      return [one()];
    case 4:
      return [one(), one()];
    case 5:
      return [one(), one(), one()];
    default:
      return dice.pick<JsonValue>([[], null, '']);
  }
}

export const updating = (
  entity: string,
  id: JsonValue,
  values: Readonly<Record<string, JsonValue>>,
): Step => ({
  entity,
  action: 'update',
  params: { where: [['id', '=', id]], values },
});

export const deleting = (entity: string, id: JsonValue): Step => ({
  entity,
  action: 'delete',
  params: { where: [['id', '=', id]] },
});
