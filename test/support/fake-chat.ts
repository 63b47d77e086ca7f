import type { Author, DeliveryState, InboundEvent, TrackedMessage } from '../../src/bot/message.ts';
import type { ConversationViews, DeskEvents, Wakeup } from '../../src/bot/ports.ts';
import type { Reply } from '../../src/dialogs/reply.ts';

/** The other side of a channel, in memory: keeps conversations as the real store shows them. Outlives its servers. */
export interface FakeChat {
  readonly views: ConversationViews;
  readonly events: DeskEvents;
  receive(event: InboundEvent): Promise<'stored' | 'repeat'>;
  /** Adds a message to the customer, as the bot unless told otherwise; returns its number. */
  say(
    conversationId: string,
    reply: Reply | string,
    how?: { author?: Author; authorName?: string; delivery?: DeliveryState },
  ): number;
  setDelivery(conversationId: string, seq: number, delivery: DeliveryState): void;
  messages(conversationId: string): readonly TrackedMessage[];
  /** Every event that was stored, in order. */
  readonly stored: readonly InboundEvent[];
}

/** `answer` gives the bot's replies to an event; nothing by default. */
export function createFakeChat(answer: (event: InboundEvent) => readonly (Reply | string)[] = () => []): FakeChat {
  const conversations = new Map<string, TrackedMessage[]>();
  const stored: InboundEvent[] = [];
  const listeners = new Set<(wakeup: Wakeup) => void>();

  const of = (id: string) => conversations.get(id) ?? [];
  const publish = (conversationId: string) => {
    for (const listener of listeners) {
      listener({ conversationId, version: of(conversationId).length });
    }
  };
  const add = (id: string, message: Omit<TrackedMessage, 'seq' | 'at' | 'epoch' | 'conversationId' | 'version'>) => {
    const seq = of(id).length + 1;
    const at = Date.UTC(2026, 10, 22, 1, 0, seq);
    conversations.set(id, [...of(id), { seq, at, epoch: 0, conversationId: id, version: seq, ...message }]);
    return seq;
  };
  const say: FakeChat['say'] = (id, reply, how = {}) => {
    const seq = add(id, {
      direction: 'out',
      author: how.author ?? 'bot',
      ...(how.authorName === undefined ? {} : { authorName: how.authorName }),
      reply: typeof reply === 'string' ? { kind: 'text', text: reply } : reply,
      delivery: how.delivery ?? 'accepted',
    });
    publish(id);
    return seq;
  };

  return {
    stored,
    say,
    views: {
      async messages(id, afterSeq, limit) {
        return of(id)
          .filter((message) => message.seq > afterSeq)
          .slice(0, limit);
      },
      notes: async () => [],
      list: async () => [],
      open: async () => [],
      unseenDangers: async () => [],
      movedSince: async () => [],
      summaries: async () => [],
    },
    events: {
      publish: ({ conversationId }) => publish(conversationId),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    async receive(event) {
      if (stored.some(({ key }) => key === event.key)) {
        return 'repeat';
      }
      stored.push(event);
      if (event.content.kind !== 'customer_message') {
        return 'stored';
      }
      const { kind: _kind, ...content } = event.content;
      const id = event.conversationId;
      add(id, { direction: 'in', author: 'customer', authorId: event.key, content });
      publish(id);
      for (const reply of answer(event)) {
        say(id, reply);
      }
      return 'stored';
    },
    setDelivery(id, seq, delivery) {
      conversations.set(
        id,
        of(id).map((message) => (message.seq === seq ? { ...message, delivery } : message)),
      );
      publish(id);
    },
    messages: of,
  };
}
