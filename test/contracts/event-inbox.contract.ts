import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConversationStore, EventInbox } from '../../src/bot/ports.ts';
import { freshConversation, sampleEvent, sampleTurn } from '../support/sample-turn.ts';

export interface EventInboxFixture {
  readonly inbox: EventInbox;
  /** On the same data as the inbox. */
  readonly store: ConversationStore;
  close(): Promise<void>;
}

/** What every `EventInbox` promises. */
export function eventInboxContract(name: string, open: () => Promise<EventInboxFixture>): void {
  describe(`${name} as an event inbox`, () => {
    let fixture: EventInboxFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    async function unhandledOf(conversationId: string) {
      const all = await fixture.inbox.unhandled({ before: Number.MAX_SAFE_INTEGER, limit: 10_000 });
      return all.filter((event) => event.conversationId === conversationId);
    }

    test('keeps an event once, however often it comes', async () => {
      const event = sampleEvent(freshConversation());
      expect(await fixture.inbox.receive(event)).toBe('stored');
      expect(await fixture.inbox.receive({ ...event, receivedAt: 9_000 })).toBe('repeat');
      expect(await unhandledOf(event.conversationId)).toEqual([event]);
    });

    test('stores one of many deliveries that come at the same time', async () => {
      const event = sampleEvent(freshConversation());
      const results = await Promise.all(Array.from({ length: 8 }, () => fixture.inbox.receive(event)));
      expect(results.filter((result) => result === 'stored')).toHaveLength(1);
    });

    test('lists waiting events of a conversation by the time of the channel', async () => {
      const id = freshConversation();
      const late = sampleEvent(id, { orderKey: 30 });
      const early = sampleEvent(id, { orderKey: 10 });
      const middle = sampleEvent(id, { orderKey: 20 });
      for (const event of [late, early, middle]) {
        await fixture.inbox.receive(event);
      }
      expect((await unhandledOf(id)).map((event) => event.orderKey)).toEqual([10, 20, 30]);
    });

    test('leaves out what came after the given time', async () => {
      const id = freshConversation();
      await fixture.inbox.receive(sampleEvent(id, { receivedAt: 5_000 }));
      const early = await fixture.inbox.unhandled({ before: 5_000, limit: 10_000 });
      expect(early.filter((event) => event.conversationId === id)).toEqual([]);
    });

    test('forgets that an event waits as soon as a committed turn names it', async () => {
      const id = freshConversation();
      const event = sampleEvent(id);
      await fixture.inbox.receive(event);
      await fixture.store.commit(sampleTurn(id, 1, { handles: [event.key] }));
      await fixture.store.projectPending(1_000);
      expect(await unhandledOf(id)).toEqual([]);
      expect(await fixture.inbox.receive(event)).toBe('repeat');
    });

    test('prunes old events that are handled, and never one that waits', async () => {
      const id = freshConversation();
      const [handled, waiting] = [sampleEvent(id, { receivedAt: 1 }), sampleEvent(id, { receivedAt: 2 })];
      await fixture.inbox.receive(handled);
      await fixture.inbox.receive(waiting);
      await fixture.store.commit(sampleTurn(id, 1, { handles: [handled.key] }));
      await fixture.store.projectPending(1_000);
      await fixture.inbox.prune(3, [id]);
      expect(await fixture.inbox.receive(handled)).toBe('repeat');
      expect(await fixture.inbox.prune(3)).toBeGreaterThanOrEqual(1);
      expect(await unhandledOf(id)).toEqual([waiting]);
    });
  });
}
