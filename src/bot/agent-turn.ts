import type { AgentAct } from './agent-act.ts';
import type { AgentActResult } from './agent-act-result.ts';
import { performAct } from './agent-moves.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { InboundEvent } from './message.ts';
import { isOutsideAgent } from './outside-agent.ts';
import { messagesAfter } from './recent-messages.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

export type AgentRefusal = Extract<AgentActResult, { done: false }>;

/** What an agent does at the desk, as a turn of the chain: the second claimer loses here and learns who won. */
export async function agentTurn(
  deps: TurnDeps,
  event: InboundEvent,
  act: AgentAct,
  head: Turn | undefined,
): Promise<TurnDraft | { readonly refused: AgentRefusal }> {
  if (head === undefined) {
    return { refused: { done: false, reason: 'not_found', holder: 'bot' } };
  }
  const refused = refusalOf(act, head) ?? (await staleScreen(deps, act, head));
  if (refused !== undefined) {
    return { refused };
  }
  const draft = createTurnDraft({
    ...{ event, head, act, kind: 'agent', now: deps.clock.now() },
    contentVersion: deps.engine.contentVersion,
  });
  await performAct(deps, draft, act, { event, head });
  return draft;
}

function refusalOf(act: AgentAct, head: Turn): AgentRefusal | undefined {
  const { holder, agentId, agentName } = head.state;
  const named = agentName === undefined ? {} : { agentName };
  const isHeldByOther = holder === 'agent' && agentId !== act.agentId;
  switch (act.act) {
    case 'note':
    case 'see_alarm':
      return undefined;
    case 'claim':
      return isHeldByOther && !isOutsideAgent(agentId)
        ? { done: false, reason: 'held_by_other', holder, ...named }
        : undefined;
    case 'answer_incident':
      // Whoever has spoken of danger is answered by himself.
      return holder === 'queue' && head.state.priority !== 'emergency'
        ? undefined
        : { done: false, reason: 'not_waiting', holder, ...named };
    case 'assign':
      return holder === 'queue' ? undefined : { done: false, reason: 'not_waiting', holder, ...named };
    case 'take_back':
      return holder === 'agent' && agentId === act.from
        ? undefined
        : { done: false, reason: 'not_holder', holder, ...named };
    case 'reassign':
      return holder === 'closed' ? { done: false, reason: 'closed', holder } : undefined;
    default:
      if (isHeldByOther) {
        return { done: false, reason: 'held_by_other', holder, ...named };
      }
      return holder === 'agent'
        ? undefined
        : { done: false, reason: holder === 'closed' ? 'closed' : 'not_holder', holder };
  }
}

/** Something newer than the agent's screen stands in the conversation, and it is not the agent's own. */
async function staleScreen(deps: TurnDeps, act: AgentAct, head: Turn): Promise<AgentRefusal | undefined> {
  if (!('seenSeq' in act) || act.seenSeq === undefined || head.state.messageSeq <= act.seenSeq) {
    return undefined;
  }
  const newer = await messagesAfter(deps.store, head, act.seenSeq);
  const isStale = newer.some(
    ({ author, authorId }) => author === 'customer' || (author === 'agent' && authorId !== act.agentId),
  );
  return isStale ? { done: false, reason: 'stale_screen', holder: head.state.holder } : undefined;
}
