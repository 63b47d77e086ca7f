import type { DeskEvents, Wakeup } from '../../bot/ports.ts';
import type { Redis } from './connect-redis.ts';

const CHANNEL = 'lang-nghe:wakeups';

/**
 * Wake-ups of all nodes: told here at once, and to the others by Redis. They carry ids and versions only, and one that
 * is lost only delays.
 */
export function createRedisEvents(
  { commands, listener }: Pick<Redis, 'commands' | 'listener'>,
  local: DeskEvents,
  nodeId: string,
): DeskEvents {
  void listener
    .connect()
    .then(() =>
      // Taken up again by the client after each break.
      listener.subscribe(CHANNEL, (raw) => {
        const { from, ...wakeup } = JSON.parse(raw) as Wakeup & { readonly from: string };
        if (from !== nodeId) {
          local.publish(wakeup);
        }
      }),
    )
    .catch(() => {});
  return {
    publish(wakeup) {
      local.publish(wakeup);
      commands.publish(CHANNEL, JSON.stringify({ ...wakeup, from: nodeId })).catch(() => {
        // Redis is away: the other nodes look for themselves (look-for-news.ts).
      });
    },
    subscribe: (listen) => local.subscribe(listen),
  };
}
