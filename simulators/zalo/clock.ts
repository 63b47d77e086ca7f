/** Time of the simulator: real, or standing still until somebody advances it. */
export interface SimulatorClock {
  now(): number;
  /** Runs a task once this much simulated time has passed. */
  after(delayMs: number, run: () => Promise<void> | void): void;
  /** Counts a piece of work as under way, so that `settle` waits for it. */
  track(work: Promise<unknown>): void;
  /** Moves time on; every task that falls due on the way runs at its own moment. */
  advance(ms: number): Promise<void>;
  /** Waits until nothing is under way. Tasks of the future stay where they are. */
  settle(): Promise<void>;
  /** Forgets all tasks of the future. */
  clear(): void;
}

export type ClockMode = 'real' | 'manual';

interface Task {
  readonly due: number;
  readonly run: () => Promise<void> | void;
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Makes a clock. A manual one starts at `startTime` and moves only by `advance`. */
export function createClock(options: { mode: ClockMode; startTime?: number | undefined }): SimulatorClock {
  const { mode, startTime } = options;
  let offset = mode === 'real' && startTime !== undefined ? startTime - Date.now() : 0;
  let frozen = startTime ?? Date.now();
  let tasks: Task[] = [];
  let alarm: NodeJS.Timeout | undefined;
  const running = new Set<Promise<unknown>>();

  const now = () => (mode === 'real' ? Date.now() + offset : frozen);

  function track(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => console.error('A task of the simulator failed:', error))
      .finally(() => running.delete(tracked));
    running.add(tracked);
  }

  function runDue(): void {
    const due = tasks.filter((task) => task.due <= now());
    tasks = tasks.filter((task) => !due.includes(task));
    for (const task of due) {
      track(Promise.resolve().then(task.run));
    }
    arm();
  }

  function arm(): void {
    clearTimeout(alarm);
    const next = tasks[0];
    if (mode === 'real' && next !== undefined) {
      alarm = setTimeout(runDue, Math.min(Math.max(next.due - now(), 0), LONGEST_TIMEOUT_MS));
      alarm.unref();
    }
  }

  function after(delayMs: number, run: Task['run']): void {
    if (delayMs <= 0) {
      track(Promise.resolve().then(run));
      return;
    }
    const due = now() + delayMs;
    const place = tasks.findIndex((task) => task.due > due);
    tasks.splice(place === -1 ? tasks.length : place, 0, { due, run });
    arm();
  }

  async function settle(): Promise<void> {
    while (running.size > 0) {
      await Promise.all(running);
    }
  }

  async function advance(ms: number): Promise<void> {
    const jumpTo = (time: number) => {
      offset += Math.max(time - now(), 0);
      frozen = Math.max(time, frozen);
    };
    const target = now() + ms;
    await settle();
    for (let next = tasks[0]; next !== undefined && next.due <= target; next = tasks[0]) {
      jumpTo(next.due);
      runDue();
      await settle();
    }
    jumpTo(target);
    arm();
  }

  const clear = () => {
    tasks = [];
    clearTimeout(alarm);
  };
  return { now, after, track, advance, settle, clear };
}
