import type { JsonObject } from '../base/json.ts';
import { checkDependency } from './check-dependency.ts';
import type { Decisions } from './decisions.ts';
import { contactProblems, shippedNotes, unreadHere, wantedEntity, withKnownCaseTypes } from './check-need.ts';
import type { Need } from './dependencies.ts';
import { comparable, entityKey, type EntityKey } from './entity.ts';
import type { MovedCaseType } from './moved-case-type.ts';
import type { Note, Problem, Work } from './plan.ts';
import { entitiesByKey, type Snapshot } from './snapshot.ts';

/** What the needs of the moved case types add to a plan. */
export interface NeedsFinding {
  /** What was looked at on the target. */
  readonly keys: readonly EntityKey[];
  readonly works: readonly Work[];
  /** What the source holds of what it describes itself. */
  readonly given: Readonly<Record<EntityKey, JsonObject>>;
  /** All that is wanted, described or not. */
  readonly relevant: readonly JsonObject[];
  readonly notes: readonly Note[];
  readonly problems: readonly Problem[];
}

/** @param skipped keys of what is neither compared nor moved */
export function checkNeeds(
  needs: readonly Need[],
  moved: readonly MovedCaseType[],
  target: Snapshot,
  decisions: Decisions,
  skipped: ReadonlySet<EntityKey>,
): NeedsFinding {
  const keys: EntityKey[] = [];
  const works: Work[] = [];
  const given: Record<EntityKey, JsonObject> = {};
  const relevant: JsonObject[] = [];
  const notes: Note[] = [];
  const problems: Problem[] = [];
  const finding = { keys, works, given, relevant, notes, problems };
  const [first] = moved;
  if (first === undefined) return finding;
  const { source } = first;
  const names = moved.map(({ wanted }) => wanted.name);
  const described = entitiesByKey(source.snapshot ?? { entities: [] });
  const coming = new Set(needs.map(({ key }) => key).filter((key) => described.has(key)));
  for (const need of needs) {
    if (need.kind === 'contact') {
      keys.push(need.key);
      problems.push(...contactProblems(need, target));
      continue;
    }
    if (skipped.has(need.key)) {
      notes.push({ kind: 'skipped', key: need.key, message: 'It is left as it is, as the mapping says.' });
      continue;
    }
    const hidden = need.kind === 'entity' ? unreadHere(need, target) : null;
    if (hidden !== null) {
      problems.push(hidden);
      continue;
    }
    const choice = wantedEntity(need, source, target);
    notes.push(...choice.notes, ...shippedNotes(need, source));
    problems.push(...choice.problems);
    keys.push(choice.entity === null ? need.key : entityKey(choice.entity));
    if (choice.entity === null) continue;
    relevant.push(comparable(choice.entity));
    if (described.has(need.key)) given[entityKey(choice.entity)] = comparable(choice.entity);
    const fitting = withKnownCaseTypes(choice.entity, names, target);
    const found = checkDependency(fitting.entity, target, need.reasons, coming, decisions);
    works.push(...found.works);
    notes.push(...fitting.notes, ...found.notes);
    problems.push(...found.problems);
  }
  return finding;
}
