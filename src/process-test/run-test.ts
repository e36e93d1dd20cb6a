import { toAppError } from '../base/errors.ts';
import type { CaseTypeModel, StepPosition } from '../case-type/index.ts';
import type { CaseView } from './case-view.ts';
import { checkCase, type Problem, type TimelineLine } from './check.ts';
import { dateOf, describeDay } from './days.ts';
import type { ProcessSite } from './ports.ts';
import { advanceProcess, caseEventOf, openProcess, viewProcess } from './simulated-process.ts';
import { openOnSite, type SiteProcess } from './site-process.ts';
import type { Expectation, ProcessTest, Specification, TestEvent } from './specification.ts';

/** What was wrong at one moment of a test. */
export interface Failure {
  /** `right after the opening`, `when "Phone Call" is completed on day 4, Fri 2026-03-06`. */
  readonly moment: string;
  readonly problems: readonly Problem[];
}

export interface TestOutcome {
  readonly name: string;
  /** None: the test passed. */
  readonly failures: readonly Failure[];
  /** The steps that the test speaks of. */
  readonly covered: readonly StepPosition[];
  /** Why it was not played on the site although there is one; null when it was, or there is none. */
  readonly onlySimulated: string | null;
}

export interface TestSetting {
  /** The machine name of the case type, by which a site knows it. */
  readonly caseType: string;
  readonly model: CaseTypeModel;
  readonly specification: Specification;
  /** Where the same is played, too; null: only simulated. */
  readonly site: ProcessSite | null;
}

/** Plays one test. What goes wrong is an outcome, never thrown. */
export async function runProcessTest(setting: TestSetting, test: ProcessTest): Promise<TestOutcome> {
  const failures: Failure[] = [];
  const covered: StepPosition[] = [];
  const opened = test.given.opened;
  const events = test.when ?? [];
  let moment = 'at the opening';
  let onSite: SiteProcess | null = null;
  const onlySimulated = setting.site === null ? null : reasonAgainstSite(setting.model, events);
  try {
    let process = openProcess(setting.model, setting.specification, test);
    moment = 'right after the opening';
    if (setting.site !== null && onlySimulated === null)
      onSite = await openOnSite(setting.site, setting.caseType, process);
    const look = (expectations: readonly (Expectation | undefined)[], today: string): boolean => {
      const view = viewProcess(process);
      const checks = expectations.flatMap((expected) =>
        expected === undefined ? [] : [checkCase({ expected, view, opened, today })],
      );
      covered.push(...checks.flatMap((check) => check.covered.flatMap(({ at }) => at ?? [])));
      const difference = onSite === null ? [] : siteDifference(view, onSite.view(), setting.site?.name ?? '');
      const problems = [...checks.flatMap((check) => check.problems), ...difference];
      if (problems.length > 0) failures.push({ moment, problems });
      return difference.length === 0;
    };
    let agrees = look(events.length === 0 ? [test.then] : [], opened);
    for (const [index, event] of events.entries()) {
      // What comes after a difference differs, too.
      if (!agrees) break;
      moment = describeMoment(event, opened);
      const caseEvent = caseEventOf(process, event);
      process = advanceProcess(process, caseEvent);
      await onSite?.play(caseEvent, process);
      const isLast = index === events.length - 1;
      agrees = look([event.then, isLast ? test.then : undefined], dateOf(event.on, opened));
    }
  } catch (thrown) {
    failures.push({ moment, problems: [{ what: toAppError(thrown).message, timeline: [] }] });
  } finally {
    await onSite?.remove().catch((thrown: unknown) => {
      failures.push({
        moment: 'when the case was removed from the site',
        problems: [{ what: toAppError(thrown).message, timeline: [] }],
      });
    });
  }
  return { name: test.name, failures, covered, onlySimulated };
}

// The form changes all in one transaction, after which the sequence looks at the case once. Through the API it would
// look after each call and make steps in between.
function reasonAgainstSite({ activitySets }: CaseTypeModel, events: readonly TestEvent[]): string | null {
  const moves = events.some(({ startMovesTo }) => startMovesTo !== undefined);
  return moves && activitySets.some(({ isSequence }) => isSequence)
    ? 'no API moves the start date of a case with a sequence as the form does'
    : null;
}

/** The expectations were checked on the simulation: a site that equals it meets them, too. */
function siteDifference(simulated: CaseView, site: CaseView, siteName: string): readonly Problem[] {
  const [wanted, actual] = [linesOf(simulated), linesOf(site)];
  const left = [...actual];
  const lines = wanted.map((text): TimelineLine => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return { sign: index < 0 ? 'expected' : 'same', text };
  });
  const timeline = [...lines, ...left.map((text): TimelineLine => ({ sign: 'actual', text }))];
  return timeline.every(({ sign }) => sign === 'same')
    ? []
    : [{ what: `The site "${siteName}" does otherwise than the simulation of the file.`, timeline }];
}

function linesOf(view: CaseView): readonly string[] {
  return [
    `case ${view.status}, from ${view.startDate}, ended ${view.endDate ?? 'never'}`,
    ...view.activities.map(
      ({ date, activityType, status, person, subject }) =>
        `${date}  ${activityType} (for ${person}, ${status}${subject === null || activityType === 'Open Case' || subject === '' ? '' : `, "${subject}"`})`,
    ),
  ];
}

function describeMoment(event: TestEvent, opened: string): string {
  const day = describeDay(dateOf(event.on, opened), opened);
  if (event.completed !== undefined) return `when "${event.completed}" is completed on ${day}`;
  if (event.marked !== undefined) return `when "${event.marked}" becomes ${event.as ?? ''} on ${day}`;
  if (event.added !== undefined) return `when "${event.added}" is added on ${day}`;
  if (event.trashed !== undefined) return `when "${event.trashed}" is deleted on ${day}`;
  if (event.status !== undefined) return `when the case becomes ${event.status} on ${day}`;
  if (event.timelineAdded !== undefined) return `when "${event.timelineAdded}" is added on ${day}`;
  return `when the start date is moved on ${day}`;
}
