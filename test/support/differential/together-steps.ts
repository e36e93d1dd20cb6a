import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { BATCH, ref, refsIn, TOKEN, type Step } from './step.ts';
import { idOf, type Kind, type World } from './world.ts';

type MakeStep = (dice: Dice, world: World) => Step;

/** Steps that are more than one call: several in a request, calls chained to the rows of another, replacing. */

/** One request of several calls; a call that needs what another of them makes is left out. */
export function together(steps: readonly Step[]): Step {
  const saved = new Set<string>();
  const apart = steps.filter((step) => {
    const isFree = [...refsIn(step)].every((name) => !saved.has(name));
    if (isFree) for (const name of Object.keys(step.save ?? {})) saved.add(name);
    return isFree;
  });
  const save = apart.flatMap((step, index) =>
    Object.entries(step.save ?? {}).map(([name, path]) => [name, `answers.${index}.${path}`] as const),
  );
  return {
    entity: BATCH,
    action: 'calls',
    params: { calls: apart.map(({ entity, action, params }): JsonValue => [entity, action, params]) },
    ...(save.length === 0 ? {} : { save: Object.fromEntries(save) }),
    ...(apart.some((step) => step.isLasting === true) ? { isLasting: true } : {}),
  };
}

const CHAINS: readonly (readonly [entity: Kind, name: string, link: JsonValue])[] = [
  [
    'Case',
    'work',
    [
      'Activity',
      'get',
      { select: ['subject', 'status_id:name'], where: [['case_id', '=', '$id']], orderBy: { id: 'ASC' } },
    ],
  ],
  [
    'Case',
    'clients',
    [
      'CaseContact',
      'get',
      { select: ['contact_id'], where: [['case_id', '=', '$id']], orderBy: { id: 'ASC' } },
      ['contact_id'],
    ],
  ],
  [
    'Case',
    'roles',
    [
      'Relationship',
      'get',
      {
        select: ['is_active', 'relationship_type_id:name'],
        where: [['case_id', '=', '$id']],
        orderBy: { id: 'ASC' },
      },
      'id',
    ],
  ],
  [
    'Contact',
    'mail',
    ['Email', 'get', { select: ['email'], where: [['contact_id', '=', '$id']], orderBy: { id: 'ASC' } }, 0],
  ],
  [
    'Contact',
    'mails',
    ['Email', 'get', { select: ['email'], where: [['contact_id', '=', '$id']], orderBy: { id: 'ASC' } }],
  ],
  [
    'Activity',
    'people',
    [
      'ActivityContact',
      'get',
      {
        select: ['contact_id', 'record_type_id:name'],
        where: [['activity_id', '=', '$id']],
        orderBy: { id: 'ASC' },
      },
    ],
  ],
  ['Activity', 'file', ['Case', 'get', { select: ['subject'], where: [['id', '=', '$case_id.0']] }]],
];

/** Rows, each with the rows of another call. */
export const chainedRead: MakeStep = (dice, world) => {
  const [entity, name, link] = dice.pick(CHAINS);
  return {
    entity,
    action: 'get',
    params: {
      select: [
        'id',
        ...dice.some(
          entity === 'Activity' ? ['subject', 'case_id'] : entity === 'Case' ? ['subject'] : ['sort_name'],
        ),
      ],
      where: [
        ['id', '>=', ref(`start.${entity}`)],
        ...(dice.chance(50) ? [['id', '=', idOf(dice, world, entity)]] : []),
      ],
      orderBy: { id: 'ASC' },
      chain: { [name]: link },
    },
  };
};

/** A write, and writes with what it made. */
export const chainedWrite: MakeStep = (dice, world) => {
  const subject = `${dice.text()} ${TOKEN}`;
  const type = dice.pick(world.activityTypes);
  const activity: JsonValue = [
    'Activity',
    'create',
    { values: { 'activity_type_id:name': type, source_contact_id: 2, case_id: '$id', subject } },
  ];
  if (dice.chance(50)) {
    return {
      entity: 'Case',
      action: 'update',
      params: {
        where: [['id', '=', idOf(dice, world, 'Case')]],
        values: { subject },
        chain: { more: activity },
      },
    };
  }
  return {
    entity: 'Case',
    action: 'create',
    params: {
      values: {
        'case_type_id:name': dice.pick(world.caseTypes),
        contact_id: idOf(dice, world, 'Contact'),
        creator_id: 2,
        subject,
      },
      chain: { more: activity },
    },
  };
};

/** The rows that belong to something are to be these and no others. */
export const replaceRows: MakeStep = (dice, world) => {
  const several = (make: () => JsonValue): JsonValue[] => Array.from({ length: dice.number(0, 3) }, make);
  const replace = (entity: string, owner: string, id: JsonValue, records: JsonValue[]): Step => ({
    entity,
    action: 'replace',
    params: {
      where: [[owner, '=', id]],
      records,
      ...dice.maybe(30, () => ({ match: [dice.pick(['email', 'contact_id', 'tag_id'])] })),
    },
  });
  switch (dice.number(1, 4)) {
    case 1:
      return replace(
        'Email',
        'contact_id',
        idOf(dice, world, 'Contact'),
        several(() => ({ email: `bo${dice.number(1, 4)}@${TOKEN}.example` })),
      );
    case 2:
      return replace(
        'CaseContact',
        'case_id',
        idOf(dice, world, 'Case'),
        several(() => ({ contact_id: idOf(dice, world, 'Contact') })),
      );
    case 3:
      return replace(
        'CaseActivity',
        'activity_id',
        idOf(dice, world, 'Activity'),
        several(() => ({ case_id: idOf(dice, world, 'Case') })),
      );
    default: {
      const step = replace(
        'EntityTag',
        'entity_id',
        idOf(dice, world, 'Case'),
        several(() => ({ tag_id: idOf(dice, world, 'Tag') })),
      );
      const where = [
        ...(step.params['where'] as readonly JsonValue[]),
        ['entity_table', '=', 'civicrm_case'],
      ];
      return { ...step, params: { ...step.params, where } };
    }
  }
};
