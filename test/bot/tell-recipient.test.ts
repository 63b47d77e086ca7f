import { describe, expect, test } from '@jest/globals';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { createNotices, type NoticesDeps } from '../../src/bot/notices/create-notices.ts';
import type { Notice } from '../../src/bot/notices/notice.ts';
import type { ReplyWindow } from '../../src/bot/reply-window.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { createSqliteCampaignStore } from '../../src/integrations/storage/sqlite/campaign-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { createSqliteOptOuts } from '../../src/integrations/storage/sqlite/opt-outs.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const HOUR_MS = 3_600_000;
const PHONE = '0900000001';
const SMS = 'sms:main:sealed-phone';

const aNotice = (change: Partial<Notice> = {}): Notice => ({
  ...{ event: 'outage/O1/v1', topic: 'planned_outage', replies: [{ kind: 'text', text: 'Mai cúp điện từ 07:30.' }] },
  ...change,
});

/** A bot with notices over one file in memory; 09:00 in Viet Nam. */
function openBench(change: (deps: NoticesDeps) => Partial<NoticesDeps> = () => ({}), hearsOfEnds = true) {
  const sms: string[] = [];
  const windows = new Map<string, ReplyWindow>();
  const zaloAnswers: Awaited<ReturnType<ChannelAdapter['send']>>[] = [];
  const onZalo: string[] = [];
  const zalo: ChannelAdapter = {
    ...{ channel: 'zalo', canRepeat: false },
    async send({ message }) {
      const answer = zaloAnswers.shift() ?? { result: 'accepted' };
      if (answer.result === 'accepted') {
        onZalo.push(plainTextOf(message));
      }
      return answer;
    },
    window: async (id) => windows.get(id),
    takesTemplate: (name) => name === 'ticket_state',
  };
  const phone: ChannelAdapter = {
    ...{ channel: 'sms', canRepeat: true, conversationWith: () => SMS },
    async send({ message }) {
      sms.push(plainTextOf(message));
      return { result: 'accepted' };
    },
  };
  const built = buildBot(({ adapters }) => ({
    adapters: new Map([...adapters, ['zalo', zalo], ['sms', phone]]),
    ...(hearsOfEnds && { onAttempt: (message, outcome) => notices.settle(message, outcome) }),
    holdNotice: {
      isHeld: (message) => notices.holdNotice.isHeld(message),
      hold: (message, attempt) => notices.holdNotice.hold(message, attempt),
    },
  }));
  const { db, clock, deps } = built;
  const ledger = createSqliteNoticeLedger(db, clock);
  const optOuts = createSqliteOptOuts(db, clock);
  const base: NoticesDeps = {
    ...{ ledger, optOuts, clock, adapters: deps.adapters, store: deps.store },
    campaigns: createSqliteCampaignStore(db),
    views: createSqliteConversationViews(db),
    rules: loadNoticeRules(),
    receive: (event) => built.bot.receive(event),
  };
  const notices = createNotices({ ...base, ...change(base) });
  async function settled() {
    await notices.sweep();
    await built.bot.idle();
  }
  /** So many hours later, with all that is due by then. */
  async function later(hours: number) {
    built.clock.advance(hours * HOUR_MS);
    await built.bot.sweep();
    await built.bot.idle();
    await settled();
  }
  return { ...built, ...notices, ledger, optOuts, sms, onZalo, windows, zaloAnswers, settled, later };
}

const closed = (now: number): ReplyWindow => ({ freeUntil: now - 2, openUntil: now - 1 });

