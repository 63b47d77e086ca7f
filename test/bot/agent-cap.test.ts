import { describe, expect, test } from '@jest/globals';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const LAN = { agentId: 'lan', agentName: 'Chị Lan' };
const MINH = { agentId: 'minh', agentName: 'Anh Minh' };
/** As `buildBot` sets it. */
const CAP = 3;

describe('the cap of an agent', () => {
  async function queued(count: number) {
    const built = buildBot();
    const ids = Array.from({ length: count }, () => freshConversation());
    for (const id of ids) {
      await built.hear(id, 'gặp nhân viên');
    }
    await built.bot.idle();
    let keys = 0;
    const claim = (id: string, who = LAN) => {
      keys += 1;
      return built.bot.performAgentAct(id, { act: 'claim', ...who }, `k${keys}`);
    };
    const held = async (agentId: string) => {
      const heads = await Promise.all(ids.map((id) => built.deps.store.head(id)));
      return heads.filter((head) => head?.state.agentId === agentId).length;
    };
    return { ...built, ids, claim, held };
  }

  test('holds under claims that come all at once', async () => {
    const { ids, claim, held, close } = await queued(8);
    const results = await Promise.all(ids.map((id) => claim(id)));
    expect(results.filter(({ done }) => done)).toHaveLength(CAP);
    expect(results.find(({ done }) => !done)).toMatchObject({ reason: 'at_cap', agentName: 'Chị Lan' });
    expect(await held('lan')).toBe(CAP);
    await close();
  });

  test('counts for whom a conversation is given to, too', async () => {
    const { ids, claim, bot, close } = await queued(CAP + 1);
    for (const id of ids.slice(0, CAP)) {
      await claim(id);
    }
    const last = ids.at(-1) ?? '';
    await claim(last, MINH);
    const to = { id: 'lan', name: 'Chị Lan' };
    const pass = () => bot.performAgentAct(last, { act: 'transfer', ...MINH, to, note: 'x' }, 'pass-on');
    expect(await pass()).toMatchObject({ done: false, reason: 'at_cap' });
    await bot.performAgentAct(ids[0] ?? '', { act: 'close', ...LAN, wrapUp: 'answered' }, 'close');
    expect(await pass()).toMatchObject({ done: true });
    await close();
  });

  test('makes room when a conversation leaves, whichever way', async () => {
    const { ids, claim, bot, deps, close } = await queued(CAP + 1);
    for (const id of ids.slice(0, CAP)) {
      await claim(id);
    }
    const last = ids.at(-1) ?? '';
    expect(await claim(last)).toMatchObject({ reason: 'at_cap' });
    const first = ids[0] ?? '';
    const epoch = (await deps.store.head(first))?.state.epoch ?? 0;
    await bot.receive({
      ...{ key: 'lapse', conversationId: first, orderKey: 1, receivedAt: 1 },
      content: { kind: 'lease_lapsed', agentId: 'lan', epoch },
    });
    await bot.idle();
    expect(await claim(last)).toMatchObject({ done: true });
    await close();
  });

  test('gives back the slot of a claim that lost', async () => {
    const { ids, claim, held, close } = await queued(CAP + 2);
    const [theirs = '', ...mine] = ids;
    await claim(theirs, MINH);
    for (let times = 0; times < CAP; times += 1) {
      expect(await claim(theirs)).toMatchObject({ reason: 'held_by_other' });
    }
    for (const id of mine.slice(0, CAP)) {
      expect(await claim(id)).toMatchObject({ done: true });
    }
    expect(await held('lan')).toBe(CAP);
    await close();
  });

  test('does not refuse an agent at the cap what is his already', async () => {
    const { ids, claim, close } = await queued(CAP);
    for (const id of ids) {
      await claim(id);
    }
    expect(await claim(ids[0] ?? '')).toMatchObject({ done: true });
    await close();
  });

  test('is not used up by slots that a crash left behind', async () => {
    const { ids, claim, bot, deps, clock, close } = await queued(1);
    for (let slot = 0; slot < CAP; slot += 1) {
      const lost = { token: `lost-${slot}`, agentId: 'lan', conversationId: ids[0] ?? '', at: clock.now() };
      await deps.agentSlots.take(lost, CAP);
    }
    expect(await claim(ids[0] ?? '')).toMatchObject({ reason: 'at_cap' });
    clock.advance(120_000);
    await bot.sweep();
    expect(await claim(ids[0] ?? '')).toMatchObject({ done: true });
    await close();
  });
});
