import { Command } from 'commander';
import { readCaseTypeXml, toDefinitionJson } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readInput } from '../io.ts';
import { renderWarning } from '../read-definition.ts';

export function xmlDefinitionCommand(context: CommandContext): Command {
  return new Command('definition')
    .description('print the definition that CiviCRM makes of a case-type file, as JSON')
    .argument('<file>', 'XML file; - reads stdin')
    .addHelpText(
      'after',
      `
The output is CiviCRM's own array, with and without --json. What CiviCRM would drop is told on stderr.

Example:
  civicase xml definition housing_support.xml`,
    )
    .action(async (file: string) => {
      const input = inputName(file);
      const { definition, warnings } = readCaseTypeXml(await readInput(context.io, file), input);
      for (const warning of warnings) context.note(renderWarning(input, warning));
      const json = toDefinitionJson(definition);
      context.report({ exitCode: 0, json, text: JSON.stringify(json, null, 2) });
    });
}
