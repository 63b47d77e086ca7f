import { expect, test } from '@jest/globals';
import { createSharedPace } from '../../src/integrations/channels/telegram/shared-pace.ts';
import { createPacer } from '../../src/integrations/channels/zalo/pacer.ts';
import { shareOf } from '../../src/integrations/rate-limiters.ts';
import { createRedisRateLimiter } from '../../src/integrations/redis/redis-rate-limiter.ts';
import { describeIfServer } from '../support/servers/describe-if-server.ts';
import { findProgram } from '../support/servers/find-program.ts';
import { useGatedRedis } from '../support/servers/use-gated-redis.ts';

const missing = findProgram('redis-server') === undefined ? 'Redis' : undefined;
const NODES = 2;
const MINUTE = 60_000;

test('a share of a limit that is less than one call lasts longer instead', () => {
  expect(shareOf({ points: 4_000, durationS: 60 }, 3)).toEqual({ points: 1_333, durationS: 60 });
  expect(shareOf({ points: 1, durationS: 1 }, 3)).toEqual({ points: 1, durationS: 3 });
  expect(shareOf({ points: 30, durationS: 1 }, 1)).toEqual({ points: 30, durationS: 1 });
});

describeIfServer('the pace of several nodes over Redis', missing, () => {
  const server = useGatedRedis();

  async function node() {
    const redis = server.connect();
    if (!redis.commands.isReady) {
      await new Promise<void>((resolve) => redis.commands.once('ready', () => resolve()));
    }
    return createRedisRateLimiter(redis, NODES);
  }

  const granted = async (calls: readonly Promise<{ readonly ok: boolean }>[]) =>
    (await Promise.all(calls)).filter(({ ok }) => ok).length;

  test('keeps all of them together inside the minute of an OA, and each to its share when Redis dies in between', async () => {
    const time = { now: 10 * MINUTE };
    const pacers = [await node(), await node()].map((createLimiter) =>
      createPacer({
        clock: { now: () => time.now },
        callsPerMinute: 10,
        appId: 'app',
        createLimiter,
      }),
    );
    const callAll = (times: number) =>
      granted(pacers.flatMap((p) => Array.from({ length: times }, () => p.take('message'))));
    expect(await callAll(8)).toBe(10);
    // The one that was refused knows that nothing is left, and asks no more.
    expect(pacers.map((pacer) => pacer.left()).includes(0)).toBe(true);

    time.now += MINUTE;
    expect(await callAll(2)).toBe(4);
    server.shut();
    time.now += MINUTE;
    expect(await callAll(8)).toBe(10);
    expect(pacers.map((pacer) => pacer.left())).toEqual([0, 0]);

    server.open();
  });

  test('lets one message a moment into a chat, whichever node sends it, and does not hold it up for a refusal of the bot', async () => {
    const settings = { chatEveryMs: 60_000, messagesPerSecond: 2 };
    const [a, b] = [await node(), await node()].map((createLimiter) =>
      createSharedPace(createLimiter, settings, 'bot'),
    );
    expect(await a?.take('1')).toBe(0);
    expect(await b?.take('1')).toBeGreaterThan(1_000);
    expect(await b?.take('2')).toBe(0);
    const wait = (await a?.take('3')) ?? 0;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(1_000);
  });
});
