import type { TurnDeps } from './handle-turn.ts';
import type { EventContent, InboundEvent } from './message.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/** The service writes by itself: the words go out through the outbox, and whoever holds the conversation goes on. */
export function noticeTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { replies }: Extract<EventContent, { readonly kind: 'notice' }>,
  head: Turn | undefined,
): TurnDraft {
  const { contentVersion } = deps.engine;
  const draft = createTurnDraft({ event, head, kind: 'system', now: deps.clock.now(), contentVersion });
  draft.say(replies, { author: 'system', authorId: event.key });
  return draft;
}
