/** The same function, that works a value out once: for values that never change, told apart by identity. */
export function oncePer<Key extends object, Value extends object>(
  work: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const held = known.get(key);
    if (held !== undefined) return held;
    const value = work(key);
    known.set(key, value);
    return value;
  };
}
