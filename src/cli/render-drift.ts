import { driftLines, driftTitle, editText, type Drift, type TracedDrift } from '../migrate/index.ts';

/** Drift as lines for people. */
export const renderDrift = (drift: readonly (Drift | TracedDrift)[]): readonly string[] =>
  drift.flatMap((one) => [
    `  ! ${driftTitle(one)}${'lastEdit' in one ? ` (${editText(one.lastEdit)})` : ''}`,
    ...driftLines(one).map((line) => `      ${line}`),
  ]);
