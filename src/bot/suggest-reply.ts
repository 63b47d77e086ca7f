import { toPlainText } from '../dialogs/reply.ts';
import { parseConversationId } from './conversation.ts';
import type { TurnDeps } from './handle-turn.ts';
import type { ConversationId } from './message.ts';
import { messagesAfter } from './recent-messages.ts';
import { hasHiddenCode } from './redact.ts';

/** What the bot would say to the customer's last message, for the agent to use or to change; `undefined`: nothing. */
export type SuggestReply = (conversationId: ConversationId) => Promise<string | undefined>;

const LOOKED_AT = 30;

/**
 * Runs the dialogs on what the customer said last and keeps nothing of it: no turn, no effect. Says nothing where the
 * bot is not sure, where it would only ask, and where the answer is an act.
 */
export function createSuggestReply(
  deps: Pick<TurnDeps, 'clock' | 'engine' | 'runAction' | 'store' | 'understand'>,
): SuggestReply {
  return async (conversationId) => {
    const head = await deps.store.head(conversationId);
    if (head === undefined) {
      return undefined;
    }
    const { dialogs, identities, messageSeq } = head.state;
    const messages = await messagesAfter(deps.store, head, Math.max(0, messageSeq - LOOKED_AT));
    const last = messages.findLast(({ author }) => author !== 'system');
    const content = last?.content;
    if (last?.author !== 'customer' || content?.text === undefined || hasHiddenCode(content)) {
      return undefined;
    }
    const now = deps.clock.now();
    const understanding = deps.understand(content.text, { now, expects: deps.engine.expects(dialogs, now) });
    if (understanding.decision !== 'accept' || understanding.emergency) {
      return undefined;
    }
    const advanced = await deps.engine.advance(
      dialogs,
      { understanding },
      {
        ...{ conversationId, now, identities },
        channel: parseConversationId(conversationId).channel,
        // The key of the message itself: what it may count against was counted when it came.
        eventKey: last.authorId ?? '',
      },
      deps.runAction,
    );
    const isAct = advanced.effects.length > 0 || advanced.handoff !== undefined;
    return isAct || advanced.missed || advanced.redactUtterance
      ? undefined
      : advanced.replies.map(toPlainText).join('\n\n') || undefined;
  };
}
