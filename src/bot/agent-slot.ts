import type { AgentAct } from './agent-act.ts';
import type { PerformAgentAct } from './agent-act-result.ts';
import { agentEventKey } from './agent-reply.ts';
import type { Colleague } from './colleague.ts';
import type { AgentSlots, Clock, ConversationStore } from './ports.ts';

/** Who holds the conversation when the act is done; `undefined` for acts that give it to nobody. */
export function holderAfter(act: AgentAct): Colleague | undefined {
  switch (act.act) {
    case 'claim':
      return { id: act.agentId, name: act.agentName };
    case 'assign':
    case 'reassign':
    case 'transfer':
      return act.to;
    default:
      return undefined;
  }
}

/** Names the slot that an act takes: two nodes may give one conversation to two agents under the same key. */
export function slotToken(eventKey: string, agentId: string): string {
  return `${eventKey}>${agentId}`;
}

interface SlotDeps {
  readonly perform: PerformAgentAct;
  readonly slots: AgentSlots;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly clock: Clock;
  /** The most conversations that an agent holds. */
  readonly cap: number;
}

/** Acts that give a conversation to somebody take one of his slots first, and give it back when they come to nothing. */
export function createActWithinCap({ perform, slots, store, clock, cap }: SlotDeps): PerformAgentAct {
  return async (conversationId, act, key) => {
    const holder = holderAfter(act);
    if (holder === undefined) {
      return perform(conversationId, act, key);
    }
    const token = slotToken(agentEventKey(conversationId, key), holder.id);
    const slot = { token, agentId: holder.id, conversationId, at: clock.now() };
    if (!(await slots.take(slot, cap))) {
      const state = (await store.head(conversationId))?.state;
      return state?.agentId === holder.id
        ? perform(conversationId, act, key)
        : { done: false, reason: 'at_cap', holder: state?.holder ?? 'bot', agentName: holder.name };
    }
    const result = await perform(conversationId, act, key);
    if ((await store.head(conversationId))?.state.slot !== token) {
      await slots.free(token);
    }
    return result;
  };
}

const REPAIR_EVERY_MS = 30_000;
const REPAIR_OLDER_MS = 60_000;
const REPAIR_LIMIT = 1_000;

/** Frees slots that no conversation names: a process died between a slot and its turn, or after the turn. */
export function createSlotRepair({ slots, store, clock }: Omit<SlotDeps, 'perform' | 'cap'>): () => Promise<void> {
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
