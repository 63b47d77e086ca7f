import { useEffect, useRef } from 'react';
import type { ShortcutCode } from './shortcuts.ts';

/** Does something on Alt and a key of the list in `shortcuts.ts`, wherever the focus is. */
export function useShortcut(code: ShortcutCode, action: () => unknown, isEnabled = true): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    if (!isEnabled) {
      return undefined;
    }
    const onKey = (event: KeyboardEvent) => {
      // By the place of the key: Alt writes other letters on some keyboards, and Vietnamese ones compose.
      if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === code) {
        event.preventDefault();
        latest.current();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [code, isEnabled]);
}
