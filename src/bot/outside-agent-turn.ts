import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { EventContent, InboundEvent } from './message.ts';
import { isOutsideAgent, outsideAgentId } from './outside-agent.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

type Content<K extends EventContent['kind']> = Extract<EventContent, { readonly kind: K }>;

const DEFAULT_HOLD_MS = 60 * 60_000;

/**
 * A human has written to the customer in a tool of the channel: he takes over, unless an agent of the desk is there.
 * His words are kept as they are; nothing is sent. After a while without his words the bot may speak again.
 */
export function outsideTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: Content<'outside_agent'>,
  head: Turn | undefined,
): TurnDraft {
  const draft = begin(deps, event, head, 'agent');
  const agent = { id: outsideAgentId(content.adminId), name: content.agentName };
  if (draft.state.holder !== 'agent') {
    draft.replace(applyMove(draft.state, 'claim', { now: draft.now, agent }));
  }
  if (isOutsideAgent(draft.state.agentId)) {
    const outsideUntil = draft.now + (deps.policy.outsideHoldMs ?? DEFAULT_HOLD_MS);
    draft.update({ outsideUntil });
    draft.timer('outside_hold', outsideUntil);
  }
  draft.say([{ kind: 'text', text: content.text }], {
    author: 'agent',
    authorId: agent.id,
    authorName: agent.name,
    isDelivered: true,
  });
  return draft;
}

/** Another tool has written to the customer: its words are kept, and whoever holds the conversation goes on. */
export function outsideNoticeTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: Content<'outside_notice'>,
  head: Turn | undefined,
): TurnDraft {
  const draft = begin(deps, event, head, 'system');
  draft.say([{ kind: 'text', text: content.text }], { author: 'system', isDelivered: true });
  return draft;
}

/** The timer of a hold has come due. Newer words have set a later one, which decides then. */
export function endOutsideHold(draft: TurnDraft): void {
  const { holder, agentId, outsideUntil } = draft.state;
  if (holder === 'agent' && isOutsideAgent(agentId) && draft.now >= (outsideUntil ?? 0)) {
    draft.replace(applyMove(draft.state, 'outside_ends', { now: draft.now }));
  }
}

function begin(deps: TurnDeps, event: InboundEvent, head: Turn | undefined, kind: Turn['kind']): TurnDraft {
  const { contentVersion } = deps.engine;
  return createTurnDraft({ event, head, kind, now: deps.clock.now(), contentVersion });
}
