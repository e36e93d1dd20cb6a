import { Command } from 'commander';
import { configJsonSchema } from '../../config/index.ts';
import type { CommandContext } from '../context.ts';

export function configCommand(context: CommandContext): Command {
  const command = new Command('config').description('about the configuration');
  command
    .command('schema')
    .description('print the JSON Schema of civicase.yaml, with the meaning and default of every key')
    .addHelpText(
      'after',
      `
Example:
  civicase config schema > civicase.schema.json
  Then put this line at the top of civicase.yaml, and an editor completes and checks it:
  # yaml-language-server: $schema=civicase.schema.json`,
    )
    .action(() => {
      const schema = configJsonSchema();
      context.report({ exitCode: 0, json: schema, text: JSON.stringify(schema, null, 2) });
    });
  return command;
}
