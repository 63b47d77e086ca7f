import { describe, expect, test } from '@jest/globals';
import type { Notice } from '../../src/bot/notices/notice.ts';
import type { ReplyWindow } from '../../src/bot/reply-window.ts';
import { aNotice, HOUR_MS, openNoticeBench, PHONE, SMS } from '../support/notice-bench.ts';
import { freshConversation } from '../support/sample-turn.ts';

const closed = (now: number): ReplyWindow => ({ freeUntil: now - 2, openUntil: now - 1 });

describe('a notice', () => {
  test('is told once to its conversation, however often and from however many sides it is called', async () => {
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench();
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
    const bench = openNoticeBench(({ receive }) => ({
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
    const bench = openNoticeBench(undefined, false);
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
