import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NoticeRecord } from '../../src/bot/notices/notice.ts';
import type { NoticeLedger } from '../../src/bot/notices/notice-ledger.ts';
import type { Clock } from '../../src/bot/ports.ts';
import { freshConversation } from '../support/sample-turn.ts';

export interface NoticeLedgerFixture {
  readonly ledger: NoticeLedger;
  close(): Promise<void>;
}

let count = 0;

function aNotice(change: Partial<NoticeRecord> = {}): NoticeRecord {
  count += 1;
  const conversationId = change.conversationId ?? freshConversation('zalo');
  return {
    ...{ key: `outage/O${count}/v1/to/${conversationId}`, topic: 'planned_outage', conversationId },
    replies: [{ kind: 'card', title: 'Lịch ngừng điện', rows: [{ label: 'Từ', value: '07:30' }] }],
    provenance: [{ record: 'outage', id: 'LCD-77', version: 'v1', asOf: '2026-11-22' }],
    ...change,
  };
}

/** What every `NoticeLedger` promises. Each test has its own time, so that none sees what another has left. */
export function noticeLedgerContract(name: string, open: (clock: Clock) => Promise<NoticeLedgerFixture>): void {
  describe(`${name} as the ledger of notices`, () => {
    let fixture: NoticeLedgerFixture;
    let now = 1_000;

    beforeAll(async () => {
      fixture = await open({ now: () => now });
    });
    afterAll(() => fixture.close());

    const waiting = (at: number, held: readonly string[] = [], limit = 1_000) =>
      fixture.ledger.waiting({ channel: 'zalo', held, now: at, limit });
    const keysWaiting = async (at: number) => (await waiting(at)).map(({ key }) => key);
    const unsettled = (at: number) => fixture.ledger.unsettled({ now: at, limit: 1_000 });

    test('keeps one notice a key, however many write it at the same time', async () => {
      const notice = aNotice({ fallback: 'sms:main:x', campaign: 'c0', expiresAt: 9_000 });
      const planned = await Promise.all([1, 2, 3].map(() => fixture.ledger.plan(notice, 2_000)));
      expect(planned.filter(Boolean)).toHaveLength(1);
      expect(await fixture.ledger.skip(notice, 'opted_out')).toBe(false);
      expect(await fixture.ledger.find(notice.key)).toEqual(notice);
      expect(await fixture.ledger.find('nothing')).toBeUndefined();
    });

    test('brings what is due, the earliest first, and no more than asked for', async () => {
      const [late, early, future] = [aNotice(), aNotice(), aNotice()];
      await fixture.ledger.plan(aNotice({ conversationId: freshConversation('sms') }), 100);
      await fixture.ledger.plan(late, 120);
      await fixture.ledger.plan(early, 110);
      await fixture.ledger.plan(future, 900);
      expect(await keysWaiting(120)).toEqual([early.key, late.key]);
      expect(await waiting(120, [], 1)).toEqual([early]);
    });

    test('forgets the words of a notice that is given, and brings it again when its end is unknown for long', async () => {
      const notice = aNotice();
      await fixture.ledger.plan(notice, 50);
      await fixture.ledger.given(notice, 70);
      expect(await keysWaiting(70)).toEqual([]);
      expect(await unsettled(69)).toEqual([]);
      expect(await unsettled(70)).toEqual([{ ...notice, replies: [] }]);
      await fixture.ledger.given(notice, 90);
      expect(await unsettled(89)).toEqual([]);
      await fixture.ledger.settle(notice.key, 'accepted');
      expect(await unsettled(90)).toEqual([]);
    });

    test('lets one that was given wait again with what is left of it, and a late sign of being given changes nothing', async () => {
      const notice = aNotice({ askedAt: 7 });
      const left = { ...notice, replies: [{ kind: 'text' as const, text: 'phần sau' }], putOff: 1 };
      await fixture.ledger.plan(notice, 21);
      await fixture.ledger.given(notice, 22);
      await fixture.ledger.settle(notice.key, 'accepted');
      expect(await fixture.ledger.putOff(left, 25)).toBe(true);
      expect(await fixture.ledger.putOff(left, 26)).toBe(false);
      await fixture.ledger.given(notice, 999_999);
      expect(await keysWaiting(24)).toEqual([]);
      expect(await waiting(25)).toEqual([left]);
      await fixture.ledger.given(left, 27);
      expect(await unsettled(27)).toEqual([{ ...left, replies: [] }]);
      await fixture.ledger.settle(notice.key, 'failed', 'blocked');
      expect(await fixture.ledger.putOff({ ...left, putOff: 2 }, 28)).toBe(false);
    });

    test('takes nothing back from an end: neither a late sign of being given, nor a later message that arrived', async () => {
      const notice = aNotice({ campaign: 'c1' });
      await fixture.ledger.plan(notice, 30);
      await fixture.ledger.settle(notice.key, 'failed', 'blocked');
      await fixture.ledger.given(notice, 40);
      await fixture.ledger.settle(notice.key, 'accepted');
      expect(await fixture.ledger.counts('c1')).toEqual([{ state: 'failed', reason: 'blocked', count: 1 }]);
    });

    test('counts the notices of a campaign by state and reason, and no others', async () => {
      const notices = [1, 2, 3, 4, 5].map(() => aNotice({ campaign: 'c2' }));
      const [accepted, failed, other] = notices;
      await Promise.all(notices.map((notice) => fixture.ledger.plan(notice, 5_000)));
      await fixture.ledger.plan(aNotice({ campaign: 'c3' }), 5_000);
      await fixture.ledger.settle(accepted?.key ?? '', 'accepted');
      await fixture.ledger.settle(failed?.key ?? '', 'failed', 'window_closed');
      await fixture.ledger.settle(other?.key ?? '', 'failed', 'window_closed');
      await fixture.ledger.skip(aNotice({ campaign: 'c2' }), 'opted_out');
      expect(await fixture.ledger.counts('c2')).toEqual([
        { state: 'accepted', count: 1 },
        { state: 'failed', reason: 'window_closed', count: 2 },
        { state: 'skipped', reason: 'opted_out', count: 1 },
        { state: 'waiting', count: 2 },
      ]);
    });

    test('tells which of the failed ones of a campaign went on to another address', async () => {
      const fallback = 'sms:main:1';
      const [goesOn, told, alone, other] = [
        aNotice({ campaign: 'c6', fallback }),
        aNotice({ campaign: 'c6', fallback }),
        aNotice({ campaign: 'c6' }),
        aNotice({ campaign: 'c7', fallback }),
      ];
      for (const notice of [goesOn, told, alone, other]) {
        await fixture.ledger.plan(notice, 5_000);
      }
      for (const notice of [goesOn, alone, other]) {
        await fixture.ledger.settle(notice.key, 'failed', 'blocked_by_customer');
      }
      await fixture.ledger.settle(told.key, 'accepted');
      expect(await fixture.ledger.wentElsewhere('c6')).toEqual([
        { state: 'failed', reason: 'blocked_by_customer', count: 1 },
      ]);
    });

    test('tells how a notice stands and when it was planned, and nothing of one that is not there', async () => {
      now = 4_000;
      const notice = aNotice();
      await fixture.ledger.plan(notice, 5_000);
      await fixture.ledger.settle(notice.key, 'failed', 'blocked');
      expect([...(await fixture.ledger.standing([notice.key, 'nobody']))]).toEqual([
        [notice.key, { conversationId: notice.conversationId, state: 'failed', reason: 'blocked', plannedAt: 4_000 }],
      ]);
    });

    test('holds those of a campaign that rests, and passes over those of one that is stopped', async () => {
      const [one, other, free] = [aNotice({ campaign: 'c4' }), aNotice({ campaign: 'c5' }), aNotice()];
      for (const notice of [one, other, free]) {
        await fixture.ledger.plan(notice, 5);
      }
      expect((await waiting(5, ['c4'])).map(({ key }) => key).sort()).toEqual([other.key, free.key].sort());
      await fixture.ledger.drop('c4');
      await fixture.ledger.drop('c5');
      expect(await keysWaiting(5)).toEqual([free.key]);
      expect(await fixture.ledger.counts('c4')).toEqual([{ state: 'skipped', reason: 'stopped', count: 1 }]);
      await fixture.ledger.given(free, 999_999);
    });

    test('forgets old notices that have ended, never one that is still on its way', async () => {
      now = 10;
      const [ended, open] = [aNotice(), aNotice()];
      await fixture.ledger.plan(ended, 10_000);
      await fixture.ledger.plan(open, 10_000);
      await fixture.ledger.settle(ended.key, 'accepted');
      now = 1_000;
      expect(await fixture.ledger.prune(11, [ended.conversationId])).toBe(0);
      expect(await fixture.ledger.prune(11)).toBe(1);
      expect(await fixture.ledger.find(ended.key)).toBeUndefined();
      expect(await fixture.ledger.find(open.key)).toEqual(open);
    });
  });
}
