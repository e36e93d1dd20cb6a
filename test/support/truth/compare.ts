import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../../src/base/errors.ts';
import type { JsonObject, JsonValue } from '../../../src/base/json.ts';
import { createZoneClock } from '../../../src/calendar/wall-clock.ts';
import {
  presentSimulation,
  simulateOpening,
  type CaseTypeDefinition,
  type SiteKnowledge,
} from '../../../src/case-type/index.ts';
import { readCaseTypeXml, toDefinitionJson, writeDefinitionXml } from '../../../src/xml/index.ts';
import type { Opening } from './arbitrary-opening.ts';
import type { Core } from './core.ts';

/** What CiviCRM and we made of the same thing, where they differ. */
export interface Difference {
  /** As text; the bytes of a file in base64. */
  readonly input: string;
  readonly core: unknown;
  readonly ours: unknown;
}

interface Refusal {
  readonly refusal: string;
}

/** Ours; words are not compared. */
function refusalOr<Value>(make: () => Value): Value | Refusal {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.kind === 'invalid-input') return { refusal: thrown.message };
    throw thrown;
  }
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refusal' in value;

function differing(input: string, core: unknown, ours: unknown): readonly Difference[] {
  const isSame = isDeepStrictEqual(core, ours) || (isRefusal(core) && isRefusal(ours));
  return isSame ? [] : [{ input, core, ours }];
}

/** Parts of XML that CiviCRM reads and we say that we do not. */
const NOT_READ = /parameter entity ".*" is not supported|in an attribute is not declared here/;

/** Reading: the name and the definition with the order of its keys, or that there is none. */
export async function compareReading(core: Core, bytes: Buffer): Promise<readonly Difference[]> {
  const { error, name, definition } = (await core.ask({
    kind: 'read',
    bytes: bytes.toString('base64'),
  })) as { readonly error?: string; readonly name?: string; readonly definition?: string };
  const ours = refusalOr(() => {
    const reading = readCaseTypeXml(bytes);
    return { name: reading.name, definition: JSON.stringify(toDefinitionJson(reading.definition)) };
  });
  if (isRefusal(ours) && NOT_READ.test(ours.refusal)) return [];
  // Numbers of groups become names on a site that has such groups; a file alone cannot tell.
  if (!isRefusal(ours) && /"activityAsgmtGrps":\["-?\d/.test(ours.definition)) return [];
  const theirs =
    definition === undefined
      ? { refusal: error ?? '' }
      : { name, definition: JSON.stringify(JSON.parse(definition)) };
  return differing(bytes.toString('base64'), theirs, ours);
}

/** Writing: the same text, or that it cannot be written. */
export async function compareWriting(
  core: Core,
  definition: CaseTypeDefinition,
): Promise<readonly Difference[]> {
  const json = JSON.stringify(definition);
  const { xml, error } = (await core.ask({ kind: 'write', name: 'made', definition: json })) as {
    readonly xml?: string;
    readonly error?: string;
  };
  const theirs = xml === undefined ? { refusal: error ?? '' } : Buffer.from(xml, 'base64').toString();
  const parsed = JSON.parse(json) as CaseTypeDefinition;
  return differing(
    json,
    theirs,
    refusalOr(() => writeDefinitionXml(parsed, 'made')),
  );
}

interface CoreOpening {
  readonly error: string | null;
  readonly activities: readonly JsonObject[];
  readonly roles: readonly JsonObject[];
}

/** Simulation: what opening a case on each of the days leaves behind, to the second, or that it stops half-way. */
export async function compareOpenings(
  core: Core,
  name: string,
  { definition, zone, starts }: Opening,
  site: SiteKnowledge,
): Promise<readonly Difference[]> {
  const json = JSON.stringify(definition);
  const { openings, error } = (await core.ask({ kind: 'open', name, definition: json, starts, zone })) as {
    readonly error?: string;
    readonly openings?: readonly CoreOpening[];
  };
  if (openings === undefined) {
    const ours = refusalOr(() => writeDefinitionXml(definition, name));
    return differing(json, { refusal: error ?? '' }, ours);
  }
  return openings.flatMap((opening, index) => {
    const [startDate, subject] = starts[index] ?? ['', ''];
    const opened = { definition, startDate, subject, zone };
    const theirs = shown({ ...opening, stopped: opening.error !== null });
    const ours = refusalOr(() => simulated(opened, site, opening));
    return differing(JSON.stringify(opened), theirs, ours);
  });
}

const SHOWN = [
  ...['activity_type_id:name', 'status_id:name', 'activity_date_time', 'subject', 'is_auto', 'weight'],
  'assignee_contact_id',
];
const SHOWN_OF_ROLE = ['relationship_type_id.name_a_b', 'contact_id_a', 'contact_id_b'];

interface Opened {
  readonly activities: readonly JsonObject[];
  readonly roles: readonly JsonObject[];
  readonly stopped: boolean;
}

function shown({ activities, roles, stopped }: Opened): Opened {
  const only = (rows: readonly JsonObject[], keys: readonly string[]) =>
    rows.map((row) => Object.fromEntries(keys.map((key) => [key, numbers(row[key] ?? null)])));
  return { activities: only(activities, SHOWN), roles: only(roles, SHOWN_OF_ROLE), stopped };
}

/** Ids of contacts come as numbers or as texts. */
const numbers = (value: JsonValue): JsonValue => (Array.isArray(value) ? value.map(Number) : value);

function simulated(
  opened: {
    readonly definition: CaseTypeDefinition;
    readonly startDate: string;
    readonly subject: string;
    readonly zone: string;
  },
  site: SiteKnowledge,
  { activities: [first] }: CoreOpening,
): Opened {
  const clock = createZoneClock(opened.zone);
  const input = { ...opened, site, settle: (dateTime: string) => clock.settle(dateTime) };
  const simulation = simulateOpening(input);
  // The first step of a sequence carries the moment of the opening, which only the site knows.
  const isBySequence = simulation.activities[0]?.reason.kind === 'sequence' && first !== undefined;
  const { activities, roles, failure } = presentSimulation(
    isBySequence ? simulateOpening({ ...input, now: first['activity_date_time'] as string }) : simulation,
  );
  return shown({
    activities: activities as readonly JsonObject[],
    roles: roles as readonly JsonObject[],
    stopped: failure !== null,
  });
}
