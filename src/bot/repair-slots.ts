import type { AgentSlots, Clock, ConversationStore } from './ports.ts';

interface RepairDeps {
  readonly slots: AgentSlots;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly clock: Clock;
}

const REPAIR_EVERY_MS = 30_000;
const REPAIR_OLDER_MS = 60_000;
const REPAIR_LIMIT = 1_000;

/** Frees slots that no conversation names: a process died between a slot and its turn, or after the turn. */
export function createSlotRepair({ slots, store, clock }: RepairDeps): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    const now = clock.now();
    if (now < nextAt) {
      return;
    }
    nextAt = now + REPAIR_EVERY_MS;
    for (const { token, conversationId } of await slots.taken(now - REPAIR_OLDER_MS, REPAIR_LIMIT)) {
      if ((await store.head(conversationId))?.state.slot !== token) {
        await slots.free(token);
      }
    }
  };
}
