/** How the channel behaves towards Telegram; the limits are those of core.telegram.org/bots/faq, which names no exact ones. */
export interface TelegramSettings {
  /** Another address for a local Bot API server or a counterpart. */
  readonly apiRoot: string;
  readonly httpTimeoutMs: number;
  /** How long Telegram holds a poll open when there is nothing. */
  readonly pollSeconds: number;
  /** Pause after an empty poll: some servers answer at once. */
  readonly idlePauseMs: number;
  /** At most one message a chat in so long. */
  readonly chatEveryMs: number;
  /** Messages to all chats together; Telegram speaks of about 30. */
  readonly messagesPerSecond: number;
  /**
   * A message that must wait longer for its pace goes back to the outbox: whether one that waits here was sent is known to
   * nobody after a crash. Longer than the pause between two messages of a chat.
   */
  readonly longestWaitMs: number;
  /** Whether Telegram may have sent the message after an HTTP 5xx. */
  readonly serverErrorMeans: 'unknown' | 'retry';
  /** Said once to a group that the bot was added to. */
  readonly groupWords: string;
}

export const TELEGRAM_DEFAULTS: TelegramSettings = {
  apiRoot: 'https://api.telegram.org',
  httpTimeoutMs: 15_000,
  pollSeconds: 25,
  idlePauseMs: 250,
  chatEveryMs: 1_000,
  messagesPerSecond: 25,
  longestWaitMs: 1_500,
  serverErrorMeans: 'unknown',
  groupWords: 'Dạ, mình chỉ trả lời trong tin nhắn riêng ạ. Anh/chị mở trang của mình rồi nhắn riêng giúp mình nhé.',
};

/** What Telegram is asked to bring. */
export const UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** The bot's own id: the part of its token that is no secret. */
export function botIdOf(token: string): string {
  return token.split(':')[0] ?? '';
}
