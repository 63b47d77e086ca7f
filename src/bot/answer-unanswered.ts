import { answerCustomer } from './answer-customer.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { CustomerContent, InboundEvent } from './message.ts';
import { hasHiddenCode } from './redact.ts';
import type { Turn } from './turn.ts';
import type { TurnDraft } from './turn-draft.ts';
import { understandContent } from './understand-content.ts';

const LOOKED_AT = 50;

/**
 * The bot has the word again: what the customer wrote last and nobody answered is answered now. Danger goes before what
 * was written after it.
 */
export async function answerUnanswered(
  deps: TurnDeps,
  draft: TurnDraft,
  { event, head }: { readonly event: InboundEvent; readonly head: Turn },
): Promise<void> {
  const expects = deps.engine.expects(draft.state.dialogs);
  const said = (await unansweredContents(deps, head)).map((content) => ({
    content,
    understanding: understandContent(deps.understand, content, { now: draft.now, expects }),
  }));
  const danger = said.findLast(({ content, understanding }) => understanding.emergency && content.choice === undefined);
  const { content, understanding } = danger ?? said.at(-1) ?? {};
  if (content === undefined || understanding === undefined || content.text === '' || hasHiddenCode(content)) {
    return;
  }
  await answerCustomer(deps, draft, { event, content, understanding, isHeard: true, head });
}

/**
 * The last messages, if they are the customer's and came while a human held the conversation: an earlier one was answered
 * by the bot as it came, be it with safety words alone.
 */
async function unansweredContents({ store }: Pick<TurnDeps, 'store'>, head: Turn): Promise<readonly CustomerContent[]> {
  const turns = await store.turns(head.conversationId, Math.max(0, head.version - LOOKED_AT), LOOKED_AT);
  const spoken = turns.flatMap(({ messages, state }) =>
    messages
      .filter(({ author, isSafety }) => author !== 'system' && isSafety !== true)
      .map((message) => ({ message, holder: state.holder })),
  );
  const answered = spoken.findLastIndex(({ message, holder }) => message.author !== 'customer' || holder !== 'agent');
  return spoken.slice(answered + 1).flatMap(({ message }) => message.content ?? []);
}
