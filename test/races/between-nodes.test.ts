import { describe, expect, test } from '@jest/globals';
import type { AgentSlots } from '../../src/bot/ports.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const LAN = { agentId: 'lan', agentName: 'Chị Lan' };
const MINH = { agentId: 'minh', agentName: 'Anh Minh' };
/** As `buildBot` sets it. */
const CAP = 3;

interface Node extends TestBot {
  /** Does something once, when a turn of this node next looks who is at the desk, and before it goes on. */
  whenItLooks<T>(act: () => Promise<T>): Promise<T>;
}

/** Two nodes over one database, as two processes of a service are. */
function twoNodes(slots?: AgentSlots): { readonly one: Node; readonly two: Node; close(): Promise<void> } {
  const db = openDatabase({ path: ':memory:' });
  const node = (name: string): Node => {
    let meanwhile = async () => {};
    const bot = buildBot(
      ({ ids, staffing, agentSlots }) => ({
        // A turn is told by its id: two nodes never draw the same.
        ids: { ...ids, next: () => `${name}-${ids.next()}` },
        agentSlots: slots ?? agentSlots,
        staffing: {
          async look(now) {
            const act = meanwhile;
            meanwhile = async () => {};
            await act();
            return staffing.look(now);
          },
        },
      }),
      db,
    );
    return {
      ...bot,
      whenItLooks: (act) =>
        new Promise((resolve, reject) => {
          meanwhile = () => act().then(resolve, reject);
        }),
    };
  };
  const [one, two] = [node('one'), node('two')];
  return { one, two, close: () => db.close() };
}

async function waiting(node: TestBot, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => freshConversation());
  for (const id of ids) {
    await node.hear(id, 'gặp nhân viên');
  }
  await node.bot.idle();
  return ids;
}

async function heldAtOnce(slots?: AgentSlots): Promise<number> {
  const { one, two, close } = twoNodes(slots);
  const ids = await waiting(one, CAP * 3);
  const claims = ids.map((id, index) =>
    (index % 2 === 0 ? one : two).bot.performAgentAct(id, { act: 'claim', ...LAN }, `claim-${index}`),
  );
  const done = (await Promise.all(claims)).filter((result) => result.done).length;
  await close();
  return done;
}

describe('between two nodes', () => {
  test('two agents who claim one conversation at once: one has it, the other learns who', async () => {
    const { one, two, close } = twoNodes();
    const [id = ''] = await waiting(one, 1);
    const results = await Promise.all([
      one.bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1'),
      two.bot.performAgentAct(id, { act: 'claim', ...MINH }, 'k2'),
    ]);
    expect(results.filter(({ done }) => done)).toHaveLength(1);
    const holder = (await one.deps.store.head(id))?.state.agentName;
    expect(results.find(({ done }) => !done)).toMatchObject({ reason: 'held_by_other', agentName: holder });
    await close();
  });

  test('an agent whose claims come in on both nodes holds no more than the cap', async () => {
    expect(await heldAtOnce()).toBe(CAP);
  });

  test('the same check sees the cap broken when the slots are taken out', async () => {
    const noGuard: AgentSlots = { take: async () => true, free: async () => {}, taken: async () => [] };
    expect(await heldAtOnce(noGuard)).toBeGreaterThan(CAP);
  });

  test('the first two messages of a conversation at once make one conversation with both', async () => {
    const { one, two, close } = twoNodes();
    const id = freshConversation();
    await Promise.all([one.hear(id, 'một'), two.hear(id, 'hai')]);
    await Promise.all([one.bot.idle(), two.bot.idle()]);
    const turns = await one.deps.store.turns(id, 0, 10);
    expect(turns.map(({ version }) => version)).toEqual([1, 2]);
    const said = turns.flatMap(({ messages }) => messages).flatMap(({ content }) => content?.text ?? []);
    expect([...said].sort()).toEqual(['hai', 'một']);
    await close();
  });

  test('a timer that fires while an agent claims tells nobody to wait who has been joined', async () => {
    const { one, two, close } = twoNodes();
    const [id = ''] = await waiting(one, 1);
    two.clock.advance(180_000);
    // The turn of the timer has read that the customer waits; the claim is committed before it goes on.
    const claim = two.whenItLooks(() => one.bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1'));
    await two.bot.sweep();
    await two.bot.idle();
    expect(await claim).toMatchObject({ done: true });
    await one.bot.idle();
    const lines = await one.transcript(id);
    const afterJoining = lines.slice(lines.indexOf('system: agent-joined Chị Lan'));
    expect(afterJoining).not.toContain('bot: queue-waiting');
    await close();
  });
});

describe('within one turn', () => {
  test('an agent who takes over while the bot still looks something up is not talked over', async () => {
    let goOn = () => {};
    const looking = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { bot, hear, transcript, sent, close } = buildBot(() => ({
      async runAction() {
        begun();
        await looking;
        return { outcome: 'found', replies: [{ kind: 'text', text: 'tra xong' }] };
      },
    }));
    const id = freshConversation();
    await hear(id, 'xin chào');
    await bot.idle();
    // Kept together with its turn, so it is acknowledged only afterwards.
    const heard = hear(id, 'tra hóa đơn');
    await hasBegun;
    await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    goOn();
    await heard;
    await bot.idle();
    expect((await transcript(id)).slice(-2)).toEqual(['system: agent-joined Chị Lan', 'customer: tra hóa đơn']);
    expect(sent.map(({ text }) => text)).not.toContain('tra xong');
    await close();
  });

  test('the answer that ends in the hand-off reaches the customer, before the words of the agent', async () => {
    const { bot, hear, sent, close } = buildBot();
    const id = freshConversation();
    await hear(id, 'gặp nhân viên');
    await bot.idle();
    await bot.performAgentAct(id, { act: 'claim', ...LAN }, 'k1');
    await bot.idle();
    expect(sent.map(({ text }) => text)).toEqual(['đáp: gặp nhân viên', 'agent-joined Chị Lan']);
    await close();
  });
});
