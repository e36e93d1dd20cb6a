import {
  changeSentence,
  type CaseTypeChange,
  type ImpactActivity,
  type ImpactRow,
  type OpeningImpact,
  type Sentence,
} from '../../case-type/index.ts';
import type { Language } from '../language.ts';
import { diffTexts, type DiffTexts } from './diff-texts.ts';

export type DiffSymbol = '+' | '-' | '~';

export interface DiffLine {
  readonly symbol: DiffSymbol;
  readonly sentence: Sentence;
}

export interface DiffGroup {
  readonly title: string;
  readonly lines: readonly DiffLine[];
}

/** A comparison of two case types, to be shown as text, page or picture. */
export interface CaseTypeComparison {
  /** What the case type is called. */
  readonly title: string;
  /** What the two sides are called, such as file names. */
  readonly before: string;
  readonly after: string;
  readonly changes: readonly CaseTypeChange[];
  readonly impact: OpeningImpact;
  readonly language: Language;
}

/** Changes by what they are in: the case type, each activity set, the lists. */
export function groupChanges({ changes, language }: CaseTypeComparison): readonly DiffGroup[] {
  const texts = diffTexts(language);
  const groups = new Map<string, DiffLine[]>();
  for (const change of changes) {
    const title = groupOf(change, texts);
    const lines = groups.get(title) ?? [];
    groups.set(title, lines);
    lines.push({ symbol: symbolOf(change), sentence: changeSentence(change, language) });
  }
  return Array.from(groups, ([title, lines]) => ({ title, lines }));
}

function groupOf(change: CaseTypeChange, texts: DiffTexts): string {
  if (change.kind === 'renamed' || change.kind === 'value') return texts.general;
  const { what, set, name } = change.subject;
  switch (what) {
    case 'step':
      return set === undefined || set === '' ? texts.noName : set;
    case 'activity-set':
      return change.kind === 'changed' || change.kind === 'fields-reordered' ? name : texts.sets;
    case 'activity-type':
      return texts.menu;
    case 'case-status':
      return texts.statuses;
    case 'case-role':
      return texts.roles;
    case 'group':
      return texts.groups;
    case 'case-type':
      return texts.general;
    default:
      return what satisfies never;
  }
}

const symbolOf = ({ kind }: CaseTypeChange): DiffSymbol =>
  kind === 'added' ? '+' : kind === 'removed' ? '-' : '~';

/** What a new case gets otherwise than before, one line each. */
export function impactLines({ rows, ...impact }: OpeningImpact, language: Language): readonly DiffLine[] {
  const texts = diffTexts(language);
  const roles = (names: readonly string[]): string => names.join(', ');
  return [
    ...rows.flatMap((row) => impactLine(row, texts)),
    ...(impact.rolesGained.length === 0
      ? []
      : [{ symbol: '+', sentence: [texts.rolesGained(roles(impact.rolesGained))] } as const]),
    ...(impact.rolesLost.length === 0
      ? []
      : [{ symbol: '-', sentence: [texts.rolesLost(roles(impact.rolesLost))] } as const]),
    ...(impact.failureAfter !== null && impact.failureAfter !== impact.failureBefore
      ? [{ symbol: '~', sentence: [texts.failsNow(impact.failureAfter)] } as const]
      : []),
    ...(impact.failureAfter === null && impact.failureBefore !== null
      ? [{ symbol: '~', sentence: [texts.failsNoMore] } as const]
      : []),
  ];
}

function impactLine({ before, after, differences }: ImpactRow, texts: DiffTexts): readonly DiffLine[] {
  if (before === null) {
    if (after === null) return [];
    return [{ symbol: '+', sentence: [{ name: after.activityType }, `, ${texts.day(after.day)}`] }];
  }
  if (after === null) {
    return [
      { symbol: '-', sentence: [{ name: before.activityType }, `, ${texts.day(before.day)}, ${texts.goes}`] },
    ];
  }
  if (differences.length === 0) return [];
  const told = differences.map(
    (key) => `${fact(after, key, texts)} ${texts.insteadOf} ${fact(before, key, texts)}`,
  );
  return [{ symbol: '~', sentence: [{ name: after.activityType }, `${texts.colon}${told.join(', ')}`] }];
}

function fact(activity: ImpactActivity, key: ImpactRow['differences'][number], texts: DiffTexts): string {
  switch (key) {
    case 'day':
      return texts.day(activity.day);
    case 'status':
      return activity.status;
    case 'assignee':
      return activity.assignee.kind === 'nobody' ? texts.nobody : texts.assignee(activity.assignee);
    case 'subject':
      return activity.subject === null ? '—' : `“${activity.subject}”`;
    default:
      return key satisfies never;
  }
}
