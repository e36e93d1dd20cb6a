import type { CaseTypeModel } from '../../case-type/index.ts';
import type { Language } from '../language.ts';
import { nameLabel } from '../seed-labels.ts';
import { OPEN_CASE } from '../../case-type/index.ts';
import type { TimelineLane } from '../timeline/lanes.ts';
import { stepName } from '../timeline/layout.ts';
import { pageTexts } from './page-texts.ts';
import { laneName } from './step-table.ts';

/** What a reader might expect of this case type and CiviCRM will not do, a sentence each. */
export function willNotDo(
  model: CaseTypeModel,
  lanes: readonly TimelineLane[],
  language: Language,
): readonly string[] {
  const { wont } = pageTexts(language);
  const dated = lanes.flatMap((lane) =>
    lane.steps.flatMap((step) => (step.day === null ? [] : [{ lane, step }])),
  );
  const created = dated.filter(({ step }) => step.outcome.kind === 'created');
  const open = created.filter(
    ({ step }) =>
      step.who.kind === 'nobody' && step.status !== 'Completed' && step.activityType !== OPEN_CASE,
  );
  const unassigned = [...new Set(open.map(({ step }) => stepName(step.activityType, language)))];
  const byHand = lanes.filter(({ kind }) => kind === 'added' || kind === 'unmarked').map(laneName);
  const chain = lanes.some(({ kind }) => kind === 'sequence');
  return [
    ...(dated.length === 0 ? [] : [wont.calendar, wont.later, wont.mail]),
    ...(unassigned.length === 0 ? [] : [wont.nobody(unassigned)]),
    ...(byHand.length === 0 ? [] : [wont.addSets(byHand)]),
    chain ? wont.statusBeforeEnd : wont.status,
    ...dated.flatMap(({ lane, step: { outcome, base, activityType } }) => [
      ...(outcome.kind === 'skipped'
        ? [wont.skipped(stepName(activityType, language), laneName(lane), outcome.limit)]
        : []),
      ...(base.kind === 'reference-missing'
        ? [wont.missing(stepName(activityType, language), nameLabel(base.activityType, language))]
        : []),
    ]),
    ...(dated.some(({ step }) => step.outcome.kind === 'not-reached') ? [wont.notReached] : []),
    ...lanes
      .filter(({ kind }) => kind === 'dead-sequence')
      .map((lane) => wont.secondSequence(laneName(lane))),
    ...(model.caseRoles.some(({ isManager }) => isManager) ? [] : [wont.manager]),
  ];
}
