import { expect, test } from '@jest/globals';
import type { Wakeup } from '../../src/bot/ports.ts';
import type { ScreensNews } from '../../src/integrations/agent-desk/screens-line.ts';
import { createLocalBannerNews } from '../../src/integrations/banner/banner-news.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createRedisBannerNews } from '../../src/integrations/redis/redis-banner-news.ts';
import { createRedisEvents } from '../../src/integrations/redis/redis-events.ts';
import { createRedisRateLimiter } from '../../src/integrations/redis/redis-rate-limiter.ts';
import { createRedisScreens } from '../../src/integrations/redis/redis-screens.ts';
import { describeIfServer } from '../support/servers/describe-if-server.ts';
import { findProgram } from '../support/servers/find-program.ts';
import { useGatedRedis } from '../support/servers/use-gated-redis.ts';

const missing = findProgram('redis-server') === undefined ? 'Redis' : undefined;

describeIfServer('two nodes with Redis', missing, () => {
  const server = useGatedRedis();

  function node(nodeId: string) {
    const redis = server.connect();
    const heard: Wakeup[] = [];
    let check = () => {};
    const events = createRedisEvents(redis, createLocalEvents(), nodeId);
    events.subscribe((wakeup) => {
      heard.push(wakeup);
      check();
    });
    return {
      ...{ redis, events, heard },
      until: (condition: () => boolean) =>
        new Promise<void>((resolve) => {
          check = () => condition() && resolve();
          check();
        }),
    };
  }

  /** Publishes until the other node hears it: nobody says when a subscription stands. */
  async function reach(from: ReturnType<typeof node>, to: ReturnType<typeof node>, version: number): Promise<void> {
    const calling = setInterval(() => from.events.publish({ conversationId: 'web:main:a', version }), 20);
    await to.until(() => to.heard.some((wakeup) => wakeup.version === version));
    clearInterval(calling);
  }

  test('hear each other, hear themselves once, and find each other again after Redis was away', async () => {
    const [a, b] = [node('a'), node('b')];
    await reach(a, b, 1);
    await reach(b, a, 2);
    expect(b.heard[0]).toEqual({ conversationId: 'web:main:a', version: 1 });
    a.events.publish({ conversationId: 'web:main:a', version: 3 });
    await b.until(() => b.heard.some(({ version }) => version === 3));
    // What the other node called before, again and again, may still be arriving.
    expect(a.heard.filter(({ version }) => version === 3)).toHaveLength(1);

    server.shut();
    const heard = a.heard.length;
    a.events.publish({ conversationId: 'web:main:a', version: 4 });
    expect(a.heard.slice(heard)).toEqual([{ conversationId: 'web:main:a', version: 4 }]);
    server.open();
    await reach(a, b, 5);
  });

  test('tell each other of open screens, and not themselves', async () => {
    const [a, b] = [node('e'), node('f')];
    const [atA, atB] = [createRedisScreens(a.redis, 'e'), createRedisScreens(b.redis, 'f')];
    await reach(a, b, 1);
    const own: ScreensNews[] = [];
    atA.subscribe((news) => own.push(news));
    const news = {
      conversationId: 'web:main:a',
      here: [{ agentId: 'lan', name: 'Chị Lan', isTyping: true }],
      asks: true,
    };
    const heard = await new Promise<ScreensNews>((resolve) => {
      const calling = setInterval(() => atA.tell(news), 20);
      atB.subscribe((told) => {
        clearInterval(calling);
        resolve(told);
      });
    });
    expect(heard).toEqual({ ...news, nodeId: 'e' });
    expect(own).toEqual([]);
  });

  test('tell each other that the banner has changed, also after Redis was away', async () => {
    const [a, b] = [node('g'), node('h')];
    const [atA, atB] = [
      createRedisBannerNews(a.redis, createLocalBannerNews(), 'g'),
      createRedisBannerNews(b.redis, createLocalBannerNews(), 'h'),
    ];
    const reachB = async () => {
      const calling = setInterval(atA.tell, 20);
      await new Promise<void>((resolve) => {
        const end = atB.subscribe(() => {
          end();
          resolve();
        });
      });
      clearInterval(calling);
    };
    await reachB();
    server.shut();
    let heard = 0;
    const end = atA.subscribe(() => {
      heard += 1;
    });
    atA.tell();
    expect(heard).toBe(1);
    end();
    server.open();
    await reachB();
  });

  test('count together, and each its share while Redis is away', async () => {
    const [a, b] = [node('c'), node('d')];
    await reach(a, b, 1);
    const [one, other] = [a, b].map(({ redis }) =>
      createRedisRateLimiter(redis, 2)({ name: 'test', points: 4, durationS: 600 }),
    );
    const taken = async (limiter: typeof one, key: string, times: number) => {
      const results = await Promise.allSettled(Array.from({ length: times }, () => limiter?.consume(key)));
      return results.filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await taken(one, 'k', 3)).toBe(3);
    expect(await taken(other, 'k', 3)).toBe(1);

    server.shut();
    expect(await taken(one, 'away', 4)).toBe(2);
    expect(await taken(other, 'away', 4)).toBe(2);
    server.open();
  });
});
