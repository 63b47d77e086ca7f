import { answerCustomer } from './answer-customer.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { InboundEvent } from './message.ts';
import { messagesAfter } from './recent-messages.ts';
import { hasHiddenCode } from './redact.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';
import { understandContent } from './understand-content.ts';

const LOOKED_AT = 30;

/** The bot has the word again: what the customer wrote last and nobody answered is answered now. */
export async function answerUnanswered(
  deps: TurnDeps,
  draft: TurnDraft,
  { event, head }: { readonly event: InboundEvent; readonly head: Turn },
): Promise<void> {
  const messages = await messagesAfter(deps.store, head, Math.max(0, head.state.messageSeq - LOOKED_AT));
  const last = messages.findLast(({ author, isSafety }) => author !== 'system' && isSafety !== true);
  const content = last?.author === 'customer' ? last.content : undefined;
  if (content === undefined || content.text === '' || hasHiddenCode(content)) {
    return;
  }
  const expects = deps.engine.expects(draft.state.dialogs);
  const understanding = understandContent(deps.understand, content, { now: draft.now, expects });
  await answerCustomer(deps, draft, { event, content, understanding, isHeard: true, head });
}
