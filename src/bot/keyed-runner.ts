/**
 * Runs at most one job per key at a time. Asking again while the job runs makes it run once more afterwards, so that
 * nothing that arrived in between is overlooked.
 */
export interface KeyedRunner {
  run(key: string): void;
  /** Resolves when no job runs or waits. */
  idle(): Promise<void>;
}

export function createKeyedRunner(job: (key: string) => Promise<void>): KeyedRunner {
  /** Keys that run; the value says whether to run once more. */
  const running = new Map<string, boolean>();
  let waiters: (() => void)[] = [];

  async function loop(key: string): Promise<void> {
    do {
      running.set(key, false);
      await job(key);
    } while (running.get(key) === true);
    running.delete(key);
    if (running.size === 0) {
      const done = waiters;
      waiters = [];
      for (const wake of done) {
        wake();
      }
    }
  }

  return {
    run(key) {
      if (running.has(key)) {
        running.set(key, true);
        return;
      }
      void loop(key);
    },
    idle: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}
