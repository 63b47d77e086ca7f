import type { Model } from 'mongoose';
import type { Holder } from '../../../bot/conversation.ts';
import type { Message, TrackedMessage } from '../../../bot/message.ts';
import type {
  ConversationSummary,
  ConversationViews,
  FiledNote,
  OpenConversation,
  Wakeup,
} from '../../../bot/ports.ts';
import type { Turn } from '../../../bot/turn.ts';
import { defineCollection, needed, optional } from './collection.ts';
import type { MongoDatabase } from './database.ts';
import { ATTEMPTS, DELIVERIES, type DeliveryDocument } from './delivery-documents.ts';
import { fromDocumentValue } from './document-value.ts';
import { numberedOf } from './numbered-key.ts';
import { TURNS, toTurn } from './turn-document.ts';

/**
 * A conversation as one of its turns leaves it; `_id` is `<conversation>/<zero-padded version>`. Nothing is
 * overwritten: each turn inserts its own, and the older ones go. The newest counts.
 */
export interface SummaryDocument extends ConversationSummary {
  readonly _id: string;
  readonly isEmergency: boolean;
}

/** Indexed for the queue and for what agents hold; for the newest of each conversation; and for what has moved lately. */
export const SUMMARIES = defineCollection<SummaryDocument>({
  name: 'conversations',
  fields: {
    _id: needed.text,
    conversationId: needed.text,
    version: needed.number,
    holder: needed.text,
    agentId: optional.text,
    agentName: optional.text,
    priority: needed.text,
    isEmergency: needed.flag,
    waitingSince: optional.number,
    handoffReason: optional.text,
    lastText: optional.text,
    lastAt: needed.number,
    customerName: optional.text,
    extras: needed.any,
  },
  indexes: [
    { key: { holder: 1, isEmergency: -1, waitingSince: 1 } },
    { key: { holder: 1, isEmergency: -1, lastAt: -1 } },
    { key: { conversationId: 1, version: -1 } },
    { key: { lastAt: 1 } },
  ],
});

type OpenDocument = OpenConversation & { readonly _id: string };

const OPEN_FIELDS = {
  conversationId: 1,
  version: 1,
  holder: 1,
  agentId: 1,
  priority: 1,
  waitingSince: 1,
  lastAt: 1,
  extras: 1,
} satisfies Record<keyof OpenConversation, 1>;

const UNSEEN = { 'extras.emergencyAt': { $exists: true }, 'extras.alarmSeenBy': { $exists: false } };

