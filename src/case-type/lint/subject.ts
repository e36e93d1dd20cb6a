import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../definition.ts';
import { toCaseTypeModel, type ActivitySet, type ActivityStep, type CaseTypeModel } from '../model.ts';
import { standardTimeline } from '../simulation/timeline.ts';
import type { SiteIndex } from './site-names.ts';

export interface StepSpot {
  readonly set: ActivitySet;
  readonly setIndex: number;
  readonly step: ActivityStep;
  readonly stepIndex: number;
}

/** A case type as the rules see it: everything that more than one rule asks for, worked out once. */
export interface LintSubject {
  readonly definition: CaseTypeDefinition;
  /** As CiviCRM runs it. */
  readonly model: CaseTypeModel;
  /** The machine name, where it is known to be one (a row of CaseType); null in a file, whose name may be a title. */
  readonly name: string | null;
  /** The text of a file's `<name>`: the title, or the name. */
  readonly title: string | null;
  readonly site: SiteIndex | null;
  readonly steps: readonly StepSpot[];
  /** The set that opens cases, and its place. */
  readonly standard: { readonly set: ActivitySet; readonly setIndex: number } | null;
  /** The limit of each type of the menu that has one; of several the last wins. */
  readonly limits: ReadonlyMap<string, number>;
  readonly menu: ReadonlySet<string>;
}

export interface SubjectParts {
  readonly definition: CaseTypeDefinition;
  /** Absent: made of the definition. */
  readonly model?: CaseTypeModel;
  readonly name?: string | null;
  readonly title?: string | null;
  readonly site?: SiteIndex | null;
}

export function toLintSubject(parts: SubjectParts): LintSubject {
  const { definition, model = toCaseTypeModel(definition), name = null, title = null, site = null } = parts;
  const steps: StepSpot[] = [];
  const standard = standardTimeline(model.activitySets);
  model.activitySets.forEach((set, setIndex) =>
    set.steps.forEach((step, stepIndex) => steps.push({ set, setIndex, step, stepIndex })),
  );
  return {
    definition,
    model,
    name,
    title,
    site,
    steps,
    standard:
      standard === undefined ? null : { set: standard, setIndex: model.activitySets.indexOf(standard) },
    limits: new Map(
      model.activityTypes.flatMap(({ name: type, maxInstances }) =>
        maxInstances === null ? [] : [[type, maxInstances] as const],
      ),
    ),
    menu: new Set(model.activityTypes.map((type) => type.name)),
  };
}

export const setPath = (index: number, leaf = ''): string => withLeaf(`activitySets.${String(index)}`, leaf);
export const stepPath = ({ setIndex, stepIndex }: StepSpot, leaf = ''): string =>
  withLeaf(`activitySets.${String(setIndex)}.activityTypes.${String(stepIndex)}`, leaf);
export const menuPath = (index: number, leaf = ''): string =>
  withLeaf(`activityTypes.${String(index)}`, leaf);
export const rolePath = (index: number, leaf = ''): string => withLeaf(`caseRoles.${String(index)}`, leaf);

const withLeaf = (path: string, leaf: string): string => (leaf === '' ? path : `${path}.${leaf}`);

/** How a set is called in messages. */
export const titleOf = ({ name, label }: ActivitySet): string => (name === '' ? label : name);

/** The items of a list in the definition, each as its fields; what is no object has none. */
export function recordsOf(value: JsonValue | undefined): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as JsonObject).map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as JsonObject) : {},
  );
}

/** `['activitySets', 0, 'name']` of `activitySets.0.name`. */
export const pathKeys = (path: string): readonly (string | number)[] =>
  path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** Calls `found` for every item whose text an earlier one has already. */
export function eachRepeated(
  texts: readonly string[],
  repeated: (index: number, text: string) => void,
): void {
  const seen = new Set<string>();
  texts.forEach((text, index) => {
    if (seen.has(text)) repeated(index, text);
    seen.add(text);
  });
}
