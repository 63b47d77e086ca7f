import type { Turn } from '../../../bot/turn.ts';
import {
  needsEarlierTurn,
  type UnclearMessage,
  type UnclearMessages,
  unclearMessageOf,
  type WordsDecision,
  wordsOf,
} from '../../agent-desk/unclear-messages.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';
import { numberedKey, numberedOf } from './numbered-key.ts';
import { TURNS, toTurn } from './turn-document.ts';

/** `_id` is `<conversation>/<zero-padded number of the message>`. */
interface UnclearDocument extends UnclearMessage {
  readonly _id: string;
  /** The text folded: what makes two messages the same. */
  readonly words: string;
}

/** `_id` are the words. */
interface DecisionDocument extends Omit<WordsDecision, 'words'> {
  readonly _id: string;
}

export const UNCLEAR_MESSAGES = defineCollection<UnclearDocument>({
  name: 'unclear_messages',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    seq: needed.number,
    at: needed.number,
    words: needed.text,
    text: needed.text,
    why: needed.text,
    proposed: optional.text,
  },
  indexes: [{ key: { at: -1 } }, { key: { words: 1 } }],
});

export const WORDS_DECISIONS = defineCollection<DecisionDocument>({
  name: 'words_decisions',
  fields: {
    _id: needed.text,
    text: needed.text,
    intent: optional.text,
    times: needed.number,
    decidedBy: needed.text,
    decidedAt: needed.number,
  },
  indexes: [{ key: { decidedAt: -1 } }],
});

/** Keeps what the bot did not understand of a turn; may be done again. */
export function createUnclearProjection(db: MongoDatabase): (turn: Turn) => Promise<void> {
  const turns = db.model(TURNS);
  const unclear = createMongoUnclearMessages(db);
  return async (turn) => {
    const earlier = needsEarlierTurn(turn)
      ? await turns
          .findOne({ ...numberedOf(turn.conversationId, 0, turn.version - 1), kind: 'customer' })
          .sort({ _id: -1 })
          .lean()
      : null;
    const message = unclearMessageOf(turn, earlier === null ? undefined : toTurn(earlier));
    if (message !== undefined) {
      await unclear.note(message);
    }
  };
}

/** What was unclear, on MongoDB. */
export function createMongoUnclearMessages(db: MongoDatabase): UnclearMessages {
  const messages = db.model(UNCLEAR_MESSAGES);
  const decisions = db.model(WORDS_DECISIONS);
  return {
    async note(message) {
      const words = wordsOf(message.text);
      if ((await decisions.exists({ _id: words })) !== null) {
        return;
      }
      const _id = numberedKey(message.conversationId, message.seq);
      const isNew = await insertOnce<UnclearDocument>(messages, { _id, words, ...message });
      if (!isNew && message.why === 'relabelled') {
        const { why, proposed } = message;
        await messages.updateOne(
          { _id },
          proposed === undefined ? { $set: { why }, $unset: { proposed: 1 } } : { $set: { why, proposed } },
        );
      }
    },
    async open(limit) {
      const found = await messages
        .find()
        .sort({ at: -1, conversationId: 1, seq: -1 })
        .limit(limit)
        .lean<UnclearDocument[]>();
      // One that was noted while its words were being decided is still there.
      const words = [...new Set(found.map((one) => one.words))];
      const decided = new Set((await decisions.find({ _id: { $in: words } }, { _id: 1 }).lean()).map(({ _id }) => _id));
      return found.filter((one) => !decided.has(one.words)).map(({ _id, words: _words, ...message }) => message);
    },
    async decide({ words, ...decision }) {
      if (!(await insertOnce<DecisionDocument>(decisions, { _id: words, ...decision }))) {
        const { intent, ...rest } = decision;
        await decisions.updateOne(
          { _id: words },
          intent === undefined ? { $set: rest, $unset: { intent: 1 } } : { $set: decision },
        );
      }
      await messages.deleteMany({ words });
    },
    async decisions(limit) {
      const found = await decisions.find().sort({ decidedAt: -1, _id: 1 }).limit(limit).lean<DecisionDocument[]>();
      return found.map(({ _id, ...decision }) => ({ words: _id, ...decision }));
    },
  };
}
