import { Command } from 'commander';
import { AppError } from '../../base/errors.ts';
import { writeDefinitionXml } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';
import { editionOption, noteUnused } from '../edition-option.ts';
import { inputName } from '../io.ts';
import { readDefinitionInput, renderWarning } from '../read-definition.ts';

export function xmlWriteCommand(context: CommandContext): Command {
  return new Command('write')
    .description('print the XML that CiviCRM itself would write for a case type, byte for byte')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
    .option('--name <name>', 'name of the case type (default: the one in the file)')
    .addOption(editionOption())
    .addHelpText(
      'after',
      `
Prints exactly CiviCRM's bytes, without a line break at the end. With --json: { "name", "xml" }.
Every edition writes the same; what the one of --edition would not use is told on stderr.

Examples:
  civicase xml write housing_support.xml > canonical.xml
  civicase xml definition a.xml | civicase xml write - --name housing_support`,
    )
    .action(async (file: string, options: { readonly name?: string; readonly edition: string }) => {
      const { name: nameInFile, definition, warnings } = await readDefinitionInput(context.io, file);
      const name = options.name ?? nameInFile;
      if (name === null) {
        throw new AppError(
          'invalid-input',
          `The case type in ${inputName(file)} has no name. Give one with --name NAME.`,
        );
      }
      for (const warning of warnings) context.note(renderWarning(inputName(file), warning));
      noteUnused(context, file, definition, options.edition);
      const xml = writeDefinitionXml(definition, name);
      context.report({ exitCode: 0, json: { name, xml }, text: new TextEncoder().encode(xml) });
    });
}
