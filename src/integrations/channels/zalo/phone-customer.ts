import { conversationId, parseConversationId } from '../../../bot/conversation.ts';
import type { ConversationId } from '../../../bot/message.ts';
import type { AddressSeal } from '../../sealed-address.ts';
import { CHANNEL } from './parse.ts';

const BY_PHONE = 'phone:';
const SUBSCRIBER = /^\+?(?:84|0)(\d{9})$/;

/** People who are known by their phone only: they can be told things in templates, and nothing else. */
export interface PhoneCustomers {
  /** The conversation of a phone, written `0…`, `84…` or `+84…`; `undefined`: it is none of a subscriber in Viet Nam. */
  conversationWith(phone: string): ConversationId | undefined;
  isByPhone(conversationId: ConversationId): boolean;
  /** The phone as Zalo wants it (`84…`); `undefined`: it was sealed with another key. */
  phoneOf(conversationId: ConversationId): string | undefined;
}

export function createPhoneCustomers(addresses: AddressSeal, oaId: string): PhoneCustomers {
  const customerOf = (id: ConversationId) => parseConversationId(id).customer;
  return {
    conversationWith(phone) {
      const [, digits] = SUBSCRIBER.exec(phone.replace(/[\s.-]/g, '')) ?? [];
      if (digits === undefined) {
        return undefined;
      }
      const customer = `${BY_PHONE}${addresses.seal(CHANNEL, `84${digits}`)}`;
      return conversationId({ channel: CHANNEL, account: oaId, customer });
    },
    isByPhone: (id) => customerOf(id).startsWith(BY_PHONE),
    phoneOf: (id) => addresses.open(CHANNEL, customerOf(id).slice(BY_PHONE.length)),
  };
}
