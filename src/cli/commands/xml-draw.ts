import { Command } from 'commander';
import { renderGraphSvg, renderTimelineSvg } from '../../render/index.ts';
import type { CommandContext } from '../context.ts';
import { daysOffOptions, HOLIDAYS_HELP } from '../days-off-options.ts';
import { languageOption, readDrawnCaseType, type DrawingOptions } from '../drawn-case-type.ts';
import { writeOutput } from '../write-output.ts';

interface DrawOptions extends DrawingOptions {
  readonly graph?: boolean;
}

export function xmlDrawCommand(context: CommandContext): Command {
  const [country, region, holidays] = daysOffOptions();
  return new Command('draw')
    .description('draw the timeline of a case type to scale, or what it consists of, as SVG')
    .argument('<file>', 'XML, or a case type in JSON or YAML; - reads stdin')
    .option('--graph', 'its parts and what refers to what, instead of the timeline')
    .option('--start <date>', 'show the dates of a case that starts then, YYYY-MM-DD, and mark weekends')
    .addOption(country)
    .addOption(region)
    .addOption(holidays)
    .option('--title <text>', "title of the picture (default: its README's heading, or its name)")
    .addOption(languageOption())
    .option('--out <file>', 'write the picture there instead of to stdout')
    .addHelpText(
      'after',
      `
Who gets a step shows by colour, shape and letter. The title comes from README.md if the file lies in a folder of
its own name. The same input gives the same bytes. With --json: { "title", "language", "svg" }.

Days off are marked with --start. ${HOLIDAYS_HELP}

Exit code 0: drawn; 1: the file could not be read.

Examples:
  civicase xml draw housing_support.xml --out housing_support.svg
  civicase xml draw housing_support.xml --start 2026-03-01 --country US > march.svg
  civicase xml draw housing_support.xml --graph --lang fr --out graphe.svg`,
    )
    .action(async (file: string, options: DrawOptions) => {
      const drawn = await readDrawnCaseType(context.io, file, options);
      const svg = options.graph === true ? await renderGraphSvg(drawn) : renderTimelineSvg(drawn);
      const { title, language } = drawn;
      if (options.out !== undefined) writeOutput(context.io, options.out, svg);
      context.report({
        exitCode: 0,
        json: { title, language, svg },
        text: options.out === undefined ? svg.trimEnd() : `Written to ${options.out}.`,
      });
    });
}
