/**
 * Runs one at a time: whoever asks while it runs gets, together with all others who do, the run that comes after. So
 * nobody is told what stood before he asked, and a crowd that asks costs two runs.
 */
export function shareNext<T>(run: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  let next: Promise<T> | undefined;

  function start(): Promise<T> {
    const mine = run().finally(() => {
      running = undefined;
    });
    running = mine;
    return mine;
  }

  return () => {
    if (running === undefined) {
      return start();
    }
    next ??= running.then(noMatter, noMatter).then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}

function noMatter(): void {}
