import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { xmlDefinitionCommand } from './xml-definition.ts';
import { xmlLintCommand } from './xml-lint.ts';
import { xmlSimulateCommand } from './xml-simulate.ts';
import { xmlWriteCommand } from './xml-write.ts';

export function xmlCommand(context: CommandContext): Command {
  return new Command('xml')
    .description('case-type files, without any site')
    .addCommand(xmlDefinitionCommand(context))
    .addCommand(xmlWriteCommand(context))
    .addCommand(xmlLintCommand(context))
    .addCommand(xmlSimulateCommand(context));
}
