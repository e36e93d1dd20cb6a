import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { TOKEN, type Step } from './step.ts';
import { creating, deleting, idOf, people, person, updating, type World } from './world.ts';

type MakeStep = (dice: Dice, world: World) => Step;
type Values = Readonly<Record<string, JsonValue>>;

const CASE_STATUSES = ['Open', 'Closed', 'Urgent', 'nope'];

/** A value for a custom field of this data type; now and then one that does not fit. */
function customValue(dice: Dice, dataType: string): JsonValue {
  if (dice.chance(8)) return dice.pick<JsonValue>([null, '']);
  switch (dataType) {
    case 'Int':
      return dice.number(-5, 2000);
    case 'Boolean':
      return dice.flag();
    case 'Date':
      return dice.date();
    case 'Float':
      return dice.pick([1.5, 0, -2.25, 1000]);
    default:
      return dice.chance(60) ? `key ${dice.number(1, 3)}` : dice.text();
  }
}

export const customValues = (dice: Dice, world: World, entity: string): Values =>
  Object.fromEntries(
    world.fields
      .filter((field) => field.entity === entity && dice.chance(45))
      .map((field) => [field.path, customValue(dice, field.dataType)]),
  );

const status = (dice: Dice, names: readonly string[]): Values =>
  dice.chance(80)
    ? { 'status_id:name': dice.pick(names) }
    : { status_id: dice.pick<JsonValue>([1, 2, 3, '2']) };

const caseValues = (dice: Dice, world: World): Values => ({
  ...dice.maybe(70, () => ({ subject: `${dice.text()} ${TOKEN}` })),
  ...dice.maybe(45, () => status(dice, CASE_STATUSES)),
  ...dice.maybe(50, () => ({ start_date: dice.date() })),
  ...dice.maybe(12, () => ({ end_date: dice.date() })),
  ...dice.maybe(15, () => ({ details: `<p>${dice.text()}</p>` })),
  ...dice.maybe(12, () => ({ 'medium_id:name': dice.pick(['phone', 'in_person', 'nope']) })),
  ...dice.maybe(6, () => ({ location: dice.text(), duration: dice.number(0, 90) })),
  ...customValues(dice, world, 'Case'),
});

export const openCase: MakeStep = (dice, world) =>
  creating(
    world,
    'Case',
    {
      'case_type_id:name': dice.pick(world.caseTypes),
      contact_id: dice.chance(75) ? idOf(dice, world, 'Contact') : people(dice, world),
      ...dice.maybe(85, () => ({ creator_id: person(dice, world) })),
      ...caseValues(dice, world),
    },
    dice.chance(15) ? 'save' : 'create',
  );

export const updateCase: MakeStep = (dice, world) =>
  updating('Case', idOf(dice, world, 'Case'), {
    ...caseValues(dice, world),
    ...dice.maybe(10, () => ({ 'case_type_id:name': dice.pick(world.caseTypes) })),
    ...dice.maybe(8, () => ({ is_deleted: dice.flag() })),
  });

export const trashOrDeleteCase: MakeStep = (dice, world) => {
  const id = idOf(dice, world, 'Case');
  if (dice.chance(60)) return updating('Case', id, { is_deleted: dice.flag() });
  const step = deleting('Case', id);
  return dice.chance(40) ? { ...step, params: { ...step.params, useTrash: dice.pick([true, false]) } } : step;
};

const activityValues = (dice: Dice, world: World): Values => ({
  ...dice.maybe(75, () => ({ subject: `${dice.text()} ${TOKEN}` })),
  ...dice.maybe(50, () => status(dice, world.statuses)),
  ...dice.maybe(60, () => ({ activity_date_time: dice.date() })),
  ...dice.maybe(20, () => ({ details: dice.pick(['<p>a &amp; b</p>', '<ul><li>x</li></ul>', dice.text()]) })),
  ...dice.maybe(30, () => ({ target_contact_id: people(dice, world) })),
  ...dice.maybe(30, () => ({ assignee_contact_id: people(dice, world) })),
  ...dice.maybe(10, () => ({ 'medium_id:name': dice.pick(['phone', 'email', 'nope']) })),
  ...dice.maybe(10, () => ({ 'priority_id:name': dice.pick(['Urgent', 'Low', 'nope']) })),
  ...dice.maybe(8, () => ({ location: dice.text(), duration: dice.number(0, 90) })),
  ...customValues(dice, world, 'Activity'),
});

/** The cases an activity is filed on, as the field takes them. */
function filing(dice: Dice, world: World): JsonValue {
  const one = (): JsonValue => idOf(dice, world, 'Case');
  switch (dice.number(1, 8)) {
    case 1:
      return [one(), one()];
    case 2:
      return [one()];
    case 3:
      return dice.pick<JsonValue>([null, '', []]);
    default:
      return one();
  }
}

export const createActivity: MakeStep = (dice, world) =>
  creating(
    world,
    'Activity',
    {
      'activity_type_id:name': dice.pick(world.activityTypes),
      source_contact_id: person(dice, world),
      ...dice.maybe(70, () => ({ case_id: filing(dice, world) })),
      ...activityValues(dice, world),
    },
    dice.chance(15) ? 'save' : 'create',
  );