describe('a notice', () => {
  test('is told once to its conversation, however often and from however many sides it is called', async () => {
    const bench = openBench();
    const id = freshConversation();
    const outcomes = await Promise.all([1, 2, 3].map(() => bench.tell({ conversationId: id }, aNotice())));
    await bench.bot.idle();
    expect(outcomes.map(({ result }) => result).sort()).toEqual(['repeat', 'repeat', 'told']);
    expect(bench.sent).toEqual([{ conversationId: id, text: 'Mai cúp điện từ 07:30.', author: 'system' }]);
    expect(await bench.tell({ conversationId: id }, aNotice({ event: 'outage/O1/v2' }))).toMatchObject({
      result: 'told',
    });
    await bench.close();
  });

  test('waits for the end of the quiet hours', async () => {
    const bench = openBench();
    const id = freshConversation();
    bench.clock.advance(13 * HOUR_MS);
    const outcome = await bench.tell({ conversationId: id }, aNotice());
    expect(outcome).toEqual({ result: 'deferred', until: Date.parse('2026-11-23T07:00:00+07:00') });
    bench.clock.advance(9 * HOUR_MS - 1);
    await bench.settled();
    expect(bench.sent).toEqual([]);
    bench.clock.advance(1);
    await bench.settled();
    expect(bench.sent).toHaveLength(1);
    await bench.close();
  });

  test('comes in the quiet hours when this customer asked for it, not when another rule holds', async () => {
    const bench = openBench();
    bench.clock.advance(16 * HOUR_MS);
    const restored = aNotice({ event: 'incident/I1/restored', topic: 'restoration' });
    const tell = (more: Partial<Notice>) =>
      bench.tell({ conversationId: freshConversation() }, { ...restored, ...more });
    expect(await tell({ askedAt: 1 })).toMatchObject({ result: 'told' });
    expect(await tell({})).toMatchObject({ result: 'deferred' });
    expect(await tell({ topic: 'bill', askedAt: 1 })).toMatchObject({ result: 'deferred' });
    expect(await tell({ topic: 'crisis' })).toMatchObject({ result: 'told' });
    await bench.close();
  });

  test('is not told to who has opted out, nor on the phone instead, and that stays so', async () => {
    const bench = openBench();
    const id = freshConversation();
    await bench.optOuts.add(id);
    const tell = () => bench.tell({ conversationId: id, phone: PHONE }, aNotice());
    expect(await tell()).toEqual({ result: 'skipped', reason: 'opted_out' });
    expect(await tell()).toEqual({ result: 'repeat' });
    await bench.settled();
    expect([...bench.sent, ...bench.sms]).toEqual([]);
    await bench.close();
  });

  test('is told to who has asked for it after he had said no, unless he says no again', async () => {
    const bench = openBench();
    const id = freshConversation();
    await bench.optOuts.add(id);
    bench.clock.advance(1_000);
    const asked = { topic: 'restoration', askedAt: bench.clock.now() } as const;
    const tell = (event: string, more: object) => bench.tell({ conversationId: id }, aNotice({ event, ...more }));
    expect(await tell('a', {})).toEqual({ result: 'skipped', reason: 'opted_out' });
    expect(await tell('b', { ...asked, askedAt: asked.askedAt - 1_001 })).toMatchObject({ result: 'skipped' });
    expect(await tell('c', asked)).toMatchObject({ result: 'told' });
    bench.clock.advance(1_000);
    await bench.optOuts.add(id);
    expect(await tell('d', asked)).toEqual({ result: 'skipped', reason: 'opted_out' });
    await bench.bot.idle();
    expect(bench.sent).toHaveLength(1);
    await bench.close();
  });

  test('is not told to who opts out while it waits', async () => {
    const bench = openBench();
    const id = freshConversation();
    bench.clock.advance(13 * HOUR_MS);
    await bench.tell({ conversationId: id }, aNotice({ campaign: 'c1' }));
    await bench.optOuts.add(id);
    bench.clock.advance(10 * HOUR_MS);
    await bench.settled();
    expect(bench.sent).toEqual([]);
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'skipped', reason: 'opted_out', count: 1 }]);
    await bench.close();
  });

  test('is dropped when its time is over before it could be told', async () => {
    const bench = openBench();
    const id = freshConversation();
    bench.clock.advance(13 * HOUR_MS);
    const expiresAt = bench.clock.now() + HOUR_MS;
    await bench.tell({ conversationId: id }, aNotice({ expiresAt }));
    bench.clock.advance(10 * HOUR_MS);
    await bench.settled();
    expect(bench.sent).toEqual([]);
    expect(await bench.tell({ conversationId: freshConversation() }, aNotice({ expiresAt }))).toEqual({
      ...{ result: 'skipped', reason: 'expired' },
    });
    await bench.close();
  });

  test('goes to the phone when the channel takes nothing, and nowhere when there is no phone', async () => {
    const bench = openBench();
    const [with_, without] = [freshConversation('zalo'), freshConversation('zalo')];
    bench.windows.set(with_, closed(bench.clock.now())).set(without, closed(bench.clock.now()));
    expect(await bench.tell({ conversationId: with_, phone: PHONE }, aNotice())).toEqual({
      ...{ result: 'told', conversationId: SMS },
    });
    expect(await bench.tell({ conversationId: without }, aNotice())).toEqual({
      ...{ result: 'skipped', reason: 'unreachable' },
    });
    // The window has opened meanwhile: the second call chooses no other way.
    bench.windows.clear();
    expect(await bench.tell({ conversationId: with_, phone: PHONE }, aNotice())).toEqual({ result: 'repeat' });
    await bench.bot.idle();
    expect(bench.sms).toEqual(['Mai cúp điện từ 07:30.']);
    await bench.close();
  });

  test('goes to its conversation as a template although the window is closed, if the channel has that template', async () => {
    const bench = openBench();
    const told = async (template: string) => {
      const id = freshConversation('zalo');
      bench.windows.set(id, closed(bench.clock.now()));
      const reply = { kind: 'text', text: 'SC1: đã xong', template: { name: template, values: {} } } as const;
      const outcome = await bench.tell({ conversationId: id, phone: PHONE }, aNotice({ replies: [reply] }));
      return outcome.result === 'told' && outcome.conversationId === id;
    };
    expect([await told('ticket_state'), await told('other')]).toEqual([true, false]);
    await bench.close();
  });

  test('goes to the phone, once, when the channel refuses it', async () => {
    const bench = openBench();
    const id = freshConversation('zalo');
    bench.zaloAnswers.push({ result: 'refused', reason: 'blocked' });
    await bench.tell({ conversationId: id, phone: PHONE }, aNotice({ campaign: 'c1' }));
    await bench.bot.idle();
    await bench.settled();
    expect(bench.sms).toEqual(['Mai cúp điện từ 07:30.']);
    expect(await bench.ledger.counts('c1')).toEqual([
      { state: 'accepted', count: 1 },
      { state: 'failed', reason: 'blocked', count: 1 },
    ]);
    await bench.close();
  });

  test('does not go to the phone when nobody knows whether the channel has it', async () => {
    const bench = openBench();
    bench.zaloAnswers.push({ result: 'unknown', reason: 'answer_lost' });
    await bench.tell({ conversationId: freshConversation('zalo'), phone: PHONE }, aNotice({ campaign: 'c1' }));
    await bench.bot.idle();
    await bench.settled();
    expect(bench.sms).toEqual([]);
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'uncertain', reason: 'answer_lost', count: 1 }]);
    await bench.close();
  });

  test('is taken up by the sweep when the process died before it reached the inbox', async () => {
    let isDead = true;
    const bench = openBench(({ receive }) => ({
      receive: (event) => (isDead ? Promise.reject(new Error('killed')) : receive(event)),
    }));
    const id = freshConversation();
    await expect(bench.tell({ conversationId: id }, aNotice())).rejects.toThrow('killed');
    isDead = false;
    expect(await bench.tell({ conversationId: id }, aNotice())).toEqual({ result: 'repeat' });
    await bench.settled();
    await bench.settled();
    expect(bench.sent).toHaveLength(1);
    await bench.close();
  });

  test('is found out about when the process died before it told how the send ended', async () => {
    const bench = openBench(undefined, false);
    await bench.tell({ conversationId: freshConversation('zalo') }, aNotice({ campaign: 'c1' }));
    await bench.bot.idle();
    await bench.settled();
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'given', count: 1 }]);
    bench.clock.advance(5 * 60_000);
    await bench.settled();
    expect(await bench.ledger.counts('c1')).toEqual([{ state: 'accepted', count: 1 }]);
    await bench.close();
  });
});

describe('a notice that still waits for its channel when the quiet hours begin', () => {
  const PACED = { result: 'wait', reason: 'paced', afterMs: 2 * 60_000 } as const;
  const TEXTS = (...texts: readonly string[]): Notice['replies'] => texts.map((text) => ({ kind: 'text', text }));

  /** Told at 21:59; Zalo takes the first calls as `answers` say. It is 22:05 then. */
  async function overTheEvening(
    change: Partial<Notice>,
    answers: ReturnType<typeof openBench>['zaloAnswers'] = [PACED],
  ) {
    const bench = openBench();
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
    const day = openBench();
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

  test('may be sent again where a process died while it was sending: shown twice is shown once', async () => {
    const bench = openBench();
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
