import type { ChainRedaction } from '../../../bot/personal-data.ts';
import { SPOKEN_BACK, summaryAfter } from '../../../bot/summary.ts';
import type { Turn } from '../../../bot/turn.ts';
import { SUMMARIES } from './conversation-views.ts';
import type { MongoDatabase } from './database.ts';
import { DELIVERIES } from './delivery-documents.ts';
import { numberedKey, numberedOf } from './numbered-key.ts';
import { SPOKEN_WORDS } from './spoken-words.ts';
import { TURNS, type TurnDocument, toTurn, toTurnDocument } from './turn-document.ts';
import { UNCLEAR_MESSAGES } from './unclear-messages.ts';
import { EFFECTS } from './work-documents.ts';

/** Takes words out of the chain on MongoDB, and out of what was derived from them. */
export function createMongoChainRedaction(db: MongoDatabase): ChainRedaction {
  const turns = db.model(TURNS);
  const summaries = db.model(SUMMARIES);
  const effects = db.model(EFFECTS);
  const unclear = db.model(UNCLEAR_MESSAGES);
  const deliveries = db.model(DELIVERIES);
  const spoken = db.model(SPOKEN_WORDS);

  /** What stands there now must never be sent. */
  async function withdraw({ conversationId, version }: Turn): Promise<void> {
    await deliveries.updateMany(
      { ...numberedOf(conversationId), version, state: { $in: ['queued', 'failed', 'uncertain'] } },
      { $set: { state: 'withdrawn', waiting: false }, $unset: { failure: 1 } },
    );
  }

  async function refreshSummary(conversationId: string): Promise<void> {
    const all = numberedOf(conversationId);
    const [head, spoken] = await Promise.all([
      turns.findOne(all).sort({ _id: -1 }).lean<TurnDocument>(),
      turns
        .find({ ...all, messages: { $ne: [] } })
        .sort({ _id: -1 })
        .limit(SPOKEN_BACK)
        .lean<TurnDocument[]>(),
    ]);
    if (head !== null) {
      const { customerName, ...summary } = summaryAfter(toTurn(head), spoken.map(toTurn));
      await summaries.updateMany(
        { conversationId },
        customerName === undefined
          ? { $set: summary, $unset: { customerName: 1 } }
          : { $set: { ...summary, customerName } },
      );
    }
  }

  return {
    async withWords({ before, after, limit }) {
      const later =
        after === undefined
          ? {}
          : {
              $or: [
                { at: { $gt: after.at } },
                { at: after.at, _id: { $gt: numberedKey(after.conversationId, after.version) } },
              ],
            };
      const found = await turns
        .find({ redactedAt: null, at: { $lt: before }, ...later })
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .lean<TurnDocument[]>();
      return found.map(toTurn);
    },
    conversationsWith: (customerCode) => turns.distinct('conversationId', { codes: customerCode }),
    async replace(redacted) {
      for (const turn of redacted) {
        const document = { ...toTurnDocument(turn), projected: true };
        await turns.replaceOne({ _id: document._id }, document);
        await spoken.deleteMany({ conversationId: turn.conversationId, version: turn.version });
        await unclear.deleteMany({
          _id: { $in: turn.messages.map(({ seq }) => numberedKey(turn.conversationId, seq)) },
        });
        if (turn.redactedAt !== undefined) {
          await withdraw(turn);
        }
      }
      const keys = redacted.flatMap((turn) => turn.effects.map(({ key }) => key));
      await effects.updateMany(
        { _id: { $in: keys }, state: { $ne: 'waiting' } },
        { $unset: { request: 1, failure: 1 } },
      );
      for (const conversationId of new Set(redacted.map((turn) => turn.conversationId))) {
        await refreshSummary(conversationId);
      }
    },
  };
}
