import { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { xmlConvertCommand } from './xml-convert.ts';
import { xmlDefinitionCommand } from './xml-definition.ts';
import { xmlDiffCommand } from './xml-diff.ts';
import { xmlDrawCommand } from './xml-draw.ts';
import { xmlGalleryCommand } from './xml-gallery.ts';
import { xmlLintCommand } from './xml-lint.ts';
import { xmlNewCommand } from './xml-new.ts';
import { xmlPageCommand } from './xml-page.ts';
import { xmlMergeCommand } from './xml-merge.ts';
import { xmlRulesCommand } from './xml-rules.ts';
import { xmlSchemaCommand } from './xml-schema.ts';
import { xmlSimulateCommand } from './xml-simulate.ts';
import { xmlTestCommand } from './xml-test.ts';
import { xmlTextCommand } from './xml-text.ts';
import { xmlWriteCommand } from './xml-write.ts';

export function xmlCommand(context: CommandContext): Command {
  return new Command('xml')
    .description('case-type files, without any site')
    .addCommand(xmlDefinitionCommand(context))
    .addCommand(xmlWriteCommand(context))
    .addCommand(xmlLintCommand(context))
    .addCommand(xmlRulesCommand(context))
    .addCommand(xmlSimulateCommand(context))
    .addCommand(xmlConvertCommand(context))
    .addCommand(xmlNewCommand(context))
    .addCommand(xmlSchemaCommand(context))
    .addCommand(xmlDiffCommand(context))
    .addCommand(xmlMergeCommand(context))
    .addCommand(xmlTextCommand(context))
    .addCommand(xmlDrawCommand(context))
    .addCommand(xmlPageCommand(context))
    .addCommand(xmlGalleryCommand(context))
    .addCommand(xmlTestCommand(context));
}