/** What desks and channels read from MongoDB: messages with their delivery, and lists of conversations. */
export function createMongoConversationViews(db: MongoDatabase): ConversationViews {
  const turns = db.model(TURNS);
  const summaries = db.model(SUMMARIES);
  const deliveries = db.model(DELIVERIES);
  const attempts = db.model(ATTEMPTS);

  /** Deliveries after a message, by number; those under way say so. */
  async function deliveriesOf(conversationId: string, afterSeq: number, limit: number) {
    const found = await deliveries
      .find(numberedOf(conversationId, afterSeq))
      .sort({ _id: 1 })
      .limit(limit)
      .lean<DeliveryDocument[]>();
    const waiting = found.filter((delivery) => delivery.waiting).map(({ _id }) => _id);
    const underWay =
      waiting.length === 0
        ? []
        : await attempts.find({ delivery: { $in: waiting }, isOpen: true }, { delivery: 1 }).lean();
    const open = new Set(underWay.map(({ delivery }) => delivery));
    return new Map(
      found.map((delivery) => [
        delivery.seq,
        open.has(delivery._id) ? { ...delivery, state: 'sending' as const } : delivery,
      ]),
    );
  }

  function held(holders: readonly Holder[], agentId: string | undefined, limit: number) {
    return summaries
      .find({ holder: { $in: holders }, ...(agentId !== undefined && { agentId }) })
      .sort(holders[0] === 'queue' ? { isEmergency: -1, waitingSince: 1 } : { isEmergency: -1, lastAt: -1 })
      .limit(limit)
      .lean<SummaryDocument[]>();
  }

  return {
    async messages(conversationId, afterSeq, limit) {
      const states = await deliveriesOf(conversationId, afterSeq, limit);
      const found = await turns
        .find({ ...numberedOf(conversationId), 'state.messageSeq': { $gt: afterSeq } }, { version: 1, messages: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean();
      return found
        .flatMap(({ version, messages }) =>
          fromDocumentValue<readonly Message[]>(messages).map((message): TrackedMessage => {
            const delivery = states.get(message.seq);
            return {
              ...message,
              conversationId,
              version,
              ...(delivery !== undefined && { delivery: delivery.state }),
              ...(delivery?.failure !== undefined && { failure: delivery.failure }),
            };
          }),
        )
        .filter((message) => message.seq > afterSeq)
        .slice(0, limit);
    },
    async notes(conversationId, limit) {
      const found = await turns
        .find({ ...numberedOf(conversationId), note: { $exists: true } })
        .sort({ _id: -1 })
        .limit(limit)
        .lean();
      return found.map(toTurn).reverse().flatMap(toNote);
    },
    async list({ holders, agentId, limit }) {
      const groups = [holders.filter((holder) => holder === 'queue'), holders.filter((holder) => holder !== 'queue')];
      const found = await Promise.all(
        groups.filter((group) => group.length > 0).map((group) => held(group, agentId, limit)),
      );
      return (await newestOnly(summaries, found.flat())).slice(0, limit).map(toSummary);
    },
    async open() {
      const found = await summaries.find({ holder: { $in: ['queue', 'agent'] } }, OPEN_FIELDS).lean<OpenDocument[]>();
      const newest = new Map<string, OpenDocument>();
      for (const one of found) {
        if ((newest.get(one.conversationId)?.version ?? 0) < one.version) {
          newest.set(one.conversationId, one);
        }
      }
      // One that a later turn has closed may be among them for a moment: looking at each would cost more than it shows.
      return [...newest.values()].map(toOpen);
    },
    unseenDangers: (since, limit) => unseenDangers(summaries, since, limit),
    movedSince: (at) => movedSince(summaries, at),
    async summaries(ids) {
      const found = await summaries
        .find({ conversationId: { $in: ids } })
        .sort({ version: 1 })
        .lean<SummaryDocument[]>();
      const newest = new Map(found.map((one) => [one.conversationId, one]));
      return ids.flatMap((id) => newest.get(id) ?? []).map(toSummary);
    },
  };
}

async function unseenDangers(summaries: Model<SummaryDocument>, since: number, limit: number) {
  const found = await summaries
    .find({ holder: 'bot', isEmergency: true, lastAt: { $gte: since }, ...UNSEEN })
    .sort({ lastAt: -1 })
    .limit(limit)
    .lean<SummaryDocument[]>();
  return (await newestOnly(summaries, found)).map(toSummary);
}

async function movedSince(summaries: Model<SummaryDocument>, at: number): Promise<readonly Wakeup[]> {
  const found = await summaries.find({ lastAt: { $gte: at } }, { conversationId: 1, version: 1 }).lean<Wakeup[]>();
  const newest = new Map<string, number>();
  for (const { conversationId, version } of found) {
    newest.set(conversationId, Math.max(version, newest.get(conversationId) ?? 0));
  }
  return [...newest].map(([conversationId, version]) => ({ conversationId, version }));
}

/** Leaves out those that a later turn has replaced: its projection may not have removed them yet. */
async function newestOnly(
  summaries: Model<SummaryDocument>,
  found: readonly SummaryDocument[],
): Promise<readonly SummaryDocument[]> {
  if (found.length === 0) {
    return found;
  }
  const all = await summaries
    .find({ conversationId: { $in: found.map((one) => one.conversationId) } }, { conversationId: 1, version: 1 })
    .sort({ version: 1 })
    .lean();
  const newest = new Map(all.map(({ conversationId, version }) => [conversationId, version]));
  return found.filter((one) => newest.get(one.conversationId) === one.version);
}

function toOpen({ _id, ...open }: OpenDocument): OpenConversation {
  return open;
}

function toNote({ version, at, state, note }: Turn): readonly FiledNote[] {
  return note === undefined ? [] : [{ version, afterSeq: state.messageSeq, at, ...note }];
}

export function toSummary({ _id, isEmergency, lastText, ...summary }: SummaryDocument): ConversationSummary {
  return { ...summary, lastText: lastText ?? '' };
}
