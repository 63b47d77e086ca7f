import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Attempt, ConversationStore, ConversationViews, DeliveryLedger } from '../../src/bot/ports.ts';
import { botMessage, customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface DeliveryLedgerFixture {
  readonly ledger: DeliveryLedger;
  /** On the same data as the ledger. */
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  close(): Promise<void>;
}

const NOW = 10_000;

/** What every `DeliveryLedger`, and the message list of `ConversationViews`, promise. */
export function deliveryLedgerContract(name: string, open: () => Promise<DeliveryLedgerFixture>): void {
  describe(`${name} as a delivery ledger`, () => {
    let fixture: DeliveryLedgerFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    async function twoMessages(): Promise<string> {
      const id = freshConversation();
      const messages = [customerMessage(1, 'hỏi'), botMessage(2, 'một'), botMessage(3, 'hai')];
      await fixture.store.commit(sampleTurn(id, 1, { messages }));
      await fixture.store.projectPending(1_000);
      return id;
    }

    async function dueOf(conversationId: string, now = NOW) {
      return fixture.ledger.due({ now, limit: 10, conversationId });
    }

    function attempt(conversationId: string, seq: number, number: number): Attempt {
      return { conversationId, seq, number, at: NOW };
    }

    async function deliveries(conversationId: string) {
      const messages = await fixture.views.messages(conversationId, 0, 100);
      return messages.map((message) => message.delivery);
    }

    test('has the attempt that began with its turn as open, where turn and attempt are one write', async () => {
      const { store, ledger } = fixture;
      if (store.beginsAttempts !== true) {
        expect(store.commitArrival).toBeUndefined();
        return;
      }
      const id = freshConversation();
      const messages = [customerMessage(1, 'hỏi'), botMessage(2, 'một'), botMessage(3, 'hai')];
      const first = attempt(id, 2, 1);
      expect(await store.commit(sampleTurn(id, 1, { messages }), first)).toBe('committed');
      expect(await ledger.open({ before: NOW + 1, limit: 10, conversationId: id })).toEqual([first]);
      expect(await dueOf(id)).toEqual([]);
      expect(await deliveries(id)).toEqual([undefined, 'sending', 'queued']);
      expect(await ledger.begin(first)).toBe(false);
      await ledger.finish(first, { state: 'accepted' });
      expect((await dueOf(id)).map(({ message, attempts }) => [message.seq, attempts])).toEqual([[3, 0]]);
      const rival = sampleTurn(id, 1, { messages: [botMessage(4, 'ba')] });
      expect(await store.commit(rival, attempt(id, 4, 1))).toBe('version_taken');
      expect(await ledger.open({ before: NOW + 1, limit: 10, conversationId: id })).toEqual([]);
    });

    test('knows when nothing of a conversation waits or is on its way, where it can be asked', async () => {
      const { isQuiet, begin, finish } = fixture.ledger;
      const id = await twoMessages();
      const answers = [await isQuiet?.(id)];
      for (const seq of [2, 3]) {
        await begin(attempt(id, seq, 1));
        answers.push(await isQuiet?.(id));
        await finish(attempt(id, seq, 1), { state: seq === 2 ? 'accepted' : 'queued', nextAt: NOW + 60_000 });
      }
      answers.push(await isQuiet?.(id));
      await begin(attempt(id, 3, 2));
      answers.push(await isQuiet?.(id));
      await finish(attempt(id, 3, 2), { state: 'failed', reason: 'blocked_by_customer' });
      answers.push(await isQuiet?.(id));
      const expected = [false, false, false, false, false, true];
      expect(answers).toEqual(expected.map((answer) => (isQuiet === undefined ? undefined : answer)));
    });

    test('offers a message again that did not go out, as a new attempt, and none that is on its way', async () => {
      const id = await twoMessages();
      const first = attempt(id, 2, 1);
      expect(await fixture.ledger.retry(id, 2, NOW)).toBe(false);
      await fixture.ledger.begin(first);
      await fixture.ledger.finish(first, { state: 'failed', reason: 'blocked_by_customer' });
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([3]);
      expect(await fixture.ledger.retry(id, 2, NOW)).toBe(true);
      expect(await fixture.ledger.retry(id, 2, NOW)).toBe(false);
      expect((await dueOf(id)).map(({ message, attempts }) => [message.seq, attempts])).toEqual([[2, 1]]);
      await fixture.ledger.begin(attempt(id, 2, 2));
      await fixture.ledger.finish(attempt(id, 2, 2), { state: 'accepted' });
      expect((await deliveries(id))[1]).toBe('accepted');
    });

    test('offers the first message of a conversation only', async () => {
      const id = await twoMessages();
      const due = await dueOf(id);
      expect(due.map(({ message, attempts }) => [message.seq, message.delivery, attempts])).toEqual([[2, 'queued', 0]]);
      expect(due[0]?.message.reply).toEqual({ kind: 'text', text: 'một' });
    });

    test('offers safety words before all others of the conversation, and behind earlier safety words', async () => {
      const id = await twoMessages();
      const messages = [5, 6].map((seq) => ({ ...botMessage(seq, 'tránh xa'), isSafety: true }));
      await fixture.store.commit(sampleTurn(id, 2, { messages: [botMessage(4, 'ba'), ...messages] }));
      await fixture.store.projectPending(1_000);
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([5, 2]);
      const first = attempt(id, 5, 1);
      await fixture.ledger.begin(first);
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([2]);
      await fixture.ledger.finish(first, { state: 'accepted' });
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([6, 2]);
    });

    test('offers nothing while an attempt is under way, and the next message when it is done', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      expect(await dueOf(id)).toEqual([]);
      expect(await deliveries(id)).toEqual([undefined, 'sending', 'queued']);
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'accepted', channelMessageId: 'm1' });
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([3]);
    });

    test.each(['failed', 'uncertain', 'withdrawn'] as const)('goes on after a message that is %s', async (state) => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.finish(attempt(id, 2, 1), { state, reason: 'vì thế' });
      expect((await dueOf(id)).map(({ message }) => message.seq)).toEqual([3]);
      const [, second] = await fixture.views.messages(id, 0, 100);
      expect([second?.delivery, second?.failure]).toEqual([state, 'vì thế']);
    });

    test('lets exactly one of many begin the same attempt', async () => {
      const id = await twoMessages();
      const begun = await Promise.all(Array.from({ length: 8 }, () => fixture.ledger.begin(attempt(id, 2, 1))));
      expect(begun.filter(Boolean)).toHaveLength(1);
    });

    test('offers a message again when its time has come, with its attempts counted', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'queued', reason: 'bận', nextAt: NOW + 500 });
      expect(await dueOf(id, NOW + 499)).toEqual([]);
      const due = await dueOf(id, NOW + 500);
      expect(due.map(({ message, attempts }) => [message.seq, attempts])).toEqual([[2, 1]]);
    });

    test('tells attempts that were only waiting from tries', async () => {
      const id = await twoMessages();
      const outcome = { state: 'queued', reason: 'nghẽn', nextAt: NOW } as const;
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.finish(attempt(id, 2, 1), { ...outcome, isWait: true });
      await fixture.ledger.begin(attempt(id, 2, 2));
      await fixture.ledger.finish(attempt(id, 2, 2), outcome);
      expect((await dueOf(id)).map(({ attempts, waits }) => [attempts, waits])).toEqual([[2, 1]]);
    });

    test('offers first whose time came first', async () => {
      const ids = [await twoMessages(), await twoMessages(), await twoMessages()];
      for (const [place, nextAt] of [300, 100, 200].entries()) {
        const one = attempt(ids[place] ?? '', 2, 1);
        await fixture.ledger.begin(one);
        await fixture.ledger.finish(one, { state: 'queued', reason: 'nghẽn', nextAt: NOW + nextAt });
      }
      const due = await fixture.ledger.due({ now: NOW + 300, limit: 10_000 });
      const order = due.map(({ message }) => ids.indexOf(message.conversationId)).filter((place) => place >= 0);
      expect(order).toEqual([1, 2, 0]);
    });

    test('lists attempts that began and never ended', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      const query = { before: NOW + 1, limit: 10_000, conversationId: id };
      expect(await fixture.ledger.open(query)).toEqual([attempt(id, 2, 1)]);
      expect(await fixture.ledger.open({ ...query, before: NOW })).toEqual([]);
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'accepted' });
      expect(await fixture.ledger.open(query)).toEqual([]);
    });

    test('settles an uncertain message when the channel turns out to have it, and takes nothing back', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'uncertain', reason: 'mất trả lời' });
      await fixture.ledger.receipt(id, 2, 'accepted');
      expect((await deliveries(id))[1]).toBe('accepted');
      await fixture.ledger.receipt(id, 2, 'delivered');
      await fixture.ledger.receipt(id, 2, 'accepted');
      expect((await deliveries(id))[1]).toBe('delivered');
    });

    test('believes a sign that the channel has the message more than an attempt that does not know', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.receipt(id, 2, 'accepted');
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'uncertain', reason: 'mất trả lời' });
      expect((await deliveries(id))[1]).toBe('accepted');
    });

    test('moves receipts forward only', async () => {
      const id = await twoMessages();
      await fixture.ledger.begin(attempt(id, 2, 1));
      await fixture.ledger.finish(attempt(id, 2, 1), { state: 'accepted' });
      await fixture.ledger.receipt(id, 2, 'read');
      await fixture.ledger.receipt(id, 2, 'delivered');
      expect((await deliveries(id))[1]).toBe('read');
    });

    test('lists the last private notes of a conversation, oldest first', async () => {
      const id = freshConversation();
      const note = (text: string) => ({ authorId: 'lan', authorName: 'Chị Lan', text });
      await fixture.store.commit(sampleTurn(id, 1));
      for (const [index, text] of ['một', 'hai', 'ba'].entries()) {
        const version = index + 2;
        await fixture.store.commit(
          sampleTurn(id, version, { messages: [], note: note(text), state: { messageSeq: 2 } }),
        );
      }
      await fixture.store.projectPending(1_000);
      expect(await fixture.views.notes(id, 2)).toEqual([
        { version: 3, afterSeq: 2, at: 1_003, ...note('hai') },
        { version: 4, afterSeq: 2, at: 1_004, ...note('ba') },
      ]);
      expect(await fixture.views.notes(freshConversation(), 2)).toEqual([]);
    });

    test('lists messages after a number, in order, up to a limit', async () => {
      const id = await twoMessages();
      expect((await fixture.views.messages(id, 1, 10)).map((message) => message.seq)).toEqual([2, 3]);
      expect((await fixture.views.messages(id, 0, 2)).map((message) => message.seq)).toEqual([1, 2]);
      expect(await fixture.views.messages(id, 3, 10)).toEqual([]);
    });
  });
}
