import type { Clock, OptOuts } from '../../../bot/ports.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** `_id` is the conversation in which the notices would come. */
interface OptOutDocument {
  readonly _id: string;
  readonly at: number;
}

export const OPT_OUTS = defineCollection<OptOutDocument>({
  name: 'opt_outs',
  fields: { _id: needed.text, at: needed.number },
});

/** Who wants no notices any more. */
export function createMongoOptOuts(db: MongoDatabase, clock: Clock): OptOuts {
  const optOuts = db.model(OPT_OUTS);
  return {
    async add(conversationId, at = clock.now()) {
      if (!(await insertOnce(optOuts, { _id: conversationId, at }))) {
        await optOuts.updateOne({ _id: conversationId }, { $max: { at } });
      }
    },
    async remove(conversationId) {
      await optOuts.deleteOne({ _id: conversationId });
    },
    has: async (conversationId, askedAt = 0) =>
      (await optOuts.exists({ _id: conversationId, at: { $gte: askedAt } })) !== null,
  };
}
