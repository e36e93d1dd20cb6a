import { toAppError } from '../base/errors.ts';
import {
  presentSimulation,
  simulateOpening,
  type CaseTypeDefinition,
  type Simulation,
  type SiteKnowledge,
} from '../case-type/index.ts';
import { NOBODY } from './case-view.ts';
import type { TimelineLine } from './check.ts';
import type { MadeOnSite, ProcessSite, SiteCase } from './ports.ts';

/** A case type as a site has it, in the site's own ids, and what else the site has. */
export interface OpeningInput {
  readonly caseType: string;
  readonly definition: CaseTypeDefinition;
  readonly knowledge: SiteKnowledge;
  /** `YYYY-MM-DD`. */
  readonly startDate: string;
  /** What the site's clock makes of a time that its zone may skip. */
  readonly settle?: (dateTime: string) => string;
}

/** What a site made of a disposable case. */
export interface OpeningOutcome {
  readonly caseType: string;
  /** How many activities the opening makes. */
  readonly activities: number;
  /** Why no case of the type could be opened or read; null when one was. */
  readonly failure: string | null;
  /** Both timelines in one where they differ, else nothing: `expected` is the simulation, `actual` the site. */
  readonly differences: readonly TimelineLine[];
  /** What could not be removed, as phrases. */
  readonly leftBehind: readonly string[];
}

interface Cast {
  readonly client: number;
  readonly creator: number;
  readonly subject: string;
}

const PEOPLE = ['Test client', 'Test opener'];

/**
 * Opens a case of that type on the site, with people made for it, compares its activities with the simulation, and
 * removes all that it made, whatever went wrong. Ask the site for `missingPermissions` first.
 *
 * @throws AppError when the site refuses the people; what goes wrong afterwards is in the outcome.
 */
export async function testOpening(site: ProcessSite, input: OpeningInput): Promise<OpeningOutcome> {
  const people = await site.addPeople(PEOPLE);
  const [client = 0, creator = 0] = people;
  const cast = { client, creator, subject: `Test case ${String(client)}` };
  const simulation = simulate(input, cast);
  const found = await open(site, input, cast, simulation).catch((thrown: unknown) => ({
    failure: toAppError(thrown).message,
    differences: [],
    made: [],
  }));
  const { made, ...verdict } = found;
  const leftBehind = await removeAll(site, { subject: cast.subject, people, activities: made });
  return { caseType: input.caseType, activities: simulation.activities.length, ...verdict, leftBehind };
}

async function open(site: ProcessSite, input: OpeningInput, cast: Cast, simulation: Simulation) {
  const { failure } = simulation;
  if (failure !== null) return { failure, differences: [], made: [] };
  const { caseType, startDate } = input;
  const opened = await site.readCase(await site.openCase({ caseType, startDate, ...cast }));
  // The first step of a sequence carries the moment of the opening, which only the site knows.
  const isBySequence = simulation.activities[0]?.reason.kind === 'sequence';
  const now = isBySequence ? opened.activities[0]?.dateTime : undefined;
  const expected = now === undefined ? simulation : simulate(input, cast, now);
  return {
    failure,
    differences: compare(linesOfSimulation(expected), linesOfCase(opened, cast)),
    made: opened.activities.map(({ id }) => id),
  };
}

const simulate = (
  { definition, knowledge, startDate, settle }: OpeningInput,
  { client, creator, subject }: Cast,
  now?: string,
): Simulation =>
  simulateOpening({
    definition,
    startDate,
    subject,
    site: knowledge,
    clientId: client,
    creatorId: creator,
    ...(now === undefined ? {} : { now }),
    ...(settle === undefined ? {} : { settle }),
  });

/** The part of `presentSimulation` that is compared. */
interface PresentedActivity {
  readonly activity_date_time: string;
  readonly 'activity_type_id:name': string;
  readonly 'status_id:name': string;
  readonly subject: string | null;
  readonly assignee_contact_id: readonly string[] | null;
}

function linesOfSimulation(simulation: Simulation): readonly string[] {
  const presented = presentSimulation(simulation) as { readonly activities: unknown };
  const cast = { client: simulation.clientId, creator: simulation.creatorId };
  return [
    stateLine('Open', simulation.startDate),
    ...(presented.activities as readonly PresentedActivity[]).map((row) =>
      lineOf(
        {
          dateTime: row.activity_date_time,
          activityType: row['activity_type_id:name'],
          status: row['status_id:name'],
          subject: row.subject,
          assignees: (row.assignee_contact_id ?? []).map(Number),
        },
        cast,
      ),
    ),
  ];
}

const linesOfCase = ({ status, startDate, activities }: SiteCase, cast: Cast): readonly string[] => [
  stateLine(status, startDate),
  ...activities.filter(({ isDeleted }) => !isDeleted).map((activity) => lineOf(activity, cast)),
];

const stateLine = (status: string, startDate: string): string => `case ${status}, from ${startDate}`;

type Shown = Pick<
  SiteCase['activities'][number],
  'dateTime' | 'activityType' | 'status' | 'subject' | 'assignees'
>;

function lineOf(activity: Shown, { client, creator }: Pick<Cast, 'client' | 'creator'>): string {
  const { dateTime, activityType, status, subject } = activity;
  const names = new Map([
    [client, 'the client'],
    [creator, 'whoever opened it'],
  ]);
  const people = [...activity.assignees]
    .sort((one, other) => one - other)
    .map((id) => names.get(id) ?? `contact ${String(id)}`);
  const words = subject === null || subject === '' ? '' : `, "${subject}"`;
  return `${dateTime}  ${activityType} (${status}, for ${people.join(', ') || NOBODY}${words})`;
}

function compare(expected: readonly string[], actual: readonly string[]): readonly TimelineLine[] {
  const left = [...actual];
  const lines = expected.map((text): TimelineLine => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return { sign: index < 0 ? 'expected' : 'same', text };
  });
  const all = [...lines, ...left.map((text): TimelineLine => ({ sign: 'actual', text }))];
  return all.every(({ sign }) => sign === 'same') ? [] : all;
}

/** Every part is tried, and then looked for: CiviCRM passes over some deletions without a word. */
async function removeAll(site: ProcessSite, made: MadeOnSite): Promise<readonly string[]> {
  const untold: string[] = [];
  const attempt = (what: string, removal: Promise<void>): Promise<void> =>
    removal.catch((thrown: unknown) => {
      untold.push(`${what} (${toAppError(thrown).message})`);
    });
  await attempt(`a case with the subject "${made.subject}"`, site.removeCases(made.subject));
  await attempt(`the contacts ${made.people.join(' and ')}`, site.removePeople(made.people));
  // A site that does not answer any more cannot be asked either; then the attempts tell.
  return await site.remains(made).catch(() => untold);
}
