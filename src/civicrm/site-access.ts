import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { JsonValue } from '../base/json.ts';
import type { Result } from '../base/result.ts';
import { readAnswer, readBatchAnswer } from './answer.ts';
import type { Ability, ApiAnswer, SiteAccess } from './client.ts';
import type { Connection } from './connection.ts';
import { callFailure, factsOf } from './failure.ts';

type Purpose = 'read' | 'write' | 'administer';

/** The calls that each purpose needs, and the permissions that usually give them. */
const needs: Readonly<
  Record<
    Purpose,
    { readonly actions: Readonly<Record<string, readonly string[]>>; readonly permissions: string }
  >
> = {
  read: {
    actions: {
      Case: ['get'],
      Activity: ['get'],
      CaseType: ['get'],
      Contact: ['get'],
      Relationship: ['get'],
      OptionValue: ['get'],
    },
    permissions: '"access CiviCRM", "access all cases and activities" and "view all contacts"',
  },
  write: {
    actions: {
      Case: ['create', 'save', 'update'],
      Activity: ['create', 'save', 'update'],
      Contact: ['create', 'update'],
      Relationship: ['create', 'update'],
    },
    permissions: '"add cases", "view all activities", "add contacts" and "edit all contacts"',
  },
  administer: {
    actions: {
      CaseType: ['create', 'update'],
      OptionValue: ['create'],
      RelationshipType: ['create'],
      CustomGroup: ['create'],
      CustomField: ['create'],
    },
    permissions: '"administer CiviCase" and "administer CiviCRM"',
  },
};
const entities = [...new Set(Object.values(needs).flatMap(({ actions }) => Object.keys(actions)))];

const identity = z.object({ contact_id: z.coerce.number().int().nullable(), user_id: z.json().nullable() });
const actionRows = z.array(z.object({ name: z.string() }));
const versionRows = z.array(z.object({ version: z.string() })).min(1);
const nowRows = z.array(z.object({ now: z.string() })).min(1);

/** See `HttpSiteClient.checkAccess`. */
export async function checkSiteAccess(connection: Connection, clock: Clock): Promise<SiteAccess> {
  const pathStyle = await connection.pathStyle();
  const { contactId, hasUserAccount } = await identify(connection);
  const { answers, clockSkewMillis, sentAt } = await ask(connection, clock);
  const [domain, now, broken, ...actions] = answers;

  const may = new Map(entities.map((entity, index) => [entity, allowedActions(actions[index])]));
  const ability = (purpose: Purpose): Ability => {
    const missing = Object.entries(needs[purpose].actions).flatMap(([entity, wanted]) =>
      wanted.filter((action) => may.get(entity)?.has(action) !== true).map((action) => `${entity}.${action}`),
    );
    return { allowed: missing.length === 0, missing };
  };
  const abilities = { read: ability('read'), write: ability('write'), administer: ability('administer') };
  const messagesMasked = broken?.kind === 'failed' && factsOf(broken.error).masked === true;
  const version = rowsOf(domain, versionRows)?.[0]?.version ?? null;
  const utcOffsetMinutes = utcOffset(rowsOf(now, nowRows)?.[0]?.now, sentAt);
  const isInSomeZone = utcOffsetMinutes !== null && Math.abs(utcOffsetMinutes) <= WIDEST_OFFSET_MINUTES;
  return {
    pathStyle,
    contactId,
    hasUserAccount,
    version,
    messagesMasked,
    abilities,
    utcOffsetMinutes: isInSomeZone ? utcOffsetMinutes : null,
    clockSkewMillis,
    findings: [
      ...findings({ contactId, hasUserAccount, abilities, messagesMasked, clockSkewMillis }),
      ...(isInSomeZone || utcOffsetMinutes === null ? [] : [databaseClockFinding(utcOffsetMinutes)]),
    ],
  };
}

/** authx answers everybody who they are, even those who may see nothing (`civicrm/authx/id`, *always allow*). */
function identify(connection: Connection) {
  return connection.send(
    { route: 'civicrm/authx/id', form: { params: '{}' }, call: 'authx/id', repeatable: true },
    (response, context) => {
      const body = identity.safeParse(parse(response.text));
      if (body.success) {
        const { contact_id: contactId, user_id: userId } = body.data;
        return { contactId, hasUserAccount: userId !== null && userId !== 0 };
      }
      readAnswer(response, context);
      throw callFailure(
        context,
        'remote-rejected',
        `"${context.site}" does not say who the key belongs to. Is the extension authx enabled?`,
        {
          status: response.status,
        },
      );
    },
  );
}

