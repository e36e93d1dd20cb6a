import type { JsonValue } from '../base/json.ts';
import { changeKey, type Change, type MigrationPlan } from './plan.ts';
import { entityWords, reasonText } from './reasons.ts';
import { caseTypeChanges, impactText, shownKey } from './render-plan.ts';

/** A plan as Markdown, for the description of a pull request. */
export function renderPlanMarkdown(plan: MigrationPlan): string {
  const from = plan.source === null ? 'a file' : code(plan.source);
  const parts = [
    `## Case type ${code(plan.caseType)} from ${from} to ${code(plan.target)}`,
    plan.changes.length === 0
      ? 'Nothing to change: the target holds all of it already.'
      : [
          '| | what | change | needed by |',
          '|---|---|---|---|',
          ...plan.changes.map((change, index) => row(change, index)),
        ].join('\n'),
    list('Problems to put right before this can be applied', plan.problems.map(problemText)),
    list(`What goes touches on ${code(plan.target)}`, plan.impact.map(impactText)),
    list(
      'To know',
      plan.notes.map(({ key, message }) => `${shownKey(key)}: ${message}`),
    ),
    `Fingerprint of the target: ${code(plan.fingerprint.target.slice(0, 12))}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const problemText = ({ key, message, remedy }: MigrationPlan['problems'][number]): string =>
  `${shownKey(key)}: ${message} ${remedy}`;

function row(change: Change, index: number): string {
  const why = change.reasons.map((reason) => reasonText(reason)).join('; ');
  const cells = [String(index + 1), entityWords(changeKey(change)), ...whatOf(change), why];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function whatOf(change: Change): readonly [string] {
  switch (change.kind) {
    case 'create':
    case 'create-case-type':
      return ['new'];
    case 'update':
      return [
        change.fields
          .map((name) => `${name}: ${shown(change.before[name])} → ${shown(change.after[name])}`)
          .join('\n'),
      ];
    case 'update-case-type':
      return [caseTypeChanges(change.before, change.caseType).join('\n')];
    default:
      return change satisfies never;
  }
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`### ${title}`, '', ...lines.map((line) => `- ${plain(line)}`)].join('\n');

const shown = (value: JsonValue | undefined): string => JSON.stringify(value ?? null);
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
/** Texts of a site are not to be read as Markdown or HTML. `*` marks names in sentences, which may stand out. */
const plain = (text: string): string =>
  text.replace(/[\\`[\]<>_#]/g, (letter) => `\\${letter}`).replace(/\r?\n/g, ' ');
const cell = (text: string): string =>
  text
    .split('\n')
    .map((line) => plain(line).replaceAll('|', '\\|'))
    .join('<br>');
