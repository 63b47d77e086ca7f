import type { AgentActResult } from './agent-act.ts';
import { askForRating } from './ask-for-rating.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { AgentAct, InboundEvent } from './message.ts';
import { isOutsideAgent } from './outside-agent.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

export type AgentRefusal = Extract<AgentActResult, { done: false }>;

/** What an agent does at the desk, as a turn of the chain: the second claimer loses here and learns who won. */
export function agentTurn(
  deps: TurnDeps,
  event: InboundEvent,
  act: AgentAct,
  head: Turn | undefined,
): TurnDraft | { readonly refused: AgentRefusal } {
  const refused = refusalOf(act, head);
  if (refused !== undefined) {
    return { refused };
  }
  const draft = createTurnDraft({
    event,
    head,
    kind: 'agent',
    act: act.act,
    now: deps.clock.now(),
    contentVersion: deps.engine.contentVersion,
  });
  perform(deps, draft, act);
  return draft;
}

function refusalOf(act: AgentAct, head: Turn | undefined): AgentRefusal | undefined {
  if (head === undefined) {
    return { done: false, reason: 'not_found', holder: 'bot' };
  }
  const { holder, agentId, agentName } = head.state;
  const isRelief = act.act === 'claim' && isOutsideAgent(agentId);
  const isHeldByOther = holder === 'agent' && agentId !== act.agentId && !isRelief;
  if (isHeldByOther) {
    return { done: false, reason: 'held_by_other', holder, ...(agentName !== undefined && { agentName }) };
  }
  if (act.act === 'claim') {
    return undefined;
  }
  return holder === 'agent'
    ? undefined
    : { done: false, reason: holder === 'closed' ? 'closed' : 'not_holder', holder };
}

function perform(deps: TurnDeps, draft: TurnDraft, act: AgentAct): void {
  const words = { agent_name: act.agentName };
  const notice = (id: string) => draft.say(deps.engine.notice(id, words), { author: 'system', authorId: act.agentId });
  switch (act.act) {
    case 'claim': {
      const isRelief = isOutsideAgent(draft.state.agentId);
      if (draft.state.holder !== 'agent' || isRelief) {
        const agent = { id: act.agentId, name: act.agentName };
        draft.replace(applyMove(draft.state, isRelief ? 'relieve' : 'claim', { now: draft.now, agent }));
        notice('agent-joined');
      }
      return;
    }
    case 'say':
      draft.say([{ kind: 'text', text: act.text }], {
        author: 'agent',
        authorId: act.agentId,
        authorName: act.agentName,
      });
      return;
    case 'release':
      draft.replace(applyMove(draft.state, 'release', { now: draft.now }));
      notice('agent-left');
      return;
    case 'requeue':
      draft.replace(applyMove(draft.state, 'requeue', { now: draft.now, reason: 'requeued' }));
      notice('returned-to-queue');
      draft.timer('queue_wait', draft.now + deps.policy.queueWaitMs);
      return;
    case 'close':
      draft.replace(applyMove(draft.state, 'close', { now: draft.now }));
      notice('conversation-closed');
      askForRating(deps, draft, act.agentId);
      return;
  }
}
