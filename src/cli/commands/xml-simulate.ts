import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import { createDaysOff } from '../../calendar/days-off.ts';
import { createZoneClock } from '../../calendar/wall-clock.ts';
import {
  SEED_ACTIVITY_STATUSES,
  simulateOpening,
  toCaseTypeModel,
  type CaseWorld,
} from '../../case-type/index.ts';
import { renderTimelineSvg, titleFromName } from '../../render/index.ts';
import { renderICalendar } from '../../render/icalendar.ts';
import { usedByEdition } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { editionOption, noteUnused } from '../edition-option.ts';
import { readDefinitionInput } from '../read-definition.ts';
import {
  renderSimulation,
  simulationJson,
  type SimulatedCase,
  type SimulationSurroundings,
} from '../render-simulation.ts';
import { liveThrough, namedEvent, type NamedEvent } from '../simulated-case.ts';
import { wholeNumber } from './reminders.ts';

interface SimulateOptions {
  readonly start: readonly string[];
  readonly subject?: string;
  readonly as: 'core' | 'documented';
  readonly format: Format;
  readonly country?: string;
  readonly region?: string;
  readonly zone?: string;
  readonly activityStatus?: readonly string[];
  readonly client?: number;
  readonly creator?: number;
  readonly edition: string;
}

const FORMATS = ['table', 'json', 'ical', 'svg'] as const;
type Format = (typeof FORMATS)[number];

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export function xmlSimulateCommand(context: CommandContext): Command {
  // One list for all kinds: what happens has an order.
  let events: readonly NamedEvent[] = [];
  const happens = (kind: NamedEvent['kind']) => (text: string) => (events = namedEvent(kind)(text, events));
  return new Command('simulate')
    .description('show what opening a case of this type does: activities, dates and why, roles, the sequence')
    .argument('<file>', 'XML, or a definition as JSON; - reads stdin')
    .requiredOption('--start <date>', 'start date of the case, YYYY-MM-DD; several may be given', collect)
    .option('--subject <text>', 'subject of the case, which Open Case takes over')
    .addOption(
      new Option('--as <reading>', 'newest and oldest as CiviCRM takes them (it does not), or as documented')
        .choices(['core', 'documented'])
        .default('core'),
    )
    .addOption(new Option('--format <format>', 'what to print').choices(FORMATS).default('table'))
    .option('--completed <name=date>', 'then that activity is completed', happens('completed'))
    .option('--status-change <name=date>', 'then the case gets that status', happens('status-change'))
    .option('--add-set <name=date>', 'then that activity set is added by hand', happens('add-set'))
    .option(
      '--move-start <new=date>',
      'then the start date is moved to NEW, with its form',
      happens('move-start'),
    )
    .option('--activity-status <name>', 'a status that the site has beside those of a fresh CiviCRM', collect)
    .addOption(editionOption())
    .option('--country <code>', 'mark public holidays of that country, as in FR')
    .option('--region <code>', 'a region of the country with holidays of its own, as in 57')
    .option('--zone <zone>', "the site's time zone: times that it skips in spring move as CiviCRM moves them")
    .option('--client <id>', 'contact id of the client (default: 3)', wholeNumber)
    .option('--creator <id>', 'contact id of who opens the case (default: 2)', wholeNumber)
    .addHelpText(
      'after',
      `
Computed as CiviCRM 6.20 does, or that of --edition, without a site. With --json in the words of APIv4:
one object for one start date, {"openings": […]} for several. Weekends and holidays are marked; CiviCRM itself knows neither.
What happens after the opening is told in its order, each with its day; of several open activities of a name
the one that is due first is completed.

Exit code 2 when CiviCRM would stop half-way with an error.

Examples:
  civicase xml simulate housing_support.xml --start 2026-03-01
  civicase xml simulate housing_support.xml --start 2026-03-01 --start 2026-12-20 --country FR
  civicase xml simulate intake.xml --start 2026-03-01 --completed "Intake=2026-03-03" --status-change "Closed=2026-04-01"
  civicase xml simulate housing_support.xml --start 2026-03-01 --format ical > case.ics`,
    )
    .action(async (file: string, options: SimulateOptions) => {
      const { name, definition } = await readDefinitionInput(context.io, file);
      noteUnused(context, file, definition, options.edition);
      const world = worldOf(toCaseTypeModel(usedByEdition(definition, options.edition)), options);
      const surroundings = { world, daysOff: daysOffOf(options) };
      const cases = options.start.map((startDate): SimulatedCase => {
        const simulation = simulateOpening({
          definition: world.model,
          startDate,
          ...(options.subject === undefined ? {} : { subject: options.subject }),
          ...(options.client === undefined ? {} : { clientId: options.client }),
          ...(options.creator === undefined ? {} : { creatorId: options.creator }),
          ...(world.site === undefined ? {} : { site: world.site }),
          ...(world.referenceLookup === undefined ? {} : { referenceLookup: world.referenceLookup }),
          ...(world.settle === undefined ? {} : { settle: world.settle }),
        });
        return { simulation, state: liveThrough(world, simulation, events) };
      });
      const openings = cases.map((one) => simulationJson(one, surroundings));
      const json = openings.length === 1 ? openings[0] : { openings };
      context.report({
        exitCode: cases.every(({ state }) => state.failure === null) ? 0 : 2,
        json,
        text: {
          json: () => JSON.stringify(json, null, 2),
          table: () => cases.map((one) => renderSimulation(one, surroundings)).join('\n\n'),
          ical: () => icalendarOf(name, cases),
          svg: () => pictureOf(name, cases, surroundings),
        }[options.format](),
      });
    });
}

function worldOf(model: CaseWorld['model'], { as, activityStatus, zone }: SimulateOptions): CaseWorld {
  const clock = zone === undefined ? null : createZoneClock(zone);
  return {
    model,
    ...(as === 'documented' ? { referenceLookup: 'documented' as const } : {}),
    ...(activityStatus === undefined
      ? {}
      : { site: { activityStatuses: new Set([...SEED_ACTIVITY_STATUSES, ...activityStatus]) } }),
    ...(clock === null ? {} : { settle: (dateTime: string) => clock.settle(dateTime) }),
  };
}

function daysOffOf({ country, region }: SimulateOptions) {
  if (country === undefined && region !== undefined)
    throw new AppError('invalid-input', 'A region lies in a country: give --country, too.');
  return createDaysOff({ country: country ?? null, ...(region === undefined ? {} : { region }) });
}

const icalendarOf = (name: string | null, cases: readonly SimulatedCase[]): string =>
  renderICalendar({
    caseType: name === null || name === '' ? 'case' : name,
    openings: cases.map(({ simulation, state }) => ({ startDate: simulation.startDate, state })),
  });

function pictureOf(
  name: string | null,
  cases: readonly SimulatedCase[],
  { world, daysOff }: SimulationSurroundings,
): string {
  const [only] = cases;
  if (only === undefined || cases.length > 1)
    throw new AppError('invalid-input', 'A picture shows one opening: give one --start.');
  const { simulation } = only;
  return renderTimelineSvg({
    title: titleFromName(name, 'en'),
    model: world.model,
    simulation,
    language: 'en',
    showDates: true,
    daysOff,
    ...(world.site === undefined ? {} : { site: world.site }),
  }).trimEnd();
}
