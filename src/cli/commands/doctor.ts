import { Command } from 'commander';
import { examineSite, type SiteExamination } from '../../app/index.ts';
import type { CommandContext } from '../context.ts';

export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('ask each site whether it can be used, and say how to cure what is wrong')
    .argument('[site]', 'one site of civicase.yaml (default: all)')
    .addHelpText(
      'after',
      `
Asks without changing anything: address, kind of path, API key and whose it is, CiviCase, permissions,
clock and time zone. Exit code 0: all is well; 2: something is to be cured; 1: a site cannot be used at all.

Examples:
  civicase doctor
  civicase doctor riverside --json`,
    )
    .action(async (site: string | undefined) => {
      const examinations = await context.withApp(async (app) => {
        if (site !== undefined) app.siteSettings(site);
        const names = site === undefined ? Object.keys(app.config.sites) : [site];
        return Promise.all(names.map((name) => examineSite(app, name)));
      });
      const unusable = examinations.filter(({ usable }) => !usable);
      const isClean = examinations.every(({ findings }) => findings.length === 0);
      context.report({
        exitCode: unusable.length > 0 ? 1 : isClean ? 0 : 2,
        json: { sites: examinations },
        text:
          examinations.length === 0
            ? 'No site is configured. Add one under "sites" in civicase.yaml.'
            : examinations.map(renderExamination).join('\n\n'),
      });
    });
}

function renderExamination({ site, url, usable, findings, facts }: SiteExamination): string {
  const verdict = !usable ? 'cannot be used' : findings.length === 0 ? 'is ready' : 'works, but not fully';
  return [
    `${site} (${url}) ${verdict}`,
    ...facts.map(({ name, value }) => `  ${`${name}:`.padEnd(14)} ${value}`),
    ...findings.map((finding) => `  ! ${finding}`),
  ].join('\n');
}
