import { AppError } from '../base/errors.ts';
import { nameHint } from '../base/nearest-name.ts';
import { dependenciesOf } from './dependencies.ts';
import { kindOfKey, keyOf, type EntityKey } from './entity.ts';
import type { EntityKind } from './kinds/index.ts';
import type { PlanSource } from './plan-source.ts';
import { newKeyOf, RENAMED_KINDS, type Rename } from './renames.ts';
import { entitiesByKey, relationshipTypesOf, type Snapshot } from './snapshot.ts';

/**
 * Renames as people say them: `activity_type:Phone Back=Call Back`, the target's key and the source's name.
 *
 * @throws AppError `invalid-input` for what is no such text, or names what one of the sites lacks.
 */
export function readRenames(
  texts: readonly string[],
  source: PlanSource,
  target: Snapshot,
): readonly Rename[] {
  const renames = texts.map(parseRename);
  const ours = source.kind === 'snapshot' ? keysOf(source) : null;
  const theirs = keysOf(target);
  for (const rename of renames) {
    const [from, to] = [keyOf(rename.ref), newKeyOf(rename)];
    const refuse = (why: string): never => {
      throw new AppError('invalid-input', `--rename "${from}=${rename.to}": ${why}`);
    };
    const others = renames.filter((other) => other !== rename);
    if (others.some((other) => keyOf(other.ref) === from || newKeyOf(other) === to))
      refuse('another --rename names one of the two already.');
    if (!theirs.has(from)) refuse(`"${target.site}" has no "${from}". ${near(from, theirs)}`);
    if (theirs.has(to)) refuse(`"${target.site}" has "${to}" already: two cannot become one.`);
    if (ours?.has(from) === true) refuse(`the source has "${from}" too, which is then another thing.`);
    if (ours?.has(to) === false && !isNamedBy(source, to))
      refuse(`the source has no "${to}". ${near(to, ours)}`);
  }
  return renames;
}

/** A definition may name what its site lacks: CiviCRM makes it when the definition is saved. */
const isNamedBy = (source: PlanSource, key: EntityKey): boolean =>
  source.kind === 'snapshot' &&
  source.caseTypes.some((caseType) =>
    dependenciesOf(caseType, relationshipTypesOf(source)).some((need) => need.key === key),
  );

function parseRename(text: string): Rename {
  const [from, to] = split(text, '=');
  const kind = kindOfKey(from);
  const name = from.slice(kind.length + 1);
  if (!RENAMED_KINDS.includes(kind) || name === '' || to === '')
    throw new AppError(
      'invalid-input',
      `"${text}" does not say what is renamed. Write --rename "KIND:OLD NAME=NEW NAME", with one of ${RENAMED_KINDS.join(', ')}.`,
    );
  return { ref: { kind: kind as EntityKind, name }, to };
}

const split = (text: string, at: string): readonly [string, string] => {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
};

const keysOf = (snapshot: Snapshot): ReadonlySet<EntityKey> =>
  new Set([
    ...entitiesByKey(snapshot).keys(),
    ...snapshot.caseTypeNames.map((name) => keyOf({ kind: 'case_type', name })),
  ]);

function near(key: EntityKey, known: ReadonlySet<EntityKey>): string {
  return nameHint(
    key,
    [...known].filter((other) => kindOfKey(other) === kindOfKey(key)),
  );
}
