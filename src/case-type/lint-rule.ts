import type { ActivitySet, ActivityStep, CaseTypeModel } from './model.ts';
import type { SiteKnowledge } from './simulation.ts';

/** An error breaks cases or is dropped by CiviCRM, a warning surprises, a notice is good to know. */
export type LintSeverity = 'error' | 'warning' | 'notice';

/** Where in the definition, as a dotted path of its keys, and what is there. */
export interface LintSpot {
  readonly path: string;
  readonly what: string;
}

/** One rule: what it finds, and for people why that matters and how to mend it. */
export interface LintRule {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly why: string;
  readonly fix: string;
  readonly find: (model: CaseTypeModel, site: SiteKnowledge) => readonly LintSpot[];
}

export interface LintFinding extends LintSpot {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly why: string;
  readonly fix: string;
}

export interface StepSpot {
  readonly set: ActivitySet;
  readonly setIndex: number;
  readonly step: ActivityStep;
  readonly stepIndex: number;
  readonly path: string;
}

/** Every step of every set with its path. */
export function stepsOf(model: CaseTypeModel): readonly StepSpot[] {
  return model.activitySets.flatMap((set, setIndex) =>
    set.steps.map((step, stepIndex) => {
      const path = `activitySets.${String(setIndex)}.activityTypes.${String(stepIndex)}`;
      return { set, setIndex, step, stepIndex, path };
    }),
  );
}
