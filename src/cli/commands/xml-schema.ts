import { Command, Option } from 'commander';
import { definitionJsonSchema, renderCaseTypeXsd } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';

export function xmlSchemaCommand(context: CommandContext): Command {
  return new Command('schema')
    .description('print the XML Schema of a case-type file, or the JSON Schema of a definition')
    .addOption(
      new Option('--format <format>', 'xsd for XML files, json for definitions')
        .choices(['xsd', 'json'])
        .default('xsd'),
    )
    .addHelpText(
      'after',
      `
With a schema an editor completes the names of elements, explains them, and marks what CiviCRM would drop. Name it in
the editor's settings, or on the root element, where CiviCRM ignores it until it saves:
  <CaseType xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="case-type.xsd">
With --json: the JSON Schema, or { "xsd" }.

Examples:
  civicase xml schema > case-type.xsd
  civicase xml schema --format json > definition.schema.json`,
    )
    .action(({ format }: { readonly format: 'xsd' | 'json' }) => {
      const json = format === 'json' ? definitionJsonSchema() : { xsd: renderCaseTypeXsd() };
      const text = format === 'json' ? JSON.stringify(json, null, 2) : renderCaseTypeXsd().trimEnd();
      context.report({ exitCode: 0, json, text });
    });
}
