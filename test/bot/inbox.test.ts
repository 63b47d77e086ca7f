import { describe, expect, test } from '@jest/globals';
import type { BotDeps } from '../../src/bot/create-bot.ts';
import type { InboundEvent } from '../../src/bot/message.ts';
import { buildBot as buildPlainBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation, sampleEvent } from '../support/sample-turn.ts';
import { aroundCommits, EVENT_WAYS } from '../support/store-ways.ts';

describe.each(EVENT_WAYS)('the inbox that keeps an event %s', (_way, storeOf) => {
  const buildBot = (change: (deps: BotDeps) => Partial<BotDeps> = () => ({}), db?: TestBot['db']) =>
    buildPlainBot((base) => {
      const store = storeOf(base.store);
      return { store, ...change({ ...base, store }) };
    }, db);

  test('answers an event that is delivered many times at once only once', async () => {
    const { bot, sent, close } = buildBot();
    const event = sampleEvent(freshConversation());
    const results = await Promise.all(Array.from({ length: 10 }, () => bot.receive(event)));
    await bot.idle();
    expect(results.filter((result) => result === 'stored')).toHaveLength(1);
    expect(sent).toHaveLength(1);
    await close();
  });

  test('answers an event once although it reaches two nodes at the same time', async () => {
    const first = buildBot();
    // A turn is told by its id: two nodes never draw the same.
    const second = buildBot(({ ids }) => ({ ids: { ...ids, next: () => `second-${ids.next()}` } }), first.db);
    const event = sampleEvent(freshConversation());
    await Promise.all([first.bot.receive(event), second.bot.receive(event), first.bot.receive(event)]);
    await Promise.all([first.bot.idle(), second.bot.idle()]);
    expect(await first.transcript(event.conversationId)).toHaveLength(2);
    expect([...first.sent, ...second.sent]).toHaveLength(1);
    await first.close();
  });

  test('has a kept event on the disk when it is acknowledged', async () => {
    const { hear, db, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'một');
    const kept = db.sqlite.prepare('SELECT count(*) FROM inbound_events WHERE conversation_id = ?').pluck().get(id);
    expect(kept).toBe(1);
    await close();
  });

  test('handles the messages of one conversation one at a time and in order', async () => {
    let running = 0;
    let most = 0;
    const { bot, hear, transcript, close } = buildBot((base) => ({
      engine: {
        ...base.engine,
        async advance(...args) {
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          return base.engine.advance(...args);
        },
      },
    }));
    const id = freshConversation();
    const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => hear(id, `tin ${number}`)));
    await bot.idle();
    expect(await transcript(id)).toEqual(numbers.flatMap((n) => [`customer: tin ${n}`, `bot: đáp: tin ${n}`]));
    expect(most).toBe(1);
    await close();
  });

  test('handles waiting events in the order of the channel, not of arrival', async () => {
    const { bot, hear, transcript, close } = buildBot();
    const id = freshConversation();
    await Promise.all([
      hear(id, 'một', { orderKey: 1 }),
      hear(id, 'bốn', { orderKey: 4 }),
      hear(id, 'ba', { orderKey: 3 }),
      hear(id, 'hai', { orderKey: 2 }),
    ]);
    await bot.idle();
    const heard = (await transcript(id)).filter((line) => line.startsWith('customer'));
    expect(heard).toEqual(['customer: một', 'customer: hai', 'customer: ba', 'customer: bốn']);
    await close();
  });

  test('takes up at start what the last process stored and did not handle', async () => {
    const first = buildBot();
    const event = sampleEvent(freshConversation());
    await first.deps.inbox.receive(event);
    const second = buildBot(() => ({}), first.db);
    await second.bot.recover();
    await second.bot.idle();
    expect(second.sent.map((one) => one.conversationId)).toEqual([event.conversationId]);
    await second.close();
  });

  test('keeps the events of a conversation waiting, in order, while the store is down', async () => {
    let isDown = true;
    const { bot, hear, transcript, clock, errors, close } = buildBot((base) => ({
      store: aroundCommits(base.store, (_turn, commit) => (isDown ? Promise.reject(new Error('đĩa đầy')) : commit())),
    }));
    const id = freshConversation();
    await hear(id, 'một');
    await hear(id, 'hai');
    await bot.idle();
    expect(errors.length).toBeGreaterThan(0);
    isDown = false;
    clock.advance(6_000);
    await bot.sweep();
    await bot.idle();
    expect(await transcript(id)).toEqual(['customer: một', 'bot: đáp: một', 'customer: hai', 'bot: đáp: hai']);
    await close();
  });

  test('spools what the database refuses, tells safety words at once, and handles it when the database is back', async () => {
    let isDown = true;
    const unstored: string[] = [];
    const built = buildBot((base) => ({
      store: aroundCommits(base.store, (_turn, commit) => (isDown ? Promise.reject(new Error('đĩa')) : commit())),
      inbox: {
        ...base.inbox,
        receive: (event: InboundEvent) =>
          isDown ? Promise.reject(new Error('không mở được')) : base.inbox.receive(event),
      },
      adapters: new Map(
        [...base.adapters].map(([channel, adapter]) => [
          channel,
          {
            ...adapter,
            sendUnstored: async (_id: string, replies: readonly { kind: string }[]) => {
              unstored.push(...replies.map((reply) => JSON.stringify(reply)));
            },
          },
        ]),
      ),
    }));
    const id = freshConversation();
    expect(await built.hear(id, 'có dây đứt')).toBe('spooled');
    expect(await built.hear(id, 'xin chào')).toBe('spooled');
    expect(unstored).toHaveLength(1);
    isDown = false;
    await built.bot.sweep();
    await built.bot.idle();
    expect((await built.transcript(id)).filter((line) => line.startsWith('customer'))).toEqual([
      'customer: có dây đứt',
      'customer: xin chào',
    ]);
    await built.close();
  });

  test('refuses an event that neither the database nor the spool can keep', async () => {
    const { hear, close } = buildBot((base) => ({
      store: aroundCommits(base.store, () => Promise.reject(new Error('db'))),
      inbox: { ...base.inbox, receive: async () => Promise.reject(new Error('db')) },
      spool: { ...base.spool, append: async () => Promise.reject(new Error('đĩa')) },
    }));
    await expect(hear(freshConversation(), 'alo')).rejects.toThrow('đĩa');
    await close();
  });
});
