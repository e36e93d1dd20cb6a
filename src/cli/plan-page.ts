import { diffCaseTypes, openingImpact, sideBySide, toReadForm } from '../case-type/index.ts';
import {
  changesTitle,
  changeText,
  impactText,
  inCoreWords,
  nothingText,
  planTitle,
  shownKey,
  withoutAssignees,
  type MigrationPlan,
} from '../migrate/index.ts';
import { renderDiffPage, type ComparedCaseType } from '../render/index.ts';

/** A plan as a page to read or print: what it does to the target, and the case type as it is there and will be. */
export function renderPlanPage(plan: MigrationPlan): string {
  const sections = [
    {
      title: `${changesTitle(plan)}, in this order`,
      lines: plan.changes.map((change, index) => `${String(index + 1)}. ${changeText(change)}`),
    },
    {
      title: 'Problems to put right before this can be applied',
      lines: plan.problems.map(({ key, message, remedy }) => `${shownKey(key)}: ${message} ${remedy}`),
    },
    { title: `What goes, and whom that touches on "${plan.target}"`, lines: plan.impact.map(impactText) },
    { title: 'To know', lines: plan.notes.map(({ key, message }) => `${shownKey(key)}: ${message}`) },
  ];
  return renderDiffPage({
    title: planTitle(plan),
    language: 'en',
    compared: compared(plan),
    remarks: plan.changes.length === 0 ? [nothingText(plan)] : [],
    sections: sections.filter(({ lines }) => lines.length > 0),
  });
}

function compared({ changes, source, target }: MigrationPlan): readonly ComparedCaseType[] {
  return changes.flatMap((change): readonly ComparedCaseType[] => {
    if (change.kind !== 'update-case-type' && change.kind !== 'create-case-type') return [];
    const held = change.kind === 'update-case-type' ? change.before.definition : {};
    const [before, after] = [
      toReadForm(inCoreWords(held)),
      toReadForm(inCoreWords(change.caseType.definition)),
    ];
    const found = diffCaseTypes(before, after);
    return [
      {
        title: change.caseType.title,
        before: `${target}, as it is`,
        after: `${target}, with what ${source ?? 'the file'} holds`,
        language: 'en',
        changes: found,
        impact: openingImpact(withoutAssignees(before), withoutAssignees(after), found),
        sets: sideBySide(before, after, found),
      },
    ];
  });
}
