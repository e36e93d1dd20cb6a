import type { JsonObject, JsonValue } from '../base/json.ts';
import { describeChange, diffCaseTypes, type CaseTypeDefinition } from '../case-type/index.ts';
import {
  byText,
  comparable,
  differingFields,
  entityKey,
  hashJson,
  kindOfKey,
  sameJson,
  type EntityKey,
} from './entity.ts';
import { portableSnapshot } from './portable-snapshot.ts';
import type { SnapshotFolder } from './read-snapshot-files.ts';
import { entityWords, type ReasonLanguage } from './reasons.ts';
import { entitiesByKey, type Snapshot } from './snapshot.ts';
import { stateOf } from './target-state.ts';

/** What a site is known to have held, as `comparable` shows it; null: that it had nothing of that name. */
export type KnownState = Readonly<Record<EntityKey, JsonObject | null>>;

export interface DriftedField {
  readonly field: string;
  readonly was: JsonValue;
  readonly now: JsonValue;
}

/** One thing of a site that is not as it is known to have been. */
export interface Drift {
  readonly key: EntityKey;
  readonly kind: 'changed' | 'gone' | 'added';
  /** Of what changed. */
  readonly fields: readonly DriftedField[];
  /** The same drift has the same one, whenever it is looked at. */
  readonly fingerprint: string;
}

/** The last edit of an entity as far as its site tells, whoever made it. */
export interface EditTrace {
  /** On the site's wall clock. */
  readonly at: string | null;
  /** The name that the site shows of whoever it was. */
  readonly by: string | null;
  /** When and by whom it was made: the site keeps nothing of later edits. */
  readonly isMaking?: boolean;
}

/**
 * The traces of those of which the site tells anything.
 *
 * @param added those of the keys that are new: who made them counts.
 */
export type ReadEditTraces = (
  keys: readonly EntityKey[],
  added?: readonly EntityKey[],
) => Promise<ReadonlyMap<EntityKey, EditTrace>>;

export interface TracedDrift extends Drift {
  readonly lastEdit: EditTrace | null;
}

/** What of it the site no longer holds so, by key. */
export const driftSince = (known: KnownState, now: Snapshot): readonly Drift[] =>
  Object.entries(known)
    .sort(([left], [right]) => byText(left, right))
    .flatMap(([key, was]) => driftOf(key, was, stateOf(now, key)));

/**
 * The same against a pulled folder, with what the folder's case types have come to need since. What was edited in the
 * folder counts as drift only where the site changed, too: the lock tells.
 */
export function driftSinceFolder(
  { snapshot, edited, lock }: SnapshotFolder,
  now: Snapshot,
): readonly Drift[] {
  const names = snapshot.caseTypeNames;
  const withAddresses = JSON.stringify(snapshot.caseTypes).includes('"contact:email:');
  const wanted = now.caseTypes.filter(({ name }) => names.includes(name));
  const site = portableSnapshot({ ...now, caseTypes: wanted }, { withAddresses });
  const keys = new Set([...Object.keys(snapshot.hashes), ...Object.keys(site.hashes)]);
  const unread = new Set<string>(now.unread.map(({ kind }) => kind));
  return [...keys]
    .filter((key) => !unread.has(kindOfKey(key)))
    .filter((key) => !(edited.includes(key) && lock[key] === site.hashes[key]))
    .sort(byText)
    .flatMap((key) => driftOf(key, heldIn(snapshot, key), heldIn(site, key)));
}

function heldIn(snapshot: Snapshot, key: EntityKey): JsonObject | null {
  const caseType = snapshot.caseTypes.find((candidate) => entityKey(candidate) === key);
  const held = caseType ?? entitiesByKey(snapshot).get(key)?.[0];
  return held === undefined ? null : comparable(held);
}

function driftOf(key: EntityKey, was: JsonObject | null, now: JsonObject | null): readonly Drift[] {
  if (sameJson(was, now)) return [];
  const fingerprint = hashJson([key, now]);
  if (was === null) return [{ key, kind: 'added', fields: [], fingerprint }];
  if (now === null) return [{ key, kind: 'gone', fields: [], fingerprint }];
  const fields = differingFields(was, now).map((field) => ({
    field,
    was: was[field] ?? null,
    now: now[field] ?? null,
  }));
  return [{ key, kind: 'changed', fields, fingerprint }];
}

/** What is different, one short line each; of a definition in the words of its parts. */
export function driftLines({ kind, fields }: Drift, language: ReasonLanguage = 'en'): readonly string[] {
  if (kind !== 'changed') return [];
  return fields.flatMap(({ field, was, now }) =>
    field === 'definition'
      ? definitionLines(was, now, language)
      : [`${field}: ${shown(was)} -> ${shown(now)}`],
  );
}

const KINDS = {
  en: { changed: 'was changed', gone: 'is gone', added: 'was added' },
  fr: { changed: 'modifié', gone: 'disparu', added: 'ajouté' },
} as const;

export const driftTitle = ({ key, kind }: Drift, language: ReasonLanguage = 'en'): string =>
  `${entityWords(key, language)}${language === 'fr' ? ' : ' : ' '}${KINDS[language][kind]}`;

/** Who edited it when, as far as the site tells. */
export function editText(trace: EditTrace | null, language: ReasonLanguage = 'en'): string {
  const isFrench = language === 'fr';
  if (trace === null)
    return isFrench ? 'quand et par qui, le site ne le dit pas' : 'when and by whom, the site does not tell';
  const parts = [
    ...(trace.at === null ? [] : [isFrench ? `le ${trace.at}` : `on ${trace.at}`]),
    ...(trace.by === null ? [] : [isFrench ? `par ${trace.by}` : `by ${trace.by}`]),
  ];
  const verb =
    trace.isMaking === true
      ? { en: 'made', fr: 'création' }
      : { en: 'last edited', fr: 'dernière modification' };
  return `${verb[language]} ${parts.join(' ')}`;
}

function definitionLines(was: JsonValue, now: JsonValue, language: ReasonLanguage): readonly string[] {
  const changes = diffCaseTypes(was as CaseTypeDefinition, now as CaseTypeDefinition);
  if (changes.length > 0) return changes.map((change) => describeChange(change, language));
  return [
    language === 'fr'
      ? 'la définition est écrite dans un autre ordre'
      : 'the definition is written in another order',
  ];
}

function shown(value: JsonValue): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
