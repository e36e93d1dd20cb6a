import type { JsonObject } from '../base/json.ts';
import type { Clock } from '../base/clock.ts';
import { namesInFiles } from './definitions.ts';
import type { CallOutcome, Evidence, LengthTrial, SiteFacts } from './evidence.ts';
import { EXAMINED_ENTITIES } from './permissions.ts';
import type { Door, ExaminedSite, PathStyle, Question, Reply } from './ports.ts';
import { parseJson, readOutcomes, readReply } from './read-reply.ts';

const STYLES: readonly PathStyle[] = ['clean', 'wordpress', 'joomla'];

/** Open to strangers in so far as CiviCRM itself says no. */
const KNOCK: Question = {
  route: 'civicrm/ajax/api4/Domain/get',
  form: { params: '{"select":["id"],"limit":1}' },
  withKey: false,
};
const WHO: Question = { route: 'civicrm/authx/id', form: { params: '{}' }, withKey: true };
const WRONG: Question = {
  route: 'civicrm/ajax/api4/Contact/get',
  form: { params: '{"select":["id"],"where":[["no_such_field","=",1]],"limit":1}' },
  withKey: true,
};

/**
 * Asks a site all that the checks look at, and stops asking where nothing can come of it. Only reads; the key goes to no
 * other address than the configured one, and only where CiviCRM was seen to answer.
 */
export async function gatherEvidence(site: ExaminedSite, facts: SiteFacts, clock: Clock): Promise<Evidence> {
  const nothing: Evidence = {
    facts,
    now: clock.now(),
    attempts: [],
    door: null,
    elsewhere: null,
    identity: null,
    wrongCall: null,
    batch: null,
    calls: {},
    lengths: [],
  };
  if (facts.urlComplaint !== null) return nothing;
  const { attempts, door } = await findDoor(site, facts);
  if (door === null)
    return {
      ...nothing,
      attempts,
      elsewhere: await findElsewhere(
        site,
        facts,
        attempts.map((one) => one.door),
      ),
    };
  const found = { ...nothing, attempts, door };
  if (!facts.isKeySendable) return found;
  const identity = await site.ask(door, WHO);
  const who = readReply(identity);
  if (who.kind !== 'identity' || who.identity.contactId === null || !who.identity.hasUserAccount)
    return { ...found, identity };
  const wrongCall = await site.ask(door, WRONG);
  const batch = await site.ask(door, batchOf(CALLS));
  const now = clock.now();
  const calls = readOutcomes(batch) ?? {};
  const reread = await site.ask(door, batchOf({ caseTypes: definitionsToRead(calls['definitions']) }));
  return {
    ...found,
    identity,
    wrongCall,
    batch,
    now,
    calls: { ...calls, ...readOutcomes(reread) },
    lengths: await tryLengths(site, door),
  };
}

async function findDoor(site: ExaminedSite, { url, pathStyle }: SiteFacts) {
  const attempts: { readonly door: Door; readonly reply: Reply }[] = [];
  for (const style of pathStyle === null ? STYLES : [pathStyle]) {
    const door = { url: url.replace(/\/+$/, ''), style };
    const reply = await site.ask(door, KNOCK);
    attempts.push({ door, reply });
    if (isCiviCrm(reply)) return { attempts, door };
    // No other path helps where nobody answers, or where the web server lets nobody in.
    if (reply.kind === 'silence' || reply.status === 401 || reply.status === 503) break;
  }
  return { attempts, door: null };
}

function isCiviCrm(reply: Reply): boolean {
  const { kind } = readReply(reply);
  return kind === 'api' || kind === 'closed' || kind === 'refusal';
}

/** Where people mean to point: another path style, a folder further up, https for http. */
async function findElsewhere(
  site: ExaminedSite,
  { url }: SiteFacts,
  tried: readonly Door[],
): Promise<Door | null> {
  const isTried = (door: Door) => tried.some((one) => one.url === door.url && one.style === door.style);
  const addresses = [url, ...foldersAbove(url), otherScheme(url)].map((address) =>
    address.replace(/\/+$/, ''),
  );
  for (const address of new Set(addresses))
    for (const style of STYLES) {
      const door = { url: address, style };
      if (isTried(door)) continue;
      const reply = await site.ask(door, KNOCK);
      if (isCiviCrm(reply)) return door;
      if (reply.kind === 'silence') break;
    }
  return null;
}

