import { z } from 'zod';
import type { Impact, ImpactQuestion, ImpactQuestions } from '../migrate/ports.ts';
import type { BatchedReads } from './batched-reads.ts';
import type { WhereClause } from './client.ts';

const clientRow = z.object({ case_id: z.number(), contact_id: z.number() });
const roleRow = z.object({ case_id: z.number(), contact_id_a: z.number(), contact_id_b: z.number() });
const filingRow = z.object({ case_id: z.number(), activity_id: z.number() });
const assigneeRow = z.object({ activity_id: z.number(), contact_id: z.number() });

/** What losing a status, a role or an activity type touches; all questions go out in one request, assignees in another. */
export function readImpact(batched: BatchedReads, asked: ImpactQuestions): Promise<readonly Impact[]> {
  return Promise.all(asked.questions.map((question) => impactOf(batched, question, asked)));
}

const LIVE: WhereClause = ['case_id.is_deleted', '=', false];
const count = (values: readonly number[]): number => new Set(values).size;

async function impactOf(
  batched: BatchedReads,
  question: ImpactQuestion,
  { closedStatuses, openActivityStatuses }: ImpactQuestions,
): Promise<Impact> {
  const ofType: WhereClause = ['case_id.case_type_id.name', '=', question.caseType];
  // CiviCRM makes nonsense of an empty list.
  const isOpen: readonly WhereClause[] =
    closedStatuses.length === 0 ? [] : [['case_id.status_id:name', 'NOT IN', [...closedStatuses]]];
  const open: readonly WhereClause[] = [ofType, LIVE, ...isOpen];
  switch (question.kind) {
    case 'status': {
      const where: readonly WhereClause[] = [...open, ['case_id.status_id:name', '=', question.name]];
      const select = ['case_id', 'contact_id'];
      const rows = await batched.get('CaseContact', { select, where, limit: 0 }, clientRow);
      return {
        openCases: count(rows.map((row) => row.case_id)),
        openActivities: 0,
        people: count(rows.map((row) => row.contact_id)),
      };
    }
    case 'role': {
      const where: readonly WhereClause[] = [
        ...open,
        ['relationship_type_id.name_a_b', '=', question.nameAB],
        ['is_active', '=', true],
      ];
      const select = ['case_id', 'contact_id_a', 'contact_id_b'];
      const rows = await batched.get('Relationship', { select, where, limit: 0 }, roleRow);
      return {
        openCases: count(rows.map((row) => row.case_id)),
        openActivities: 0,
        people: count(rows.map((row) => (question.holder === 'a' ? row.contact_id_a : row.contact_id_b))),
      };
    }
    case 'activity-type': {
      if (openActivityStatuses.length === 0) return { openCases: 0, openActivities: 0, people: 0 };
      const where: readonly WhereClause[] = [
        ...open,
        ['activity_id.activity_type_id:name', '=', question.name],
        ['activity_id.status_id:name', 'IN', [...openActivityStatuses]],
        ['activity_id.is_deleted', '=', false],
      ];
      const select = ['case_id', 'activity_id'];
      const rows = await batched.get('CaseActivity', { select, where, limit: 0 }, filingRow);
      const ids = [...new Set(rows.map((row) => row.activity_id))];
      return {
        openCases: count(rows.map((row) => row.case_id)),
        openActivities: ids.length,
        people: ids.length === 0 ? 0 : await assigneesOf(batched, ids),
      };
    }
    default:
      return question satisfies never;
  }
}

async function assigneesOf(batched: BatchedReads, ids: readonly number[]): Promise<number> {
  const where: readonly WhereClause[] = [
    ['activity_id', 'IN', [...ids]],
    ['record_type_id:name', '=', 'Activity Assignees'],
  ];
  const select = ['activity_id', 'contact_id'];
  const rows = await batched.get('ActivityContact', { select, where, limit: 0 }, assigneeRow);
  return count(rows.map((row) => row.contact_id));
}
