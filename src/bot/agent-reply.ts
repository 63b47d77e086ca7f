import type { PerformAgentAct } from './agent-act-result.ts';
import type { TurnOutcome } from './handle-turn.ts';
import type { ConversationId, InboundEvent } from './message.ts';
import type { Clock, ConversationStore } from './ports.ts';

export interface AgentReplyDeps {
  readonly handle: (event: InboundEvent) => Promise<TurnOutcome>;
  readonly store: Pick<ConversationStore, 'head'>;
  /** Called after each committed turn. */
  readonly onTurn: (outcome: TurnOutcome) => void;
  readonly clock: Clock;
}

/**
 * What an agent writes or does at the desk. It waits in no queue: the agent is told at once whether it was done, and
 * the desk sends it again under the same key when the answer was lost.
 */
export function createPerformAgentAct({ handle, store, onTurn, clock }: AgentReplyDeps): PerformAgentAct {
  return async (conversationId, act, key) => {
    const now = clock.now();
    const outcome = await handle({
      key: agentEventKey(conversationId, key),
      conversationId,
      orderKey: now,
      receivedAt: now,
      content: { kind: 'agent_act', ...act },
    });
    onTurn(outcome);
    switch (outcome.result) {
      case 'refused':
        return outcome.refusal;
      case 'committed':
        return { done: true, version: outcome.turn.version };
      case 'repeat':
        return { done: true, version: (await store.head(conversationId))?.version ?? 0 };
    }
  };
}

/** The event key under which the chain knows an act of the desk. */
export function agentEventKey(conversationId: ConversationId, key: string): string {
  return `agent/${conversationId}/${key}`;
}
