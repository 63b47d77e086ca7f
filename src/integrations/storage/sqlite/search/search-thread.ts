import { Worker } from 'node:worker_threads';
import type { SearchFindings, SearchIndex, SearchQuery } from '../../../agent-desk/search-index.ts';

export interface SearchJob {
  readonly id: number;
  readonly query: SearchQuery;
}

export type SearchReport =
  | { readonly id: number; readonly findings: SearchFindings }
  | { readonly id: number; readonly fault: string };

interface Waiting {
  readonly resolve: (findings: SearchFindings) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** The thread looks at the clock between rows; one that is still busy so much later is given up. */
const GRACE_MS = 1_000;
const NOTHING_YET: SearchFindings = { conversations: [], customers: [], tickets: [], isComplete: false };

/** Searches in a thread of its own over its own read-only connection; started by the first search. */
export function createSearchThread(path: string): SearchIndex & { close(): Promise<void> } {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let jobs = 0;

  function settle(id: number, how: (search: Waiting) => void): void {
    const search = waiting.get(id);
    if (search !== undefined) {
      waiting.delete(id);
      clearTimeout(search.timer);
      how(search);
    }
  }

  function start(): Worker {
    const started = new Worker(new URL('./search-worker.ts', import.meta.url), { workerData: path });
    started.unref();
    started.on('message', (report: SearchReport) => {
      settle(report.id, ({ resolve, reject }) =>
        'findings' in report ? resolve(report.findings) : reject(new Error(`The search failed: ${report.fault}`)),
      );
    });
    started.on('error', (error) => {
      for (const id of [...waiting.keys()]) {
        settle(id, ({ reject }) => reject(new Error('The thread of the search ended.', { cause: error })));
      }
    });
    started.on('exit', () => {
      if (thread === started) {
        thread = undefined;
      }
    });
    return started;
  }

  return {
    search(query) {
      thread ??= start();
      jobs += 1;
      const id = jobs;
      const found = new Promise<SearchFindings>((resolve, reject) => {
        const giveUp = () => settle(id, () => resolve(NOTHING_YET));
        waiting.set(id, { resolve, reject, timer: setTimeout(giveUp, query.withinMs + GRACE_MS) });
      });
      thread.postMessage({ id, query } satisfies SearchJob);
      return found;
    },
    async close() {
      for (const id of [...waiting.keys()]) {
        settle(id, ({ resolve }) => resolve(NOTHING_YET));
      }
      await thread?.terminate();
    },
  };
}
