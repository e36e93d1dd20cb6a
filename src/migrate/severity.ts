import { kindOf } from './kinds/index.ts';
import type { ImpactRow, Severity, Work } from './plan.ts';

/** @param impact what of the case types goes and whom that touches, as far as it is known. */
export function severityOf(work: Work, impact: readonly ImpactRow[]): Severity {
  switch (work.kind) {
    case 'create':
    case 'create-case-type':
      return 'low';
    case 'update': {
      const words = [...kindOf(work.ref.kind).labels, ...WORDS];
      return work.fields.every((field) => words.includes(field)) ? 'low' : 'medium';
    }
    case 'rename':
      return 'medium';
    case 'remove':
    case 'remove-case-type':
      return 'high';
    case 'update-case-type': {
      const name = work.caseType.name;
      if (impact.some((row) => row.caseType === name && isTouched(row))) return 'high';
      return work.caseType.isActive && work.fields.every((field) => WORDS.includes(field)) ? 'low' : 'medium';
    }
    default:
      return work satisfies never;
  }
}

const WORDS = ['title', 'description', 'icon', 'color', 'isActive'];

const isTouched = ({ openCases, openActivities, people }: ImpactRow): boolean =>
  openCases + openActivities + people > 0;
