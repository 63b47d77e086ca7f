import type { TurnDeps } from './handle-turn.ts';
import type { EventContent, InboundEvent } from './message.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/**
 * The service writes by itself: the words go out through the outbox, and whoever holds the conversation goes on. Where
 * no agent does, a question in them is open from now on.
 */
export function noticeTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { replies, provenance = [] }: Extract<EventContent, { readonly kind: 'notice' }>,
  head: Turn | undefined,
): TurnDraft {
  const { contentVersion } = deps.engine;
  const draft = createTurnDraft({ event, head, kind: 'system', now: deps.clock.now(), contentVersion });
  if (draft.state.holder !== 'agent') {
    draft.update({ dialogs: deps.engine.opened(draft.state.dialogs, replies) });
  }
  draft.say(replies, { author: 'system', authorId: event.key, provenance });
  return draft;
}
