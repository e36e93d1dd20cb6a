import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { TOKEN, type Step } from './step.ts';
import { creating, deleting, idOf, updating, type Kind, type World } from './world.ts';

type Values = Readonly<Record<string, JsonValue>>;

/** Steps about what else a site offers and a case type goes along with: contact types, message templates, reminders. */

/** Mostly a new one while there are few; else one of them is changed or goes. */
function writing(dice: Dice, world: World, kind: Kind, make: () => Values, change: () => Values): Step {
  const count = world.made[kind].length;
  if (count === 0 || dice.chance(45))
    return creating(world, kind, make(), dice.chance(15) ? 'save' : 'create');
  const id = idOf(dice, world, kind);
  return dice.chance(15) ? deleting(kind, id) : updating(kind, id, change());
}

export const writeContactType = (dice: Dice, world: World): Step => {
  const more = (): Values => ({
    ...dice.maybe(20, () => ({ description: dice.text() })),
    ...dice.maybe(20, () => ({ is_active: dice.flag() })),
    ...dice.maybe(10, () => ({ icon: 'fa-user' })),
  });
  return writing(
    dice,
    world,
    'ContactType',
    () => ({
      label: `${dice.text()} ${TOKEN}`,
      ...dice.maybe(80, () => ({ name: `Kind_${world.next()}_${TOKEN}` })),
      ...dice.maybe(90, () => ({
        'parent_id:name': dice.pick(['Individual', 'Individual', 'Household', 'Organization', 'nope']),
      })),
      ...more(),
    }),
    () => ({ ...dice.maybe(50, () => ({ label: `${dice.text()} ${TOKEN}` })), ...more() }),
  );
};

export const writeMessageTemplate = (dice: Dice, world: World): Step => {
  const values = (): Values => ({
    ...dice.maybe(60, () => ({ msg_subject: `${dice.text()} {contact.first_name}` })),
    ...dice.maybe(60, () => ({ msg_html: dice.pick([`<p>${dice.text()}</p>`, '<p>a &amp; b</p>', '']) })),
    ...dice.maybe(40, () => ({ msg_text: dice.text() })),
    ...dice.maybe(15, () => ({ is_active: dice.flag() })),
    ...dice.maybe(10, () => ({ is_default: dice.flag() })),
    ...dice.maybe(10, () => ({ is_sms: dice.flag() })),
  });
  const title = (): Values => ({ msg_title: `${dice.text()} ${TOKEN}` });
  return writing(
    dice,
    world,
    'MessageTemplate',
    () => ({ ...dice.maybe(95, title), ...values() }),
    () => ({ ...dice.maybe(30, title), ...values() }),
  );
};

/** Statuses, activity types and case types as a reminder lists them. */
const numbers = (dice: Dice): JsonValue => dice.some([1, 2, 3, 14, '2'], 3);

export const writeReminder = (dice: Dice, world: World): Step => {
  const values = (): Values => ({
    ...dice.maybe(50, () => ({ start_action_offset: dice.number(0, 9) })),
    ...dice.maybe(50, () => ({ start_action_unit: dice.pick(['hour', 'day', 'week']) })),
    ...dice.maybe(60, () => ({ start_action_condition: dice.pick(['before', 'after']) })),
    ...dice.maybe(40, () => ({ entity_status: numbers(dice) })),
    ...dice.maybe(25, () => ({ recipient: dice.pick(['1', '2', '3']), limit_to: dice.number(0, 2) })),
    ...dice.maybe(25, () => ({ is_repeat: dice.flag() })),
    ...dice.maybe(20, () => ({ repetition_frequency_unit: 'day', repetition_frequency_interval: 2 })),
    ...dice.maybe(20, () => ({ end_frequency_interval: 3, end_action: 'after' })),
    ...dice.maybe(30, () => ({ subject: dice.text(), body_html: `<p>${dice.text()}</p>` })),
    ...dice.maybe(25, () => ({ msg_template_id: idOf(dice, world, 'MessageTemplate') })),
    ...dice.maybe(20, () => ({ is_active: dice.flag() })),
    ...dice.maybe(15, () => ({ mode: dice.pick(['Email', 'User_Preference']) })),
    ...dice.maybe(10, () => ({ absolute_date: dice.date() })),
    ...dice.maybe(15, () => ({ record_activity: dice.flag() })),
  });
  return writing(
    dice,
    world,
    'ActionSchedule',
    () => ({
      title: `${dice.text()} ${TOKEN}`,
      ...dice.maybe(80, () => ({ name: `soon_${world.next()}_${TOKEN}` })),
      ...dice.maybe(92, () => ({ mapping_id: 'activity_type' })),
      ...dice.maybe(92, () => ({ entity_value: numbers(dice) })),
      ...dice.maybe(92, () => ({
        start_action_date: 'activity_date_time',
        start_action_condition: 'before',
      })),
      ...values(),
    }),
    values,
  );
};
