import { conversationId } from '../../bot/conversation.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { AddressSeal } from '../sealed-address.ts';

/** The one account of a channel that only goes outward. */
const ACCOUNT = 'main';

/** The conversation of a phone or a mail address in a channel that only goes outward. */
export function conversationByAddress(addresses: AddressSeal, channel: string, address: string): ConversationId {
  return conversationId({ channel, account: ACCOUNT, customer: addresses.seal(channel, address) });
}
