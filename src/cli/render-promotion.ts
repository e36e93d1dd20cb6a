import type { HopOutcome, HopPlan } from '../app/index.ts';
import { entityWords, promotionMatrix, type PromotionCell, type PromotionRow } from '../migrate/index.ts';

const SIGNS: Readonly<Record<PromotionCell, string>> = { new: '+', changed: '~', same: '=', problem: '!' };

/** Sites against what is promoted: a line for each site, then a row for each thing that is not the same everywhere. */
export function renderPromotionPlan(name: string, hops: readonly HopPlan[]): string {
  const rows = promotionMatrix(hops.map(({ plan }) => plan));
  const moving = rows.filter(({ cells }) => cells.some((cell) => cell !== 'same'));
  const width = Math.max(0, ...moving.map(({ key }) => entityWords(key).length));
  const digits = String(hops.length).length;
  const column = (text: string): string => text.padStart(digits);
  const number = (index: number): string => column(String(index + 1));
  const problems = hops.flatMap(({ to, plan }) =>
    (plan?.problems ?? []).map((problem) => {
      const what = problem.key.startsWith('contact:') ? 'a contact to assign' : entityWords(problem.key);
      return `  ! ${to}: ${what}: ${problem.message}\n    ${problem.remedy}`;
    }),
  );
  return [
    `Promotion "${name}":`,
    ...hops.map((hop, index) => `  ${number(index)}  ${hop.from} → ${hop.to}: ${hopWords(hop, rows, index)}`),
    ...(moving.length === 0
      ? []
      : [
          '',
          `${' '.repeat(width + 2)}  ${hops.map((_, index) => number(index)).join(' ')}`,
          ...moving.map(
            ({ key, cells }) =>
              `  ${entityWords(key).padEnd(width)}  ${cells.map((cell) => column(cell === null ? '?' : SIGNS[cell])).join(' ')}`,
          ),
          '  + new   ~ changed   = the same   ! problem   ? not read',
        ]),
    ...(rows.length > moving.length
      ? [`  The same everywhere: ${String(rows.length - moving.length)}.`]
      : []),
    ...(problems.length === 0 ? [] : ['', 'To put right first:', ...problems]),
  ].join('\n');
}

function hopWords({ failure }: HopPlan, rows: readonly PromotionRow[], index: number): string {
  if (failure !== null) return `could not be read. ${failure}`;
  const count = (kind: PromotionCell): number => rows.filter(({ cells }) => cells[index] === kind).length;
  const parts = [
    [count('new'), 'new'],
    [count('changed'), 'changed'],
    [count('same'), 'the same'],
    [count('problem'), count('problem') === 1 ? 'problem' : 'problems'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${String(number)} ${word}`)
    .join(', ');
}

/** What became of one site, as a line. */
export function renderHop(outcome: HopOutcome): string {
  switch (outcome.kind) {
    case 'applied':
      return `  ✓ ${outcome.to}: changes made and read back: ${String(outcome.changes)} (${runWords(outcome.runs)})`;
    case 'same':
      return `  · ${outcome.to}: held all of it already`;
    case 'failed':
      return `  ✗ ${outcome.to}: ${outcome.message}${outcome.runs.length === 0 ? '' : ` Done before: ${runWords(outcome.runs)}.`}`;
    case 'not-started':
      return `  – ${outcome.to}: not started`;
    default:
      return outcome satisfies never;
  }
}

const runWords = (runs: readonly string[]): string =>
  `${runs.length === 1 ? 'run' : 'runs'} ${runs.join(', ')}`;
