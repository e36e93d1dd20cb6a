import { changeKey, formerKey, type Change, type MigrationPlan } from './plan.ts';
import { entityWords, reasonsText } from './reasons.ts';
import type { NameChanges } from './mapping/name-changes.ts';
import { nameChangesIn } from './renames.ts';
import { caseTypeChanges, fieldChanges, impactText, nothingText, shownKey } from './render-plan.ts';

/** A plan as Markdown, for the description of a pull request. */
export function renderPlanMarkdown(plan: MigrationPlan): string {
  const from = plan.source === null ? 'a file' : code(plan.source);
  const parts = [
    `## ${plan.caseTypes.length === 1 ? 'Case type' : 'Case types'} ${plan.caseTypes.map(code).join(', ')} from ${from} to ${code(plan.target)}`,
    plan.changes.length === 0
      ? nothingText(plan)
      : [
          '| | severity | what | change | needed by |',
          '|---|---|---|---|---|',
          ...plan.changes.map((change, index) => row(change, index, nameChangesIn(plan.changes))),
        ].join('\n'),
    list('Problems to put right before this can be applied', plan.problems.map(problemText)),
    list(`What goes, and whom that touches on ${code(plan.target)}`, plan.impact.map(impactText)),
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

function row(change: Change, index: number, names: NameChanges): string {
  const what = entityWords(formerKey(change) ?? changeKey(change));
  const why = reasonsText(change.reasons);
  const cells = [String(index + 1), change.severity, what, whatOf(change, names), why];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function whatOf(change: Change, names: NameChanges): string {
  switch (change.kind) {
    case 'create':
    case 'create-case-type':
      return 'new';
    case 'update':
      return fieldChanges(change, '→').join('\n');
    case 'rename':
      return [`new name: ${change.to}`, ...fieldChanges(change, '→')].join('\n');
    case 'update-case-type': {
      const name = formerKey(change) === null ? [] : [`new name: ${change.caseType.name}`];
      return [...name, ...caseTypeChanges(change.before, change.caseType, names)].join('\n');
    }
    case 'remove':
    case 'remove-case-type':
      return 'removed';
    default:
      return change satisfies never;
  }
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [`### ${title}`, '', ...lines.map((line) => `- ${plain(line)}`)].join('\n');

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
/** Texts of a site are not to be read as Markdown or HTML. `*` marks names in sentences, which may stand out. */
const plain = (text: string): string =>
  text.replace(/[\\`[\]<>_#]/g, (letter) => `\\${letter}`).replace(/\r?\n/g, ' ');
const cell = (text: string): string =>
  text
    .split('\n')
    .map((line) => plain(line).replaceAll('|', '\\|'))
    .join('<br>');
