import type { KeyValueStore } from './outbox.ts';

/** The browser's storage; where it is forbidden or full, memory that lasts as long as the page. */
export function openStorage(open: () => Storage): KeyValueStore {
  const memory = new Map<string, string>();
  const local = tryTo(open);
  return {
    get length() {
      return (local?.length ?? 0) + memory.size;
    },
    key(index) {
      const kept = local?.length ?? 0;
      return index < kept ? (local?.key(index) ?? null) : ([...memory.keys()][index - kept] ?? null);
    },
    getItem: (key) => memory.get(key) ?? local?.getItem(key) ?? null,
    setItem(key, value) {
      const isKept = tryTo(() => {
        local?.setItem(key, value);
        return local !== undefined;
      });
      if (isKept) {
        memory.delete(key);
      } else {
        local?.removeItem(key);
        memory.set(key, value);
      }
    },
    removeItem(key) {
      memory.delete(key);
      local?.removeItem(key);
    },
  };
}

function tryTo<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