export const updateActivity: MakeStep = (dice, world) =>
  updating('Activity', idOf(dice, world, 'Activity'), {
    ...activityValues(dice, world),
    ...dice.maybe(15, () => ({ source_contact_id: person(dice, world) })),
    ...dice.maybe(20, () => ({ case_id: filing(dice, world) })),
    ...dice.maybe(5, () => ({ 'activity_type_id:name': dice.pick(world.activityTypes) })),
    ...dice.maybe(5, () => ({ is_deleted: dice.flag() })),
  });

/** Completes an activity of a case by its type: also one that a timeline or a sequence made. */
export const completeActivity: MakeStep = (dice, world) => ({
  entity: 'Activity',
  action: 'update',
  params: {
    where: [
      ['case_id', '=', idOf(dice, world, 'Case')],
      ['activity_type_id:name', '=', dice.pick(world.activityTypes)],
    ],
    values: { 'status_id:name': dice.chance(80) ? 'Completed' : dice.pick(world.statuses) },
    ...dice.maybe(30, () => ({ orderBy: { id: 'ASC' }, limit: 1 })),
  },
});

export const trashOrDeleteActivity: MakeStep = (dice, world) => {
  const id = idOf(dice, world, 'Activity');
  return dice.chance(60) ? updating('Activity', id, { is_deleted: dice.flag() }) : deleting('Activity', id);
};

/** Save with match: on a custom field, on the subject, on a `:name` field; with none, one or several matches and records. */
export const saveByMatch: MakeStep = (dice, world) => {
  const entity = dice.pick(['Activity', 'Activity', 'Case'] as const);
  const fields = world.fields.filter((field) => field.entity === entity && field.dataType === 'String');
  const field = fields.length === 0 ? undefined : dice.pick(fields);
  const key = (): Values => (field === undefined ? {} : { [field.path]: `key ${dice.number(1, 3)}` });
  const match =
    field === undefined ? ['subject'] : dice.pick([[field.path], [field.path, 'subject'], ['subject']]);
  const record = (): Values =>
    entity === 'Activity'
      ? {
          'activity_type_id:name': dice.pick(world.activityTypes),
          source_contact_id: person(dice, world),
          subject: `${dice.pick(['Call 1', 'b 2'])} ${TOKEN}`,
          ...dice.maybe(40, () => ({ case_id: idOf(dice, world, 'Case') })),
          ...dice.maybe(40, () => status(dice, world.statuses)),
        }
      : {
          'case_type_id:name': dice.pick(world.caseTypes),
          contact_id: idOf(dice, world, 'Contact'),
          creator_id: 2,
          subject: `${dice.pick(['Call 1', 'b 2'])} ${TOKEN}`,
        };
  const more = dice.maybe(15, () => ({ defaults: { subject: `Default ${TOKEN}` } }));
  const named = dice.chance(10) && entity === 'Activity' ? ['activity_type_id:name', ...match] : match;
  const count = dice.chance(30) ? dice.number(2, 3) : 1;
  const records = Array.from({ length: count }, (): JsonValue => ({ ...record(), ...key() }));
  return { entity, action: 'save', params: { records, match: named, ...more } };
};

export const writeRole: MakeStep = (dice, world) => {
  const made = world.made.Relationship;
  const type = { 'relationship_type_id:name': dice.pick(world.roleTypes) };
  if (made.length === 0 || dice.chance(45))
    return creating(world, 'Relationship', {
      contact_id_a: person(dice, world),
      contact_id_b: person(dice, world),
      ...type,
      ...dice.maybe(75, () => ({ case_id: idOf(dice, world, 'Case') })),
      ...dice.maybe(30, () => ({ start_date: dice.date() })),
      ...dice.maybe(10, () => ({ end_date: dice.date() })),
      ...dice.maybe(15, () => ({ is_active: dice.flag() })),
      ...dice.maybe(10, () => ({ description: dice.text() })),
    });
  const id = idOf(dice, world, 'Relationship');
  if (dice.chance(15)) return deleting('Relationship', id);
  return updating('Relationship', id, {
    ...dice.maybe(40, () => ({ end_date: dice.date() })),
    ...dice.maybe(40, () => ({ is_active: dice.flag() })),
    ...dice.maybe(15, () => type),
    ...dice.maybe(10, () => ({ start_date: dice.date() })),
    ...dice.maybe(10, () => ({ contact_id_b: person(dice, world) })),
    ...dice.maybe(10, () => ({ description: dice.text() })),
  });
};

/** Ends the roles of a case in one call, as closing a case does. */
export const endRoles: MakeStep = (dice, world) => ({
  entity: 'Relationship',
  action: 'update',
  params: {
    where: [
      ['case_id', '=', idOf(dice, world, 'Case')],
      ['is_active', '=', true],
    ],
    values: dice.pick<Values>([{ end_date: '2026-03-02' }, { is_active: false }]),
  },
});

export const bridgeRow: MakeStep = (dice, world) => {
  const [entity, values] = dice.pick([
    ['CaseContact', { case_id: idOf(dice, world, 'Case'), contact_id: idOf(dice, world, 'Contact') }],
    ['CaseActivity', { case_id: idOf(dice, world, 'Case'), activity_id: idOf(dice, world, 'Activity') }],
  ] as const);
  if (dice.chance(70)) return { entity, action: 'create', params: { values } };
  const where = Object.entries(values).map(([name, id]): JsonValue => [name, '=', id]);
  return { entity, action: 'delete', params: { where } };
};
