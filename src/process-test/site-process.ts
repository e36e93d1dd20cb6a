import { AppError } from '../base/errors.ts';
import type { CaseActivity, CaseEvent } from '../case-type/index.ts';
import { NOBODY, type CaseView } from './case-view.ts';
import type { CaseOnSite, ProcessSite, SiteActivity, SiteCase } from './ports.ts';
import { sequenceStand, type SimulatedProcess } from './simulated-process.ts';

/** The disposable case of one test on a site. */
export interface SiteProcess {
  /**
   * Plays the same event, and reads the case.
   * @param simulated the simulated case after it
   */
  play(event: CaseEvent, simulated: SimulatedProcess): Promise<void>;
  /** The case as the site has it. */
  view(): CaseView;
  /** Removes the case and the people, whatever went wrong. */
  remove(): Promise<void>;
}

const CLIENT = 'The client';

/** Opens the case of a simulated process on a site, with people made for it. */
export async function openOnSite(
  site: ProcessSite,
  caseType: string,
  simulated: SimulatedProcess,
): Promise<SiteProcess> {
  const { cast, opened } = simulated;
  const names = [...new Set([CLIENT, cast.opener, ...cast.roles.values()])];
  const ids = await site.addPeople(names);
  const people = new Map(names.map((name, index) => [name, ids[index] ?? 0]));
  const [client, creator] = [people.get(CLIENT) ?? 0, people.get(cast.opener) ?? 0];
  const subject = `Process test ${String(client)}`;
  const remove = async (): Promise<void> => {
    await site.removeCases(subject);
    await site.removePeople(ids);
  };
  try {
    const caseId = await site.openCase({ caseType, subject, startDate: opened, client, creator });
    const onCase = { caseId, client, creator };
    for (const [role, person] of cast.roles) await site.giveRole(onCase, role, people.get(person) ?? 0);
    return await started(site, onCase, { people, remove, simulated });
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}

interface Belongings {
  readonly simulated: SimulatedProcess;
  readonly people: ReadonlyMap<string, number>;
  readonly remove: () => Promise<void>;
}

async function started(
  site: ProcessSite,
  onCase: CaseOnSite,
  { simulated: opened, people, remove }: Belongings,
): Promise<SiteProcess> {
  const names = new Map([...people].map(([name, id]) => [id, name]));
  let now = await site.readCase(onCase.caseId);
  let pairs: readonly Pair[] = [];
  let simulated = opened;
  const settle = async (): Promise<void> => {
    const known = new Set(pairs.map(({ siteId }) => siteId));
    pairs = pairUp(pairs, simulated.state.activities, now.activities);
    const made = pairs.filter(({ siteId }) => !known.has(siteId));
    if (await redateSequenceSteps(site, now, made)) now = await site.readCase(onCase.caseId);
  };
  await settle();
  return {
    remove,
    async play(event, after) {
      await playEvent(site, onCase, event, (id) => partner(pairs, id));
      simulated = after;
      now = await site.readCase(onCase.caseId);
      await settle();
    },
    view: () => viewSiteCase(now, { pairs, names, simulated }),
  };
}

/**
 * A site dates a step of a sequence with the moment of its making: today, whatever day the test plays. It gets the
 * day of the test, so that later steps that refer to it are counted from there.
 */
async function redateSequenceSteps(
  site: ProcessSite,
  now: SiteCase,
  made: readonly Pair[],
): Promise<boolean> {
  const late = made.filter(({ simulated, siteId }) => {
    const twin = now.activities.find(({ id }) => id === siteId);
    return (
      simulated.reason?.kind === 'sequence' &&
      twin?.activityType === simulated.activityType &&
      twin.dateTime.slice(0, 10) === twin.createdAt.slice(0, 10)
    );
  });
  for (const { siteId, simulated } of late) await site.setActivityDate(siteId, simulated.dateTime);
  return late.length > 0;
}

/** The same activity here and there: both sides make theirs in the same order. */
interface Pair {
  readonly simulated: CaseActivity;
  readonly siteId: number;
}

function pairUp(
  before: readonly Pair[],
  simulated: readonly CaseActivity[],
  site: readonly SiteActivity[],
): readonly Pair[] {
  const kept = before.flatMap(({ siteId, simulated: { id } }) => {
    const current = simulated.find((activity) => activity.id === id);
    return current === undefined ? [] : [{ siteId, simulated: current }];
  });
  const lastSimulated = Math.max(0, ...before.map((pair) => pair.simulated.id));
  const lastOnSite = Math.max(0, ...before.map(({ siteId }) => siteId));
  const added = site.filter(({ id }) => id > lastOnSite);
  const made = simulated.filter(({ id }) => id > lastSimulated);
  return [
    ...kept,
    ...made.flatMap((activity, index): readonly Pair[] => {
      const twin = added[index];
      return twin === undefined ? [] : [{ simulated: activity, siteId: twin.id }];
    }),
  ];
}

function partner(pairs: readonly Pair[], simulatedId: number): number {
  const pair = pairs.find(({ simulated }) => simulated.id === simulatedId);
  if (pair === undefined) throw new AppError('conflict', 'The site lacks the activity that this concerns.');
  return pair.siteId;
}

async function playEvent(
  site: ProcessSite,
  onCase: CaseOnSite,
  event: CaseEvent,
  siteIdOf: (simulatedId: number) => number,
): Promise<void> {
  switch (event.kind) {
    case 'activity-status':
      return site.setActivityStatus(siteIdOf(event.activityId), event.status);
    case 'activity-added':
      return site.addActivity(onCase, event);
    case 'activity-trashed':
      return site.trashActivity(siteIdOf(event.activityId));
    case 'case-status':
      return site.setCaseStatus(onCase.caseId, event.status);
    case 'set-added':
      return site.addSet(onCase, event.set, event.on);
    case 'start-moved':
      return site.moveStart(onCase, event.to, event.on);
    default:
      return event satisfies never;
  }
}

interface ViewParts {
  readonly pairs: readonly Pair[];
  readonly names: ReadonlyMap<number, string>;
  readonly simulated: SimulatedProcess;
}

function viewSiteCase(site: SiteCase, { pairs, names, simulated }: ViewParts): CaseView {
  const twins = new Map(pairs.map((pair) => [pair.siteId, pair.simulated]));
  const { endDate } = simulated.state;
  // A site ends a case today, whatever day the test plays.
  const isEndedToday = site.endDate !== null && site.endDate === site.modifiedAt.slice(0, 10);
  return {
    status: site.status,
    startDate: site.startDate,
    endDate: isEndedToday && endDate !== null ? endDate : site.endDate,
    sequence: sequenceStand(simulated.world, site),
    activities: site.activities
      .filter(({ isDeleted }) => !isDeleted)
      .map((activity) => {
        const twin = twins.get(activity.id);
        return {
          activityType: activity.activityType,
          status: activity.status,
          date: activity.dateTime.slice(0, 10),
          subject: activity.subject,
          person:
            activity.assignees.map((id) => names.get(id) ?? `contact ${String(id)}`).join(', ') || NOBODY,
          at: twin?.at ?? null,
        };
      }),
  };
}
