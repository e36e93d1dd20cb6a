import type { CaseTypeModel, StepPosition } from '../case-type/index.ts';

/** How much of a case type its tests speak of. */
export interface Coverage {
  readonly steps: number;
  readonly missing: readonly MissingStep[];
}

export interface MissingStep {
  readonly activityType: string;
  /** Label of the set, or its name. */
  readonly set: string;
  /** From 1. */
  readonly step: number;
}

/** Which steps no test expects. A step counts once for each place that it has in the sets. */
export function coverageOf({ activitySets }: CaseTypeModel, covered: readonly StepPosition[]): Coverage {
  const known = new Set(covered.map(({ setIndex, stepIndex }) => `${String(setIndex)}.${String(stepIndex)}`));
  const steps = activitySets.flatMap((set, setIndex) =>
    set.steps.map(({ activityType }, stepIndex) => ({
      key: `${String(setIndex)}.${String(stepIndex)}`,
      activityType,
      set: set.label === '' ? set.name : set.label,
      step: stepIndex + 1,
    })),
  );
  return {
    steps: steps.length,
    missing: steps
      .filter(({ key }) => !known.has(key))
      .map(({ activityType, set, step }) => ({ activityType, set, step })),
  };
}
