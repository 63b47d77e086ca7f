import { move } from './agent-moves.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { EventContent, InboundEvent } from './message.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/** Its agent is gone: back to the head of the queue, with its age; the customer is told once. */
export function leaseTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { agentId, epoch }: Extract<EventContent, { readonly kind: 'lease_lapsed' }>,
  head: Turn | undefined,
): TurnDraft {
  const { contentVersion } = deps.engine;
  const draft = createTurnDraft({ event, head, kind: 'system', now: deps.clock.now(), contentVersion });
  // In the meantime the conversation may have moved: then the turn only says that the event is done with.
  if (draft.state.holder === 'agent' && draft.state.agentId === agentId && draft.state.epoch === epoch) {
    move(deps, draft, 'lapse', { now: draft.now, reason: 'agent_gone' });
  }
  return draft;
}
