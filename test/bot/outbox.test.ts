import { describe, expect, test } from '@jest/globals';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import type { BotDeps } from '../../src/bot/create-bot.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

async function states({ db }: TestBot, id: string): Promise<string[]> {
  const messages = await createSqliteConversationViews(db).messages(id, 0, 100);
  return messages.filter((one) => one.direction === 'out').map((one) => `${one.delivery} ${one.failure ?? ''}`.trim());
}

/** Counts how often the ledger is asked what is due in one conversation. */
function countingQuestions() {
  const asked: string[] = [];
  const change = ({ deliveries }: BotDeps): Partial<BotDeps> => ({
    deliveries: {
      ...deliveries,
      due(query) {
        asked.push(...(query.conversationId === undefined ? [] : [query.conversationId]));
        return deliveries.due(query);
      },
    },
  });
  return { change, asked };
}

function waitPoint() {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { reached, reach: () => reach() };
}

/** The first send of each channel waits until it is released. */
function holdingFirst(adapters: BotDeps['adapters'], began: () => void, released: Promise<void>): BotDeps['adapters'] {
  return new Map(
    [...adapters].map(([name, adapter]) => [
      name,
      {
        ...adapter,
        async send(message) {
          began();
          await released;
          return adapter.send(message);
        },
      } satisfies ChannelAdapter,
    ]),
  );
}

