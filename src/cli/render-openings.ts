import type { OpeningOutcome } from '../process-test/index.ts';

const SIGNS = { same: ' ', expected: '-', actual: '+' } as const;

export const isAsSimulated = ({ failure, differences, leftBehind }: OpeningOutcome): boolean =>
  failure === null && differences.length === 0 && leftBehind.length === 0;

/** Disposable cases, one line each; where site and simulation differ, both timelines. */
export function renderOpenings(outcomes: readonly OpeningOutcome[], where: string): readonly string[] {
  if (outcomes.length === 0) return [];
  return [
    `A case of each type, opened on ${where} and compared with the simulation:`,
    ...outcomes.flatMap(lines),
  ];
}

function lines({
  caseType,
  activities,
  failure,
  differences,
  leftBehind,
}: OpeningOutcome): readonly string[] {
  const verdict =
    failure !== null
      ? [`  ! ${caseType}: no case could be opened. ${failure}`]
      : differences.length === 0
        ? [`  ✓ ${caseType}: ${String(activities)} activities, as simulated`]
        : [
            `  ! ${caseType}: not as simulated (- simulation, + site)`,
            ...differences.map(({ sign, text }) => `      ${SIGNS[sign]} ${text}`),
          ];
  return [
    ...verdict,
    ...(leftBehind.length === 0
      ? ['    Everything that was made for it is removed.']
      : [`    Could not be removed; do it there by hand: ${leftBehind.join('; ')}.`]),
  ];
}
