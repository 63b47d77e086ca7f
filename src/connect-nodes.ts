import type { Clock, DeskEvents } from './bot/ports.ts';
import type { Config } from './config.ts';
import type { ScreensLine } from './integrations/agent-desk/screens-line.ts';
import { type BannerNews, createLocalBannerNews } from './integrations/banner/banner-news.ts';
import { createLocalEvents } from './integrations/local-events.ts';
import { createNewsLook } from './integrations/look-for-news.ts';
import { type CreateRateLimiter, createShareLimiter } from './integrations/rate-limiters.ts';
import type { RedisOptions } from './integrations/redis/connect-redis.ts';
import type { Storage } from './integrations/storage/storage.ts';

/** How this node hears of the others, and counts with them. */
export interface Nodes {
  readonly events: DeskEvents;
  /** Absent where there is one node only. */
  readonly screens?: ScreensLine;
  /** That what everybody is shown has changed. */
  readonly bannerNews: BannerNews;
  readonly createLimiter: CreateRateLimiter;
  /** Finds what no wake-up told; absent where there is one node only. */
  readonly news?: { look(): Promise<void> };
  close(): void;
}

export interface ConnectNodesDeps {
  readonly storage: Pick<Storage, 'isShared' | 'views'>;
  readonly nodeId: string;
  readonly clock: Clock;
  readonly log: RedisOptions['log'];
}

/** Within the process when it is the only one; by Redis and by looking into the database when there are others. */
export async function connectNodes(
  { redisUrl, nodes }: Pick<Config, 'redisUrl' | 'nodes'>,
  { storage, nodeId, clock, log }: ConnectNodesDeps,
): Promise<Nodes> {
  const local = createLocalEvents();
  const bannerNews = createLocalBannerNews();
  const news = storage.isShared ? { news: createNewsLook({ ...storage, wake: local.publish, clock }) } : {};
  if (redisUrl === undefined) {
    return { events: local, bannerNews, createLimiter: createShareLimiter(nodes), ...news, close() {} };
  }
  // Loaded here and nowhere else: a service of one node starts without the client.
  const [
    { connectRedis },
    { createRedisEvents },
    { createRedisScreens },
    { createRedisBannerNews },
    { createRedisRateLimiter },
  ] = await Promise.all([
    import('./integrations/redis/connect-redis.ts'),
    import('./integrations/redis/redis-events.ts'),
    import('./integrations/redis/redis-screens.ts'),
    import('./integrations/redis/redis-banner-news.ts'),
    import('./integrations/redis/redis-rate-limiter.ts'),
  ]);
  const redis = connectRedis({ url: redisUrl, log });
  return {
    events: createRedisEvents(redis, local, nodeId),
    screens: createRedisScreens(redis, nodeId),
    bannerNews: createRedisBannerNews(redis, bannerNews, nodeId),
    createLimiter: createRedisRateLimiter(redis, nodes),
    ...news,
    close: redis.close,
  };
}
