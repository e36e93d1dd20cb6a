import type { LintLevel, LintRule } from '../../case-type/lint/index.ts';

const LEVEL_WORDS: Readonly<Record<LintLevel, string>> = {
  file: 'The file alone',
  site: 'The file beside the names of a site (`--snapshot DIR` or `--site NAME`)',
  directory: 'Files beside each other',
};
const LEVELS = ['file', 'site', 'directory'] as const;

/** One rule in full, for a terminal. */
export function renderRule(rule: LintRule): string {
  return [
    `${rule.code} (${rule.severity}, ${rule.level}${rule.autofix ? ', --fix mends it' : ''})`,
    `  ${rule.what}`,
    `  Why: ${rule.why}`,
    `  Fix: ${rule.fix}`,
    `  In CiviCRM: ${rule.source}`,
  ].join('\n');
}

/** The table of rules for a terminal, a line each. */
export function renderRulesTable(rules: readonly LintRule[]): string {
  const widest = Math.max(...rules.map(({ code }) => code.length));
  return LEVELS.flatMap((level) => {
    const own = rules.filter((rule) => rule.level === level);
    if (own.length === 0) return [];
    const lines = own.map(
      ({ code, severity, what, autofix }) =>
        `  ${code.padEnd(widest)}  ${severity.padEnd('warning'.length)}  ${autofix ? 'fix' : '   '}  ${what}`,
    );
    return [`${LEVEL_WORDS[level].replaceAll('`', '')}:`, ...lines];
  }).join('\n');
}

/** The table of rules as a page of documentation. */
export function renderRulesMarkdown(rules: readonly LintRule[]): string {
  const counts = `${String(rules.length)} rules`;
  const sections = LEVELS.flatMap((level) => {
    const own = rules.filter((rule) => rule.level === level);
    return own.length === 0 ? [] : [`## ${LEVEL_WORDS[level]}`, '', ...own.flatMap(renderSection)];
  });
  return [
    '# What `civicase xml lint` looks for',
    '',
    `${counts}. An error breaks cases or is lost by CiviCRM, a warning surprises, a notice is good to know. This page is`,
    'made by `civicase xml rules --format markdown`.',
    '',
    'Leave a finding out with a comment before the element it concerns, or before the root for the whole file:',
    '',
    '```xml',
    '<!-- civicase-lint-ignore step-not-listed: only the timeline makes it -->',
    '```',
    '',
    'or for all files in `civicase.yaml`:',
    '',
    '```yaml',
    'lint:',
    '  ignore: [no-manager]',
    '  severity:',
    '    assignee-by-id: error',
    '```',
    '',
    ...sections,
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
}

function renderSection(rule: LintRule): readonly string[] {
  const marks = [rule.severity, ...(rule.autofix ? ['mended by `--fix`'] : [])].join(', ');
  return [
    `### ${rule.code}`,
    '',
    `**${escapeMarkdown(rule.what)}** (${marks})`,
    '',
    `${escapeMarkdown(rule.why)} ${escapeMarkdown(rule.fix)}`,
    '',
    `In CiviCRM: ${escapeMarkdown(rule.source)}.`,
    '',
  ];
}

const escapeMarkdown = (text: string): string =>
  text.replace(/[<>*_\\[\]]/g, (character) => `\\${character}`);
