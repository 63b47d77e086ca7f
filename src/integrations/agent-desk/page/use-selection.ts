import { useCallback, useSyncExternalStore } from 'react';

const PREFIX = '#/c/';

/** The open conversation, kept in the address: a reload keeps it, and the back button goes back to the queue. */
export function useSelection(): readonly [string | undefined, (id: string | undefined) => void] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const select = useCallback((id: string | undefined) => {
    location.hash = id === undefined ? '' : PREFIX + encodeURIComponent(id);
  }, []);
  return [hash.startsWith(PREFIX) ? decode(hash.slice(PREFIX.length)) : undefined, select];
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decode(id: string): string | undefined {
  try {
    return decodeURIComponent(id) || undefined;
  } catch {
    // An address that somebody cut short.
    return undefined;
  }
}