/** One batch; its third call is wrong on purpose, to see whether this key is told the reason of an error. */
function ask(connection: Connection, clock: Clock) {
  const calls: readonly (readonly [string, string, JsonValue])[] = [
    ['Domain', 'get', { select: ['version'], limit: 1 }],
    ['Contact', 'get', { select: ['NOW() AS now'], where: [['id', '=', 'user_contact_id']], limit: 1 }],
    ['Contact', 'get', { select: ['id'], where: [['no_such_field', '=', 1]], limit: 1 }],
    ...entities.map((entity) => [entity, 'getActions', { select: ['name'] }] as const),
  ];
  const contexts = calls.map(([entity, action]) => connection.context(`${entity}.${action}`));
  return connection.send(
    {
      route: 'civicrm/ajax/api4',
      form: { calls: JSON.stringify(calls) },
      call: 'access check',
      repeatable: true,
    },
    (response, context) => {
      const { sentAt } = response;
      return {
        answers: readBatchAnswer(response, context, contexts),
        sentAt,
        // The header has whole seconds.
        clockSkewMillis: sentAt === null ? null : Math.round((sentAt - clock.now()) / 1000) * 1000,
      };
    },
  );
}

/** `getActions` lists only what the key may do; where it may do nothing at all it is refused. */
function allowedActions(answer: Result<ApiAnswer> | undefined): ReadonlySet<string> {
  return new Set(rowsOf(answer, actionRows)?.map((row) => row.name));
}

function rowsOf<Rows>(answer: Result<ApiAnswer> | undefined, schema: z.ZodType<Rows>): Rows | undefined {
  return answer?.kind === 'done' ? schema.safeParse(answer.value.values).data : undefined;
}

function utcOffset(siteNow: string | undefined, sentAt: number | null): number | null {
  if (siteNow === undefined || sentAt === null) return null;
  const wall = Date.parse(`${siteNow.replace(' ', 'T')}Z`);
  if (Number.isNaN(wall)) return null;
  const quarters = Math.round((wall - sentAt) / 900_000);
  return quarters * 15;
}

/** No zone is further from UTC; a wall clock that is shows another time, not another zone. */
const WIDEST_OFFSET_MINUTES = 14 * 60;

function databaseClockFinding(offsetMinutes: number): string {
  const days = Math.max(1, Math.round(Math.abs(offsetMinutes) / (24 * 60)));
  return `The clock of the site's database is about ${days} day${days === 1 ? '' : 's'} ${offsetMinutes > 0 ? 'ahead of' : 'behind'} its web server's, so the dates it writes are wrong. Set it right.`;
}

const tolerableSkewMillis = 120_000;

function findings(
  access: Pick<
    SiteAccess,
    'contactId' | 'hasUserAccount' | 'abilities' | 'messagesMasked' | 'clockSkewMillis'
  >,
): readonly string[] {
  if (access.contactId === null)
    return [
      'The site takes the calls for anonymous ones: the key did not arrive. Does a proxy drop the header X-Civi-Auth?',
    ];
  const found: string[] = [];
  if (!access.hasUserAccount)
    found.push(
      `The key belongs to contact ${access.contactId}, who has no user account, and so no permissions. Link the contact to a user of the CMS.`,
    );
  else
    for (const purpose of ['read', 'write', 'administer'] as const) {
      const { allowed, missing } = access.abilities[purpose];
      if (!allowed)
        found.push(
          `The key may not ${purposeWords[purpose]}: ${missing.join(', ')} are refused. Usual permissions for it: ${needs[purpose].permissions}.`,
        );
    }
  if (access.messagesMasked)
    found.push(
      'The site hides its error messages from this key. Give its user the permission "view debug output".',
    );
  if (access.clockSkewMillis !== null && Math.abs(access.clockSkewMillis) > tolerableSkewMillis)
    found.push(
      `The site's clock is ${Math.abs(access.clockSkewMillis) / 1000} s ${access.clockSkewMillis > 0 ? 'ahead of' : 'behind'} ours.`,
    );
  return found;
}

const purposeWords: Readonly<Record<Purpose, string>> = {
  read: 'read cases',
  write: 'write cases',
  administer: 'set up case types',
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
