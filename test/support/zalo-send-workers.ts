import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { STAGE_SECRET_KEY, type ZaloStage } from '../../scripts/soak/zalo-stage.ts';
import type { SendOrder, SendWorkerAnswer, SendWorkerSetup } from './zalo-send-worker.ts';

/** One process that sends for the OA of a stage, beside the product. */
export interface SendWorker {
  /** Resolves with how its call ended, for example `ok`. */
  send(order: Omit<SendOrder, 'aheadMs'>): Promise<string>;
  end(): Promise<void>;
}

/** Starts so many and waits until all are ready. */
export async function startSendWorkers(stage: ZaloStage, count: number): Promise<readonly SendWorker[]> {
  const { app, oa } = stage.control.world().settings;
  const setup: SendWorkerSetup = {
    ...{ databasePath: stage.db.sqlite.name, secretKey: STAGE_SECRET_KEY },
    ...{ oauthBase: `${stage.zaloAddress}/oauth`, openapiBase: `${stage.zaloAddress}/openapi` },
    credentials: { appId: app.id, appSecret: app.secret, oaSecretKey: app.oaSecretKey, oaId: oa.id },
  };
  return Promise.all(Array.from({ length: count }, () => startOne(stage, setup)));
}

async function startOne(stage: ZaloStage, setup: SendWorkerSetup): Promise<SendWorker> {
  const child = fork(join(import.meta.dirname, 'zalo-send-worker.ts'), {
    execArgv: [],
    env: { PATH: process.env['PATH'], NODE_OPTIONS: '' },
  });
  child.send(setup);
  await answerOf(child);
  return {
    async send(order) {
      child.send({ ...order, aheadMs: stage.now() - Date.now() } satisfies SendOrder);
      const answer = await answerOf(child);
      return 'sent' in answer ? answer.sent.kind : 'nothing';
    },
    async end() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** A worker that dies instead of answering fails the test at once. */
async function answerOf(child: ChildProcess): Promise<SendWorkerAnswer> {
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The worker has ended with ${code}.`))),
  ]);
  return answer as SendWorkerAnswer;
}
