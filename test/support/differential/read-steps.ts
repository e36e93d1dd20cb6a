import type { JsonValue } from '../../../src/base/json.ts';
import type { Dice } from './dice.ts';
import { ref, TOKEN, type Step } from './step.ts';
import { idOf, type World } from './world.ts';

/** What may be asked of an entity: fields to select, clauses, fields to order by before the id, joins. */
interface Readable {
  readonly select: readonly string[];
  readonly clauses: (dice: Dice, world: World) => readonly JsonValue[];
  readonly orders: readonly string[];
  readonly joins?: readonly { readonly join: JsonValue; readonly select: readonly string[] }[];
}

const flagClause = (name: string): JsonValue => [name, '=', true];

const READABLE: Readonly<Record<string, Readable>> = {
  Contact: {
    select: [
      '*',
      'display_name',
      'sort_name',
      'contact_type:label',
      'email_primary.email',
      'external_identifier',
      'is_deleted',
      'prefix_id:name',
      'employer_id.display_name',
    ],
    clauses: (dice) => [
      ['display_name', 'LIKE', `%${TOKEN}%`],
      ['last_name', 'CONTAINS', TOKEN],
      ['external_identifier', '=', `${TOKEN}-${dice.number(1, 9)}`],
      ['external_identifier', 'IS NOT NULL'],
      ['contact_type:name', 'IN', ['Individual', 'Household']],
      ['email_primary.email', 'LIKE', `ada%@${TOKEN}.EXAMPLE`],
      ['is_deleted', 'IN', [true, false]],
      flagClause('is_deleted'),
    ],
    orders: ['sort_name', 'contact_type', 'external_identifier', 'modified_date'],
    joins: [
      {
        join: ['Email AS mail', 'LEFT'],
        select: ['mail.email', 'mail.is_primary', 'mail.location_type_id:name'],
      },
      { join: ['Case AS file', 'INNER', 'CaseContact'], select: ['file.subject', 'file.id'] },
    ],
  },
  Case: {
    select: [
      '*',
      'subject',
      'case_type_id:name',
      'case_type_id.title',
      'status_id:label',
      'status_id:name',
      'start_date',
      'end_date',
      'is_deleted',
      'contact_id',
    ],
    clauses: (dice, world) => [
      ['case_type_id:name', '=', dice.pick(world.caseTypes)],
      ['status_id:name', 'IN', ['Open', 'Urgent']],
      ['status_id', '!=', 2],
      ['start_date', '>=', dice.date()],
      ['start_date', '=', '2026-03-02'],
      ['end_date', 'IS NULL'],
      ['end_date', 'IS EMPTY'],
      ['subject', 'LIKE', `%call%${TOKEN}`],
      ['subject', 'CONTAINS', dice.text()],
      ['is_deleted', 'IN', [true, false]],
      ['modified_date', '>', '2002-01-01'],
      ['id', 'IN', [idOf(dice, world, 'Case'), idOf(dice, world, 'Case')]],
      ['NOT', [['status_id:name', '=', 'Closed']]],
    ],
    orders: ['subject', 'start_date', 'status_id:label', 'case_type_id.title', 'end_date'],
    joins: [
      {
        join: ['CaseContact AS client', 'LEFT'],
        select: ['client.contact_id', 'client.contact_id.sort_name'],
      },
      {
        join: ['Contact AS person', 'INNER', 'CaseContact'],
        select: ['person.display_name', 'person.id'],
      },
      {
        join: ['Activity AS act', 'LEFT', 'CaseActivity', ['act.status_id:name', '=', '"Scheduled"']],
        select: ['act.subject', 'act.activity_type_id:name', 'act.id'],
      },
    ],
  },
  Activity: {
    select: [
      '*',
      'subject',
      'activity_type_id:name',
      'activity_type_id:label',
      'status_id:name',
      'activity_date_time',
      'case_id',
      'case_id.subject',
      'case_id.case_type_id:name',
      'source_contact_id',
      'source_contact_id.display_name',
      'target_contact_id',
      'assignee_contact_id',
      'is_deleted',
      'is_auto',
      'weight',
    ],
    clauses: (dice, world) => [
      ['case_id', '=', idOf(dice, world, 'Case')],
      ['case_id', 'IS NOT NULL'],
      ['case_id', 'IN', [idOf(dice, world, 'Case'), idOf(dice, world, 'Case')]],
      ['activity_type_id:name', '=', dice.pick(world.activityTypes)],
      ['activity_type_id:name', 'NOT IN', [dice.pick(world.activityTypes), 'Meeting']],
      ['status_id:name', '=', dice.pick(world.statuses)],
      ['activity_date_time', 'BETWEEN', [dice.date(), '2026-09-01']],
      ['activity_date_time', '<', dice.date()],
      ['assignee_contact_id', '=', idOf(dice, world, 'Contact')],
      ['target_contact_id', 'IN', [idOf(dice, world, 'Contact'), 2]],
      ['source_contact_id', '=', 2],
      ['is_deleted', 'IN', [true, false]],
      ['subject', 'REGEXP', '^[Cc]all'],
      ['subject', 'IS NULL'],
      [
        'OR',
        [
          ['is_auto', '=', true],
          ['subject', '=', `b 2 ${TOKEN}`],
        ],
      ],
    ],
    orders: ['activity_date_time', 'subject', 'activity_type_id:label', 'status_id', 'weight'],
    joins: [
      {
        join: [
          'Contact AS who',
          'LEFT',
          'ActivityContact',
          ['who.record_type_id:name', '=', '"Activity Assignees"'],
        ],
        select: ['who.display_name', 'who.record_type_id:name'],
      },
      { join: ['Case AS file', 'INNER', 'CaseActivity'], select: ['file.subject', 'file.status_id:name'] },
    ],
  },
  Relationship: {
    select: [
      '*',
      'relationship_type_id:name',
      'relationship_type_id.name_b_a',
      'contact_id_a.display_name',
      'case_id.subject',
      'is_active',
      'is_current',
      'end_date',
    ],
    clauses: (dice, world) => [
      ['case_id', '=', idOf(dice, world, 'Case')],
      ['case_id', 'IS NULL'],
      flagClause('is_active'),
      ['relationship_type_id:name', '=', dice.pick(world.roleTypes)],
      ['contact_id_a', '=', idOf(dice, world, 'Contact')],
      ['end_date', '>', dice.date()],
    ],
    orders: ['start_date', 'relationship_type_id', 'contact_id_b'],
  },
  RelationshipCache: {
    select: [
      '*',
      'near_relation',
      'far_relation:label',
      'far_contact_id.display_name',
      'is_current',
      'case_id',
    ],
    clauses: (dice, world) => [
      ['case_id', '=', idOf(dice, world, 'Case')],
      ['near_contact_id', '=', idOf(dice, world, 'Contact')],
      ['orientation', '=', 'a_b'],
      flagClause('is_active'),
    ],
    orders: ['near_contact_id', 'orientation'],
  },
  CaseType: {
    select: ['*', 'name', 'title', 'definition', 'is_active', 'weight'],
    clauses: (dice, world) => [['name', '=', dice.pick(world.caseTypes)], flagClause('is_active')],
    orders: ['title', 'weight'],
  },
  OptionValue: {
    select: [
      '*',
      'option_group_id:name',
      'option_group_id.title',
      'name',
      'label',
      'component_id:name',
      'grouping',
    ],
    clauses: () => [
      ['option_group_id:name', '=', 'activity_type'],
      ['label', 'LIKE', `%${TOKEN}%`],
      flagClause('is_active'),
      ['filter', '=', 0],
    ],
    orders: ['weight', 'label', 'name'],
  },
  RelationshipType: {
    select: ['*', 'name_a_b', 'label_b_a', 'contact_type_a', 'is_active'],
    clauses: () => [flagClause('is_active'), ['name_a_b', 'LIKE', `%${TOKEN}%`]],
    orders: ['name_a_b', 'label_b_a'],
  },
  EntityTag: {
    select: ['*', 'tag_id.name', 'tag_id:name', 'entity_table'],
    clauses: () => [['entity_table', '=', 'civicrm_case']],
    orders: ['tag_id', 'entity_id'],
  },
  Email: {
    select: ['*', 'contact_id.display_name', 'location_type_id:name', 'email'],
    clauses: (dice, world) => [['contact_id', '=', idOf(dice, world, 'Contact')], flagClause('is_primary')],
    orders: ['email', 'contact_id'],
  },
};

