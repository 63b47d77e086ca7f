import { conversationId } from '../../../bot/conversation.ts';
import type { ConversationId, CustomerContent } from '../../../bot/message.ts';
import { contentOf } from './parse-content.ts';
import { type TelegramMessage, type TelegramUpdate, updateSchema } from './update-schema.ts';

export const CHANNEL = 'telegram';

/** An update in our words. */
export type TelegramEvent =
  | (About & { readonly kind: 'customer'; readonly content: CustomerContent })
  /** A button was tapped: what it stands for is in the store. */
  | (About & { readonly kind: 'tap'; readonly callbackId: string; readonly data: string })
  /** Something happened in a group, where the bot does not speak. */
  | { readonly kind: 'group'; readonly chatId: string; readonly canWrite: boolean }
  /** The customer has blocked the bot, or let it in again. */
  | { readonly kind: 'blocked' | 'unblocked' }
  /** Known, and nothing for us to do. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'malformed' };

interface About {
  /** Unique: a redelivery has the same. */
  readonly key: string;
  readonly conversationId: ConversationId;
  readonly updateId: number;
  /** Telegram's time, UTC ms; a tap has none. */
  readonly at?: number;
}

/** Reads an update. `botId`: ours. Never throws: Telegram adds fields without notice. */
export function parseUpdate(body: unknown, botId: string): TelegramEvent {
  const parsed = updateSchema.safeParse(body);
  if (!parsed.success) {
    return { kind: 'malformed' };
  }
  const { message, edited_message: edited, my_chat_member: member } = parsed.data;
  if (message !== undefined) {
    return ofMessage(parsed.data, message, botId);
  }
  if (edited !== undefined) {
    // Each step of a live location is an edit; only the first one is news.
    return edited.location === undefined ? ofMessage(parsed.data, edited, botId) : { kind: 'ignored' };
  }
  if (parsed.data.callback_query !== undefined) {
    return ofTap(parsed.data, parsed.data.callback_query, botId);
  }
  if (member !== undefined) {
    const isIn = ['member', 'administrator', 'restricted'].includes(member.new_chat_member.status);
    return member.chat.type === 'private'
      ? { kind: isIn ? 'unblocked' : 'blocked' }
      : groupOf(member.chat, isIn && member.chat.type !== 'channel');
  }
  return { kind: 'unknown' };
}

function ofMessage(update: TelegramUpdate, message: TelegramMessage, botId: string): TelegramEvent {
  const { chat, from } = message;
  if (chat.type !== 'private') {
    return groupOf(chat, chat.type !== 'channel');
  }
  const content = contentOf(message);
  if (from?.is_bot === true || Object.keys(content).length === 0) {
    return { kind: 'ignored' };
  }
  const at = (message.edit_date ?? message.date) * 1_000;
  return { kind: 'customer', ...aboutOf(update, chat.id, botId), at, content };
}

function ofTap(
  update: TelegramUpdate,
  tap: NonNullable<TelegramUpdate['callback_query']>,
  botId: string,
): TelegramEvent {
  const chat = tap.message?.chat;
  if (chat === undefined || tap.data === undefined) {
    return { kind: 'ignored' };
  }
  if (chat.type !== 'private' || chat.id !== tap.from.id) {
    return groupOf(chat, false);
  }
  return { kind: 'tap', ...aboutOf(update, chat.id, botId), callbackId: tap.id, data: tap.data };
}

function aboutOf({ update_id: updateId }: TelegramUpdate, chat: number, botId: string): About {
  return {
    key: `${CHANNEL}/${botId}/${chat}/${updateId}`,
    conversationId: conversationId({ channel: CHANNEL, account: botId, customer: String(chat) }),
    updateId,
  };
}

function groupOf(chat: { readonly id: number }, canWrite: boolean): TelegramEvent {
  return { kind: 'group', chatId: String(chat.id), canWrite };
}
