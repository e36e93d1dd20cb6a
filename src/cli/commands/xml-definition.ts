import { Command } from 'commander';
import { toReadForm, type CaseTypeDefinition } from '../../case-type/index.ts';
import { caseTypeForm, readCaseType, readCaseTypeXml, toDefinitionJson } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { editionOption } from '../edition-option.ts';
import { inputName, readCaseTypeInput } from '../io.ts';
import { renderWarning } from '../read-definition.ts';

export function xmlDefinitionCommand(context: CommandContext): Command {
  return new Command('definition')
    .description('print the definition that CiviCRM makes of a case-type file, as JSON')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
    .addOption(editionOption())
    .addHelpText(
      'after',
      `
The output is CiviCRM's own array, with and without --json. What CiviCRM would drop, or that
edition would not use, is told on stderr.

Examples:
  civicase xml definition housing_support.xml
  civicase xml definition housing_support.xml --edition 5.77`,
    )
    .action(async (file: string, { edition }: { readonly edition: string }) => {
      const input = inputName(file);
      const bytes = await readCaseTypeInput(context.io, file);
      const json = toDefinitionJson(readAsCore(context, { bytes, input, edition }));
      context.report({ exitCode: 0, json, text: JSON.stringify(json, null, 2) });
    });
}

interface CoreInput {
  readonly bytes: Uint8Array;
  readonly input: string;
  readonly edition: string;
}

/** Other forms than XML as CiviCRM reads them back once they are stored. */
function readAsCore(context: CommandContext, { bytes, input, edition }: CoreInput): CaseTypeDefinition {
  if (caseTypeForm(bytes, input) !== 'xml') return toReadForm(readCaseType(bytes, input).definition);
  const { definition, warnings } = readCaseTypeXml(bytes, input, { edition });
  for (const warning of warnings) context.note(renderWarning(input, warning));
  return definition;
}
