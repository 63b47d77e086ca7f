import type { TurnDeps } from './handle-turn.ts';
import type { EventContent, InboundEvent } from './message.ts';
import { forgetPerson } from './redact-turn.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

/** The words when the data are erased, and when they must be kept after all. */
const TOLD_BY = 'data-erased';
const HELD_TOLD_BY = 'data-held';
/** Begins the number of an erasure. */
export const ERASURE_PREFIX = 'XD';

/** The channel has told that the customer wants his data gone. Nobody is there to be answered. */
export function withdrawalTurn(deps: TurnDeps, event: InboundEvent, head: Turn | undefined): TurnDraft {
  const draft = begin(deps, event, head);
  draft.effect({ kind: 'erase_data', number: deps.ids.ticketNumber(ERASURE_PREFIX, draft.now), isSilent: true });
  return draft;
}

/** From here on the conversation knows nothing of before, so that the turns before can lose their words. */
export function dataErasedTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { number, isTold }: Extract<EventContent, { readonly kind: 'data_erased' }>,
  head: Turn | undefined,
): TurnDraft {
  const draft = begin(deps, event, head);
  draft.replace(forgetPerson(draft.state));
  if (isTold) {
    draft.say(deps.engine.notice(draft.state.dialogs, TOLD_BY, { erasure_number: number }), { author: 'system' });
  }
  return draft;
}

/** The customer is told the truth: nothing is erased for now, and what becomes of his request. */
export function dataHeldTurn(
  deps: TurnDeps,
  event: InboundEvent,
  { number }: Extract<EventContent, { readonly kind: 'data_held' }>,
  head: Turn | undefined,
): TurnDraft {
  const draft = begin(deps, event, head);
  draft.say(deps.engine.notice(draft.state.dialogs, HELD_TOLD_BY, { erasure_number: number }), { author: 'system' });
  return draft;
}

function begin({ engine, clock }: TurnDeps, event: InboundEvent, head: Turn | undefined): TurnDraft {
  return createTurnDraft({ event, head, kind: 'system', now: clock.now(), contentVersion: engine.contentVersion });
}
