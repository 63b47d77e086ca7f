import { Worker } from 'node:worker_threads';

/** Work that takes long, in a thread of its own: no message waits for it. */
export interface WorkThread<Job, Result> {
  /** Rejects when the work fails, or the thread ends before it is done. */
  run(job: Job): Promise<Result>;
  close(): Promise<void>;
}

export interface ThreadJob<Job> {
  readonly id: number;
  readonly job: Job;
}

export type ThreadReport<Result> =
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly fault: string };

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/** Started by the first job, and again after it has ended. `file`: a module that calls `answerJobs`; `data`: for it. */
export function createWorkThread<Job, Result>(file: URL, data?: unknown): WorkThread<Job, Result> {
  const waiting = new Map<number, Waiting<Result>>();
  let thread: Worker | undefined;
  let jobs = 0;

  function settle(id: number, how: (job: Waiting<Result>) => void): void {
    const job = waiting.get(id);
    if (job !== undefined) {
      waiting.delete(id);
      how(job);
    }
  }

  function rejectAll(cause?: Error): void {
    for (const id of [...waiting.keys()]) {
      settle(id, ({ reject }) => reject(new Error('The thread ended before its work was done.', { cause })));
    }
  }

  function start(): Worker {
    const started = new Worker(file, { workerData: data });
    started.unref();
    started.on('message', (report: ThreadReport<Result>) => {
      settle(report.id, ({ resolve, reject }) =>
        'result' in report ? resolve(report.result) : reject(new Error(`The work failed: ${report.fault}`)),
      );
    });
    started.on('error', rejectAll);
    started.on('exit', () => {
      if (thread === started) {
        thread = undefined;
        rejectAll();
      }
    });
    return started;
  }

  return {
    run(job) {
      thread ??= start();
      jobs += 1;
      const id = jobs;
      const done = new Promise<Result>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
      });
      thread.postMessage({ id, job } satisfies ThreadJob<Job>);
      return done;
    },
    async close() {
      await thread?.terminate();
    },
  };
}