function foldersAbove(url: string): readonly string[] {
  const { origin, pathname } = new URL(url);
  const folders = pathname.split('/').filter((part) => part !== '');
  return folders.map((_, index) => `${origin}/${folders.slice(0, folders.length - 1 - index).join('/')}`);
}

function otherScheme(url: string): string {
  return url.startsWith('https:') ? url.replace(/^https:/, 'http:') : url.replace(/^http:/, 'https:');
}

type Call = readonly [entity: string, action: string, params: JsonObject];

/** By name; `actions.X` are what the key may do with X. */
const CALLS: Readonly<Record<string, Call>> = {
  domain: ['Domain', 'get', { select: ['version'], limit: 1 }],
  now: ['Contact', 'get', { select: ['NOW() AS now'], where: [['id', '=', 'user_contact_id']], limit: 1 }],
  civicase: ['Entity', 'get', { select: ['name'], where: [['name', '=', 'Case']] }],
  others: [
    'Contact',
    'get',
    {
      select: ['id'],
      where: [['id', '!=', 'user_contact_id']],
      orderBy: { id: 'ASC' },
      limit: 1,
      chain: { edit: ['Contact', 'checkAccess', { action: 'update', values: { id: '$id' } }, 0] },
    },
  ],
  // Core lists only the panels of the dashboard whose permission the key has.
  panels: ['Dashboard', 'get', { select: ['name'], where: [['name', 'IN', ['myCases', 'allCases']]] }],
  // The text as it is stored: the field by itself is read through CiviCRM's parser, which shows a broken one as [].
  definitions: ['CaseType', 'get', { select: ['name', "CONCAT_WS('|', name, definition) AS text"] }],
  clients: ['Setting', 'get', { select: ['civicaseAllowMultipleClients'] }],
  maintenance: ['Setting', 'get', { select: ['core_maintenance_mode'] }],
  ...Object.fromEntries(
    EXAMINED_ENTITIES.map((entity): [string, Call] => [
      `actions.${entity}`,
      [entity, 'getActions', { select: ['name'] }],
    ]),
  ),
};

/** What CiviCRM reads where no text is stored; of all case types on a site that shows no texts. */
function definitionsToRead(texts: CallOutcome | undefined): Call {
  const where = texts?.kind === 'rows' ? [['name', 'IN', namesInFiles(texts.rows)]] : [];
  return ['CaseType', 'get', { select: ['name', 'definition'], where }];
}

const batchOf = (calls: Readonly<Record<string, Call>>): Question => ({
  route: 'civicrm/ajax/api4',
  form: { calls: JSON.stringify(calls) },
  withKey: true,
});

/** Bytes on the wire: what our longest batch may come to, and where firewalls and servers are known to stop. */
const LENGTHS = [1_000_000, 500_000, 120_000, 30_000] as const;

/** A read of one small list, made long by names that nothing bears; the answer tells whether all of it was read. */
async function tryLengths(site: ExaminedSite, door: Door): Promise<readonly LengthTrial[]> {
  const trials: LengthTrial[] = [];
  for (const bytes of LENGTHS) {
    const names = ['get', ...Array.from({ length: bytes / 1000 }, () => 'x'.repeat(1000))];
    const params = JSON.stringify({ select: ['name'], where: [['name', 'IN', names]] });
    const reply = await site.ask(door, {
      route: 'civicrm/ajax/api4/Contact/getActions',
      form: { params },
      withKey: true,
    });
    const arrived = isWhole(reply);
    trials.push({ bytes, arrived, reply });
    if (arrived) break;
  }
  return trials;
}

/** PHP drops a form that is too long for it, and CiviCRM then answers as if nothing had been asked for in particular. */
function isWhole(reply: Reply): boolean {
  const body = reply.kind === 'answer' ? parseJson(reply.text) : undefined;
  const values =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as JsonObject)['values'] : [];
  return JSON.stringify(values) === '[{"name":"get"}]';
}
