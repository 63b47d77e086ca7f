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

interface CapDeps {
  readonly perform: PerformAgentAct;
  readonly slots: AgentSlots;
  readonly store: Pick<ConversationStore, 'head'>;
  readonly clock: Clock;
  /** The most conversations that an agent holds. */
  readonly cap: number;
}

/** Acts that give a conversation to somebody take one of his slots first, and give it back when they come to nothing. */
export function createActWithinCap({ perform, slots, store, clock, cap }: CapDeps): PerformAgentAct {
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
