import type { SentPart, TelegramStore } from '../../channels/telegram/store.ts';
import { createButtons, defineButtons } from './channel-buttons.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { keyedOfNone, numberedKey } from './numbered-key.ts';

export const TELEGRAM_BUTTONS = defineButtons('telegram_buttons');

/** A part of a message that Telegram has taken; `_id` is `<conversation>/<zero-padded seq>/<part>`. */
interface SendDocument {
  readonly _id: string;
  readonly messageId: string;
  readonly at: number;
}

export const TELEGRAM_SENDS = defineCollection<SendDocument>({
  name: 'telegram_sends',
  fields: { _id: needed.text, messageId: needed.text, at: needed.number },
  indexes: [{ key: { at: 1 } }],
});

/** A group that was told that the bot answers in private only; `_id` is `<bot>/<chat>`. */
interface GroupDocument {
  readonly _id: string;
  readonly at: number;
}

export const TELEGRAM_GROUPS = defineCollection<GroupDocument>({
  name: 'telegram_groups',
  fields: { _id: needed.text, at: needed.number },
});

/** What the Telegram channel keeps, on MongoDB. */
export function createMongoTelegramStore(db: MongoDatabase): TelegramStore {
  const { prune, ...buttons } = createButtons(db, TELEGRAM_BUTTONS);
  const sends = db.model(TELEGRAM_SENDS);
  const groups = db.model(TELEGRAM_GROUPS);
  const keyOf = ({ conversationId, seq, part }: SentPart) => `${numberedKey(conversationId, seq)}/${part}`;
  return {
    buttons,
    sends: {
      find: async (part) => (await sends.findOne({ _id: keyOf(part) }).lean<SendDocument>())?.messageId,
      async put(part, messageId, at) {
        await insertOnce(sends, { _id: keyOf(part), messageId, at });
      },
    },
    groups: { greet: (botId, chatId, at) => insertOnce(groups, { _id: `${botId}/${chatId}`, at }) },
    async prune(before, except = []) {
      const { deletedCount } = await sends.deleteMany({ at: { $lt: before }, ...keyedOfNone(except) });
      return deletedCount + (await prune(before, except));
    },
  };
}
