import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { createIndexReader } from './read-index.ts';
import type { SearchJob, SearchReport } from './search-thread.ts';

/** The thread in which searches run: a slow one keeps no message waiting. `workerData`: the path of the file. */
const sqlite = new Database(workerData as string, { readonly: true, fileMustExist: true });
sqlite.pragma('busy_timeout = 1000');
const read = createIndexReader(sqlite);

parentPort?.on('message', ({ id, query }: SearchJob) => {
  parentPort?.postMessage(run(id, query));
});

function run(id: number, query: SearchJob['query']): SearchReport {
  try {
    return { id, findings: read(query) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : 'unknown' };
  }
}
