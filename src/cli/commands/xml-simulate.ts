import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import { createZoneClock } from '../../calendar/wall-clock.ts';
import {
  SEED_ACTIVITY_STATUSES,
  simulateOpening,
  toCaseTypeModel,
  type CaseWorld,
  type Simulation,
} from '../../case-type/index.ts';
import { renderTimelineSvg, type DrawnCase, type Language } from '../../render/index.ts';
import { renderICalendar } from '../../render/icalendar.ts';
import { usedByEdition } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { readAbout } from '../case-type-about.ts';
import { daysOffOptions, HOLIDAYS_HELP, readDaysOff, type DaysOffChoice } from '../days-off-options.ts';
import { languageOption } from '../drawn-case-type.ts';
import { editionOption, noteUnused } from '../edition-option.ts';
import { readDefinitionInput } from '../read-definition.ts';
import { renderSimulation, simulationJson, type SimulationSurroundings } from '../render-simulation.ts';
import { live, namedEvent, opened, type NamedEvent, type SimulatedCase } from '../simulated-case.ts';
import { stepThrough } from '../step-through.ts';
import { wholeNumber } from './reminders.ts';

interface SimulateOptions extends DaysOffChoice {
  readonly start: readonly string[];
  readonly subject?: string;
  readonly as: 'core' | 'documented';
  readonly format: Format;
  readonly lang?: Language;
  readonly step?: boolean;
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
  const [country, region, holidays] = daysOffOptions();
  return new Command('simulate')
    .description('show what opening a case of this type does: activities, dates and why, roles, the sequence')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
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
    .option('--step', 'go on by answering what is completed when, in the terminal')
    .option('--activity-status <name>', 'a status that the site has beside those of a fresh CiviCRM', collect)
    .addOption(editionOption())
    .addOption(country)
    .addOption(region)
    .addOption(holidays)
    .addOption(languageOption())
    .option('--zone <zone>', "the site's time zone: times that it skips in spring move as CiviCRM moves them")
    .option('--client <id>', 'contact id of the client (default: 3)', wholeNumber)
    .option('--creator <id>', 'contact id of who opens the case (default: 2)', wholeNumber)
    .addHelpText(
      'after',
      `
Computed as CiviCRM 6.20 does, or that of --edition, without a site. With --json in the words of APIv4:
one object for one start date, {"openings": […]} for several. Weekends and holidays are marked; CiviCRM itself knows neither.
${HOLIDAYS_HELP}

What happens after the opening is told in its order, each with its day; of several open activities of a name
the one that is due first is completed.

Exit code 2 when CiviCRM would stop half-way with an error.

Examples:
  civicase xml simulate housing_support.xml --start 2026-03-01
  civicase xml simulate housing_support.xml --start 2026-03-01 --start 2026-12-20 --country FR
  civicase xml simulate intake.xml --start 2026-03-01 --completed "Intake=2026-03-03" --status-change "Closed=2026-04-01"
  civicase xml simulate intake.xml --start 2026-03-01 --step
  civicase xml simulate housing_support.xml --start 2026-03-01 --format ical > case.ics`,
    )
    .action(async (file: string, options: SimulateOptions) => {
      const input = await readDefinitionInput(context.io, file);
      noteUnused(context, file, input.definition, options.edition);
      const about = readAbout(context.io, file, input);
      const language = options.lang ?? about.language;
      const world = worldOf(toCaseTypeModel(usedByEdition(input.definition, options.edition)), options);
      const daysOff = await readDaysOff(context.io, options, options.lang);
      const surroundings = { world, daysOff, language };
      const lived = options.start.map((startDate) =>
        events.reduce(
          (before, event) => live(world, before, event),
          opened(openingOf(world, startDate, options)),
        ),
      );
      const cases = options.step === true ? [await stepThroughOne(context, lived, surroundings)] : lived;
      const openings = cases.map((one) => simulationJson(one, surroundings));
      const json = openings.length === 1 ? openings[0] : { openings };
      context.report({
        exitCode: cases.every(({ state }) => state.failure === null) ? 0 : 2,
        json,
        text: {
          json: () => JSON.stringify(json, null, 2),
          table: () => cases.map((one) => renderSimulation(one, surroundings)).join('\n\n'),
          ical: () =>
            renderICalendar({
              caseType: input.name === null || input.name === '' ? 'case' : input.name,
              cases: cases.map(toDrawn),
              language,
            }),
          svg: () => pictureOf(about.title, cases, surroundings),
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

function openingOf(
  world: CaseWorld,
  startDate: string,
  { subject, client, creator }: SimulateOptions,
): Simulation {
  return simulateOpening({
    definition: world.model,
    startDate,
    ...(subject === undefined ? {} : { subject }),
    ...(client === undefined ? {} : { clientId: client }),
    ...(creator === undefined ? {} : { creatorId: creator }),
    ...(world.site === undefined ? {} : { site: world.site }),
    ...(world.referenceLookup === undefined ? {} : { referenceLookup: world.referenceLookup }),
    ...(world.settle === undefined ? {} : { settle: world.settle }),
  });
}

async function stepThroughOne(
  { io }: CommandContext,
  cases: readonly SimulatedCase[],
  surroundings: SimulationSurroundings,
): Promise<SimulatedCase> {
  const [only] = cases;
  if (only === undefined || cases.length > 1)
    throw new AppError('invalid-input', 'Only one case can be gone through: give one --start with --step.');
  if (io.terminal === undefined) {
    throw new AppError(
      'invalid-input',
      'There is no terminal to ask in. Say what is completed when with --completed "NAME=YYYY-MM-DD".',
    );
  }
  return stepThrough(io.terminal, only, surroundings);
}

const toDrawn = ({ simulation: { startDate }, state, completed }: SimulatedCase): DrawnCase => ({
  startDate,
  state,
  completed,
});

/** The case type's sets for one opening, or the cases themselves when there are several or something happened. */
function pictureOf(
  title: string,
  cases: readonly SimulatedCase[],
  { world, daysOff, language }: SimulationSurroundings,
): string {
  const [first] = cases;
  if (first === undefined) return '';
  const hasLived = cases.length > 1 || first.events.length > 0;
  return renderTimelineSvg({
    title,
    model: world.model,
    simulation: first.simulation,
    language,
    showDates: true,
    daysOff,
    ...(hasLived ? { cases: cases.map(toDrawn) } : {}),
    ...(world.site === undefined ? {} : { site: world.site }),
  }).trimEnd();
}
