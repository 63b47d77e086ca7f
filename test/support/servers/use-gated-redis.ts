import { afterAll, beforeAll } from '@jest/globals';
import { connectRedis, type Redis } from '../../../src/integrations/redis/connect-redis.ts';
import { startRedis } from './start-redis.ts';
import { createTcpGate, type TcpGate } from './tcp-gate.ts';

const silent = { warn: () => {}, info: () => {} };

/** A real Redis behind a gate that a test can shut; registers its own hooks. */
export function useGatedRedis(): { connect(): Redis } & Pick<TcpGate, 'shut' | 'open'> {
  let stopRedis: () => Promise<void>;
  let gate: TcpGate;
  const closing: (() => void)[] = [];

  beforeAll(async () => {
    const server = await startRedis();
    stopRedis = server.stop;
    gate = await createTcpGate({ host: '127.0.0.1', port: server.port });
  });
  afterAll(async () => {
    for (const close of closing) {
      close();
    }
    await gate?.close();
    await stopRedis?.();
  });

  return {
    connect() {
      const redis = connectRedis({ url: `redis://127.0.0.1:${gate.port}`, log: silent });
      closing.push(redis.close);
      return redis;
    },
    shut: () => gate.shut(),
    open: () => gate.open(),
  };
}
