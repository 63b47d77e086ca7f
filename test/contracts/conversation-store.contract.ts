import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConversationStore } from '../../src/bot/ports.ts';
import { botMessage, customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface ConversationStoreFixture {
  readonly store: ConversationStore;
  close(): Promise<void>;
}

/** What every `ConversationStore` promises. */
export function conversationStoreContract(name: string, open: () => Promise<ConversationStoreFixture>): void {
  describe(`${name} as a conversation store`, () => {
    let fixture: ConversationStoreFixture;
    let store: ConversationStore;

    beforeAll(async () => {
      fixture = await open();
      store = fixture.store;
    });
    afterAll(() => fixture.close());

    test('has no head for a conversation that does not exist', async () => {
      expect(await store.head(freshConversation())).toBeUndefined();
    });

    test('gives back the newest turn as it was committed', async () => {
      const id = freshConversation();
      const turn = sampleTurn(id, 1, {
        kind: 'agent',
        act: 'say',
        rating: { closing: 2, score: 5, agentId: 'lan' },
        understanding: {
          intent: 'bill_lookup',
          confidence: 0.93,
          decision: 'accept',
          alternatives: [{ intent: 'bill_lookup', confidence: 0.93 }],
          entities: ['billing_period'],
          emergency: false,
        },
        effects: [
          {
            key: `${id}/1/1`,
            conversationId: id,
            at: 1_001,
            request: { kind: 'send_otp', customerCode: 'PB06010001234', challengeId: 'c', phone: '0912345678' },
          },
        ],
        timers: [{ kind: 'queue_wait', due: 5_000, epoch: 1 }],
        state: { holder: 'queue', epoch: 1, waitingSince: 1_001, handoffReason: 'customer_asked' },
      });
      expect(await store.commit(turn)).toBe('committed');
      expect(await store.head(id)).toEqual(turn);
      await store.commit(sampleTurn(id, 2));
      expect((await store.head(id))?.version).toBe(2);
    });

    test('keeps Vietnamese text to the letter, composed as it was given', async () => {
      const id = freshConversation();
      const text = 'Tiền điện tháng rồi của cô Nguyễn Thị Ngọc Huyền là 636.768 đ ạ 🙏';
      await store.commit(sampleTurn(id, 1, { messages: [customerMessage(1, text.normalize('NFC'))] }));
      expect((await store.head(id))?.messages[0]?.content?.text).toBe(text.normalize('NFC'));
    });

    test('lets exactly one of many turns take a version', async () => {
      const id = freshConversation();
      const rivals = Array.from({ length: 8 }, () => sampleTurn(id, 1));
      const results = await Promise.all(rivals.map((turn) => store.commit(turn)));
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      const winner = rivals[results.indexOf('committed')];
      expect((await store.head(id))?.id).toBe(winner?.id);
    });

    test('counts its own insert, answered late, as committed', async () => {
      const id = freshConversation();
      const turn = sampleTurn(id, 1);
      await store.commit(turn);
      expect(await store.commit(turn)).toBe('committed');
      expect(await store.turns(id, 0, 10)).toHaveLength(1);
    });

    test('refuses a version that is taken and leaves the chain as it was', async () => {
      const id = freshConversation();
      await store.commit(sampleTurn(id, 1));
      const before = await store.head(id);
      expect(await store.commit(sampleTurn(id, 1, { messages: [botMessage(1, 'khác')] }))).toBe('version_taken');
      expect(await store.head(id)).toEqual(before);
    });

    test('knows which events a committed turn names', async () => {
      const id = freshConversation();
      const turn = sampleTurn(id, 1, { handles: [`a/${id}`, `b/${id}`] });
      expect(await store.isHandled(id, `a/${id}`)).toBe(false);
      await store.commit(turn);
      expect(await store.isHandled(id, `a/${id}`)).toBe(true);
      expect(await store.isHandled(id, `b/${id}`)).toBe(true);
      expect(await store.isHandled(id, `c/${id}`)).toBe(false);
      expect(await store.isHandled(freshConversation(), `a/${id}`)).toBe(false);
    });

    test('does not name the events of a turn that lost its version', async () => {
      const id = freshConversation();
      await store.commit(sampleTurn(id, 1));
      await store.commit(sampleTurn(id, 1, { handles: [`lost/${id}`] }));
      expect(await store.isHandled(id, `lost/${id}`)).toBe(false);
    });

    test('lists turns after a version, in order, up to a limit', async () => {
      const id = freshConversation();
      for (let version = 1; version <= 12; version += 1) {
        await store.commit(sampleTurn(id, version));
      }
      expect((await store.turns(id, 0, 100)).map((turn) => turn.version)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
      ]);
      expect((await store.turns(id, 9, 2)).map((turn) => turn.version)).toEqual([10, 11]);
      expect(await store.turns(id, 12, 10)).toEqual([]);
    });

    test('keeps an arriving event and its turn together, once, where it can', async () => {
      if (store.commitArrival === undefined) {
        return;
      }
      const id = freshConversation();
      const key = `arrival/${id}`;
      const rivals = [1, 1].map((version) => sampleTurn(id, version, { handles: [key] }));
      const [first, second] = await Promise.all(rivals.map((turn) => store.commitArrival?.(key, turn)));
      expect([first, second].sort()).toEqual(['committed', 'repeat']);
      expect(await store.isHandled(id, key)).toBe(true);
      // A lost version keeps nothing: the event may come again.
      const other = `other/${id}`;
      expect(await store.commitArrival(other, sampleTurn(id, 1, { handles: [other] }))).toBe('version_taken');
      expect(await store.isHandled(id, other)).toBe(false);
      expect(await store.commitArrival(other, sampleTurn(id, 2, { handles: [other] }))).toBe('committed');
    });

    test('shares nothing between conversations', async () => {
      const [one, other] = [freshConversation(), freshConversation()];
      await store.commit(sampleTurn(one, 1));
      expect(await store.head(other)).toBeUndefined();
      expect(await store.turns(`${one}-longer`, 0, 10)).toEqual([]);
    });

    test('has nothing pending after a round of projecting', async () => {
      const id = freshConversation();
      await store.commit(sampleTurn(id, 1));
      await store.projectPending(1_000);
      expect(await store.projectPending(1_000)).toBe(0);
    });
  });
}
