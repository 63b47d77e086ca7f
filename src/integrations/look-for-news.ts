import type { Clock, ConversationViews, Wakeup } from '../bot/ports.ts';

/** Tells of conversations that have moved on without a wake-up: another node was at it, and nobody could say so. */
export interface NewsLook {
  look(): Promise<void>;
}

export interface NewsLookDeps {
  readonly views: Pick<ConversationViews, 'movedSince'>;
  /** Wakes the listeners of this node. */
  readonly wake: (wakeup: Wakeup) => void;
  readonly clock: Clock;
}

/** Clocks of nodes may differ, and a turn may be projected some time after it was committed, ms. */
const LOOKED_BACK_MS = 30_000;

export function createNewsLook({ views, wake, clock }: NewsLookDeps): NewsLook {
  let known = new Map<string, number>();

  return {
    async look() {
      const seen = new Map<string, number>();
      for (const { conversationId, version } of await views.movedSince(clock.now() - LOOKED_BACK_MS)) {
        seen.set(conversationId, version);
        if (known.get(conversationId) !== version) {
          wake({ conversationId, version });
        }
      }
      known = seen;
    },
  };
}
