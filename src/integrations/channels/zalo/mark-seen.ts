import { parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { ZaloApi } from './api.ts';
import { recipientOf } from './parse.ts';
import type { ZaloSettings } from './settings.ts';

/** Puts the reaction that means "seen" on a customer's message; visitors without Zalo get none. */
export type MarkSeen = (conversationId: ConversationId, messageId: string) => Promise<void>;

/** `undefined` when the settings name no reaction. Nothing hangs on a mark, so it takes only calls that are to spare. */
export function createMarkSeen(
  api: Pick<ZaloApi, 'post'>,
  { seenReaction }: Pick<ZaloSettings, 'seenReaction'>,
): MarkSeen | undefined {
  if (seenReaction === undefined) {
    return undefined;
  }
  return async (conversationId, messageId) => {
    const recipient = recipientOf(parseConversationId(conversationId).customer);
    if ('user_id' in recipient) {
      const action = { react_icon: seenReaction, react_message_id: messageId };
      await api.post('/v2.0/oa/message', { recipient, sender_action: action }, 'spare');
    }
  };
}
