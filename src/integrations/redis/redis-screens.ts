import type { ScreensLine, ScreensNews } from '../agent-desk/screens-line.ts';
import type { Redis } from './connect-redis.ts';

const CHANNEL = 'lang-nghe:screens';

/** Who has which conversation open, from node to node by Redis: nothing of it is kept there. */
export function createRedisScreens(
  { commands, listen }: Pick<Redis, 'commands' | 'listen'>,
  nodeId: string,
): ScreensLine {
  const listeners = new Set<(news: ScreensNews) => void>();
  listen(CHANNEL, (raw) => {
    const news = JSON.parse(raw) as ScreensNews;
    if (news.nodeId !== nodeId) {
      for (const listener of listeners) {
        listener(news);
      }
    }
  });
  return {
    tell(news) {
      commands.publish(CHANNEL, JSON.stringify({ ...news, nodeId } satisfies ScreensNews)).catch(() => {
        // Redis is away: colleagues of this node are still shown.
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
