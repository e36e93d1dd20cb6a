import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { TOKEN, type Step } from './step.ts';
import { creating, deleting, idOf, updating, type World } from './world.ts';

type MakeStep = (dice: Dice, world: World) => Step;

function contactValues(dice: Dice, world: World): Readonly<Record<string, JsonValue>> {
  const type = dice.chance(25) ? dice.pick(['Organization', 'Household']) : 'Individual';
  const number = world.next();
  const name =
    type === 'Individual'
      ? { first_name: dice.text().trim(), last_name: `Q ${TOKEN}` }
      : { [type === 'Organization' ? 'organization_name' : 'household_name']: `${dice.text()} ${TOKEN}` };
  return {
    contact_type: type,
    ...name,
    ...dice.maybe(30, () => ({ external_identifier: `${TOKEN}-${number}` })),
    ...dice.maybe(25, () => ({ 'email_primary.email': `Ada${number}@${TOKEN}.example` })),
    ...dice.maybe(10, () => ({ is_deleted: dice.flag() })),
    ...dice.maybe(10, () => ({ source: dice.text() })),
    ...dice.maybe(4, () => ({ 'prefix_id:name': dice.pick(['Mr.', 'Dr.', 'nope']) })),
    ...dice.maybe(5, () => ({ birth_date: dice.date() })),
  };
}

export const createContact: MakeStep = (dice, world) =>
  creating(world, 'Contact', contactValues(dice, world), dice.chance(15) ? 'save' : 'create');

export const updateContact: MakeStep = (dice, world) => {
  const { contact_type: _type, ...values } = contactValues(dice, world);
  return updating('Contact', idOf(dice, world, 'Contact'), values);
};

export const saveContactByMatch: MakeStep = (dice) => ({
  entity: 'Contact',
  action: 'save',
  params: {
    records: [
      {
        contact_type: 'Individual',
        last_name: `Q ${TOKEN}`,
        external_identifier: `${TOKEN}-${dice.number(1, 12)}`,
      },
    ],
    match: dice.pick([['external_identifier'], ['last_name'], ['last_name', 'first_name'], ['id']]),
  },
});

export const trashOrDeleteContact: MakeStep = (dice, world) => {
  const id = idOf(dice, world, 'Contact');
  if (dice.chance(40)) return updating('Contact', id, { is_deleted: dice.flag() });
  const step = deleting('Contact', id);
  return dice.chance(50) ? { ...step, params: { ...step.params, useTrash: dice.pick([true, false]) } } : step;
};

export const writeEmail: MakeStep = (dice, world) => {
  const values = {
    email: `${dice.pick(['Bo', 'eve'])}${dice.number(1, 5)}@${TOKEN}.example`,
    ...dice.maybe(40, () => ({ is_primary: dice.flag() })),
    ...dice.maybe(10, () => ({ on_hold: dice.pick([0, 1, 2]) })),
    ...dice.maybe(20, () => ({ location_type_id: dice.number(1, 3) })),
  };
  if (world.made.Email.length === 0 || dice.chance(50))
    return creating(world, 'Email', { contact_id: idOf(dice, world, 'Contact'), ...values });
  const id = idOf(dice, world, 'Email');
  return dice.chance(30) ? deleting('Email', id) : updating('Email', id, values);
};
