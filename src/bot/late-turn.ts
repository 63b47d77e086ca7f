import { queueUp } from './answer-customer.ts';
import { saySafetyWords } from './customer-turn.ts';
import type { TurnDeps } from './handle-turn.ts';
import { applyMove } from './handoff.ts';
import type { EventContent, InboundEvent } from './message.ts';

import { hideCodes } from './redact.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/**
 * A message that was found long after it was written: an answer of the bot would surprise, so a human reads it, with a
 * note of how old it is. Words of danger get the safety words all the same.
 */
export async function lateTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { message, note }: Extract<EventContent, { readonly kind: 'late_message' }>,
  head: Turn | undefined,
): Promise<TurnDraft> {
  const now = deps.clock.now();
  const understanding = deps.understand(message.text ?? '', { now });
  const draft = createTurnDraft({ event, head, kind: 'customer', now, contentVersion: deps.engine.contentVersion });
  if (draft.state.holder === 'closed') {
    draft.replace(applyMove(draft.state, 'customer_returns', { now: draft.now }));
  }
  draft.update({ lastCustomerAt: draft.now });
  draft.hear(hideCodes(message));
  draft.note({ authorId: 'system', authorName: 'Hệ thống', text: note });
  if (understanding.emergency && message.choice === undefined) {
    draft.update({ priority: 'emergency' });
    saySafetyWords(deps, draft, understanding);
  }
  await queueUp(deps, draft, 'late_message');
  return draft;
}
