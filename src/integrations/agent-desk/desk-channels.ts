import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import { parseConversationId } from '../../bot/conversation.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { ReplyWindow } from '../../bot/reply-window.ts';

/** What the desk asks of a channel. */
export type DeskChannel = Pick<ChannelAdapter, 'takesFiles' | 'trouble' | 'window'>;

/** By name. */
export type DeskChannels = ReadonlyMap<string, DeskChannel>;

/** Whether pictures and files can be sent to this customer. */
export function takesFiles(channels: DeskChannels, conversationId: ConversationId): boolean {
  return channels.get(parseConversationId(conversationId).channel)?.takesFiles === true;
}

/** Until when the customer may be written to; `undefined`: no limit, or none is known now. */
export async function windowOf(
  channels: DeskChannels,
  conversationId: ConversationId,
): Promise<ReplyWindow | undefined> {
  const adapter = channels.get(parseConversationId(conversationId).channel);
  return adapter?.window?.(conversationId).catch(() => undefined);
}
