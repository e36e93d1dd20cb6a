/** The namespace prefixes that are bound here; the default namespace hides nothing, so it is not kept. */
export type Prefixes = ReadonlySet<string>;

export const NO_PREFIXES: Prefixes = new Set(['xml']);

/** The prefixes in force inside an element with these attributes. */
export function bindPrefixes(
  outer: Prefixes,
  attributes: readonly { readonly name: string; readonly value: string }[],
): Prefixes {
  const bound = attributes.flatMap(({ name, value }) =>
    name.startsWith('xmlns:') && value !== '' && name !== 'xmlns:xmlns' ? [name.slice('xmlns:'.length)] : [],
  );
  return bound.length === 0 ? outer : new Set([...outer, ...bound]);
}

/**
 * Whether SimpleXML overlooks a name: its prefix is bound, or it is itself a binding. An unbound prefix is just
 * a part of the name.
 */
export function isForeignName(name: string, prefixes: Prefixes, of: 'element' | 'attribute'): boolean {
  if (of === 'attribute' && (name === 'xmlns' || name.startsWith('xmlns:'))) return true;
  const [prefix = '', local = ''] = name.split(':');
  return prefix !== '' && local !== '' && prefixes.has(prefix);
}
