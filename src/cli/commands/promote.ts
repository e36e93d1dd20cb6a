import { Command } from 'commander';
import { applyPromotion, planPromotion, type App, type HopOutcome, type HopPlan } from '../../app/index.ts';
import { promotionMatrix } from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { renderHop, renderPromotionPlan } from '../render-promotion.ts';

interface PromoteOptions {
  readonly plan?: boolean;
  readonly to?: string;
  readonly yes?: boolean;
}

export function promoteCommand(context: CommandContext): Command {
  return new Command('promote')
    .description('bring case types along a way of civicase.yaml: from site to site, or from one to many')
    .argument('<name>', 'a promotion of civicase.yaml')
    .option('--plan', 'only show what would change, as a matrix of sites; nothing is changed')
    .option('--to <site>', 'only to this site: in a chain from the site before it')
    .option('--yes', 'do not ask; without a terminal nothing is asked anyway')
    .addHelpText(
      'after',
      `
In civicase.yaml:

  promotions:
    housing:  { chain: [dev, test, live], caseTypes: [housing_support] }
    chapters: { from: model, to: [north, south, west], caseTypes: [intake, appeal] }

The first site is read once, and all others take over what it holds, one after the other in the order in which they
are named. The first site that fails stops it: those after it are left as they are. The same command then goes on:
it finishes what was interrupted and passes over sites that hold all of it. With --to, one site takes over what the
site before it in the chain holds: dev → test today, test → live when test has been looked at. A mapping of the two
sites in mappings/SOURCE-TARGET.yaml counts, as for "civicase plan". Where a target was edited at the same place as the
source there is a problem: decide it with "civicase plan", then promote again.

Exit code 0: done, or with --plan nothing to do; 2: with --plan there are changes or problems; 1: a site failed.

Examples:
  civicase promote housing --plan
  civicase promote housing --to test
  civicase promote chapters --yes`,
    )
    .action(async (name: string, options: PromoteOptions) => {
      const only = options.to ?? null;
      if (options.plan === true) {
        const hops = await context.withApp((app) => planPromotion(app, name, only));
        context.report({
          exitCode: exitCodeOf(hops),
          json: { promotion: name, hops, matrix: promotionMatrix(hops.map(({ plan }) => plan)) },
          text: renderPromotionPlan(name, hops),
        });
        return;
      }
      const outcomes = await context.withApp((app) => promote(context, app, name, options));
      if (outcomes === null) {
        context.report({
          exitCode: 0,
          json: { promotion: name, declined: true },
          text: 'Nothing was changed.',
        });
        return;
      }
      context.report({
        exitCode: outcomes.every(({ kind }) => kind === 'applied' || kind === 'same') ? 0 : 1,
        json: { promotion: name, sites: outcomes },
        text: [`Promotion "${name}":`, ...outcomes.map(renderHop)].join('\n'),
      });
    });
}

async function promote(
  context: CommandContext,
  app: App,
  name: string,
  { to, yes }: PromoteOptions,
): Promise<readonly HopOutcome[] | null> {
  const only = to ?? null;
  const { ask } = context.io;
  if (yes !== true && ask !== null) {
    context.note(renderPromotionPlan(name, await planPromotion(app, name, only)));
    if (!/^\s*y(es)?\s*$/i.test(await ask('Carry this out? [y/N] '))) return null;
  }
  return applyPromotion(app, name, only, (outcome) => context.note(renderHop(outcome).trim()));
}

function exitCodeOf(hops: readonly HopPlan[]): 0 | 1 | 2 {
  if (hops.some(({ failure }) => failure !== null)) return 1;
  const isSame = hops.every(
    ({ plan }) => plan === null || (plan.changes.length === 0 && plan.problems.length === 0),
  );
  return isSame ? 0 : 2;
}
