import type { ConversationId } from '../../../bot/message.ts';

export interface ButtonMeaning {
  readonly value: string;
  readonly label: string;
}

/** One call of a message that may take several. */
export interface SentPart {
  readonly conversationId: ConversationId;
  readonly seq: number;
  /** From 1. */
  readonly part: number;
}

/** What the Telegram channel keeps over restarts. */
export interface TelegramStore {
  readonly buttons: {
    put(conversationId: ConversationId, buttons: ReadonlyMap<string, ButtonMeaning>, at: number): Promise<void>;
    find(conversationId: ConversationId, data: string): Promise<ButtonMeaning | undefined>;
  };
  readonly sends: {
    /** Telegram's id of a part that an earlier attempt has brought through. */
    find(part: SentPart): Promise<string | undefined>;
    put(part: SentPart, messageId: string, at: number): Promise<void>;
  };
  readonly groups: {
    /** True the first time only: what a group is told, it is told once. */
    greet(botId: string, chatId: string, at: number): Promise<boolean>;
  };
  /** Forgets buttons and parts from before that time, UTC ms, but those of these conversations; returns how many. */
  prune(before: number, except?: readonly string[]): Promise<number>;
}
