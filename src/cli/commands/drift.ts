import { resolve } from 'node:path';
import { Command } from 'commander';
import {
  appliedSites,
  driftSinceApply,
  driftSincePull,
  forEachSite,
  readSnapshotDirectory,
  snapshotFolderIn,
  type App,
  type PerSite,
  type SiteDrift,
} from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import type { CommandContext } from '../context.ts';
import { renderDrift } from '../render-drift.ts';

export function driftCommand(context: CommandContext): Command {
  return new Command('drift')
    .description('look what was edited on sites since case types were brought there')
    .argument(
      '[what]',
      'a site of civicase.yaml, or a folder of "civicase pull" that a site is compared with',
    )
    .argument('[site]', 'with a folder: the site')
    .addHelpText(
      'after',
      `
Compares a site with what "civicase apply" last left there, as it stands in the journal; without a site, every site to
which something was applied. With a folder, the site is compared with what was pulled into it: edits of the folder's
own files do not count.

Who edited what, and when, is told where the site tells: CiviCRM keeps it for scheduled reminders, groups and what it
or an extension made itself; of new tags, groups and custom groups it tells who made them.

While "civicase up" runs, the same is looked at regularly, and new edits are told by mail:

  drift: { minutes: 60, mailTo: [desk@example.org] }

Exit code 0: nothing was edited; 2: something was, each is named; 1: a site could not be read.

Examples:
  civicase drift
  civicase drift hilltop
  civicase drift snapshots/hilltop hilltop`,
    )
    .action(async (what: string | undefined, site: string | undefined) => {
      const folder = site === undefined ? null : resolve(context.io.workingDirectory, what ?? '');
      const { values, failures } = await context.withApp((app) =>
        folder === null || site === undefined
          ? driftOfSites(app, what)
          : forEachSite([site], () => driftOfFolder(app, folder, what ?? '', site)),
      );
      const hasDrift = values.some(({ drift }) => drift.length > 0);
      context.report({
        exitCode: failures.length > 0 ? 1 : hasDrift ? 2 : 0,
        json: {
          sites: values,
          failures: failures.map((one) => ({ site: one.site, error: one.error.message })),
        },
        text: [
          ...values.flatMap(renderSite),
          ...failures.map((one) => `${one.site}: could not be read. ${one.error.message}`),
        ].join('\n'),
      });
    });
}

async function driftOfSites(app: App, site: string | undefined): Promise<PerSite<SiteDrift>> {
  if (site !== undefined) app.siteSettings(site);
  const sites = site === undefined ? await appliedSites(app) : [site];
  const found = await forEachSite(sites, (name) => driftSinceApply(app, name));
  if (sites.length > 0 && (found.failures.length > 0 || found.values.some(({ looked }) => looked > 0)))
    return found;
  throw new AppError(
    'not-found',
    `Nothing was applied to ${site === undefined ? 'any site' : `"${site}"`} from here, so there is nothing to compare with. ` +
      `Compare with a folder: civicase drift FOLDER ${site ?? 'SITE'}. Or look with the --data of the apply.`,
  );
}

async function driftOfFolder(app: App, folder: string, shown: string, site: string): Promise<SiteDrift> {
  app.siteSettings(site);
  if (snapshotFolderIn(folder) === null)
    throw new AppError(
      'not-found',
      `${shown} is no folder of "civicase pull". Give one, or a site alone: civicase drift ${site}.`,
    );
  return driftSincePull(app, readSnapshotDirectory(folder, shown), site);
}

const renderSite = ({ site, looked, drift }: SiteDrift): readonly string[] =>
  drift.length === 0
    ? [`${site}: nothing was edited (looked at: ${String(looked)}).`]
    : [
        `${site}: not as it was brought there (looked at: ${String(looked)}, edited: ${String(drift.length)}):`,
        ...renderDrift(drift),
      ];