/** A `get` of the rows of this sequence. What has no order of its own is ordered by id, or has neither order nor limit. */
export function readRows(dice: Dice, world: World): Step {
  const entity = dice.pick(Object.keys(READABLE));
  const readable = READABLE[entity];
  if (readable === undefined) throw new Error(`Nothing is known about reading ${entity}.`);
  const own = world.fields.filter((field) => field.entity === entity).map(({ path }) => path);
  const join = readable.joins !== undefined && dice.chance(25) ? dice.pick(readable.joins) : undefined;
  const select = [
    ...dice.some([...readable.select, ...own], 5),
    ...(join === undefined ? [] : dice.some(join.select)),
    ...dice.some(['row_count', 'nope', 'id'], 1),
  ];
  const clauses = dice.some(
    [
      ...readable.clauses(dice, world),
      ...own.flatMap((path): JsonValue[] => [
        [path, '=', 'key 1'],
        [path, 'IS NOT EMPTY'],
      ]),
    ],
    2,
  );
  const ordered = join === undefined && dice.chance(65);
  return {
    entity,
    action: 'get',
    params: {
      ...(select.length === 0 ? {} : { select: [...select] }),
      where: [['id', '>=', ref(`start.${entity}`)], ...clauses],
      ...(join === undefined ? {} : { join: [join.join] }),
      ...(ordered
        ? {
            orderBy: {
              ...dice.maybe(60, () => ({ [dice.pick(readable.orders)]: dice.pick(['ASC', 'DESC']) })),
              id: dice.pick(['ASC', 'ASC', 'DESC']),
            },
            ...dice.maybe(25, () => ({ limit: dice.number(1, 6) })),
            ...dice.maybe(10, () => ({ limit: dice.number(1, 4), offset: dice.number(1, 3) })),
          }
        : {}),
    },
  };
}

