import { Command } from 'commander';
import { renderCaseTypePage } from '../../render/index.ts';
import type { CommandContext } from '../context.ts';
import { daysOffOptions, HOLIDAYS_HELP } from '../days-off-options.ts';
import { languageOption, readDrawnCaseType, toPage, type DrawingOptions } from '../drawn-case-type.ts';
import { writeOutput } from '../write-output.ts';

export function xmlPageCommand(context: CommandContext): Command {
  const [country, region, holidays] = daysOffOptions();
  return new Command('page')
    .description('tell a case type in plain words on one page to print and sign, as HTML')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
    .option('--start <date>', 'show the dates of a case that starts then, YYYY-MM-DD, as an example')
    .addOption(country)
    .addOption(region)
    .addOption(holidays)
    .option('--title <text>', "title of the page (default: its README's heading, or its name)")
    .addOption(languageOption())
    .option('--out <file>', 'write the page there instead of to stdout')
    .addHelpText(
      'after',
      `
For the committee that must approve the case type: what it is for, who is involved, what happens on which day,
what CiviCRM will not do, the picture, lines to sign. The page needs nothing beside it and prints on A4 and Letter.
Title and purpose come from README.md if the file lies in a folder of its own name.
With --json: { "title", "language", "html" }.

Days off are marked with --start. ${HOLIDAYS_HELP}

Exit code 0: written; 1: the file could not be read.

Examples:
  civicase xml page housing_support.xml --out housing_support.html
  civicase xml page permanence_elu.xml --lang fr --start 2026-03-01 --country FR > page.html`,
    )
    .action(async (file: string, options: DrawingOptions) => {
      const drawn = await readDrawnCaseType(context.io, file, options);
      const html = renderCaseTypePage(toPage(drawn));
      const { title, language } = drawn;
      if (options.out !== undefined) writeOutput(context.io, options.out, html);
      context.report({
        exitCode: 0,
        json: { title, language, html },
        text: options.out === undefined ? html.trimEnd() : `Written to ${options.out}.`,
      });
    });
}
