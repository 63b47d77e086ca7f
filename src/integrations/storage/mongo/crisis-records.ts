import { byNews, type CrisisMessage, isInForce } from '../../../bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../../bot/crisis/crisis-records.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { fromDocumentValue, toDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';

/** One version; `_id` is `<message>/<zero-padded version>`: its uniqueness decides who makes it. */
interface CrisisDocument {
  readonly _id: string;
  readonly message: string;
  readonly version: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  readonly record: CrisisMessage;
}

export const CRISIS_MESSAGES = defineCollection<CrisisDocument>({
  name: 'crisis_messages',
  fields: {
    _id: needed.text,
    message: needed.text,
    version: needed.number,
    updatedAt: needed.number,
    expiresAt: needed.number,
    record: needed.any,
  },
  indexes: [{ key: { message: 1, version: -1 } }, { key: { expiresAt: 1 } }, { key: { updatedAt: 1 } }],
});

/** Crisis messages on MongoDB, a document for each version. */
export function createMongoCrisisRecords(db: MongoDatabase): CrisisRecords {
  const messages = db.model(CRISIS_MESSAGES);

  async function newest(id: string): Promise<CrisisMessage | undefined> {
    const found = await messages.findOne({ message: id }).sort({ version: -1 }).lean<CrisisDocument>();
    return found === null ? undefined : parse(found);
  }

  /** The newest version of each message of which some version is like that; a later one may be unlike it. */
  async function newestOf(like: object): Promise<readonly CrisisMessage[]> {
    const found = await messages.find(like, { message: 1 }).lean<CrisisDocument[]>();
    const ids = [...new Set(found.map(({ message }) => message))];
    return (await Promise.all(ids.map(newest))).filter((message) => message !== undefined).sort(byNews);
  }

  return {
    async append(message) {
      const { id, version, updatedAt, expiresAt } = message;
      const record = toDocumentValue(message) as CrisisMessage;
      const document = { _id: numberedKey(id, version), message: id, version, updatedAt, expiresAt, record };
      return (await insertOnce<CrisisDocument>(messages, document)) ? 'appended' : 'version_taken';
    },
    crisis: newest,
    async crisesInForce(now) {
      const found = await newestOf({ expiresAt: { $gt: now } });
      return found.filter((message) => isInForce(message, now));
    },
    async crisesSince(since, limit) {
      const like = { $or: [{ updatedAt: { $gte: since } }, { expiresAt: { $gte: since } }] };
      const found = await newestOf(like);
      return found.filter((one) => one.updatedAt >= since || one.expiresAt >= since).slice(0, limit);
    },
    async crisisVersions(id) {
      const found = await messages.find({ message: id }).sort({ version: 1 }).lean<CrisisDocument[]>();
      return found.map(parse);
    },
  };
}

function parse({ record }: CrisisDocument): CrisisMessage {
  return fromDocumentValue<CrisisMessage>(record);
}