/** Rows counted by a field. */
export function countRows(dice: Dice, world: World): Step {
  const [entity, field] = dice.pick([
    ['Activity', 'status_id:name'],
    ['Activity', 'activity_type_id:label'],
    ['Activity', 'case_id'],
    ['Case', 'case_type_id:name'],
    ['Case', 'status_id'],
    ['Relationship', 'relationship_type_id:name'],
  ] as const);
  return {
    entity,
    action: 'get',
    params: {
      select: [field, 'COUNT(id) AS number', ...dice.some(['MAX(is_deleted) AS trashed'], 1)],
      where: [
        ['id', '>=', ref(`start.${entity}`)],
        ...dice.some<JsonValue>([['is_deleted', 'IN', [true, false]]], 1),
      ],
      groupBy: [field.split(':')[0] ?? field],
      ...(entity === 'Relationship' && !world.made.Case.length ? { limit: 0 } : {}),
    },
  };
}

/** Which options a field offers, by suffix; of a list that this sequence may have changed. */
export function readOptions(dice: Dice): Step {
  const [entity, field] = dice.pick([
    ['Activity', 'activity_type_id'],
    ['Activity', 'status_id'],
    ['Case', 'status_id'],
  ] as const);
  return {
    entity,
    action: 'getFields',
    params: {
      where: [['name', '=', field]],
      loadOptions: dice.pick<JsonValue>([['id', 'name', 'label'], ['id', 'name'], true]),
      select: ['name', 'options', 'data_type', 'required'],
      ...dice.maybe(40, () => ({ action: dice.pick(['create', 'get', 'update']) })),
    },
  };
}
