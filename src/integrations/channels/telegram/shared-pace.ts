import { type CreateRateLimiter, takeOne } from '../../rate-limiters.ts';
import type { TelegramSettings } from './settings.ts';

/** Telegram's limits, counted for all nodes that write with the same bot. */
export interface SharedPace {
  /** Takes the right to one message to this chat: 0, or how long to wait before asking again, ms. */
  take(chat: string): Promise<number>;
}

export function createSharedPace(
  createLimiter: CreateRateLimiter,
  { chatEveryMs, messagesPerSecond }: Pick<TelegramSettings, 'chatEveryMs' | 'messagesPerSecond'>,
  botId: string,
): SharedPace {
  const chats = createLimiter({ name: 'telegram-chat', points: 1, durationS: chatEveryMs / 1_000 });
  const all = createLimiter({ name: 'telegram-all', points: messagesPerSecond, durationS: 1 });
  return {
    async take(chat) {
      const key = `${botId}/${chat}`;
      const ofChat = await takeOne(chats, key);
      if (ofChat.waitMs > 0) {
        return ofChat.waitMs;
      }
      const ofAll = await takeOne(all, botId);
      if (ofAll.waitMs > 0) {
        // Nothing was sent to the chat: the next try must not wait for this one. Lost, it costs a second.
        await chats.reward(key).catch(() => {});
      }
      return ofAll.waitMs;
    },
  };
}
