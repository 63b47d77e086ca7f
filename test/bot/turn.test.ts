import { describe, expect, test } from '@jest/globals';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';
import { aroundCommits } from '../support/store-ways.ts';

describe('a turn', () => {
  test('answers one message once and writes both into one turn', async () => {
    const { bot, hear, deps, sent, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    const [turn] = await deps.store.turns(id, 0, 10);
    expect(turn?.messages.map((message) => [message.seq, message.author])).toEqual([
      [1, 'customer'],
      [2, 'bot'],
    ]);
    expect(sent.map((one) => one.text)).toEqual(['đáp: xin chào']);
    await close();
  });

  test('runs again on the new head when another node took the version, and answers once', async () => {
    const { bot, hear, deps, sent, close } = buildBot((base) => {
      let isFirst = true;
      return {
        store: aroundCommits(base.store, async (turn, commit) => {
          if (isFirst) {
            isFirst = false;
            await base.store.commit({ ...turn, id: 'other-node', handles: ['other-event'] });
          }
          return commit();
        }),
      };
    });
    const id = freshConversation();
    await hear(id, 'mất điện');
    await bot.idle();
    const turns = await deps.store.turns(id, 0, 10);
    expect(turns.map((turn) => [turn.version, turn.id === 'other-node'])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(turns[1]?.messages.map((message) => message.seq)).toEqual([3, 4]);
    expect(sent).toHaveLength(2);
    await close();
  });

  test('does not answer an event that another node has answered meanwhile', async () => {
    const { bot, hear, deps, sent, close } = buildBot((base) => ({
      store: aroundCommits(base.store, async (turn, commit) => {
        await base.store.commit({ ...turn, id: 'other-node' });
        return commit();
      }),
    }));
    const id = freshConversation();
    await hear(id, 'mất điện');
    await bot.idle();
    expect((await deps.store.turns(id, 0, 10)).map((turn) => turn.id)).toEqual(['other-node']);
    await bot.sweep();
    await bot.idle();
    expect(sent).toHaveLength(1);
    await close();
  });

  test('keeps a typed one-time code out of everything that is stored', async () => {
    const { bot, hear, db, transcript, close } = buildBot();
    const id = freshConversation();
    await hear(id, '493817');
    await bot.idle();
    expect(await transcript(id)).toContain('customer: ••••••');
    const stored = ['turns', 'inbound_events', 'conversations'].map((table) =>
      JSON.stringify(db.sqlite.prepare(`SELECT * FROM ${table}`).all()),
    );
    // The fake engine echoes what it hears into its reply and state; nothing else may hold the code.
    expect(stored[1]).not.toContain('493817');
    expect(stored[2]).not.toContain('493817');
    await close();
  });

  test('apologises and calls a human when the bot itself fails, and loses nothing', async () => {
    const { bot, hear, deps, errors, transcript, close } = buildBot((base) => ({
      engine: { ...base.engine, advance: async () => Promise.reject(new Error('lỗi')) },
    }));
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    expect(await transcript(id)).toEqual(['customer: xin chào', 'bot: service-trouble']);
    expect((await deps.store.head(id))?.state.holder).toBe('queue');
    expect(errors).toHaveLength(1);
    await close();
  });

  test('tells and does what a step in the queue did before it asked for a human again', async () => {
    const effect = { kind: 'send_otp', customerCode: 'PB06010001234', challengeId: 'c', phone: '0912345678' } as const;
    const { bot, hear, deps, transcript, close } = buildBot((base) => ({
      engine: {
        ...base.engine,
        async advance(...args) {
          const advanced = await base.engine.advance(...args);
          return advanced.handoff === undefined ? advanced : { ...advanced, effects: [effect] };
        },
      },
    }));
    const id = freshConversation();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    expect((await deps.store.head(id))?.effects.map(({ request }) => request)).toEqual([effect]);
    expect((await transcript(id)).at(-1)).toBe('bot: đáp: gặp nhân viên');
    await hear(id, '???');
    await bot.idle();
    expect((await transcript(id)).at(-1)).toBe('bot: queue-message');
    await close();
  });

  test('prolongs a verification with each message and lets it lapse after the idle time', async () => {
    const { bot, hear, deps, clock, close } = buildBot((base) => ({
      runAction: async (_name, _slots, { now }) => ({
        outcome: 'verified',
        identities: { PB06010001234: { level: 'verified', validUntil: now + 900_000 } },
      }),
      engine: base.engine,
    }));
    const id = freshConversation();
    const validUntil = async () => (await deps.store.head(id))?.state.identities['PB06010001234']?.validUntil;
    await hear(id, 'tra hóa đơn');
    await bot.idle();
    clock.advance(600_000);
    await hear(id, 'còn gì nữa');
    await bot.idle();
    expect(await validUntil()).toBe(clock.now() + 900_000);
    const lapsed = clock.now() + 900_000;
    clock.advance(900_001);
    await hear(id, 'alo');
    await bot.idle();
    expect(await validUntil()).toBe(lapsed);
    await close();
  });

  test('shows safety words before anything else, also while an agent holds the conversation', async () => {
    const { bot, hear, deps, transcript, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    await bot.performAgentAct(id, { act: 'claim', agentId: 'lan', agentName: 'Lan' }, 'k1');
    await hear(id, 'có dây đứt trước nhà');
    await bot.idle();
    expect((await transcript(id)).at(-1)).toBe('bot: TRÁNH XA dây điện');
    const state = (await deps.store.head(id))?.state;
    expect([state?.holder, state?.priority]).toEqual(['agent', 'emergency']);
    await close();
  });
});
