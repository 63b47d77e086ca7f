import type { Clock, ConversationViews, Wakeup } from '../bot/ports.ts';

/** Tells of conversations that have moved on without a wake-up: another node was at it, and nobody could say so. */
export interface NewsLook {
  look(): Promise<void>;
}

export interface NewsLookDeps {
  readonly views: Pick<ConversationViews, 'list'>;
  /** Wakes the listeners of this node. */
  readonly wake: (wakeup: Wakeup) => void;
  readonly clock: Clock;
}

/** Clocks of nodes may differ, and a turn may be projected some time after it was committed, ms. */
const LOOKED_BACK_MS = 30_000;
const LIST_LIMIT = 500;

export function createNewsLook({ views, wake, clock }: NewsLookDeps): NewsLook {
  let known = new Map<string, number>();

  return {
    async look() {
      const since = clock.now() - LOOKED_BACK_MS;
      const lists = await Promise.all([
        views.list({ holders: ['queue'], limit: LIST_LIMIT }),
        views.list({ holders: ['agent', 'bot', 'closed'], limit: LIST_LIMIT }),
      ]);
      const seen = new Map<string, number>();
      for (const { conversationId, version, lastAt } of lists.flat()) {
        if (lastAt < since) {
          continue;
        }
        seen.set(conversationId, version);
        if (known.get(conversationId) !== version) {
          wake({ conversationId, version });
        }
      }
      known = seen;
    },
  };
}
