import { Command } from 'commander';
import { toAppError } from '../../base/errors.ts';
import { renderDefinitionText } from '../../render/index.ts';
import type { CommandContext } from '../context.ts';
import { inputName, readInput } from '../io.ts';
import { readDefinitionInput } from '../read-definition.ts';

export function xmlTextCommand(context: CommandContext): Command {
  return new Command('text')
    .description('print a case type in words, one fact on a line: for "git diff"')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
    .addHelpText(
      'after',
      `
Comments and other things that CiviCRM does not read are left out. A file that is no case type is printed as it is,
with the reason on stderr, so that "git diff" shows it all the same; the exit code is 0 in both cases.

Git uses it after:
  git config diff.civicase.textconv "civicase xml text"
  echo "*.xml diff=civicase" >> .gitattributes

Example:
  civicase xml text housing_support.xml`,
    )
    .action(async (file: string) => {
      const bytes = await readInput(context.io, file);
      const io = { ...context.io, readStdin: () => Promise.resolve(bytes) };
      try {
        const { name, definition } = await readDefinitionInput(io, file);
        const text = renderDefinitionText(definition, name);
        context.report({ exitCode: 0, json: { name, lines: text.split('\n') }, text });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (error.kind === 'internal') throw error;
        const text = new TextDecoder().decode(bytes);
        context.note(`${inputName(file)} is shown as it is: ${error.message}`);
        context.report({ exitCode: 0, json: { name: null, lines: text.split('\n') }, text: bytes });
      }
    });
}
