import type { Model } from 'mongoose';
import type { Customer, Ticket } from '../../../bot/records.ts';
import { CUSTOMERS, toCustomerDocument } from './customer-documents.ts';
import type { MongoDatabase } from './database.ts';
import { fromDocumentValue } from './document-value.ts';
import { createSpokenWordsProjection, SPOKEN_WORDS } from './spoken-words.ts';
import { TICKETS, toTicketDocument } from './ticket-store.ts';
import { TURNS, type TurnDocument, toTurn } from './turn-document.ts';
import { MARKS } from './utility-marks.ts';

/** How far this has come: the `_id` of a turn, or `DONE`. */
const MARK = 'search_filled_to';
/** No `_id` of a turn: those have a slash. */
const DONE = 'done';
const TURNS_AT_ONCE = 200;
const RECORDS_AT_ONCE = 50;

interface Searched {
  readonly _id: string;
  readonly record: unknown;
}

/**
 * Brings what a release without the search has kept to where the search finds it: some at a time, on any number of
 * nodes, going on where a stopped one was. Returns from how many turns and records; nothing is left at 0.
 */
export function createSearchFilling(db: MongoDatabase): { follow(): Promise<number> } {
  const marks = db.model(MARKS);
  const turns = db.model(TURNS);
  const spoken = db.model(SPOKEN_WORDS);
  const keepWords = createSpokenWordsProjection(db);
  let isDone = false;

  async function fillTurns(after: string): Promise<readonly TurnDocument[]> {
    const found = await turns
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(TURNS_AT_ONCE)
      .lean<TurnDocument[]>();
    const worded = found.filter(({ redactedAt }) => redactedAt === undefined);
    for (const document of worded) {
      await keepWords(toTurn(document));
    }
    await dropRedacted(worded);
    return found;
  }

  /** Words that were taken out of the chain while they were being filled in must not stay in the search. */
  async function dropRedacted(filled: readonly TurnDocument[]): Promise<void> {
    const now = await turns.find({ _id: { $in: filled.map(({ _id }) => _id) } }).lean<TurnDocument[]>();
    const saidNow = new Map(now.map((document) => [document._id, JSON.stringify(document.messages)]));
    for (const { _id, messages, conversationId, version } of filled) {
      if (saidNow.get(_id) !== JSON.stringify(messages)) {
        await spoken.deleteMany({ conversationId, version });
      }
    }
  }

  /** Records get their words when they are written; those without any were written before. */
  async function fillRecords<Kept>(model: Model<never>, wordsOf: (record: Kept) => readonly string[]): Promise<number> {
    const found = await (model as unknown as Model<Searched>)
      .find({ words: null } as never)
      .limit(RECORDS_AT_ONCE)
      .lean<Searched[]>();
    for (const { _id, record } of found) {
      const words = wordsOf(fromDocumentValue<Kept>(record));
      await model.updateOne({ _id, words: null } as never, { $set: { words } } as never);
    }
    return found.length;
  }

  return {
    async follow() {
      if (isDone) {
        return 0;
      }
      const mark = (await marks.findOne({ _id: MARK }).lean<{ readonly value: string }>())?.value ?? '';
      if (mark === DONE) {
        isDone = true;
        return 0;
      }
      const records =
        (await fillRecords<Customer>(db.model(CUSTOMERS) as never, (customer) => toCustomerDocument(customer).words)) +
        (await fillRecords<Ticket>(db.model(TICKETS) as never, (ticket) => toTicketDocument(ticket).words));
      const filled = await fillTurns(mark);
      const value = filled.at(-1)?._id ?? (records === 0 ? DONE : mark);
      if (value !== '') {
        await marks.replaceOne({ _id: MARK }, { _id: MARK, value }, { upsert: true });
      }
      return filled.length + records;
    },
  };
}
