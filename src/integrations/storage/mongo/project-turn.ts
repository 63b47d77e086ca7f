import { SPOKEN_BACK, summarize } from '../../../bot/summary.ts';
import type { Turn } from '../../../bot/turn.ts';
import { createContactProjection } from './contacts.ts';
import { SUMMARIES, type SummaryDocument } from './conversation-views.ts';
import { insertMissing, insertOnce, type MongoDatabase } from './database.ts';
import { DELIVERIES, type DeliveryDocument } from './delivery-documents.ts';
import { EVENTS } from './event-document.ts';
import { numberedKey, numberedOf } from './numbered-key.ts';
import { createSpokenWordsProjection } from './spoken-words.ts';
import { TURNS, toTurn } from './turn-document.ts';
import { createUnclearProjection } from './unclear-messages.ts';
import { EFFECTS, TIMERS, toEffectDocument, toTimerDocument } from './work-documents.ts';

/**
 * Writes what is derived from a turn, then marks it as projected. Every write may be made again, by this process or by
 * another: a crash between two of them leaves the turn pending, and the sweep begins anew. Nothing is overwritten: what
 * is there already may have gone further.
 */
export function createProjection(db: MongoDatabase): (turn: Turn) => Promise<void> {
  const turns = db.model(TURNS);
  const deliveries = db.model(DELIVERIES);
  const effects = db.model(EFFECTS);
  const timers = db.model(TIMERS);
  const summaries = db.model(SUMMARIES);
  const keepWords = createSpokenWordsProjection(db);
  const keepUnclear = createUnclearProjection(db);
  const countContact = createContactProjection(db);

  async function replaceSummary(turn: Turn): Promise<void> {
    const { lastText = await earlierText(turn), ...summary } = summarize(turn);
    const document: SummaryDocument = {
      _id: numberedKey(turn.conversationId, turn.version),
      ...summary,
      lastText,
      isEmergency: summary.priority === 'emergency',
    };
    await insertOnce(summaries, document);
    const { conversationId } = turn;
    const [, ...replaced] = await summaries.find({ conversationId }, { _id: 1 }).sort({ version: -1 }).lean();
    if (replaced.length > 0) {
      await summaries.deleteMany({ _id: { $in: replaced.map(({ _id }) => _id) } });
    }
  }

  /** A turn without a text of its own leaves that of the one before it. */
  async function earlierText({ conversationId, version }: Turn): Promise<string> {
    const earlier = await turns
      .find({ ...numberedOf(conversationId, 0, version - 1), messages: { $ne: [] } })
      .sort({ _id: -1 })
      .limit(SPOKEN_BACK)
      .lean();
    return earlier.map((turn) => summarize(toTurn(turn)).lastText).find((text) => text !== undefined) ?? '';
  }

  return async (turn) => {
    const { conversationId, version } = turn;
    await Promise.all([
      markHandled(db, turn.handles),
      insertMissing(deliveries, deliveriesOf(turn)),
      insertMissing(effects, turn.effects.map(toEffectDocument)),
      insertMissing(
        timers,
        turn.timers.map((timer) => toTimerDocument({ conversationId, version, ...timer })),
      ),
      replaceSummary(turn),
      keepWords(turn),
      keepUnclear(turn),
      countContact(turn),
    ]);
    await turns.updateOne({ _id: numberedKey(conversationId, version) }, { $set: { projected: true } });
  };
}

/** Events that a committed turn names wait no longer. */
export async function markHandled(db: MongoDatabase, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) {
    await db.model(EVENTS).updateMany({ _id: { $in: keys } }, { $set: { waiting: false }, $unset: { content: 1 } });
  }
}

function deliveriesOf({ conversationId, version, at, messages }: Turn): readonly DeliveryDocument[] {
  return messages
    .filter((message) => message.direction === 'out')
    .map(({ seq, isDelivered = false, isSafety = false }) => ({
      _id: numberedKey(conversationId, seq),
      conversationId,
      seq,
      version,
      state: isDelivered ? 'delivered' : 'queued',
      waiting: !isDelivered,
      nextAt: at,
      ...(isSafety && { isSafety }),
    }));
}
