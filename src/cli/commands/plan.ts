import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { openMapping, planBetween } from '../../app/index.ts';
import { AppError } from '../../base/errors.ts';
import { nameHint } from '../../base/nearest-name.ts';
import { renderPlan, renderPlanMarkdown, type MigrationPlan } from '../../migrate/index.ts';
import type { CommandContext } from '../context.ts';
import { renderPlanPage } from '../plan-page.ts';
import { readSourceSide, readTargetSide } from '../plan-sides.ts';
import { writeOutput } from '../write-output.ts';

interface PlanOptions {
  readonly caseType?: readonly string[];
  readonly mapping?: string;
  readonly take?: readonly string[];
  readonly keep?: readonly string[];
  readonly rename?: readonly string[];
  readonly new?: readonly string[];
  readonly prune?: boolean;
  readonly out?: string;
  readonly markdown?: boolean;
  readonly html?: string;
}

export function planCommand(context: CommandContext): Command {
  return new Command('plan')
    .description('show what bringing case types to a site would change there; nothing is changed')
    .argument(
      '<source>',
      'a site of civicase.yaml, a folder of "civicase pull", an extension, or a case type in an XML file',
    )
    .argument('<target>', 'a site of civicase.yaml; or a folder or file, to compare with')
    .option('--case-type <name...>', 'names of the case types (default: all that the source has)')
    .option(
      '--mapping <file>',
      'what the target calls otherwise (default: mappings/SOURCE-TARGET.yaml, if it is there)',
    )
    .option('--take <key...>', 'where both sides changed something: the source counts, as in "group:desk"')
    .option('--keep <key...>', 'leave these as the target has them')
    .option(
      '--rename <kind:old=new...>',
      'the target has it under a former name, as in "activity_type:Phone Back=Call Back"',
    )
    .option('--new <key...>', 'no former name: it is new to the target')
    .option('--prune', 'take away what the target’s case types leaned on and nothing needs any more')
    .option('--out <file>', 'write the plan there as JSON, for "civicase apply"')
    .option('--markdown', 'print it as Markdown, for a pull request')
    .option('--html <file>', 'write a page with the case type as it is and as it will be, to read or print')
    .addHelpText(
      'after',
      `
What the target has under the same name is brought to what the source has, but for what CiviCRM or an extension looks
after there, and for what records lean on, such as whether a status closes cases. What the last apply left is known:
what only the target has changed since stays, and what both changed is a conflict to decide with --take or --keep.

What would be created, while the target has something like it that the source lacks, is a question: the same under a
former name (--rename), or new (--new)? A rename keeps all records, and follows into the definitions of every case type of
the target. With --prune goes what only those case types needed and the source lacks; case types go only when they came
from here and the source has them no more. What CiviCRM or an extension looks after, what anything else names and what
records use stays.

Each change is low (it adds or rewords), medium (cases or choices become otherwise) or high (it takes something from open
cases or people, or deletes). Exit code 0: the target has it all already; 2: there are changes to make, or
problems to put right first.

Examples:
  civicase plan riverside hilltop
  civicase plan riverside hilltop --case-type housing_support --out plan.json
  civicase plan riverside hilltop --rename "case_status:Paused=On hold" --prune
  civicase plan snapshots/riverside hilltop --case-type housing_support
  civicase plan housing_support.xml hilltop
  civicase plan hilltop snapshots/hilltop
  civicase plan snapshots/riverside hilltop --case-type housing_support --markdown > plan.md`,
    )
    .action(async (source: string, target: string, options: PlanOptions) => {
      const { plan, isSite } = await context.withApp(async (app) => {
        if (source === target)
          throw new AppError(
            'invalid-input',
            `The source and the target are both "${target}". Name two sites, or a file and a site.`,
          );
        const side = await readSourceSide(app, context.io, source, options.caseType);
        const held = await readTargetSide(app, context.io, target, side);
        const { mapping: file } = options;
        const mapping =
          file === undefined
            ? undefined
            : openMapping(resolve(context.io.workingDirectory, file), file, source, target);
        const plan = await planBetween(app, {
          source: side.from,
          from: source,
          to: target,
          caseTypes: side.caseTypes,
          ...(held === null ? {} : { held }),
          ...(mapping === undefined ? {} : { mapping }),
          choices: {
            take: options.take ?? [],
            keep: options.keep ?? [],
            rename: options.rename ?? [],
            fresh: options.new ?? [],
            prune: options.prune === true,
          },
        });
        const keys = [...(options.take ?? []), ...(options.keep ?? []), ...(options.new ?? [])];
        return { plan: withKnownKeys(plan, keys), isSite: held === null };
      });
      if (options.out !== undefined) writePlan(resolve(context.io.workingDirectory, options.out), plan);
      if (options.html !== undefined) writeOutput(context.io, options.html, renderPlanPage(plan));
      const isEmpty = plan.changes.length === 0 && plan.problems.length === 0;
      context.report({
        exitCode: isEmpty ? 0 : 2,
        json: plan,
        text: [
          (options.markdown === true ? renderPlanMarkdown(plan) : renderPlan(plan)).trimEnd(),
          ...(options.out === undefined || options.markdown === true || isEmpty
            ? []
            : ['', writtenText(options.out, plan, isSite)]),
        ].join('\n'),
      });
    });
}

function writtenText(file: string, plan: MigrationPlan, isSite: boolean): string {
  if (!isSite) return `Written to ${file}, to look at: what files hold is not changed.`;
  return plan.problems.length === 0
    ? `Written to ${file}. Carry it out with: civicase apply ${file}`
    : `Written to ${file}, to look at: apply refuses it. Put the problems right and plan again.`;
}

/** @throws AppError `invalid-input` for a key that the plan does not look at. */
function withKnownKeys(plan: MigrationPlan, keys: readonly string[]): MigrationPlan {
  const known = Object.keys(plan.basis);
  const strange = keys.find((key) => !known.includes(key));
  if (strange === undefined) return plan;
  throw new AppError(
    'invalid-input',
    `The plan looks at nothing with the key "${strange}". ${nameHint(strange, known)}`,
  );
}

function writePlan(file: string, plan: MigrationPlan): void {
  try {
    writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      'invalid-input',
      `The plan could not be written to ${file} (${code ?? 'unknown reason'}). Give a path that you may write with --out.`,
      { cause },
    );
  }
}
