/** Runs `job` again and again with a pause, one run at a time, until stopped; `stop` waits for the run under way. */
export function repeat(
  pauseMs: number,
  job: () => Promise<unknown>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;

  function schedule(): void {
    timer = setTimeout(() => {
      running = run();
    }, pauseMs);
  }

  async function run(): Promise<void> {
    try {
      await job();
    } catch (error) {
      onError(error);
    }
    if (!isStopped) {
      schedule();
    }
  }

  schedule();
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}
