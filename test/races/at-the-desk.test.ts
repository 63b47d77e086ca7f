import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { type LiveClient, openLive } from '../support/desk-server.ts';
import { ON_ANY_SCREEN, RACE_TEST_MS, type RaceAgent, useRaceStage } from '../support/race-stage.ts';
import { createTcpGate, type TcpGate } from '../support/servers/tcp-gate.ts';
import { eventually } from '../support/zalo-stage.ts';

jest.setTimeout(RACE_TEST_MS);
/** Long enough for a busy machine to answer. */
const HEARTBEAT_MS = '1500';
const HALF_MINUTE_MS = 30_000;

describe('at the desk', () => {
  const stage = useRaceStage({ nodes: 1, env: () => ({ HEARTBEAT_MS }) });
  const screens: LiveClient[] = [];
  let gate: TcpGate | undefined;
  // Also when the test has failed: a gate that listens keeps the process alive.
  afterEach(async () => {
    for (const screen of screens.splice(0)) {
      screen.socket.terminate();
    }
    await gate?.close();
    gate = undefined;
  });

  function openScreen({ headers }: RaceAgent, origin = headers.origin): LiveClient {
    const screen = openLive(origin, { ...headers, origin });
    screens.push(screen);
    return screen;
  }

  /** A user of Zalo whom the bot has answered, and Zalo takes the answer only in the next minute. */
  async function answeredTooFast(): Promise<string> {
    const { control, messages } = stage.zalo;
    const { id } = control.createUser();
    control.setFaults({ rateBurst: 1 });
    control.say(id, 'chào em');
    await eventually(async () => (await messages(id)).some(({ failure }) => failure !== undefined));
    return id;
  }
  const shownTo = (id: string) =>
    stage.zalo.control.transcript(id).flatMap(({ author, text = '' }) => (author === 'user' ? [] : text));
  const answerTo = async (id: string) => (await stage.zalo.messages(id)).find(({ author }) => author === 'bot');

  async function nextMinute(...present: readonly RaceAgent[]): Promise<void> {
    for (let half = 0; half < 2; half += 1) {
      await stage.zalo.jump(HALF_MINUTE_MS);
      await Promise.all(present.map((agent) => agent.queue()));
    }
  }

  test('an answer of the bot that was worked out before an agent took over is not sent any more', async () => {
    const id = await answeredTooFast();
    const lan = await stage.newAgent({ name: 'Chị Lan' });
    const conversationId = stage.zalo.conversationOf(id);
    await lan.act('claim', conversationId);
    await lan.act('say', conversationId, { ...ON_ANY_SCREEN, text: 'Em đây ạ' });
    await nextMinute(lan);
    await eventually(() => shownTo(id).includes('Em đây ạ'));
    expect(shownTo(id)).toEqual([expect.stringContaining('Chị Lan'), 'Em đây ạ']);
    expect(await answerTo(id)).toMatchObject({ delivery: 'withdrawn' });
  });

  test("an answer of the bot is not sent after a human has answered in Zalo's own tool", async () => {
    const id = await answeredTooFast();
    stage.zalo.control.adminReply(id, 'Chào anh, em kiểm tra ngay');
    await eventually(async () => (await stage.zalo.messages(id)).at(-1)?.author === 'agent');
    await nextMinute();
    await eventually(async () => !['queued', 'sending'].includes((await answerTo(id))?.delivery ?? 'queued'));
    expect(await answerTo(id)).toMatchObject({ delivery: 'withdrawn' });
    expect(shownTo(id)).toEqual(['Chào anh, em kiểm tra ngay']);
  });

  test('the answer that ends in the hand-off reaches the customer, before the words of the agent', async () => {
    const customer = await stage.newCustomer();
    const lan = await stage.newAgent({ name: 'Chị Lan' });
    await customer.say('a', 'cho gặp nhân viên');
    await lan.act('claim', customer.id);
    await lan.act('say', customer.id, { ...ON_ANY_SCREEN, text: 'Em đây ạ' });
    await customer.sees(/agent: Em đây ạ/);
    const lines = await customer.lines();
    expect(lines[1]).toMatch(/^bot: .*nhân viên/);
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/^system: .*Chị Lan/), 'agent: Em đây ạ']);
  });

  test('a screen that was away learns that the list has moved on, and that its message was read', async () => {
    const { control, conversationOf } = stage.zalo;
    const { id } = control.createUser();
    control.say(id, 'cho gặp nhân viên');
    await eventually(() => shownTo(id).length > 0);
    const lan = await stage.newAgent();
    await lan.act('claim', conversationOf(id));
    await lan.act('say', conversationOf(id), { ...ON_ANY_SCREEN, text: 'Em đây ạ' });
    await eventually(() => shownTo(id).includes('Em đây ạ'));
    const before = openScreen(lan);
    const { revision } = await before.next('hello');
    before.watch(conversationOf(id));
    const { version } = await before.next('conversation');
    before.socket.terminate();
    await before.closed;

    control.readAll(id);
    control.say(id, 'em ơi');
    const stateOfWords = async () => {
      const { messages } = await lan.conversation(conversationOf(id));
      return messages.find(({ author }) => author === 'agent')?.delivery;
    };
    await eventually(async () => (await stateOfWords()) === 'read');
    await eventually(async () => (await lan.conversation(conversationOf(id))).version > version);

    const after = openScreen(lan);
    expect((await after.next('hello')).revision).not.toBe(revision);
    after.watch(conversationOf(id));
    expect((await after.next('conversation')).version).toBe(version + 1);
    const { messages } = await lan.conversation(conversationOf(id));
    expect(messages.at(-1)).toMatchObject({ author: 'customer', content: { text: 'em ơi' } });
  });

  test('words written before the customer said more are held back, and sent when told to', async () => {
    const customer = await stage.waitingCustomer();
    const lan = await stage.newAgent();
    await lan.act('claim', customer.id);
    const { messageSeq: seenSeq } = (await lan.conversation(customer.id)).state;
    await customer.say('b', 'à nhầm, tháng 6');
    const words = { text: 'Tháng 7 ạ', seenSeq };
    expect(await lan.tryAct('say', customer.id, words)).toEqual({
      status: 409,
      body: { code: 'stale_screen', message: expect.stringContaining('Xem tin mới') },
    });
    expect(await lan.tryAct('say', customer.id, { ...words, force: true })).toMatchObject({ status: 200 });
    await customer.sees(/agent:/);
    expect((await customer.lines()).slice(-2)).toEqual(['customer: à nhầm, tháng 6', 'agent: Tháng 7 ạ']);
  });

  test('a talk in which the customer has just said more is not ended, until told to', async () => {
    const customer = await stage.waitingCustomer();
    const lan = await stage.newAgent();
    await lan.act('claim', customer.id);
    const { messageSeq: seenSeq } = (await lan.conversation(customer.id)).state;
    await customer.say('b', 'à còn việc nữa');
    const end = { wrapUp: 'answered', seenSeq };
    expect(await lan.tryAct('close', customer.id, end)).toMatchObject({ status: 409, body: { code: 'stale_screen' } });
    expect((await lan.conversation(customer.id)).state.holder).toBe('agent');
    expect(await lan.tryAct('close', customer.id, { ...end, force: true })).toMatchObject({ status: 200 });
    expect((await lan.conversation(customer.id)).state.holder).toBe('closed');
  });

  test('an agent keeps a conversation through a reload of half a minute, and loses it when gone for a minute', async () => {
    const [lan, minh] = [await stage.newAgent(), await stage.newAgent()];
    const customers = [await stage.waitingCustomer(), await stage.waitingCustomer(), await stage.waitingCustomer()];
    const [first, kept, last] = customers;
    await minh.act('claim', first?.id ?? '');
    await lan.act('claim', kept?.id ?? '');
    await minh.act('claim', last?.id ?? '');
    for (const agent of [lan, minh]) {
      const screen = openScreen(agent);
      await screen.next('hello');
      screen.socket.terminate();
      await screen.closed;
    }
    await stage.zalo.jump(HALF_MINUTE_MS);
    await openScreen(lan).next('hello');
    await stage.zalo.jump(HALF_MINUTE_MS + 5_000);
    // Before and after hers in the round of the sweep, those of the colleague who is gone.
    await first?.sees(/mất kết nối/);
    await last?.sees(/mất kết nối/);
    expect((await lan.conversation(kept?.id ?? '')).state).toMatchObject({ holder: 'agent', agentId: lan.agentId });
  });

  test('what a burst left waiting when the process died is answered by the next one, each message once', async () => {
    const customer = await stage.newCustomer();
    const { struck } = await stage.one().strikeBefore('commit_turn', 'SIGKILL');
    let isDead = false;
    const dies = struck.then(async () => {
      isDead = true;
      await stage.zalo.restart();
    });
    const said: string[] = [];
    // The first of a burst is kept by its turn; those that come meanwhile wait in rows, and die there.
    while (!isDead) {
      const burst = ['chào em', 'cảm ơn em', 'bạn là ai'].map(
        (text, index) => [`${said.length + index}`, text] as const,
      );
      said.push(...burst.map(([, text]) => text));
      await Promise.all(burst.map(([id, text]) => customer.say(id, text)));
    }
    await dies;
    await customer.waitFor(
      (seen) => seen.filter(({ from }) => from === 'bot').length >= said.length,
      'an answer to each message',
    );
    const turns = await stage.turns(customer.id);
    const heard = turns.flatMap(({ messages }) => messages.flatMap(({ content }) => content?.text ?? []));
    expect([...heard].sort()).toEqual([...said].sort());
    expect((await customer.lines()).filter((line) => line.startsWith('bot:'))).toHaveLength(said.length);
  });

  test('the bot answers the last message itself when a conversation comes back to it unanswered', async () => {
    const customer = await stage.waitingCustomer();
    const lan = await stage.newAgent();
    await lan.act('claim', customer.id);
    await customer.say('b', 'bạn là ai');
    await lan.act('release', customer.id);
    await customer.waitFor((seen) => seen.at(-1)?.from === 'bot' && seen.at(-2)?.from === 'system', 'the answer');
    expect((await customer.lines()).at(-1)).toMatch(/^bot: .*trợ lý/);
  });

  test('a screen from which nothing comes any more is given up, and learns what it missed when it comes back', async () => {
    const { hostname, port } = new URL(stage.one().address);
    gate = await createTcpGate({ host: hostname, port: Number(port) });
    const lan = await stage.newAgent();
    const deaf = openScreen(lan, `http://127.0.0.1:${gate.port}`);
    const { revision } = await deaf.next('hello');
    gate.lose('in');
    await stage.waitingCustomer();
    expect((await deaf.next('queue')).revision).not.toBe(revision);
    expect(await deaf.closed).toBe(1006);
    gate.lose(undefined);
    const { revision: now } = await openScreen(lan, `http://127.0.0.1:${gate.port}`).next('hello');
    expect(now).not.toBe(revision);
  });
});
