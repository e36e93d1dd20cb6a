import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import type { MadeOnSite } from '../process-test/ports.ts';
import type { ApiAnswer, ApiCall, SiteClient } from './client.ts';

type Rows = readonly JsonObject[];

/** A question that tells of a permission, and whether its rows say that the key has it. */
interface Examination {
  readonly permission: string;
  readonly question: ApiCall;
  readonly isHeld: (rows: Rows) => boolean;
}

const mayDo = (permission: string, entity: string, action: string): Examination => ({
  permission,
  // `getActions` lists only what the key may do. Source: CRM_Core_Permission::getEntityActionPermissions.
  question: { entity, action: 'getActions', params: { select: ['name'] } },
  isHeld: (rows) => rows.some(({ name }) => name === action),
});

const EXAMINATIONS: readonly Examination[] = [
  {
    permission: 'access all cases and activities',
    // Core lists only the panels of the dashboard whose permission the key has.
    question: {
      entity: 'Dashboard',
      action: 'get',
      params: { select: ['name'], where: [['name', 'IN', ['myCases', 'allCases']]], limit: 2 },
    },
    isHeld: (rows) => rows.some(({ name }) => name === 'allCases'),
  },
  mayDo('add cases', 'Case', 'create'),
  mayDo('delete in CiviCase', 'Case', 'delete'),
  mayDo('add contacts', 'Contact', 'create'),
  mayDo('delete contacts', 'Contact', 'delete'),
  {
    permission: 'edit all contacts',
    question: {
      entity: 'Contact',
      action: 'get',
      params: {
        select: ['id'],
        where: [['id', '!=', 'user_contact_id']],
        orderBy: { id: 'ASC' },
        limit: 1,
        chain: { edit: ['Contact', 'checkAccess', { action: 'update', values: { id: '$id' } }, 0] },
      },
    },
    isHeld: ([row]) => access.safeParse(row).success,
  },
];

const idRow = z.object({ id: z.number() });
const access = z.object({ edit: z.object({ access: z.literal(true) }) });

/** By what the site answers to questions that change nothing. A question that it does not know tells nothing. */
export async function missingPermissions(client: SiteClient): Promise<readonly string[]> {
  // Each by itself: one that a site cannot answer would take the others with it.
  const batches = await Promise.all(EXAMINATIONS.map(({ question }) => client.batch([question])));
  const answers = batches.map(([answer]) => answer);
  return EXAMINATIONS.filter(({ isHeld }, index) => isLacking(answers[index], isHeld)).map(
    ({ permission }) => permission,
  );
}

function isLacking(answer: Result<ApiAnswer> | undefined, isHeld: Examination['isHeld']): boolean {
  if (answer === undefined) return true;
  if (answer.kind === 'done') return !isHeld(answer.value.values);
  if (answer.error.kind === 'remote-unavailable') throw answer.error;
  return answer.error.kind === 'forbidden';
}

const EVERYWHERE = ['is_deleted', 'IN', [true, false]] as const;

/** What there still is of it, the trash included. */
export async function remainsOf(client: SiteClient, made: MadeOnSite): Promise<readonly string[]> {
  const byId = (ids: readonly number[]) => [['id', 'IN', ids], EVERYWHERE] as const;
  const sides = (['contact_id_a', 'contact_id_b'] as const).map((side) => [side, 'IN', made.people] as const);
  const kinds = [
    ['case', 'Case', [['subject', '=', made.subject], EVERYWHERE]],
    ['activity', 'Activity', byId(made.activities)],
    ['contact', 'Contact', byId(made.people)],
    ['relationship', 'Relationship', [['OR', sides]]],
  ] as const;
  const asked = kinds.filter(([, , [first]]) => !(Array.isArray(first[2]) && first[2].length === 0));
  const answers = await client.batch(
    asked.map(([, entity, where]) => ({
      entity,
      action: 'get',
      params: { select: ['id'], where, orderBy: { id: 'ASC' }, limit: 0 },
    })),
  );
  return asked.flatMap(([words], index) => {
    const answer = answers[index];
    if (answer === undefined) throw new AppError('internal', 'A batch came back without one of its answers.');
    if (answer.kind === 'failed') throw answer.error;
    return answer.value.values.map((row) => `${words} ${String(idRow.parse(row).id)}`);
  });
}
