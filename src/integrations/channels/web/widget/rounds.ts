export interface Rounds {
  /** Begins a round now, or another one as soon as this one has ended. */
  start(): void;
  startAfter(delayMs: number): void;
}

/** Rounds of sending, one at a time. */
export function createRounds(round: () => Promise<void>, onEnd = () => {}): Rounds {
  let isRunning = false;
  let isWanted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function runWhileWanted(): Promise<void> {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await round();
    }
    isRunning = false;
    onEnd();
  }

  function start(): void {
    clearTimeout(timer);
    // Remembered also while another round is about to end: it may have looked before the newest item was there.
    isWanted = true;
    if (!isRunning) {
      void runWhileWanted();
    }
  }

  return {
    start,
    startAfter(delayMs) {
      clearTimeout(timer);
      timer = setTimeout(start, delayMs);
    },
  };
}
