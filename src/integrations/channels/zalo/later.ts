/** Runs works that may get lost, each once, after some time. */
export interface Later {
  run(work: () => Promise<unknown>, afterMs: number): void;
  /** Forgets what has not run yet. */
  close(): void;
}

export function createLater(onError: (error: unknown) => void): Later {
  const timers = new Set<NodeJS.Timeout>();
  return {
    run(work, afterMs) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work().catch(onError);
      }, afterMs);
      timers.add(timer);
    },
    close() {
      for (const timer of timers) {
        clearTimeout(timer);
      }
    },
  };
}
