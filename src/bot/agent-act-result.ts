import type { AgentAct } from './agent-act.ts';
import type { Holder } from './conversation.ts';
import type { ConversationId } from './message.ts';

/** How an agent's act ended. A refusal is an expected result: the desk tells the agent who was faster. */
export type AgentActResult =
  | { readonly done: true; readonly version: number }
  | {
      readonly done: false;
      /**
       * `held_by_other`: another agent holds it (`agentName`). `not_holder`: claim it first. `stale_screen`: something
       * newer stands there. `at_cap`: whoever should hold it has no room. `not_waiting`: it waits no more. `closed`,
       * `not_found`: as they say.
       */
      readonly reason:
        | 'held_by_other'
        | 'not_holder'
        | 'stale_screen'
        | 'at_cap'
        | 'not_waiting'
        | 'closed'
        | 'not_found';
      readonly holder: Holder;
      readonly agentName?: string;
    };

/** Performs one act as a turn of the chain. The same `key` twice is one act, so a client may send it again. */
export type PerformAgentAct = (conversationId: ConversationId, act: AgentAct, key: string) => Promise<AgentActResult>;
