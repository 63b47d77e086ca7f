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
  const contents = await unansweredContents(deps, head);
  const expects = deps.engine.expects(draft.state.dialogs, draft.now);
  const said = contents.filter(isLegible).map((content) => ({
    content,
    understanding: understandContent(deps.understand, content, { now: draft.now, expects }),
  }));
  const danger = said.findLast(({ content, understanding }) => understanding.emergency && content.choice === undefined);
  const answered = danger ?? said.find(({ content }) => content === contents.at(-1));
  if (answered !== undefined) {
    await answerCustomer(deps, draft, { event, ...answered, isHeard: true, head });
  }
}

/** What is left of a hidden code says nothing. */
function isLegible(content: CustomerContent): boolean {
  return content.text !== '' && !hasHiddenCode(content);
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
