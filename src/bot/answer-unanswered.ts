import { answerCustomer } from './answer-customer.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { hasHiddenCode } from './redact.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';
import { understandContent } from './understand-content.ts';

const LOOKED_AT = 50;

/** The bot has the word again: what the customer wrote last and nobody answered is answered now. */
export async function answerUnanswered(
  deps: TurnDeps,
  draft: TurnDraft,
  { event, head }: { readonly event: InboundEvent; readonly head: Turn },
): Promise<void> {
  const content = await unansweredContent(deps, head);
  if (content === undefined || content.text === '' || hasHiddenCode(content)) {
    return;
  }
  const expects = deps.engine.expects(draft.state.dialogs);
  const understanding = understandContent(deps.understand, content, { now: draft.now, expects });
  await answerCustomer(deps, draft, { event, content, understanding, isHeard: true, head });
}

/**
 * The last message, if it is the customer's and came while a human held the conversation: an earlier one was answered
 * by the bot as it came, be it with safety words alone.
 */
async function unansweredContent({ store }: Pick<TurnDeps, 'store'>, head: Turn): Promise<CustomerContent | undefined> {
  const turns = await store.turns(head.conversationId, Math.max(0, head.version - LOOKED_AT), LOOKED_AT);
  const spoken = turns.flatMap(({ messages, state }) =>
    messages
      .filter(({ author, isSafety }) => author !== 'system' && isSafety !== true)
      .map((message) => ({ message, holder: state.holder })),
  );
  const last = spoken.at(-1);
  return last?.message.author === 'customer' && last.holder === 'agent' ? last.message.content : undefined;
}
