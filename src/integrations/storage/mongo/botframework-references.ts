import type { ConversationReference, ReferenceStore } from '../../channels/botframework/references.ts';
import { defineCollection, needed } from './collection.ts';
import type { MongoDatabase } from './database.ts';

/** The way back to a customer of the Bot Framework; `_id` is his part of the conversation id. */
interface ReferenceDocument extends ConversationReference {
  readonly _id: string;
  readonly at: number;
}

export const BOTFRAMEWORK_REFERENCES = defineCollection<ReferenceDocument>({
  name: 'botframework_references',
  fields: {
    ...{ _id: needed.text, serviceUrl: needed.text, channelId: needed.text, conversationId: needed.text },
    ...{ botId: needed.text, userId: needed.text, at: needed.number },
  },
});

export function createMongoBotFrameworkReferences(db: MongoDatabase): ReferenceStore {
  const references = db.model(BOTFRAMEWORK_REFERENCES);
  return {
    async put(customer, reference, at) {
      await references.replaceOne({ _id: customer }, { ...reference, at }, { upsert: true });
    },
    async find(customer) {
      const found = await references.findOne({ _id: customer }).lean<ReferenceDocument>();
      if (found === null) {
        return undefined;
      }
      const { serviceUrl, channelId, conversationId, botId, userId } = found;
      return { serviceUrl, channelId, conversationId, botId, userId };
    },
  };
}
