/** The namespace prefixes that are bound here; the default namespace hides nothing, so it is not kept. */
export interface Prefixes {
  readonly bound: ReadonlySet<string>;
  /** Those of the elements around; no document is deeper than its limit. */
  readonly outer: Prefixes | null;
}

export const NO_PREFIXES: Prefixes = { bound: new Set(['xml']), outer: null };

/** The prefixes in force inside an element with these attributes. */
export function bindPrefixes(
  outer: Prefixes,
  attributes: readonly { readonly name: string; readonly value: string }[],
): Prefixes {
  const bound = attributes.flatMap(({ name, value }) =>
    name.startsWith('xmlns:') && value !== '' && name !== 'xmlns:xmlns' ? [name.slice('xmlns:'.length)] : [],
  );
  return bound.length === 0 ? outer : { bound: new Set(bound), outer };
}

/**
 * Whether SimpleXML overlooks a name: its prefix is bound, or it is itself a binding. An unbound prefix is just
 * a part of the name.
 */
export function isForeignName(name: string, prefixes: Prefixes, of: 'element' | 'attribute'): boolean {
  if (of === 'attribute' && (name === 'xmlns' || name.startsWith('xmlns:'))) return true;
  if (!name.includes(':')) return false;
  const [prefix = '', local = ''] = name.split(':');
  return prefix !== '' && local !== '' && isBound(prefix, prefixes);
}

function isBound(prefix: string, prefixes: Prefixes): boolean {
  for (let place: Prefixes | null = prefixes; place !== null; place = place.outer) {
    if (place.bound.has(prefix)) return true;
  }
  return false;
}
