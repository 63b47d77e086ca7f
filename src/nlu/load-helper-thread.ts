import { parentPort } from 'node:worker_threads';
import { doFreeJobs, type TrainingJobs } from './training-jobs.ts';

// What `startHelper` starts: it helps with one training.
parentPort?.once('message', (jobs: TrainingJobs) => doFreeJobs(jobs));
