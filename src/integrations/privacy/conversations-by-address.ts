import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import type { ConversationId } from '../../bot/message.ts';
import { conversationByAddress } from '../channels/conversation-by-address.ts';
import type { AddressSeal } from '../sealed-address.ts';

export interface ByAddressDeps {
  readonly addresses: AddressSeal;
  /** By channel; may be filled later. */
  readonly adapters: ReadonlyMap<string, Pick<ChannelAdapter, 'conversationWith' | 'takesTemplate'>>;
}

/**
 * Where notices go to a phone and a mail address on record: by SMS and mail, whether they are connected now or not, and
 * where templates go to phones.
 */
export function conversationsByAddress(
  { addresses, adapters }: ByAddressDeps,
  { phone, email }: { readonly phone?: string; readonly email?: string },
): readonly ConversationId[] {
  const outward = Object.entries({ sms: phone, email }).flatMap(([channel, address]) =>
    address === undefined ? [] : [conversationByAddress(addresses, channel, address)],
  );
  const takers = [...adapters.values()].filter(({ takesTemplate }) => takesTemplate !== undefined);
  const asTemplate = takers.flatMap((adapter) => (phone && adapter.conversationWith?.(phone)) || []);
  return [...outward, ...asTemplate];
}
