import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import { done, failed } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ORIGIN_ENTITIES, ORIGIN_FIELD, ORIGIN_GROUPS, originField } from '../case/origin-key.ts';
import type { MirrorTarget, MirrorWrite } from '../mirror/ports.ts';
import { readCaseFiles, readContacts } from './case-files.ts';
import type { ApiAnswer, ApiCall, SiteClient } from './client.ts';
import { countRequests } from './counted-client.ts';
import { callsOf, refusalOf } from './mirror-writes.ts';
import { ensureOriginFields } from './origin-fields.ts';

const KEYS_PER_CALL = 500;

const idRow = z.object({ id: z.number() });
const emailRow = z.object({ id: z.number(), contact_id: z.number() });
const caseTypeRow = z.object({ id: z.number(), name: z.string(), definition: z.unknown() });
const roleTypeRow = z.object({ id: z.number(), name_a_b: z.string(), name_b_a: z.string() });
const fieldRow = z.object({ id: z.number(), 'custom_group_id.name': z.string() });

/** Writes a site for the mirror: every creation goes by `save` with `match` on the origin key. */
export function createMirrorTarget(site: SiteClient): MirrorTarget {
  const { client, requests } = countRequests(site);
  let hasKeys = false;

  // A `where` on a field that is not there is an error on the site; a dry run comes before the fields are made.
  async function canHoldKeys(): Promise<boolean> {
    if (hasKeys) return true;
    const rows = await client.get(
      'CustomField',
      {
        select: ['id', 'custom_group_id.name'],
        where: [
          ['custom_group_id.name', 'IN', Object.values(ORIGIN_GROUPS)],
          ['name', '=', ORIGIN_FIELD],
        ],
        limit: 10,
      },
      fieldRow,
    );
    hasKeys = rows.length === ORIGIN_ENTITIES.length;
    return hasKeys;
  }

  async function activeNames(group: string): Promise<ReadonlySet<string>> {
    const options = await client.options(group);
    return new Set(options.filter((option) => option.isActive).map((option) => option.name));
  }

  return {
    siteName: client.siteName,
    requests,
    prepare: async () => {
      const result = await ensureOriginFields(client);
      hasKeys = true;
      return result;
    },
    names: async () => {
      client.forgetOptions();
      const [caseTypes, roleTypes, caseStatuses, activityTypes, activityStatuses, media, priorities] =
        await Promise.all([
          client.get(
            'CaseType',
            { select: ['id', 'name', 'definition'], where: [['is_active', '=', true]], limit: 0 },
            caseTypeRow,
          ),
          client.get(
            'RelationshipType',
            {
              select: ['id', 'name_a_b', 'name_b_a'],
              where: [['is_active', '=', true]],
              orderBy: { id: 'ASC' },
              limit: 0,
            },
            roleTypeRow,
          ),
          activeNames('case_status'),
          activeNames('activity_type'),
          activeNames('activity_status'),
          activeNames('encounter_medium'),
          activeNames('priority'),
        ]);
      return {
        caseTypes: new Set(caseTypes.map((row) => row.name)),
        caseStatuses,
        activityTypes,
        activityStatuses,
        media,
        priorities,
        roleTypes: roleTypes.map((row) => ({ id: row.id, nameAB: row.name_a_b, nameBA: row.name_b_a })),
        sequenceSteps: new Map(caseTypes.map((row) => [row.name, sequenceSteps(row.definition)])),
      };
    },
    findByKey: async (entity, keys) => {
      const found = new Map<string, number>();
      if (keys.length === 0 || !(await canHoldKeys())) return found;
      const field = originField(entity);
      const calls: ApiCall[] = [];
      for (let start = 0; start < keys.length; start += KEYS_PER_CALL) {
        calls.push({
          entity,
          action: 'get',
          params: {
            select: ['id', field],
            where: [
              [field, 'IN', keys.slice(start, start + KEYS_PER_CALL)],
              ['is_deleted', 'IN', [false, true]],
            ],
            orderBy: { id: 'ASC' },
          },
        });
      }
      for (const answer of await client.batch(calls, { repeatable: true })) {
        if (answer.kind === 'failed') throw answer.error;
        for (const row of answer.value.values) {
          const key = row[field];
          if (typeof key === 'string' && !found.has(key)) found.set(key, idOf(row));
        }
      }
      return found;
    },
    findPeople: async ({ externalIdentifiers, emails }) => {
      const ids: number[] = [];
      if (externalIdentifiers.length > 0) {
        const rows = await client.get(
          'Contact',
          { select: ['id'], where: [['external_identifier', 'IN', externalIdentifiers]], limit: 0 },
          idRow,
        );
        ids.push(...rows.map((row) => row.id));
      }
      if (emails.length > 0) {
        const rows = await client.get(
          'Email',
          { select: ['id', 'contact_id'], where: [['email', 'IN', emails]], limit: 0 },
          emailRow,
        );
        ids.push(...rows.map((row) => row.contact_id));
      }
      if (ids.length === 0) return [];
      const contacts = await readContacts(client, [...new Set(ids)]);
      return [...contacts.values()].filter((contact) => !contact.isDeleted);
    },
    readContacts: (contactIds) => readContacts(client, contactIds),
    readCases: (caseIds) => readCaseFiles(client, caseIds),
    write: async (writes) => {
      const steps: { write: MirrorWrite; refusal: AppError | null; calls: readonly ApiCall[] }[] = [];
      for (const write of writes) {
        const refusal = await refusalOf(client, write);
        steps.push({ write, refusal, calls: refusal === null ? callsOf(write) : [] });
      }
      const results = await client.batch(
        steps.flatMap((step) => step.calls),
        { repeatable: true },
      );
      let next = 0;
      return steps.map(({ write, refusal, calls }) => {
        if (refusal !== null) return failed(refusal);
        const mine = results.slice(next, next + calls.length);
        next += calls.length;
        return resultOf(client.siteName, write, mine);
      });
    },
  };
}

