import type { Row } from '../database.ts';
import { openCase } from '../case-process.ts';
import { advanceSequence, closingColumns } from '../sequence.ts';
import { ApiFailure, unknownToSandbox } from '../failure.ts';
import type { Site } from '../site.ts';
import { readPhpDate } from '../php-date.ts';
import { leadingNumber, plainText } from '../query/literal.ts';
import { toStored, type Values } from './record.ts';
import { casesOf, touchCases } from './filing.ts';
import { refreshCache } from './relationship-rules.ts';
import { given, isEmpty, phpIds, textIn, type EntityRules, type WriteContext } from './rules.ts';
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
    .all('SELECT activity_id FROM civicrm_case_activity WHERE case_id = ? ORDER BY id', [caseId])
    .map((row) => Number(row['activity_id']));

function openingDetails({ site }: WriteContext, values: Values): Row {
  const activity = entityNamed('Activity');
  return Object.fromEntries(
    ['details', 'medium_id', 'location', 'duration'].flatMap((name) => {
      const field = activity.fields.get(name);
      if (Array.isArray(values[name])) return [[name, 0]];
      return field === undefined || !given(values, name)
        ? []
        : [[name, toStored(site, field, values[name] ?? null)]];
    }),
  );
}

/** Roles of people who are there towards a client end; nothing brings them back. */
function endRoles({ site }: WriteContext, id: number): void {
  const roles = site.database.all(
    `SELECT DISTINCT r.id FROM civicrm_relationship r
     JOIN civicrm_case_contact c ON c.case_id = r.case_id AND c.contact_id IN (r.contact_id_a, r.contact_id_b)
     JOIN civicrm_contact p ON p.id IN (r.contact_id_a, r.contact_id_b)
       AND (p.id <> c.contact_id OR r.contact_id_a = r.contact_id_b)
     WHERE r.case_id = ? AND r.is_active = 1 AND p.is_deleted = 0 AND (r.end_date IS NULL OR r.end_date > ?)`,
    [id, site.clock.now()],
  );
  for (const role of roles) {
    updateRow(site, 'Relationship', Number(role['id']), { is_active: 0 });
    refreshCache(site, Number(role['id']));
  }
}

/** One after the other, each a change of its case: a sequence may go on, or the case's type may not be known. */
function trashActivities(context: WriteContext, caseId: number): void {
  const { site, caller } = context;
  for (const activityId of activitiesOf(context, caseId)) {
    updateRow(site, 'Activity', activityId, { is_deleted: 1 });
    const cases = casesOf(site, activityId);
    touchCases(site, cases);
    const [first] = cases;
    if (first !== undefined) advanceSequence(site, caller, first);
  }
}

function trashCase(context: WriteContext, id: number): void {
  if (readRow(context.site, 'Case', id)?.['is_deleted'] !== 1) trashActivities(context, id);
  updateRow(context.site, 'Case', id, { is_deleted: 1 });
  endRoles(context, id);
}

/** Source: CRM/Case/BAO/Case.php; Civi\Api4\Action\CiviCase\CiviCaseSaveTrait. */
export const caseRules: EntityRules = {
  numericIds: true,
  // It is the sequence that looks for the case, and it does so once in a request.
  missing: ({ site }, id) => {
    if (site.request.advancing.has(id)) return undefined;
    site.request.advancing.add(id);
    return new ApiFailure('Expected one Case but found 0');
  },
  beforeCreate: ({ site }, values) => {
    const clients = values['contact_id'];
    if (Array.isArray(clients) && clients.some((one) => typeof one !== 'number' && typeof one !== 'string'))
      throw unknownToSandbox('Case', 'create', 'a list of clients with something else in it');
    if (Array.isArray(values['creator_id'])) throw unknownToSandbox('Case', 'create', 'a list of creators');
    // A list without a medium is stored as the number 0.
    const lists = ['details', 'medium_id', 'location', 'duration'].filter((name) =>
      Array.isArray(values[name]),
    );
    if (lists.some((name) => name !== 'medium_id' || !isEmpty(values[name])))
      throw unknownToSandbox('Case', 'create', `a list as ${lists.join(', ')}`);
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
    const status = given(values, 'status_id')
      ? Math.trunc(leadingNumber(plainText(values['status_id'])))
      : defaultStatus(site);
    const kept = site.facts.caseStartTime ? start : (start?.slice(0, 10) ?? null);
    if (isNothing) return { start_date: kept };
    return {
      start_date: kept,
      status_id: status,
      ...(ended ? {} : closingColumns(site, values['status_id'] ?? status)),
    };
  },
  beforeUpdate: (context, id, values) => {
    const { site } = context;
    const isTrashed = readRow(site, 'Case', id)?.['is_deleted'] === 1;
    // Only the first time: a case that is in the trash already leaves its activities alone.
    if (!isEmpty(values['is_deleted']) && !isTrashed && site.facts.trashedCaseActivities === 'trashed')
      trashActivities(context, id);
    return 'status_id' in values && !given(values, 'end_date')
      ? closingColumns(site, values['status_id'])
      : {};
  },
  afterWrite: (context, id, values, isNew) => {
    const { site, caller } = context;
    if (isNew && 'status_id' in values && !given(values, 'status_id'))
      updateRow(site, 'Case', id, { status_id: 0 });
    // The sequence listener runs as soon as the row is there, before clients and timeline.
    advanceSequence(site, caller, id);
    if (isNew) {
      const row = readRow(site, 'Case', id);
      const creator = 'creator_id' in values ? phpIds(values['creator_id'])[0] : caller.contactId;
      openCase(site, caller, {
        caseId: id,
        clients: phpIds(values['contact_id']),
        creator: creator ?? 0,
        hasCreator: 'creator_id' in values ? !isEmpty(values['creator_id']) : caller.contactId !== null,
        start: String(row?.['start_date'] ?? site.clock.now()).padEnd(19, ' 00:00:00'),
        isDated: row?.['start_date'] !== null,
        subject: row?.['subject'] as string | null,
        details: openingDetails(context, values),
      });
    } else if (!isEmpty(values['is_deleted'])) endRoles(context, id);
  },
  remove: (context, id, useTrash = false) => {
    if (useTrash) {
      trashCase(context, id);
      return;
    }
    for (const activityId of activitiesOf(context, id)) {
      touchCases(context.site, casesOf(context.site, activityId));
      deleteRow(context.site, 'Activity', activityId);
    }
    deleteRow(context.site, 'Case', id);
  },
};

export const caseContactRules: EntityRules = {};
