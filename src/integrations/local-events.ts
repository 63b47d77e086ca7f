import type { DeskEvents, Wakeup } from '../bot/ports.ts';

/** Wake-ups within this process: all that the embedded engine needs. */
export function createLocalEvents(): DeskEvents {
  const listeners = new Set<(wakeup: Wakeup) => void>();
  return {
    publish(wakeup) {
      for (const listener of listeners) {
        listener(wakeup);
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
