import { Command } from 'commander';
import { presentSimulation, simulateOpening, type Simulation } from '../../case-type/index.ts';
import type { CommandContext } from '../context.ts';
import { readDefinitionInput } from '../read-definition.ts';
import { wholeNumber } from './reminders.ts';

interface SimulateOptions {
  readonly start: string;
  readonly client?: number;
  readonly creator?: number;
}

export function xmlSimulateCommand(context: CommandContext): Command {
  return new Command('simulate')
    .description('show what opening a case of this type creates: activities, dates, roles')
    .argument('<file>', 'XML, or a definition as JSON; - reads stdin')
    .requiredOption('--start <date>', 'start date of the case, YYYY-MM-DD')
    .option('--client <id>', 'contact id of the client (default: 3)', wholeNumber)
    .option('--creator <id>', 'contact id of who opens the case (default: 2)', wholeNumber)
    .addHelpText(
      'after',
      `
Computed as CiviCRM 6.20 does, without a site. With --json in the words of APIv4.
Exit code 2 when CiviCRM would stop half-way with an error.

Example:
  civicase xml simulate housing_support.xml --start 2026-03-01`,
    )
    .action(async (file: string, options: SimulateOptions) => {
      const { definition } = await readDefinitionInput(context.io, file);
      const simulation = simulateOpening({
        definition,
        startDate: options.start,
        ...(options.client === undefined ? {} : { clientId: options.client }),
        ...(options.creator === undefined ? {} : { creatorId: options.creator }),
      });
      context.report({
        exitCode: simulation.failure === null ? 0 : 2,
        json: presentSimulation(simulation),
        text: renderSimulation(simulation),
      });
    });
}

function renderSimulation({ startDate, activities, roles, failure, creatorId }: Simulation): string {
  const widest = Math.max(0, ...activities.map(({ activityType }) => activityType.length));
  return [
    `A case opened on ${startDate} gets (activities: ${activities.length}, roles: ${roles.length})`,
    ...activities.map(
      ({ dateTime, activityType, status }) => `  ${dateTime}  ${activityType.padEnd(widest)}  ${status}`,
    ),
    ...roles.map(({ relationshipType, role }) => {
      const name = role.clientSide === 'a' ? relationshipType.nameBA : relationshipType.nameAB;
      return `  contact ${creatorId} becomes ${name}`;
    }),
    ...(failure === null ? [] : [`Then CiviCRM stops: ${failure}`]),
  ].join('\n');
}
