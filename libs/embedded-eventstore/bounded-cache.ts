/** Keeps between `size` and twice `size` entries, the recently used ones. */
export function boundedCache<K, V>(
  size: number,
): {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
} {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  const set = (key: K, value: V) => {
    if (young.size >= size && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    set,
  };
}