function resultOf(site: string, write: MirrorWrite, results: readonly Result<ApiAnswer>[]): Result<number> {
  const failure = results.find((result) => result.kind === 'failed');
  if (failure !== undefined) return failure;
  switch (write.kind) {
    case 'create-contact':
    case 'create-case':
    case 'create-role':
    case 'create-activity':
      return createdId(site, write, results);
    case 'update-contact':
    case 'update-case':
    case 'update-role':
    case 'delete-role':
    case 'update-activity':
      return done(write.id);
    case 'add-client':
    case 'remove-client':
      return done(write.caseId);
    case 'file-activity':
    case 'unfile-activity':
      return done(write.activityId);
    default:
      return write satisfies never;
  }
}

function createdId(site: string, write: MirrorWrite, results: readonly Result<ApiAnswer>[]): Result<number> {
  const [first] = results;
  const row = first?.kind === 'done' ? first.value.values[0] : undefined;
  if (row !== undefined) return done(idOf(row));
  throw new AppError('remote-rejected', `${site} answered ${write.kind} without a record.`, {
    details: { site, write: write.kind },
  });
}

/** `delete` sends ids as text. */
function idOf(row: Readonly<Record<string, JsonValue>>): number {
  return Number(row['id']);
}

/** Activity types that the sequences of a definition make; none when the site keeps the definition in a file. */
function sequenceSteps(definition: unknown): ReadonlySet<string> {
  const sets = listOf(definition, 'activitySets').filter(
    (set) => Number(Reflect.get(set, 'sequence') ?? 0) === 1,
  );
  return new Set(
    sets.flatMap((set) => listOf(set, 'activityTypes').map((step) => String(Reflect.get(step, 'name')))),
  );
}

function listOf(value: unknown, key: string): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  const list: unknown = Reflect.get(value, key);
  if (!Array.isArray(list)) return [];
  return (list as readonly unknown[]).filter((item) => typeof item === 'object' && item !== null);
}
