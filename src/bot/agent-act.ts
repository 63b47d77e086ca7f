import type { Holder } from './conversation.ts';
import type { AgentAct, ConversationId } from './message.ts';

/** How an agent's act ended. A refusal is an expected result: the desk tells the agent who was faster. */
export type AgentActResult =
  | { readonly done: true; readonly version: number }
  | {
      readonly done: false;
      /** `held_by_other`: another agent holds it (`agentName`). `not_holder`: claim it first. `closed`, `not_found`: as they say. */
      readonly reason: 'held_by_other' | 'not_holder' | 'closed' | 'not_found';
      readonly holder: Holder;
      readonly agentName?: string;
    };

/** Performs one act as a turn of the chain. The same `key` twice is one act, so a client may send it again. */
export type PerformAgentAct = (conversationId: ConversationId, act: AgentAct, key: string) => Promise<AgentActResult>;
