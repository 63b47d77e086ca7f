import { plainTextOf } from '../../../bot/summary.ts';
import type { Turn } from '../../../bot/turn.ts';
import { foldForSearch } from '../../agent-desk/search-words.ts';
import { defineCollection, needed } from './collection.ts';
import { insertMissing, insertOnce, type MongoDatabase } from './database.ts';
import { numberedKey } from './numbered-key.ts';

/**
 * The words of one message, folded, each once; `_id` is `<conversation>/<zero-padded number of the message>`. Number 0:
 * the customer's name.
 */
export interface SpokenWordsDocument {
  readonly _id: string;
  readonly conversationId: string;
  readonly version: number;
  readonly seq: number;
  /** Of the turn, UTC ms. */
  readonly at: number;
  readonly words: readonly string[];
}

/** An ordinary index over the words: every server that speaks the protocol has it. */
export const SPOKEN_WORDS = defineCollection<SpokenWordsDocument>({
  name: 'spoken_words',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    version: needed.number,
    seq: needed.number,
    at: needed.number,
    words: { type: [String], required: true },
  },
  indexes: [{ key: { words: 1, at: -1 } }, { key: { conversationId: 1, version: 1 } }],
});

/** Brings what a turn says, and the customer's name, to where the search finds it; may be done again. */
export function createSpokenWordsProjection(db: MongoDatabase): (turn: Turn) => Promise<void> {
  const spoken = db.model(SPOKEN_WORDS);

  async function keepName(document: SpokenWordsDocument): Promise<void> {
    if (!(await insertOnce<SpokenWordsDocument>(spoken, document))) {
      const { version, at, words } = document;
      await spoken.updateOne({ _id: document._id, version: { $lt: version } }, { $set: { version, at, words } });
    }
  }

  return async ({ conversationId, version, at, messages, state: { customerName } }) => {
    const documentOf = (seq: number, text: string): SpokenWordsDocument => ({
      _id: numberedKey(conversationId, seq),
      ...{ conversationId, version, seq, at, words: wordsIn(text) },
    });
    await insertMissing(
      spoken,
      messages.map((message) => documentOf(message.seq, plainTextOf(message))),
    );
    if (customerName !== undefined) {
      await keepName(documentOf(0, customerName));
    }
  };
}

/** The folded words of a text, each once. */
export function wordsIn(text: string): readonly string[] {
  return [...new Set(foldForSearch(text).split(' '))].filter((word) => word !== '');
}
