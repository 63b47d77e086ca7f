import { workerData } from 'node:worker_threads';
import { answerJobs } from '../../src/integrations/answer-jobs.ts';

answerJobs((n: number) => {
  if (n === 77) {
    return new Promise<number>(() => {});
  }
  if (n === 99) {
    process.exit(1);
  }
  if (n === 13) {
    throw new Error(`13 ${workerData}`);
  }
  return n * 2;
});
