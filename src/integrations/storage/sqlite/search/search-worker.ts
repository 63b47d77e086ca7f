import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { answerJobs } from '../../../answer-jobs.ts';
import { createIndexReader } from './read-index.ts';

/** The thread in which searches run: a slow one keeps no message waiting. `workerData`: the path of the file. */
const sqlite = new Database(workerData as string, { readonly: true, fileMustExist: true });
sqlite.pragma('busy_timeout = 1000');

answerJobs(createIndexReader(sqlite));
