import type { Message } from '../../../bot/message.ts';
import type { Attempt, AttemptOutcome, DeliveryLedger, DueMessage } from '../../../bot/ports.ts';
import type { MongoDatabase } from './database.ts';
import { ATTEMPTS, type AttemptDocument, DELIVERIES, type DeliveryDocument } from './delivery-documents.ts';
import { fromDocumentValue } from './document-value.ts';
import { numberedKey } from './numbered-key.ts';
import { TURNS } from './turn-document.ts';

/** Writes what an attempt came to into its delivery. */
export type SettleDelivery = (attempt: Attempt, outcome: AttemptOutcome) => Promise<void>;

/** The last attempt at a delivery, and how many attempts were only waiting. */
interface Tried {
  readonly last: AttemptDocument;
  readonly waits: number;
}

/** Conversations looked at for each message that is wanted: those that only wait for a retry are passed over. */
const LOOKED_AT_PER_WANTED = 10;

/** Finds the next message of each conversation that has one due; what a delivery has come to is read from its attempts. */
export function createFindDue(db: MongoDatabase, settle: SettleDelivery): DeliveryLedger['due'] {
  const deliveries = db.model(DELIVERIES);
  const attempts = db.model(ATTEMPTS);
  const turns = db.model(TURNS);

  /** The first waiting delivery of each conversation that has one, and its first of safety words. */
  async function firstWaiting(conversationIds: readonly string[]): Promise<readonly DeliveryDocument[]> {
    const waiting = await deliveries
      .find({ conversationId: { $in: conversationIds }, waiting: true })
      .sort({ conversationId: 1, seq: 1 })
      .lean<DeliveryDocument[]>();
    const seen = new Set<string>();
    return waiting.filter(({ conversationId, isSafety = false }) => {
      const isLate = seen.has(conversationId) && !(isSafety && !seen.has(`${conversationId} safety`));
      seen.add(conversationId);
      if (isSafety) {
        seen.add(`${conversationId} safety`);
      }
      return !isLate;
    });
  }

  async function triesAt(of: readonly DeliveryDocument[]): Promise<ReadonlyMap<string, Tried>> {
    const found = await attempts
      .find({ delivery: { $in: of.map(({ _id }) => _id) } })
      .sort({ number: 1 })
      .lean<AttemptDocument[]>();
    const tried = new Map<string, Tried>();
    for (const last of found) {
      const waits = (tried.get(last.delivery)?.waits ?? 0) + (last.isWait === true ? 1 : 0);
      tried.set(last.delivery, { last, waits });
    }
    return tried;
  }

  async function dueOf(conversationIds: readonly string[], now: number): Promise<readonly DueMessage[]> {
    const first = await firstWaiting(conversationIds);
    if (first.length === 0) {
      return [];
    }
    const tried = await triesAt(first);
    const dueAt = (delivery: DeliveryDocument) => tried.get(delivery._id)?.last.nextAt ?? delivery.nextAt;
    const due: DeliveryDocument[] = [];
    const unsettled: AttemptDocument[] = [];
    for (const delivery of first) {
      const attempt = tried.get(delivery._id)?.last;
      if (attempt?.isOpen === false && attempt.state !== undefined && attempt.state !== 'queued') {
        unsettled.push(attempt);
      } else if (attempt?.isOpen !== true && dueAt(delivery) <= now) {
        due.push(delivery);
      }
    }
    due.sort((a, b) => Number(b.isSafety ?? false) - Number(a.isSafety ?? false) || dueAt(a) - dueAt(b));
    const messages = await withMessages(due, tried);
    if (unsettled.length === 0) {
      return messages;
    }
    // A process died between the end of an attempt and what follows from it.
    await Promise.all(unsettled.map((attempt) => settle(attempt, attempt as AttemptOutcome)));
    const next = unsettled.map(({ conversationId }) => conversationId);
    return [...messages, ...(await dueOf(next, now))];
  }

  async function withMessages(
    due: readonly DeliveryDocument[],
    tried: ReadonlyMap<string, Tried>,
  ): Promise<readonly DueMessage[]> {
    const keys = due.map(({ conversationId, version }) => numberedKey(conversationId, version));
    const found = await turns.find({ _id: { $in: keys } }, { messages: 1 }).lean();
    const messages = new Map(found.map((turn) => [turn._id, fromDocumentValue<readonly Message[]>(turn.messages)]));
    return due.flatMap((delivery) => {
      const { conversationId, version, seq, state, failure } = delivery;
      const message = messages.get(numberedKey(conversationId, version))?.find((one) => one.seq === seq);
      const tracked = { conversationId, version, delivery: state, ...(failure !== undefined && { failure }) };
      const { last, waits = 0 } = tried.get(delivery._id) ?? {};
      return message === undefined ? [] : [{ message: { ...message, ...tracked }, attempts: last?.number ?? 0, waits }];
    });
  }

  return async ({ now, limit, conversationId }) => {
    if (conversationId !== undefined) {
      return dueOf([conversationId], now);
    }
    const candidates = await deliveries
      .find({ waiting: true, nextAt: { $lte: now } }, { conversationId: 1 })
      .sort({ nextAt: 1 })
      .limit(limit * LOOKED_AT_PER_WANTED)
      .lean();
    const ids = [...new Set(candidates.map((delivery) => delivery.conversationId))];
    return (await dueOf(ids, now)).slice(0, limit);
  };
}
