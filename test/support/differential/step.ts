import type { JsonValue } from '../../../src/base/json.ts';

/** Who makes a call, when not the administrator. */
export type User = 'limited' | 'nobody' | 'nouser';

/** A call inside of a request of several; shortening one may leave its parameters out. */
type Call = readonly [entity: string, action: string, params?: Step['params']];

/** Several calls in one request: `{entity: 'Batch', action: 'calls', params: {calls: […]}}`. */
export const BATCH = 'Batch';

/** One call of a sequence, in the form of the steps of recorded themes. */
export interface Step {
  readonly entity: string;
  readonly action: string;
  readonly as?: User;
  /** Whether it changes what was there before the sequence. */
  readonly isLasting?: boolean;
  /** May hold `{"$ref": name}`: what an earlier step saved, or `start.Entity`: the first id of this sequence. */
  readonly params: Readonly<Record<string, JsonValue>>;
  readonly save?: Readonly<Record<string, string>>;
}

/** What references stand for on one site. */
export type Saved = ReadonlyMap<string, JsonValue>;

/** Stands in texts for what makes them unique: each playing of a sequence has another. */
export const TOKEN = '~~';

export const ref = (name: string): JsonValue => ({ $ref: name });

const isObject = (value: JsonValue): value is Readonly<Record<string, JsonValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refIn = (value: JsonValue): string | undefined => {
  const name = isObject(value) && Object.keys(value).length === 1 ? value['$ref'] : undefined;
  return typeof name === 'string' ? name : undefined;
};

function renamed(name: string, change: (leaf: JsonValue) => JsonValue | undefined): string {
  const changed = change(name);
  return typeof changed === 'string' ? changed : name;
}

function mapJson(value: JsonValue, change: (leaf: JsonValue) => JsonValue | undefined): JsonValue {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => mapJson(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [renamed(name, change), mapJson(item, change)]),
  );
}

/** The call as it goes to one site: references and the token filled in. What was never saved is null. */
export function fillIn(step: Step, saved: Saved, token: string): Step {
  const filled = mapJson(step.params, (leaf) => {
    if (typeof leaf === 'string') return leaf.replaceAll(TOKEN, token);
    const name = refIn(leaf);
    return name === undefined ? undefined : (saved.get(name) ?? null);
  });
  return { ...step, params: filled as Step['params'] };
}

/** The calls of a request of several; of another just the one. */
export const callsOf = (step: Step): readonly Step[] =>
  step.entity === BATCH
    ? (step.params['calls'] as unknown as readonly Call[]).map(([entity, action, params = {}]) => ({
        entity,
        action,
        params,
      }))
    : [step];

/** The names that a step refers to. */
export function refsIn(step: Step): ReadonlySet<string> {
  const found = new Set<string>();
  mapJson(step.params, (leaf) => {
    const name = refIn(leaf);
    if (name !== undefined) found.add(name);
    return undefined;
  });
  return found;
}

/** The value at a dotted path, or null. */
export const valueAt = (body: unknown, path: string): JsonValue =>
  path.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return null;
    return (value as Record<string, unknown>)[part] ?? null;
  }, body) as JsonValue;
