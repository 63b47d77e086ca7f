import type { ConversationId } from '../../../bot/message.ts';
import { type Collection, defineCollection, needed } from './collection.ts';
import { insertMissing, type MongoDatabase } from './database.ts';
import { keyedOfNone } from './numbered-key.ts';

/** What the short payload of a channel's button stands for; `_id` is `<conversation>/<payload>`. */
interface ButtonDocument {
  readonly _id: string;
  readonly value: string;
  readonly label: string;
  /** UTC ms. */
  readonly at: number;
}

interface ButtonMeaning {
  readonly value: string;
  readonly label: string;
}

export function defineButtons(name: string): Collection<ButtonDocument> {
  return defineCollection<ButtonDocument>({
    name,
    fields: { _id: needed.text, value: needed.text, label: needed.text, at: needed.number },
    indexes: [{ key: { at: 1 } }],
  });
}

/** Buttons of one channel. */
export function createButtons(db: MongoDatabase, collection: Collection<ButtonDocument>) {
  const buttons = db.model(collection);
  return {
    async put(conversationId: ConversationId, meanings: ReadonlyMap<string, ButtonMeaning>, at: number): Promise<void> {
      await insertMissing(
        buttons,
        [...meanings].map(([payload, { value, label }]) => ({ _id: `${conversationId}/${payload}`, value, label, at })),
      );
    },
    async find(conversationId: ConversationId, payload: string): Promise<ButtonMeaning | undefined> {
      const found = await buttons.findOne({ _id: `${conversationId}/${payload}` }).lean<ButtonDocument>();
      return found === null ? undefined : { value: found.value, label: found.label };
    },
    async prune(before: number, except: readonly string[] = []): Promise<number> {
      return (await buttons.deleteMany({ at: { $lt: before }, ...keyedOfNone(except) })).deletedCount;
    },
  };
}
