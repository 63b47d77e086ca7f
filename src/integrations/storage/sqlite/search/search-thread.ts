import type { SearchFindings, SearchIndex, SearchQuery } from '../../../agent-desk/search-index.ts';
import { createWorkThread } from '../../../work-thread.ts';

/** The thread looks at the clock between rows; one that is still busy so much later is given up. */
const GRACE_MS = 1_000;
const NOTHING_YET: SearchFindings = { conversations: [], customers: [], tickets: [], isComplete: false };

/** Searches in a thread of its own over its own read-only connection; started by the first search. */
export function createSearchThread(path: string): SearchIndex & { close(): Promise<void> } {
  const thread = createWorkThread<SearchQuery, SearchFindings>(new URL('./search-worker.ts', import.meta.url), path);
  let isClosed = false;

  return {
    search(query) {
      return new Promise<SearchFindings>((resolve, reject) => {
        const timer = setTimeout(() => resolve(NOTHING_YET), query.withinMs + GRACE_MS);
        thread
          .run(query)
          .then(resolve, (error: Error) => (isClosed ? resolve(NOTHING_YET) : reject(error)))
          .finally(() => clearTimeout(timer));
      });
    },
    close() {
      isClosed = true;
      return thread.close();
    },
  };
}
