import type { Row } from '../database.ts';
import { advanceSequence, closingColumns, openCase } from '../case-process.ts';
import { ApiFailure } from '../failure.ts';
import type { Site } from '../site.ts';
import { readPhpDate } from '../php-date.ts';
import { toStored, type Values } from './record.ts';
import { given, idsIn, textIn, type EntityRules, type WriteContext } from './rules.ts';
import { deleteRow, entityNamed, readRow, updateRow } from './store-row.ts';

const defaultStatus = (site: Site): number =>
  Number(
    site.database.get(
      `SELECT v.value FROM civicrm_option_value v JOIN civicrm_option_group g ON g.id = v.option_group_id
       WHERE g.name = 'case_status' AND v.is_default = 1`,
    )?.['value'] ?? 1,
  );

const activitiesOf = ({ site }: WriteContext, caseId: number): readonly number[] =>
  site.database
    .all('SELECT activity_id FROM civicrm_case_activity WHERE case_id = ?', [caseId])
    .map((row) => Number(row['activity_id']));

function openingDetails({ site }: WriteContext, values: Values): Row {
  const activity = entityNamed('Activity');
  return Object.fromEntries(
    ['details', 'medium_id', 'location', 'duration'].flatMap((name) => {
      const field = activity.fields.get(name);
      return field === undefined || !given(values, name)
        ? []
        : [[name, toStored(site, field, values[name] ?? null)]];
    }),
  );
}

function trashCase(context: WriteContext, id: number): void {
  for (const activityId of activitiesOf(context, id))
    updateRow(context.site, 'Activity', activityId, { is_deleted: 1 });
  updateRow(context.site, 'Case', id, { is_deleted: 1 });
}

/** Source: CRM/Case/BAO/Case.php; Civi\Api4\Action\CiviCase\CiviCaseSaveTrait. */
export const caseRules: EntityRules = {
  numericIds: true,
  missing: new ApiFailure('Expected one Case but found 0'),
  beforeCreate: ({ site }, values) => {
    const now = site.clock.now();
    const ended = given(values, 'end_date');
    const isUndated = 'start_date' in values && !given(values, 'start_date');
    const start = isUndated
      ? null
      : given(values, 'start_date')
        ? readPhpDate(textIn(values, 'start_date'), site.clock)
        : now;
    // A status that is sent and is nothing is stored as 0.
    const isNothing = 'status_id' in values && !given(values, 'status_id');
    const status = given(values, 'status_id') ? Number(values['status_id']) : defaultStatus(site);
    if (isNothing) return { start_date: start };
    return { start_date: start, status_id: status, ...(ended ? {} : closingColumns(site, status)) };
  },
  beforeUpdate: ({ site }, _id, values) => ({
    ...('status_id' in values && !given(values, 'end_date') ? closingColumns(site, values['status_id']) : {}),
  }),
  afterWrite: (context, id, values, isNew) => {
    const { site, caller } = context;
    // The sequence listener runs as soon as the row is there, before clients and timeline.
    advanceSequence(site, caller, id);
    if (isNew) {
      if ('status_id' in values && !given(values, 'status_id')) updateRow(site, 'Case', id, { status_id: 0 });
      const row = readRow(site, 'Case', id);
      const creator = given(values, 'creator_id') ? Number(values['creator_id']) : caller.contactId;
      openCase(site, caller, {
        caseId: id,
        clients: idsIn(values['contact_id']),
        creator: creator ?? 0,
        start: String(row?.['start_date'] ?? site.clock.now()),
        subject: row?.['subject'] as string | null,
        details: openingDetails(context, values),
      });
    } else if (values['is_deleted'] === true || values['is_deleted'] === 1) {
      for (const activityId of activitiesOf(context, id))
        updateRow(site, 'Activity', activityId, { is_deleted: 1 });
    }
  },
  remove: (context, id, useTrash = false) => {
    if (useTrash) {
      trashCase(context, id);
      return;
    }
    for (const activityId of activitiesOf(context, id)) deleteRow(context.site, 'Activity', activityId);
    deleteRow(context.site, 'Case', id);
  },
};

export const caseContactRules: EntityRules = {};
