import type { DeskEvents, Wakeup } from '../../src/bot/ports.ts';

export function createFakeEvents(): DeskEvents {
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