describe('the outbox', () => {
  test('retries with growing pauses and keeps later messages behind', async () => {
    const built = buildBot();
    const { bot, hear, clock, sent, answers } = built;
    const id = freshConversation();
    answers.push({ result: 'retry', reason: 'bận' }, { result: 'retry', reason: 'bận' });
    await hear(id, 'một');
    await hear(id, 'hai');
    await bot.idle();
    expect(sent).toEqual([]);
    expect(await states(built, id)).toEqual(['queued bận', 'queued']);
    clock.advance(1_000);
    await bot.sweep();
    await bot.idle();
    expect(sent).toEqual([]);
    clock.advance(1_999);
    await bot.sweep();
    await bot.idle();
    expect(sent).toEqual([]);
    clock.advance(1);
    await bot.sweep();
    await bot.idle();
    expect(sent.map((one) => one.text)).toEqual(['đáp: một', 'đáp: hai']);
    await built.close();
  });

  test('lets safety words overtake the answers of the same customer that wait, which keep their order', async () => {
    const built = buildBot();
    const { bot, hear, clock, sent, answers } = built;
    const id = freshConversation();
    const wait = { result: 'wait', reason: 'nghẽn', afterMs: 60_000 } as const;
    answers.push(wait);
    await hear(id, 'một');
    await hear(id, 'hai');
    await bot.idle();
    answers.push({ result: 'retry', reason: 'bận' });
    await hear(id, 'dây đứt');
    await bot.idle();
    expect(sent).toEqual([]);
    clock.advance(1_000);
    await bot.sweep();
    await bot.idle();
    expect(sent.map((one) => one.text)).toEqual(['đáp: dây đứt']);
    clock.advance(59_000);
    await bot.sweep();
    await bot.idle();
    expect(sent.slice(0, 3).map((one) => one.text)).toEqual(['đáp: dây đứt', 'đáp: một', 'đáp: hai']);
    await built.close();
  });

  test('lets safety words be next after what is being sent at the moment', async () => {
    const shown: string[] = [];
    const release = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow: ChannelAdapter = {
      ...{ channel: 'web', canRepeat: true },
      async send({ message }) {
        begun.resolve();
        await release.promise;
        shown.push(plainTextOf(message));
        return { result: 'accepted' };
      },
    };
    const built = buildBot(() => ({ adapters: new Map([['web', slow]]) }));
    const id = freshConversation();
    await built.hear(id, 'một');
    await begun.promise;
    await built.hear(id, 'hai');
    await built.hear(id, 'ba');
    await built.hear(id, 'dây đứt');
    release.resolve();
    await built.bot.idle();
    expect(shown.slice(0, 4)).toEqual(['đáp: một', 'đáp: dây đứt', 'đáp: hai', 'đáp: ba']);
    await built.close();
  });

  test('waits as long as the channel says', async () => {
    const built = buildBot();
    const { bot, hear, clock, sent, answers } = built;
    answers.push({ result: 'retry', reason: '429', afterMs: 30_000 });
    await hear(freshConversation(), 'một');
    await bot.idle();
    clock.advance(29_999);
    await bot.sweep();
    await bot.idle();
    expect(sent).toEqual([]);
    clock.advance(1);
    await bot.sweep();
    await bot.idle();
    expect(sent).toHaveLength(1);
    await built.close();
  });

  test('counts no try while the channel takes nothing, however long that lasts', async () => {
    const built = buildBot();
    const { bot, hear, clock, answers } = built;
    const id = freshConversation();
    const wait = { result: 'wait', reason: 'nghẽn', afterMs: 60_000 } as const;
    const retry = { result: 'retry', reason: 'không tới được' } as const;
    answers.push(...Array.from({ length: 20 }, () => wait), retry, retry, retry);
    await hear(id, 'một');
    for (let round = 0; round < 20; round += 1) {
      await bot.idle();
      expect(await states(built, id)).toEqual(['queued nghẽn']);
      clock.advance(60_000);
      await bot.sweep();
    }
    // Three tries of four, with the pauses of tries.
    for (const pause of [1_000, 2_000, 4_000]) {
      await bot.idle();
      expect(await states(built, id)).toEqual(['queued không tới được']);
      clock.advance(pause);
      await bot.sweep();
    }
    await bot.idle();
    expect(await states(built, id)).toEqual(['accepted']);
    await built.close();
  });

  test('waits no longer with a message that has become too old', async () => {
    const built = buildBot();
    const { bot, hear, clock, answers } = built;
    const id = freshConversation();
    const wait = { result: 'wait', reason: 'nghẽn', afterMs: 60_000 } as const;
    answers.push(wait, wait);
    await hear(id, 'một');
    await bot.idle();
    clock.advance(24 * 3_600_000);
    await bot.sweep();
    await bot.idle();
    expect(await states(built, id)).toEqual(['failed nghẽn']);
    await built.close();
  });

  test('gives up after the last attempt, says why, and goes on with the next message', async () => {
    const built = buildBot();
    const { bot, hear, clock, answers } = built;
    const id = freshConversation();
    answers.push(...Array.from({ length: 4 }, () => ({ result: 'retry' as const, reason: 'không tới được' })));
    await hear(id, 'một');
    await hear(id, 'hai');
    for (let round = 0; round < 6; round += 1) {
      await bot.idle();
      clock.advance(60_000);
      await bot.sweep();
    }
    await bot.idle();
    expect(await states(built, id)).toEqual(['failed không tới được', 'accepted']);
    await built.close();
  });

  test('takes no send of its own for lost, however long the channel or the process stood still', async () => {
    let began = 0;
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const adapter: ChannelAdapter = {
      channel: 'web',
      canRepeat: true,
      async send() {
        began += 1;
        await slow;
        return { result: 'accepted' };
      },
    };
    const built = buildBot(() => ({ adapters: new Map([['web', adapter]]) }));
    const { bot, hear, clock } = built;
    const id = freshConversation();
    await hear(id, 'một');
    while (began === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    clock.advance(10 * 60_000);
    await bot.sweep();
    answer();
    await bot.idle();
    await bot.sweep();
    await bot.idle();
    expect(began).toBe(1);
    expect(await states(built, id)).toEqual(['accepted']);
    await built.close();
  });

  test('never sends again what may have arrived', async () => {
    const built = buildBot();
    const id = freshConversation();
    built.answers.push({ result: 'unknown', reason: 'mất trả lời' });
    await built.hear(id, 'một');
    await built.bot.idle();
    built.clock.advance(3_600_000);
    await built.bot.sweep();
    await built.bot.idle();
    expect(await states(built, id)).toEqual(['uncertain mất trả lời']);
    expect(built.sent).toEqual([]);
    await built.close();
  });

  test.each([
    [true, 'accepted'],
    [false, 'uncertain interrupted'],
  ])('after a crash in mid-send, on a channel that can repeat: %s → %s', async (canRepeat, expected) => {
    const dead = buildBot((base) => ({
      adapters: new Map([['web', { channel: 'web', canRepeat, send: () => new Promise<never>(() => {}) }]]),
      engine: base.engine,
    }));
    const id = freshConversation();
    await dead.hear(id, 'một');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await states(dead, id)).toEqual(['sending']);
    const next = buildBot(
      (base) => ({
        adapters: new Map([...base.adapters].map(([name, adapter]) => [name, { ...adapter, canRepeat }])),
      }),
      dead.db,
    );
    await next.bot.recover();
    await next.bot.idle();
    expect(await states(next, id)).toEqual([expected]);
    await next.close();
  });

  test('leaves to a sweep nothing that stands in line behind a send of its own, and asks the ledger for none of it', async () => {
    const { change, asked } = countingQuestions();
    const [begun, release] = [waitPoint(), waitPoint()];
    const built = buildBot((base) => {
      const { deliveries = base.deliveries } = change(base);
      return {
        adapters: holdingFirst(base.adapters, begun.reach, release.reached),
        deliveries: {
          ...deliveries,
          // The message before it is done with, its own attempt has not begun: now it is due.
          async begin(attempt) {
            await built.bot.sweep();
            return deliveries.begin(attempt);
          },
        },
      };
    });
    const id = freshConversation();
    await built.hear(id, 'một');
    await begun.reached;
    await built.hear(id, 'hai');
    release.reach();
    await built.bot.idle();
    expect(built.sent.map(({ text }) => text)).toEqual(['đáp: một', 'đáp: hai']);
    expect(asked).toEqual([]);
    await built.close();
  });

  test('asks the ledger no more once nothing of an older conversation waits, and again after a send that failed', async () => {
    const id = freshConversation();
    const before = buildBot();
    await before.hear(id, 'không');
    await before.bot.idle();
    const { change, asked } = countingQuestions();
    const built = buildBot(change, before.db);
    const hear = async (text: string) => {
      await built.hear(id, text);
      await built.bot.idle();
      return asked.splice(0).length;
    };
    expect(await hear('một')).toBeGreaterThan(0);
    expect(await hear('hai')).toBe(0);
    built.answers.push({ result: 'retry', reason: 'bận' });
    expect(await hear('ba')).toBeGreaterThan(0);
    expect(await hear('bốn')).toBeGreaterThan(0);
    built.clock.advance(60_000);
    await built.bot.sweep();
    await built.bot.idle();
    asked.splice(0);
    expect(await hear('năm')).toBe(0);
    expect(built.sent.map(({ text }) => text)).toEqual(
      ['một', 'hai', 'ba', 'bốn', 'năm'].map((each) => `đáp: ${each}`),
    );
    await built.close();
  });

  test('after a crash in mid-send of more than one page of messages all of them are decided at once', async () => {
    let begun = 0;
    const dead = buildBot((base) => ({
      adapters: new Map([
        [
          'web',
          {
            channel: 'web',
            canRepeat: true,
            send() {
              begun += 1;
              return new Promise<never>(() => {});
            },
          },
        ],
      ]),
      engine: base.engine,
    }));
    const ids = Array.from({ length: 520 }, () => freshConversation());
    await Promise.all(ids.map((id) => dead.hear(id, 'một')));
    while (begun < ids.length) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const next = buildBot((base) => ({ adapters: base.adapters }), dead.db);
    await next.bot.recover();
    await next.bot.idle();
    const all = await Promise.all(ids.map((id) => states(next, id)));
    expect(all.filter(([state]) => state !== 'accepted')).toEqual([]);
    await next.close();
  });
});
