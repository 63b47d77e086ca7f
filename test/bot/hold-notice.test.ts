import { describe, expect, test } from '@jest/globals';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { type Notice, PARTLY_SENT } from '../../src/bot/notices/notice.ts';
import { aNotice, HOUR_MS, openNoticeBench, PHONE } from '../support/notice-bench.ts';
import { freshConversation } from '../support/sample-turn.ts';

describe('a notice that still waits for its channel when the quiet hours begin', () => {
  const PACED = { result: 'wait', reason: 'paced', afterMs: 2 * 60_000 } as const;
  const TEXTS = (...texts: readonly string[]): Notice['replies'] => texts.map((text) => ({ kind: 'text', text }));

  /** Told at 21:59; Zalo takes the first calls as `answers` say. It is 22:05 then. */
  async function overTheEvening(
    change: Partial<Notice>,
    answers: ReturnType<typeof openNoticeBench>['zaloAnswers'] = [PACED],
  ) {
    const bench = openNoticeBench();
    const id = freshConversation('zalo');
    await bench.later(12 + 59 / 60);
    bench.zaloAnswers.push(...answers);
    await bench.tell({ conversationId: id, phone: PHONE }, aNotice({ campaign: 'c1', ...change, event: 'e/1' }));
    await bench.settled();
    await bench.later(0.1);
    return { ...bench, id };
  }

  test('is told in the morning, once, and the answers of the night do not wait for it', async () => {
    const bench = await overTheEvening({});
    expect(bench.onZalo).toEqual([]);
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'waiting', count: 1 }]);
    await bench.hear(bench.id, 'mất điện');
    await bench.bot.idle();
    expect(bench.onZalo).toHaveLength(1);
    await bench.later(8);
    expect(bench.onZalo).toHaveLength(1);
    await bench.later(1);
    await bench.later(1);
    expect(bench.onZalo.slice(1)).toEqual(['Mai cúp điện từ 07:30.']);
    expect(bench.sms).toEqual([]);
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'accepted', count: 1 }]);
    await bench.close();
  });

  test('tells in the morning only what of it had not gone out', async () => {
    const bench = await overTheEvening({ replies: TEXTS('một', 'hai', 'ba') }, [{ result: 'accepted' }, PACED]);
    expect(bench.onZalo).toEqual(['một']);
    await bench.later(9);
    await bench.later(1);
    expect(bench.onZalo).toEqual(['một', 'hai', 'ba']);
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'accepted', count: 1 }]);
    await bench.close();
  });

  test('is withdrawn when the morning is too late for it, or its channel takes it too late in the day', async () => {
    const night = await overTheEvening({ expiresAt: Date.parse('2026-11-23T06:00:00+07:00') });
    await night.later(9);
    const day = openNoticeBench();
    day.zaloAnswers.push(PACED);
    await day.tell(
      { conversationId: freshConversation('zalo') },
      aNotice({ campaign: 'c1', expiresAt: day.clock.now() + 60_000 }),
    );
    await day.settled();
    await day.later(1);
    for (const bench of [night, day]) {
      expect(bench.onZalo).toEqual([]);
      expect(await bench.ledger.counts('c1')).toEqual([{ state: 'withdrawn', reason: 'expired', count: 1 }]);
      await bench.close();
    }
  });

  test.each([
    ['the restoration that he asked for', { topic: 'restoration', askedAt: 1 }, 1],
    ['a restoration that he did not ask for', { topic: 'restoration' }, 0],
    ['words of a crisis', { topic: 'crisis' }, 1],
    ['a bill, asked for or not', { topic: 'bill', askedAt: 1 }, 0],
  ] as const)('keeps the rules of its topic: %s', async (_, change, told) => {
    const bench = await overTheEvening({ ...change, campaign: 'c2' });
    expect(bench.onZalo).toHaveLength(told);
    await bench.close();
  });

  test('goes to the phone in the night, too, when he asked for it and its channel refuses it then', async () => {
    const asked = { topic: 'restoration', askedAt: 1 } as const;
    const bench = await overTheEvening(asked, [PACED, { result: 'refused', reason: 'blocked' }]);
    expect(bench.sms).toHaveLength(1);
    await bench.close();
  });

  describe('that breaks the night', () => {
    const NIGHT = { result: 'wait', reason: 'not_at_night', afterMs: 7 * HOUR_MS } as const;
    const crisis = (replies: Notice['replies'] = TEXTS('Tránh xa.')) =>
      aNotice({ topic: 'crisis', campaign: 'c1', replies });

    /** At 23:00; Zalo takes nothing before 06:00. */
    async function atNight(phone?: string) {
      const bench = openNoticeBench();
      const id = freshConversation('zalo');
      bench.clock.advance(14 * HOUR_MS);
      bench.zaloAnswers.push(NIGHT);
      await bench.tell({ conversationId: id, ...(phone !== undefined && { phone }) }, crisis());
      await bench.settled();
      return { ...bench, id };
    }

    test('goes to the phone at once when its channel takes nothing at night', async () => {
      const bench = await atNight(PHONE);
      expect([bench.sms, bench.onZalo]).toEqual([['Tránh xa.'], []]);
      await bench.close();
    });

    test('keeps no answer waiting behind it where there is no phone, and is told when its channel takes it', async () => {
      const bench = await atNight();
      await bench.hear(bench.id, 'mất điện');
      await bench.bot.idle();
      expect(bench.onZalo).toEqual(['đáp: mất điện']);
      await bench.later(7);
      await bench.later(0.1);
      expect(bench.onZalo.slice(1)).toEqual(['Tránh xa.']);
      expect(await bench.ledger.counts('c1')).toEqual([{ state: 'accepted', count: 1 }]);
      await bench.close();
    });
  });

  test('goes on at night when its customer has the beginning of it', async () => {
    const bench = await overTheEvening({}, [{ result: 'wait', reason: PARTLY_SENT, afterMs: 2 * 60_000 }]);
    expect(bench.onZalo).toEqual(['Mai cúp điện từ 07:30.']);
    await bench.close();
  });

  test('may be sent again where a process died while it was sending: shown twice is shown once', async () => {
    const bench = openNoticeBench();
    await bench.later(13.5);
    const message: TrackedMessage = {
      ...{
        conversationId: freshConversation('zalo'),
        seq: 1,
        version: 1,
        epoch: 0,
        at: 0,
        direction: 'out',
        author: 'system',
      },
      ...{ authorId: 'tell/e/1/to/x', delivery: 'sending' },
    };
    await bench.ledger.plan({ ...aNotice(), key: 'e/1/to/x', conversationId: message.conversationId }, 0);
    expect(await bench.holdNotice.hold({ ...message, failure: 'interrupted' }, 2)).toBeUndefined();
    expect(await bench.holdNotice.hold(message, 2)).toEqual({ state: 'withdrawn', reason: 'quiet_hours' });
    await bench.close();
  });
});
