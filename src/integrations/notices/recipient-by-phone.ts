import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import type { Recipient } from '../../bot/notices/notice.ts';

export type PhoneWays = ReadonlyMap<string, Pick<ChannelAdapter, 'conversationWith' | 'takesTemplate'>>;

/**
 * Somebody who is reached by his phone: as a template where one goes to phones, which costs less, else by SMS. What is
 * refused as a template goes by SMS. `undefined`: no way leads to that phone.
 */
export function recipientByPhone(adapters: PhoneWays, template: string, phone: string): Recipient | undefined {
  const all = [...adapters.values()];
  const takers = [...all.filter((adapter) => adapter.takesTemplate?.(template) === true), adapters.get('sms')];
  const conversationId = takers.map((adapter) => adapter?.conversationWith?.(phone)).find((id) => id !== undefined);
  return conversationId === undefined ? undefined : { conversationId, phone };
}
