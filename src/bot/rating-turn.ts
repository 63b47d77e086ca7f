import type { TurnDeps } from './handle-turn.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { parseRating, ratingChoiceIn } from './rating.ts';
import type { Turn } from './turn.ts';
import { createTurnDraft, type TurnDraft } from './turn-draft.ts';

const SATISFIED_FROM = 3;

/**
 * The customer rates a closed conversation: the rating is kept, and nothing else moves. It opens no conversation,
 * starts no dialog and leaves an open question open. `undefined`: the message is no rating.
 */
export function ratingTurn(
  deps: TurnDeps,
  event: InboundEvent,
  content: CustomerContent,
  head: Turn | undefined,
): TurnDraft | undefined {
  const choice = ratingChoiceIn(content, head);
  const rating = choice === undefined ? undefined : parseRating(choice);
  if (choice === undefined || rating === undefined) {
    return undefined;
  }
  const { contentVersion } = deps.engine;
  const draft = createTurnDraft({ event, head, kind: 'customer', now: deps.clock.now(), contentVersion });
  draft.update({ lastCustomerAt: draft.now });
  draft.hear({ ...content, choice });
  const { closing, holder } = draft.state;
  const isOfLastClosing = closing !== undefined && closing.epoch === rating.closing;
  if (isOfLastClosing) {
    draft.rate({ ...rating, agentId: closing.agentId });
  }
  // Where a person has taken over, nothing comes from the bot.
  if (holder !== 'agent') {
    draft.say(deps.engine.notice(draft.state.dialogs, isOfLastClosing ? answerTo(rating.score) : 'old-button'), {
      author: 'bot',
    });
  }
  return draft;
}

function answerTo(score: number): string {
  return score >= SATISFIED_FROM ? 'rating-thanks' : 'rating-sorry';
}
