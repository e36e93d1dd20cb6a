import { Command, Option } from 'commander';
import { examineSite } from '../../app/index.ts';
import { JOBS, renderCheckList, type Job } from '../../doctor/index.ts';
import type { CommandContext } from '../context.ts';

interface DoctorOptions {
  readonly for?: readonly Job[];
}

export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('ask each site whether it can be used, and say how to cure what is wrong')
    .argument('[site]', 'one site of civicase.yaml (default: all)')
    .addOption(new Option('--for <job...>', 'look for the permissions of these jobs too').choices(JOBS))
    .addHelpText(
      'after',
      `
Goes through a list of the mistakes that people make: address, redirects, logins and maintenance pages in the way,
paths, authx, the API key and whose it is, version, errors, clock and time zone, CiviCase, case types that do not
parse, limits of the web server, speed, and the permissions that the configured jobs need (mirrors, rules; without
any: moving case types). Only reads. The key goes to the configured address alone.

  ✓ fine    ! works, but not fully    ✗ the site cannot be used    · the site does not show it to this key

Exit code 0: all is well; 2: something is to be cured; 1: a site cannot be used, so not all could be examined.

Examples:
  civicase doctor
  civicase doctor riverside --json
  civicase doctor riverside --for migrate`,
    )
    .action(async (site: string | undefined, options: DoctorOptions) => {
      const examinations = await context.withApp(async (app) => {
        if (site !== undefined) app.siteSettings(site);
        const names = site === undefined ? Object.keys(app.config.sites) : [site];
        return Promise.all(names.map((name) => examineSite(app, name, options.for ?? [])));
      });
      const isUsable = examinations.every(({ usable }) => usable);
      const isClean = examinations.every(({ findings }) => findings.length === 0);
      context.report({
        exitCode: !isUsable ? 1 : isClean ? 0 : 2,
        json: { sites: examinations },
        text:
          examinations.length === 0
            ? 'No site is configured. Add one under "sites" in civicase.yaml.'
            : examinations.map(renderCheckList).join('\n\n'),
      });
    });
}
