import type { Rehearsal } from '../app/index.ts';
import type { WorkLeft } from '../migrate/index.ts';
import { isAsSimulated, renderOpenings } from './render-openings.ts';

export const isRehearsedWell = ({ failure, work, openings }: Rehearsal): boolean =>
  failure === null &&
  !work.some(({ kind }) => kind === 'activities-deleted') &&
  openings.every(isAsSimulated);

/** What applying the plan would do, for people. */
export function renderRehearsal(rehearsal: Rehearsal): string {
  const { target, edition, applied, alreadyThere, failure, unlike, work, openings } = rehearsal;
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
    ...(work.length === 0 ? [] : ["Of people's work there:", ...work.map((left) => `  ! ${workText(left)}`)]),
    ...renderOpenings(openings, 'the embedded site'),
  ].join('\n');
}

function workText(left: WorkLeft): string {
  switch (left.kind) {
    case 'activities-deleted':
      return `${counted(left.activities, 'activity', 'activities')} of the type "${left.activityType}" would be deleted for good, with the type.`;
    case 'status-left':
      return `${counted(left.cases, 'case', 'cases')} of ${left.caseType} would stay in the status "${left.status}", which it allows no more.`;
    case 'activities-left':
      return `${counted(left.activities, 'activity', 'activities')} of the type "${left.activityType}" would stay on cases of ${left.caseType}, which names that type no more.`;
    case 'role-left':
      return `${counted(left.roles, 'holder', 'holders')} of the role "${left.nameAB}" would stay on cases of ${left.caseType}, which has that role no more.`;
  }
}

const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${String(count)} ${many}`;
