import type { BannerNews } from '../banner/banner-news.ts';
import type { Redis } from './connect-redis.ts';

const CHANNEL = 'lang-nghe:banner';

/** News of the banner from all nodes: told here at once, and to the others by Redis. */
export function createRedisBannerNews(
  { commands, listen }: Pick<Redis, 'commands' | 'listen'>,
  local: BannerNews,
  nodeId: string,
): BannerNews {
  listen(CHANNEL, (from) => {
    if (from !== nodeId) {
      local.tell();
    }
  });
  return {
    tell() {
      local.tell();
      commands.publish(CHANNEL, nodeId).catch(() => {
        // Redis is away: the other nodes look for themselves (banner-pushes.ts).
      });
    },
    subscribe: local.subscribe,
  };
}
