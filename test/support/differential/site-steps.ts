import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { SEEDED } from './seeded.ts';
import { ref, TOKEN, type Step } from './step.ts';
import { creating, deleting, idOf, updating, type World } from './world.ts';

type MakeStep = (dice: Dice, world: World) => Step;

/** Steps about what a site offers: case types, option values, custom fields, tags, relationship types. */

const assignee = (dice: Dice, world: World): Readonly<Record<string, JsonValue>> => {
  switch (dice.number(1, 5)) {
    case 1:
      return { default_assignee_type: '4' };
    case 2:
      return { default_assignee_type: '3', default_assignee_contact: idOf(dice, world, 'Contact') };
    case 3:
      return {
        default_assignee_type: '2',
        default_assignee_relationship: dice.pick(['10_b_a', '10_a_b', '11_b_a', '2_b_a', '999_a_b']),
      };
    default:
      return dice.maybe(50, () => ({ default_assignee_type: '1' }));
  }
};

function timelineStep(dice: Dice, world: World, types: readonly string[]): JsonValue {
  return {
    name: dice.pick(types),
    ...dice.maybe(60, () => ({ status: dice.pick(['Scheduled', 'Completed', 'nope', '']) })),
    ...dice.maybe(60, () => ({ reference_activity: dice.pick(['Open Case', dice.pick(types), '']) })),
    ...dice.maybe(70, () => ({ reference_offset: String(dice.number(-3, 20)) })),
    ...dice.maybe(40, () => ({ reference_select: dice.pick(['newest', 'oldest']) })),
    ...dice.maybe(20, () => ({ default_subject: dice.text() })),
    ...assignee(dice, world),
  };
}

function definition(dice: Dice, world: World): JsonValue {
  // A name that is new makes CiviCRM forget its option lists; without one it does not know a new type by its name.
  const own = [`Step ${world.next()} ${TOKEN}`];
  if (dice.chance(40)) own.push(`Step ${dice.number(1, 4)} ${TOKEN}`);
  const types = ['Open Case', 'Follow up', 'Medical evaluation', 'Meeting', ...own];
  const steps = (): JsonValue[] =>
    Array.from({ length: dice.number(0, 4) }, () => timelineStep(dice, world, types));
  const role = `Helper ${dice.number(1, 3)} ${TOKEN}`;
  const sequence = dice.chance(50)
    ? [
        {
          name: 'steps',
          label: 'Steps',
          sequence: '1',
          activityTypes: types.slice(1).map((name) => ({ name })),
        },
      ]
    : [];
  const openCase: JsonValue[] = dice.chance(85) ? [{ name: 'Open Case', status: 'Completed' }] : [];
  for (const name of own) if (!world.activityTypes.includes(name)) world.activityTypes.push(name);
  const roles = dice.some([role, 'Case Coordinator', 'Benefits Specialist', 'Case Coordinator is']);
  if (roles.includes(role)) world.roleTypes.push(`${role} is`);
  return {
    activityTypes: types.map((name) => ({
      name,
      ...dice.maybe(15, () => ({ max_instances: String(dice.number(0, 2)) })),
    })),
    activitySets: [
      {
        name: 'standard_timeline',
        label: 'Standard',
        timeline: '1',
        activityTypes: [...openCase, ...steps()],
      },
      ...sequence,
    ],
    caseRoles: roles.map((name) => ({
      name,
      ...dice.maybe(60, () => ({ creator: '1' })),
      ...dice.maybe(40, () => ({ manager: '1' })),
    })),
    ...dice.maybe(15, () => ({ statuses: ['Open', 'Closed'] })),
  };
}

export const createCaseType: MakeStep = (dice, world) => {
  const name = `t${TOKEN}_${world.next()}`;
  world.caseTypes.push(name, name);
  return creating(world, 'CaseType', {
    name,
    title: `${dice.text()} ${TOKEN}`,
    definition: definition(dice, world),
    ...dice.maybe(15, () => ({ weight: dice.number(1, 9) })),
    ...dice.maybe(15, () => ({ description: dice.text() })),
  });
};

export const editCaseType: MakeStep = (dice, world) => {
  const id = idOf(dice, world, 'CaseType');
  if (dice.chance(10)) return deleting('CaseType', id);
  return updating('CaseType', id, {
    ...dice.maybe(60, () => ({ definition: definition(dice, world) })),
    ...dice.maybe(25, () => ({ title: `${dice.text()} ${TOKEN}` })),
    ...dice.maybe(30, () => ({ is_active: dice.flag() })),
  });
};

