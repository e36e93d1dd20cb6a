import type { Rehearsal } from '../app/index.ts';
import { isAsSimulated, renderOpenings } from './render-openings.ts';

export const isRehearsedWell = ({ failure, openings }: Rehearsal): boolean =>
  failure === null && openings.every(isAsSimulated);

/** What applying the plan would do, for people. */
export function renderRehearsal(rehearsal: Rehearsal): string {
  const { target, edition, applied, alreadyThere, failure, unlike, openings } = rehearsal;
  return [
    `Rehearsed on an embedded site made like ${target} (as CiviCRM ${edition}); ${target} itself was only read.`,
    ...(failure === null
      ? applied.length === 0
        ? [`Nothing would be done: ${target} already holds all of the plan.`]
        : ['Would be made and read back:', ...applied.map((key) => `  ✓ ${key}`)]
      : [`It would stop: ${failure}`]),
    ...alreadyThere.map((key) => `  · ${key} is there already`),
    ...(unlike.length === 0
      ? []
      : ['Not as on the target, so that nothing is proved of it:', ...unlike.map((line) => `  ? ${line}`)]),
    ...renderOpenings(openings, 'the embedded site'),
  ].join('\n');
}
