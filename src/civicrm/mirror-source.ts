import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { MirrorSource } from '../mirror/ports.ts';
import { readCaseFiles } from './case-files.ts';
import type { ApiCall, SiteClient, WhereClause } from './client.ts';
import { countRequests } from './counted-client.ts';
import { checkRows } from './rows.ts';

const PAGE = 5000;
const IDS_PER_CALL = 1000;
const TRASHED_TOO: WhereClause = ['is_deleted', 'IN', [false, true]];

const changedRow = z.object({ id: z.number(), modified_date: z.string().nullable() });
const clientRow = z.object({ id: z.number(), case_id: z.number(), contact_id: z.number() });
const filingRow = z.object({ id: z.number(), case_id: z.number(), activity_id: z.number() });
const roleRow = z.object({
  id: z.number(),
  case_id: z.number(),
  relationship_type_id: z.number(),
  contact_id_a: z.number(),
  contact_id_b: z.number(),
  is_active: z.boolean(),
  start_date: z.string().nullable(),
  end_date: z.string().nullable(),
});
const personRow = z.object({
  id: z.number(),
  activity_id: z.number(),
  contact_id: z.number(),
  record_type_id: z.number(),
});
const idRow = z.object({ id: z.number() });

/**
 * Reads a site for the mirror. `modified_date` of a case moves with its row, its activities' rows and new filings, but
 * not with clients, people of activities or removed filings; that of a relationship does not even move with its own
 * dates (APIv4 writes the old value back). Hence the digests over those rows.
 */
export function createMirrorSource(site: SiteClient): MirrorSource {
  const { client, requests } = countRequests(site);

  async function all<Row extends { readonly id: number }>(
    entity: string,
    where: readonly WhereClause[],
    schema: z.ZodObject & z.ZodType<Row>,
  ): Promise<readonly Row[]> {
    const rows: Row[] = [];
    const select = Object.keys(schema.shape);
    for await (const page of client.pages(entity, { select, where }, schema, PAGE)) rows.push(...page);
    return rows;
  }

  async function byIds<Row>(
    entity: string,
    field: string,
    ids: readonly number[],
    where: readonly WhereClause[],
    schema: z.ZodObject & z.ZodType<Row>,
  ): Promise<readonly Row[]> {
    const calls: ApiCall[] = [];
    for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
      const chunk = ids.slice(start, start + IDS_PER_CALL);
      const params = {
        select: Object.keys(schema.shape),
        where: [[field, 'IN', chunk] as const, ...where],
        orderBy: { id: 'ASC' as const },
      };
      calls.push({ entity, action: 'get', params });
    }
    if (calls.length === 0) return [];
    const results = await client.batch(calls, { repeatable: true });
    return results.flatMap((result) => {
      if (result.kind === 'failed') throw result.error;
      return checkRows(client.siteName, `${entity}.get`, result.value.values, schema);
    });
  }

  return {
    siteName: client.siteName,
    requests,
    changedSince: async (caseTypes, since) => {
      // CiviCRM makes a comparison with false of an empty IN list.
      if (caseTypes.length === 0) return [];
      const where: WhereClause[] = [['case_type_id.name', 'IN', caseTypes], TRASHED_TOO];
      if (since !== null) where.push(['modified_date', '>=', since]);
      const rows = await all('Case', where, changedRow);
      return rows.map((row) => ({ id: row.id, modifiedDate: row.modified_date ?? '' }));
    },
    linkDigests: async (caseTypes) => {
      if (caseTypes.length === 0) return new Map();
      const where: WhereClause[] = [['case_id.case_type_id.name', 'IN', caseTypes]];
      const [clients, roles, filings] = await Promise.all([
        all('CaseContact', where, clientRow),
        all('Relationship', where, roleRow),
        all('CaseActivity', where, filingRow),
      ]);
      const activityIds = [...new Set(filings.map((filing) => filing.activity_id))];
      const people = await byIds('ActivityContact', 'activity_id', activityIds, [], personRow);
      const peopleOf = new Map<number, string[]>();
      for (const person of people) {
        const line = `${person.record_type_id}:${person.contact_id}`;
        peopleOf.set(person.activity_id, [...(peopleOf.get(person.activity_id) ?? []), line]);
      }
      const lines = new Map<number, string[]>();
      const add = (caseId: number, line: string) => {
        const known = lines.get(caseId);
        if (known === undefined) lines.set(caseId, [line]);
        else known.push(line);
      };
      for (const row of clients) add(row.case_id, `client ${row.contact_id}`);
      for (const { case_id: caseId, ...role } of roles) add(caseId, `role ${JSON.stringify(role)}`);
      for (const { case_id: caseId, activity_id: id } of filings) {
        add(caseId, `activity ${id} ${(peopleOf.get(id) ?? []).sort().join(' ')}`);
      }
      return new Map([...lines].map(([caseId, own]) => [caseId, digest(own)]));
    },
    readCases: (caseIds) => readCaseFiles(client, caseIds),
    existingActivities: async (activityIds) => {
      const rows = await byIds('Activity', 'id', [...new Set(activityIds)], [TRASHED_TOO], idRow);
      return new Set(rows.map((row) => row.id));
    },
  };
}

function digest(lines: readonly string[]): string {
  const text = [...new Set(lines)].sort().join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
