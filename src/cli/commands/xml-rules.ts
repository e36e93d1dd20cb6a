import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import { nameHint } from '../../base/nearest-name.ts';
import { LINT_RULES, renderRule, renderRulesMarkdown, renderRulesTable, ruleOf } from '../../xml/index.ts';
import type { CommandContext } from '../context.ts';

const FORMATS = ['pretty', 'json', 'markdown'] as const;

export function xmlRulesCommand(context: CommandContext): Command {
  return new Command('rules')
    .description('print the rules of "civicase xml lint": what, why, where in CiviCRM, how to mend it')
    .argument('[code]', 'one rule in full')
    .addOption(new Option('--format <format>', 'how they are printed (default: pretty)').choices(FORMATS))
    .addHelpText(
      'after',
      `
Examples:
  civicase xml rules
  civicase xml rules flag-not-true
  civicase xml rules --format markdown > docs/lint-rules.md`,
    )
    .action(
      (code: string | undefined, { format = 'pretty' }: { readonly format?: (typeof FORMATS)[number] }) => {
        const rule = code === undefined ? undefined : ruleOf(code);
        if (code !== undefined && rule === undefined) {
          const codes = LINT_RULES.map((one) => one.code);
          throw new AppError('not-found', `There is no rule "${code}". ${nameHint(code, codes)}`);
        }
        const rules = (rule === undefined ? LINT_RULES : [rule]).map(
          ({ code: own, severity, level, what, why, source, fix, autofix }) =>
            ({ code: own, severity, level, what, why, source, fix, autofix }) as const,
        );
        const text = () => {
          switch (format) {
            case 'pretty':
              return rule === undefined ? renderRulesTable(rules) : renderRule(rule);
            case 'json':
              return JSON.stringify({ rules }, null, 2);
            case 'markdown':
              return renderRulesMarkdown(rules).trimEnd();
            default:
              return format satisfies never;
          }
        };
        context.report({ exitCode: 0, json: { rules }, text: text() });
      },
    );
}
