import type { SendPart, SendStore } from '../../channels/zalo/store.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { numberedKey } from './numbered-key.ts';

/** A part of a message, written before it is sent; `_id` is `<conversation>/<zero-padded seq>/<part>`. */
interface SendDocument extends SendPart {
  readonly _id: string;
  readonly messageId?: string;
}

export const ZALO_SENDS = defineCollection<SendDocument>({
  name: 'zalo_sends',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    seq: needed.number,
    part: needed.number,
    isLast: needed.flag,
    fingerprint: needed.text,
    at: needed.number,
    messageId: optional.text,
  },
  indexes: [{ key: { messageId: 1 } }, { key: { conversationId: 1, fingerprint: 1 } }, { key: { at: 1 } }],
});

type PartKey = Pick<SendPart, 'conversationId' | 'seq' | 'part'>;

/** Zalo's parts on MongoDB: tell our own echo from the words of others. */
export function createMongoZaloSends(db: MongoDatabase): SendStore {
  const sends = db.model(ZALO_SENDS);
  const keyOf = ({ conversationId, seq, part }: PartKey) => `${numberedKey(conversationId, seq)}/${part}`;

  return {
    async begin(part) {
      const _id = keyOf(part);
      if (await insertOnce(sends, { _id, ...part })) {
        return undefined;
      }
      const { messageId } = (await sends.findOne({ _id }).lean<SendDocument>()) ?? {};
      if (messageId === undefined) {
        await sends.updateOne({ _id }, { $set: { at: part.at, fingerprint: part.fingerprint } });
      }
      return messageId;
    },
    async accepted(part, messageId) {
      await sends.updateOne({ _id: keyOf(part) }, { $set: { messageId } });
    },
    async notSent(part) {
      await sends.deleteOne({ _id: keyOf(part), messageId: { $exists: false } });
    },
    async byMessageId(messageId) {
      const found = await sends.findOne({ messageId }).lean<SendDocument>();
      if (found === null) {
        return undefined;
      }
      const { _id, messageId: _messageId, ...part } = found;
      return part;
    },
    async matchEcho({ conversationId, messageId, fingerprint, at, since }) {
      if ((await sends.exists({ messageId })) !== null) {
        return true;
      }
      const open = await sends
        .find({ conversationId, fingerprint, at: { $gte: since }, messageId: { $exists: false } })
        .sort({ _id: 1 })
        .lean<SendDocument[]>();
      const [nearest] = open.sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at));
      if (nearest !== undefined) {
        await sends.updateOne({ _id: nearest._id }, { $set: { messageId } });
      }
      return nearest !== undefined;
    },
  };
}