export const writeOption: MakeStep = (dice, world) => {
  const group = dice.pick(['activity_type', 'activity_type', 'activity_status', 'case_status']);
  if (world.made.OptionValue.length === 0 || dice.chance(50)) {
    const label = `Option ${world.next()} ${TOKEN}`;
    const name = label.replaceAll(' ', '_');
    if (group === 'activity_type') world.activityTypes.push(name);
    if (group === 'activity_status') world.statuses.push(name);
    return creating(world, 'OptionValue', {
      'option_group_id.name': group,
      label,
      ...dice.maybe(30, () => ({ name })),
      ...dice.maybe(20, () => ({ is_active: dice.flag() })),
      ...dice.maybe(20, () => ({ filter: dice.number(0, 2) })),
      ...dice.maybe(20, () => ({ grouping: dice.pick(['Opened', 'Closed', dice.text()]) })),
      ...dice.maybe(20, () => ({ 'component_id:name': dice.pick(['CiviCase', 'CiviMail', 'nope']) })),
      ...dice.maybe(10, () => ({ weight: dice.number(1, 5) })),
    });
  }
  const id = idOf(dice, world, 'OptionValue');
  if (dice.chance(12)) return deleting('OptionValue', id);
  return updating('OptionValue', id, {
    ...dice.maybe(50, () => ({ label: `${dice.text()} ${TOKEN}` })),
    ...dice.maybe(50, () => ({ is_active: dice.flag() })),
    ...dice.maybe(15, () => ({ name: `Renamed ${world.next()} ${TOKEN}` })),
    ...dice.maybe(15, () => ({ description: dice.text() })),
  });
};

export const writeRoleType: MakeStep = (dice, world) => {
  if (world.made.RelationshipType.length === 0 || dice.chance(50)) {
    const name = `Guide ${world.next()} ${TOKEN}`;
    world.roleTypes.push(`${name} is`, `${name} is`);
    return creating(world, 'RelationshipType', {
      name_a_b: `${name} is`,
      name_b_a: name,
      ...dice.maybe(30, () => ({ label_a_b: `${dice.text()} ${TOKEN}` })),
      ...dice.maybe(20, () => ({ contact_type_a: 'Individual' })),
      ...dice.maybe(10, () => ({ contact_type_b: 'Organization' })),
      ...dice.maybe(10, () => ({ is_active: dice.flag() })),
    });
  }
  const id = idOf(dice, world, 'RelationshipType');
  if (dice.chance(8)) return deleting('RelationshipType', id);
  return updating('RelationshipType', id, {
    ...dice.maybe(40, () => ({ label_a_b: `${dice.text()} ${TOKEN}` })),
    ...dice.maybe(40, () => ({ is_active: dice.flag() })),
    ...dice.maybe(20, () => ({ name_a_b: `Renamed ${world.next()} ${TOKEN}` })),
    ...dice.maybe(15, () => ({ description: dice.text() })),
  });
};

/** Switches off what was there before the sequence; its end switches it on again. */
export const disableSeeded: MakeStep = (dice, world) => {
  const { entity, field, names, group } = dice.pick(SEEDED);
  const where: JsonValue = [
    ...(group === undefined ? [] : [['option_group_id:name', '=', group]]),
    [field, '=', dice.pick(names)],
  ];
  const turn = (isActive: boolean): Step => ({
    entity,
    action: 'update',
    params: { where, values: { is_active: isActive } },
    isLasting: true,
  });
  world.undo.push(turn(true));
  return turn(false);
};

const FIELD_TYPES = [
  ['String', 'Text'],
  ['String', 'Text'],
  ['Int', 'Text'],
  ['Boolean', 'Radio'],
  ['Date', 'Select Date'],
  ['Float', 'Text'],
  ['Memo', 'TextArea'],
] as const;

/** A custom group with some fields, whose values later steps write. */
export const makeCustomFields = (dice: Dice, world: World): readonly Step[] => {
  const group = `Facts${world.next()}_${TOKEN}`;
  const extended = dice.pick(['Activity', 'Activity', 'Case', 'Individual']);
  const make = creating(world, 'CustomGroup', { title: `${group} facts`, name: group, extends: extended });
  const id = ref(Object.keys(make.save ?? {})[0] ?? '');
  const fields = Array.from({ length: dice.number(1, 3) }, (): Step => {
    const [dataType, htmlType] = dice.pick(FIELD_TYPES);
    const name = `fact_${world.next()}`;
    const entity = extended === 'Individual' ? 'Contact' : extended;
    world.fields.push({ path: `${group}.${name}`, entity, dataType });
    const values = { custom_group_id: id, name, label: name, data_type: dataType, html_type: htmlType };
    return { entity: 'CustomField', action: 'create', params: { values } };
  });
  return [make, ...fields];
};

export const writeTag: MakeStep = (dice, world) => {
  const { Tag: tags, EntityTag: uses } = world.made;
  if (tags.length === 0 || dice.chance(25)) {
    return creating(world, 'Tag', {
      name: `Tag ${world.next()} ${TOKEN}`,
      used_for: dice.pick<JsonValue>([
        ['civicrm_case'],
        ['civicrm_activity', 'civicrm_case'],
        'civicrm_contact',
      ]),
      ...dice.maybe(20, () => ({ label: dice.text() })),
      ...dice.maybe(20, () => ({ color: dice.pick(['#ff0000', '#FFFFFF', 'red']) })),
      ...(tags.length > 0 && dice.chance(20) ? { parent_id: ref(dice.pick(tags)) } : {}),
    });
  }
  if (uses.length > 0 && dice.chance(20)) return deleting('EntityTag', idOf(dice, world, 'EntityTag'));
  if (dice.chance(12)) return deleting('Tag', idOf(dice, world, 'Tag'));
  const [table, kind] = dice.pick([
    ['civicrm_case', 'Case'],
    ['civicrm_activity', 'Activity'],
    ['civicrm_contact', 'Contact'],
  ] as const);
  return creating(world, 'EntityTag', {
    entity_table: table,
    entity_id: idOf(dice, world, kind),
    tag_id: idOf(dice, world, 'Tag'),
  });
};
