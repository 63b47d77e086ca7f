import type { ConsentStore, InteractionStore, UploadStore, ZaloStore } from '../../channels/zalo/store.ts';
import { createButtons, defineButtons } from './channel-buttons.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { keyedOfNone } from './numbered-key.ts';
import { createMongoZaloSends, ZALO_SENDS } from './zalo-sends.ts';
import { createMongoZaloTokens } from './zalo-tokens.ts';
import { createMongoZaloWaiting } from './zalo-waiting.ts';

export const ZALO_BUTTONS = defineButtons('zalo_buttons');

/** A consent that has begun and not come back; its state is `_id`. */
interface ConsentDocument {
  readonly _id: string;
  readonly verifier: string;
  readonly startedAt: number;
}

export const ZALO_CONSENTS = defineCollection<ConsentDocument>({
  name: 'zalo_consents',
  fields: { _id: needed.text, verifier: needed.text, startedAt: needed.number },
});

/** A picture that Zalo has; its address is `_id`. */
interface UploadDocument {
  readonly _id: string;
  readonly attachmentId: string;
  readonly at: number;
}

export const ZALO_UPLOADS = defineCollection<UploadDocument>({
  name: 'zalo_uploads',
  fields: { _id: needed.text, attachmentId: needed.text, at: needed.number },
});

/** When a customer last did something that opens the window for answers; `_id` is the conversation. */
interface InteractionDocument {
  readonly _id: string;
  readonly at: number;
}

export const ZALO_INTERACTIONS = defineCollection<InteractionDocument>({
  name: 'zalo_interactions',
  fields: { _id: needed.text, at: needed.number },
});

/** What the Zalo channel keeps, on MongoDB. */
export function createMongoZaloStore(db: MongoDatabase): ZaloStore {
  const { prune, ...buttons } = createButtons(db, ZALO_BUTTONS);
  const sends = db.model(ZALO_SENDS);
  return {
    tokens: createMongoZaloTokens(db),
    consents: createConsents(db),
    buttons,
    sends: createMongoZaloSends(db),
    waiting: createMongoZaloWaiting(db),
    uploads: createUploads(db),
    interactions: createInteractions(db),
    async prune(before, except = []) {
      const { deletedCount } = await sends.deleteMany({ at: { $lt: before }, ...keyedOfNone(except) });
      return deletedCount + (await prune(before, except));
    },
  };
}

function createConsents(db: MongoDatabase): ConsentStore {
  const consents = db.model(ZALO_CONSENTS);
  return {
    async begin(state, verifier, startedAt) {
      await consents.insertOne({ _id: state, verifier, startedAt });
    },
    async take(state, since) {
      const found = await consents.findOne({ _id: state }).lean<ConsentDocument>();
      // Whoever removes it has it: a second one finds nothing to remove.
      const { deletedCount } = await consents.deleteOne({ _id: state });
      return found !== null && deletedCount === 1 && found.startedAt >= since ? found.verifier : undefined;
    },
  };
}

function createUploads(db: MongoDatabase): UploadStore {
  const uploads = db.model(ZALO_UPLOADS);
  return {
    find: async (url, since) =>
      (await uploads.findOne({ _id: url, at: { $gte: since } }).lean<UploadDocument>())?.attachmentId,
    async put(url, attachmentId, at) {
      await uploads.replaceOne({ _id: url }, { _id: url, attachmentId, at }, { upsert: true });
    },
    async forget(url) {
      await uploads.deleteOne({ _id: url });
    },
  };
}

function createInteractions(db: MongoDatabase): InteractionStore {
  const interactions = db.model(ZALO_INTERACTIONS);
  return {
    async note(conversationId, at) {
      if (!(await insertOnce(interactions, { _id: conversationId, at }))) {
        await interactions.updateOne({ _id: conversationId }, { $max: { at } });
      }
    },
    last: async (conversationId) =>
      (await interactions.findOne({ _id: conversationId }).lean<InteractionDocument>())?.at,
  };
}
