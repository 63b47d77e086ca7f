import type { DeskEvents, Wakeup } from '../../bot/ports.ts';
import type { Redis } from './connect-redis.ts';

const CHANNEL = 'lang-nghe:wakeups';

/**
 * Wake-ups of all nodes: told here at once, and to the others by Redis. They carry ids and versions only, and one that
 * is lost only delays.
 */
export function createRedisEvents(
  { commands, listen }: Pick<Redis, 'commands' | 'listen'>,
  local: DeskEvents,
  nodeId: string,
): DeskEvents {
  listen(CHANNEL, (raw) => {
    const { from, ...wakeup } = JSON.parse(raw) as Wakeup & { readonly from: string };
    if (from !== nodeId) {
      local.publish(wakeup);
    }
  });
  return {
    publish(wakeup) {
      local.publish(wakeup);
      commands.publish(CHANNEL, JSON.stringify({ ...wakeup, from: nodeId })).catch(() => {
        // Redis is away: the other nodes look for themselves (look-for-news.ts).
      });
    },
    subscribe: (listener) => local.subscribe(listener),
  };
}
