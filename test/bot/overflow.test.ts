import { describe, expect, test } from '@jest/globals';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';
import { aroundCommits, EVENT_WAYS } from '../support/store-ways.ts';

describe.each(EVENT_WAYS)('more messages than a process may hold, kept %s', (_way, storeOf) => {
  /** A bot that may hold three events and whose turns wait for `release`. */
  function crowdedBot(isMetered = false) {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const told: string[] = [];
    const bench: TestBot = buildBot((base) => ({
      store: aroundCommits(storeOf(base.store), (_turn, commit) => gate.then(commit)),
      policy: { ...base.policy, mostInHand: 3 },
      adapters: new Map(
        [...base.adapters].map(([name, adapter]) => [
          name,
          {
            ...adapter,
            isMetered,
            sendUnstored: async (id: string, replies: readonly object[]) =>
              void told.push(`${id} ${replies.map((reply) => ('text' in reply ? reply.text : '')).join()}`),
          },
        ]),
      ),
    }));
    return { ...bench, told, release };
  }

  /** Three customers whose turns are under way. */
  async function crowd({ hear }: TestBot): Promise<void> {
    const under = Array.from({ length: 3 }, () => hear(freshConversation(), 'chào'));
    await Promise.race([Promise.all(under), new Promise((resolve) => setImmediate(resolve))]);
  }

  const heardIn = async ({ transcript }: TestBot, id: string) =>
    (await transcript(id)).filter((line) => line.startsWith('customer'));

  test('wait in the database, and their customers are told once, honestly', async () => {
    const bench = crowdedBot();
    await crowd(bench);
    const id = freshConversation();
    expect(await bench.hear(id, 'một')).toBe('stored');
    expect(await bench.hear(id, 'hai')).toBe('stored');
    expect(bench.told).toEqual([`${id} many-requests`]);
    expect(await heardIn(bench, id)).toEqual([]);
    bench.release();
    await bench.bot.idle();
    bench.clock.advance(6_000);
    await bench.bot.sweep();
    await bench.bot.idle();
    expect(await heardIn(bench, id)).toEqual(['customer: một', 'customer: hai']);
    await bench.close();
  });

  test('are not overtaken by what comes when there is room again', async () => {
    const bench = crowdedBot();
    await crowd(bench);
    const id = freshConversation();
    await bench.hear(id, 'một');
    bench.release();
    await bench.bot.idle();
    bench.clock.advance(1_000);
    await bench.bot.sweep();
    await bench.hear(id, 'hai');
    await bench.bot.idle();
    expect(await heardIn(bench, id)).toEqual([]);
    for (let second = 0; second < 7; second += 1) {
      bench.clock.advance(1_000);
      await bench.bot.sweep();
      await bench.bot.idle();
    }
    expect(await heardIn(bench, id)).toEqual(['customer: một', 'customer: hai']);
    await bench.hear(id, 'ba');
    await bench.bot.idle();
    expect(await heardIn(bench, id)).toContain('customer: ba');
    await bench.close();
  });

  test('let danger pass at once', async () => {
    const bench = crowdedBot();
    await crowd(bench);
    await bench.hear(freshConversation(), 'chờ');
    const id = freshConversation();
    const urgent = bench.hear(id, 'dây đứt trước nhà');
    bench.release();
    await urgent;
    await bench.bot.idle();
    expect(bench.sent.find(({ conversationId }) => conversationId === id)?.text).toBe('đáp: dây đứt trước nhà');
    await bench.close();
  });

  test('are told nothing where each send is taken from the answers', async () => {
    const bench = crowdedBot(true);
    await crowd(bench);
    await bench.hear(freshConversation(), 'một');
    expect(bench.told).toEqual([]);
    bench.release();
    await bench.bot.idle();
    await bench.close();
  });
});
