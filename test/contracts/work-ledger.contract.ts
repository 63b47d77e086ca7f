import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConversationStore, ConversationViews, WorkLedger } from '../../src/bot/ports.ts';
import type { EffectRequest } from '../../src/dialogs/run-action.ts';
import { botMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface WorkLedgerFixture {
  readonly work: WorkLedger;
  /** On the same data as the ledger. */
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  close(): Promise<void>;
}

const REQUEST: EffectRequest = {
  kind: 'open_ticket',
  ticket: { number: 'SC1', kind: 'outage', priority: 'normal', summary: 'Mất điện', details: {} },
};

/** What every `WorkLedger`, and the lists of `ConversationViews`, promise. */
export function workLedgerContract(name: string, open: () => Promise<WorkLedgerFixture>): void {
  describe(`${name} as a work ledger`, () => {
    let fixture: WorkLedgerFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    async function withEffect(): Promise<{ id: string; key: string }> {
      const id = freshConversation();
      const key = `${id}/1/1`;
      await fixture.store.commit(
        sampleTurn(id, 1, { at: 1_000, effects: [{ key, conversationId: id, at: 1_000, request: REQUEST }] }),
      );
      await fixture.store.projectPending(1_000);
      return { id, key };
    }

    test('offers an effect until it is done', async () => {
      const { id, key } = await withEffect();
      const query = { now: 1_000, limit: 10, conversationId: id };
      expect(await fixture.work.effectsDue(query)).toEqual([
        { key, conversationId: id, at: 1_000, request: REQUEST, tries: 0 },
      ]);
      await fixture.work.effectDone(key);
      expect(await fixture.work.effectsDue(query)).toEqual([]);
    });

    test('puts a failed effect off, and gives it up when told no next time', async () => {
      const { id, key } = await withEffect();
      await fixture.work.effectFailed(key, 'SmsError', 2_000);
      expect(await fixture.work.effectsDue({ now: 1_999, limit: 10, conversationId: id })).toEqual([]);
      const again = await fixture.work.effectsDue({ now: 2_000, limit: 10, conversationId: id });
      expect(again.map((effect) => effect.tries)).toEqual([1]);
      await fixture.work.effectFailed(key, 'SmsError');
      expect(await fixture.work.effectsDue({ now: 9_000, limit: 10, conversationId: id })).toEqual([]);
    });

    test('gives an effect to one of the nodes that want it, until it ends or its time is over, where there are several', async () => {
      const { work } = fixture;
      if (work.claimEffect === undefined) {
        return;
      }
      const { id, key } = await withEffect();
      const claims = await Promise.all(Array.from({ length: 5 }, () => work.claimEffect?.(key, 2_000, 3_000)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await work.claimEffect(key, 2_999, 4_000)).toBe(false);
      expect(await work.claimEffect(key, 3_000, 4_000)).toBe(true);
      await work.effectFailed(key, 'SmsError', 3_500);
      expect(await work.claimEffect(key, 3_500, 4_500)).toBe(true);
      await work.effectDone(key);
      expect(await work.claimEffect(key, 9_000, 9_999)).toBe(false);
      expect(await work.effectsDue({ now: 9_999, limit: 10, conversationId: id })).toEqual([]);
    });

    test('offers a timer from its time on until it has fired', async () => {
      const id = freshConversation();
      await fixture.store.commit(sampleTurn(id, 1, { timers: [{ kind: 'queue_wait', due: 5_000, epoch: 3 }] }));
      await fixture.store.projectPending(1_000);
      const mine = async (now: number) =>
        (await fixture.work.timersDue({ now, limit: 10_000 })).filter((timer) => timer.conversationId === id);
      expect(await mine(4_999)).toEqual([]);
      const [timer] = await mine(5_000);
      expect(timer).toEqual({ conversationId: id, version: 1, kind: 'queue_wait', due: 5_000, epoch: 3 });
      if (timer !== undefined) {
        await fixture.work.timerFired(timer);
      }
      expect(await mine(5_000)).toEqual([]);
    });

    test('lists the queue with emergencies first, then the longest wait, and never shows an older state', async () => {
      const [long, short, urgent] = [freshConversation(), freshConversation(), freshConversation()];
      const queued = { holder: 'queue' as const, epoch: 1 };
      await fixture.store.commit(sampleTurn(short, 1, { state: { ...queued, waitingSince: 300 } }));
      await fixture.store.commit(sampleTurn(long, 1, { state: { ...queued, waitingSince: 100 } }));
      await fixture.store.commit(
        sampleTurn(urgent, 1, { state: { ...queued, waitingSince: 500, priority: 'emergency' } }),
      );
      await fixture.store.projectPending(1_000);
      const list = await fixture.views.list({ holders: ['queue'], limit: 10_000 });
      const mine = list.map((one) => one.conversationId).filter((id) => [long, short, urgent].includes(id));
      expect(mine).toEqual([urgent, long, short]);
      await fixture.store.commit(sampleTurn(long, 2, { state: { holder: 'agent', agentId: 'lan', epoch: 2 } }));
      await fixture.store.projectPending(1_000);
      const held = await fixture.views.list({ holders: ['agent'], agentId: 'lan', limit: 10_000 });
      expect(held.map((one) => one.conversationId)).toContain(long);
      expect(held.find((one) => one.conversationId === long)?.lastText).toBe('hỏi 2');
    });

    test('shows of whoever waits what he has written last, whatever he is told meanwhile', async () => {
      const waits = freshConversation();
      const state = { holder: 'queue' as const, epoch: 1, waitingSince: 700 };
      const told = (seq: number) => [botMessage(seq, 'Mong anh/chị chờ thêm.')];
      await fixture.store.commit(sampleTurn(waits, 1, { state }));
      await fixture.store.commit(sampleTurn(waits, 2, { state, messages: told(3) }));
      await fixture.store.commit(sampleTurn(waits, 3, { state, messages: told(4) }));
      await fixture.store.commit(sampleTurn(waits, 4, { state, messages: [] }));
      await fixture.store.projectPending(1_000);
      expect(await fixture.views.summaries([waits])).toMatchObject([{ version: 4, lastText: 'hỏi 1' }]);
    });

    test('knows all that wait or are held, each as it stands now, and tells of those that are asked for', async () => {
      const [waits, held, done] = [freshConversation(), freshConversation(), freshConversation()];
      const verified = { PB06010001234: { level: 'verified' as const, validUntil: 0 } };
      const waiting = { holder: 'queue' as const, epoch: 1, waitingSince: 700, customerName: 'Cô Năm' };
      await fixture.store.commit(
        sampleTurn(waits, 1, { state: { ...waiting, isReturned: true, identities: verified, priority: 'emergency' } }),
      );
      await fixture.store.commit(sampleTurn(held, 1, { state: { ...waiting } }));
      await fixture.store.commit(sampleTurn(held, 2, { state: { holder: 'agent', agentId: 'lan', epoch: 2 } }));
      await fixture.store.commit(sampleTurn(done, 1, { state: { ...waiting } }));
      await fixture.store.commit(sampleTurn(done, 2, { state: { holder: 'closed', epoch: 2 } }));
      await fixture.store.projectPending(1_000);
      const open = (await fixture.views.open()).filter((one) => [waits, held, done].includes(one.conversationId));
      expect(open.sort((a, b) => a.version - b.version)).toEqual([
        {
          ...{ conversationId: waits, version: 1, holder: 'queue', priority: 'emergency', waitingSince: 700 },
          ...{ lastAt: expect.any(Number), extras: { isReturned: true, verified: ['PB06010001234'] } },
        },
        expect.objectContaining({ conversationId: held, version: 2, holder: 'agent', agentId: 'lan' }),
      ]);
      const asked = await fixture.views.summaries([done, 'web:main:nobody', waits]);
      expect(asked).toMatchObject([
        { conversationId: done, version: 2, holder: 'closed', lastText: 'hỏi 2' },
        { conversationId: waits, version: 1, holder: 'queue', customerName: 'Cô Năm' },
      ]);
      expect(await fixture.views.summaries([])).toEqual([]);
    });

    test('tells of danger that the bot was told and nobody at the desk has seen', async () => {
      const [told, seen, queued, old, calm] = Array.from({ length: 5 }, () => freshConversation());
      const since = Date.UTC(2030, 0, 1);
      const danger = { priority: 'emergency' as const, emergencyAt: since };
      const ids = { told, seen, queued, old, calm } as Record<string, string>;
      const states = {
        ...{ told: danger, seen: { ...danger, alarmSeenBy: 'Chị Lan' }, old: danger, calm: {} },
        queued: { ...danger, holder: 'queue' as const, waitingSince: since },
      };
      for (const [name, state] of Object.entries(states)) {
        const turn = sampleTurn(ids[name] ?? '', 1, { state, at: name === 'old' ? since - 1 : since });
        await fixture.store.commit(turn);
      }
      await fixture.store.projectPending(1_000);
      const found = await fixture.views.unseenDangers(since, 100);
      expect(found).toMatchObject([
        { conversationId: told, holder: 'bot', lastText: 'hỏi 1', extras: { emergencyAt: since } },
      ]);
    });

    test('tells of every conversation that has moved since then, at its newest version', async () => {
      const [before, twice, once] = [freshConversation(), freshConversation(), freshConversation()];
      const since = Date.UTC(2031, 0, 1);
      await fixture.store.commit({ ...sampleTurn(before, 1), at: since - 1 });
      await fixture.store.commit({ ...sampleTurn(twice, 1), at: since });
      await fixture.store.commit({ ...sampleTurn(twice, 2), at: since + 1 });
      await fixture.store.commit({ ...sampleTurn(once, 1), at: since });
      await fixture.store.projectPending(1_000);
      const moved = (await fixture.views.movedSince(since)).toSorted((a, b) => b.version - a.version);
      expect(moved).toEqual([
        { conversationId: twice, version: 2 },
        { conversationId: once, version: 1 },
      ]);
    });
  });
}
