import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SESSION_ENDED } from '../../src/integrations/agent-desk/live-desk.ts';
import type { ScreensLine, ScreensNews } from '../../src/integrations/agent-desk/screens-line.ts';
import { type DeskCaller, type DeskServer, type LiveClient, openLive, startDesk } from '../support/desk-server.ts';

// Real sockets on a machine that may be busy.
jest.setTimeout(30_000);
const ID = 'web:main:khach-1';
const NO_BEATS = 3_600_000;
/** Longer than a busy machine keeps an answer waiting. */
const BEAT_MS = 500;

describe('the live socket of the desk', () => {
  let desk: DeskServer;
  let lan: DeskCaller;
  let address: string;
  const open: LiveClient[] = [];

  beforeEach(async () => {
    await start(NO_BEATS);
  });

  async function start(heartbeatMs: number): Promise<void> {
    desk = await startDesk({ heartbeatMs });
    await desk.addAgent('lan', 'Chị Lan');
    lan = await desk.as('lan');
    address = await desk.listen();
  }

  /** A desk that beats; a screen whose answer takes longer than a beat is given up, so only tests of beats ask for it. */
  async function startBeating(): Promise<void> {
    await desk.close();
    await start(BEAT_MS);
  }

  afterEach(async () => {
    for (const live of open.splice(0)) {
      live.socket.terminate();
    }
    await desk.close();
  });

  function connect(headers: Record<string, string> = {}): LiveClient {
    const live = openLive(address, { cookie: lan.cookie, origin: address, ...headers });
    open.push(live);
    return live;
  }
  const asks = (text: string) => ({ messages: [{ author: 'customer' as const, content: { text } }] });
  const queueRevision = async () => (await lan.get('/desk/api/queue')).json().revision;

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }],
    ['a client without Origin', { origin: '' }],
    ['a sandboxed page', { origin: 'null' }],
    ['somebody without a session', { cookie: '' }],
    ['somebody with a made-up session', { cookie: `lang-nghe-desk=${'a'.repeat(43)}` }],
  ])('is refused to %s', async (_who, headers: Record<string, string>) => {
    const live = connect(headers);
    const opened = new Promise<string>((resolve) => live.socket.on('open', () => resolve('opened')));
    expect(await Promise.race([opened, live.closed])).toBe(1006);
  });

  test('greets with the revision of the queue', async () => {
    expect(await connect().next('hello')).toEqual({ type: 'hello', revision: await queueRevision() });
  });

  test('tells every screen when the queue changes', async () => {
    const [one, two] = [connect(), connect()];
    const before = await one.next('hello');
    await two.next('hello');
    desk.conversations.add(ID, { ...asks('gặp nhân viên'), state: { holder: 'queue', waitingSince: 1 } });
    const news = await one.next('queue');
    expect(news.revision).not.toBe(before.revision);
    expect(news.revision).toBe(await queueRevision());
    expect(await two.next('queue')).toEqual(news);
  });

  test('wakes a screen for the conversation that is open there, and for no other', async () => {
    desk.conversations.add(ID, asks('một'));
    desk.conversations.add('web:main:khac', asks('khác'));
    const live = connect();
    await live.next('hello');
    live.watch(ID);
    expect(await live.next('conversation')).toEqual({ type: 'conversation', conversationId: ID, version: 1 });
    desk.conversations.add('web:main:khac', asks('khác nữa'));
    desk.conversations.add(ID, asks('hai'));
    expect(await live.next('conversation')).toEqual({ type: 'conversation', conversationId: ID, version: 2 });
  });

  test('wakes a screen when only the delivery of a message has changed', async () => {
    desk.conversations.add(ID, {
      messages: [{ author: 'bot', reply: { kind: 'text', text: 'dạ' }, delivery: 'queued' }],
    });
    const live = connect();
    await live.next('hello');
    live.watch(ID);
    await live.next('conversation');
    desk.conversations.setDelivery(ID, 1, { delivery: 'read' });
    await live.next('conversation');
    const { messages } = (await lan.get(`/desk/api/conversation?id=${ID}&after=0`)).json();
    expect(messages[0].delivery).toBe('read');
  });

  test('beats, so that a page notices a connection that died silently', async () => {
    await startBeating();
    const live = connect();
    await live.next('beat');
    await live.next('beat');
  });

  test('ends with the log-out, without waiting for the next beat', async () => {
    const live = connect();
    await live.next('hello');
    await lan.post('/desk/api/logout');
    expect(await live.closed).toBe(SESSION_ENDED);
  });

  test('ends with the session', async () => {
    await startBeating();
    const live = connect();
    await live.next('hello');
    desk.clock.advance(13 * 3_600_000);
    expect(await live.closed).toBe(SESSION_ENDED);
  });

  test('shows colleagues of another node, and that they write, until that node is gone', async () => {
    const nodes = linkNodes();
    const [one, two] = await Promise.all(
      nodes.map(async (screens) => {
        const node = await startDesk({ heartbeatMs: BEAT_MS, screens });
        await node.addAgent('lan', 'Chị Lan');
        await node.addAgent('minh', 'Anh Minh');
        return { node, address: await node.listen() };
      }),
    );
    const join = async (at: typeof one, login: string) => {
      const { cookie } = (await at?.node.as(login)) ?? {};
      const live = openLive(at?.address ?? '', { cookie: cookie ?? '', origin: at?.address ?? '' });
      open.push(live);
      await live.next('hello');
      live.watch(ID);
      return live;
    };
    const seenBy = async (live: LiveClient, expected: object) => {
      for (;;) {
        const { here } = await live.next('colleagues');
        if (JSON.stringify(here) === JSON.stringify(expected)) {
          return;
        }
      }
    };
    const lanHere = await join(one, 'lan');
    const minhThere = await join(two, 'minh');
    await seenBy(minhThere, [{ name: 'Chị Lan', isTyping: false }]);
    await seenBy(lanHere, [{ name: 'Anh Minh', isTyping: false }]);
    minhThere.socket.send(JSON.stringify({ type: 'typing' }));
    await seenBy(lanHere, [{ name: 'Anh Minh', isTyping: true }]);
    // It dies without a word.
    nodes[1]?.cut();
    await two?.node.close();
    await seenBy(lanHere, []);
    await one?.node.close();
  });

  test('shrugs at what it does not understand', async () => {
    desk.conversations.add(ID, asks('một'));
    const live = connect();
    await live.next('hello');
    for (const nonsense of ['', '{', '[]', '{"type":"watch"}', '{"type":"watch","conversationId":5}']) {
      live.socket.send(nonsense);
    }
    live.watch(ID);
    expect(await live.next('conversation')).toMatchObject({ version: 1 });
  });

  test('shows to the leader who is there', async () => {
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    await desk.addAgent('minh', 'Anh Minh');
    const hanh = await desk.as('hanh');
    const live = connect();
    await live.next('hello');
    const { agents } = (await hanh.get('/desk/api/shift')).json();
    expect(agents.map(({ name, isOnline }: Record<string, unknown>) => [name, isOnline])).toEqual([
      ['Anh Minh', false],
      ['Chị Hạnh', true],
      ['Chị Lan', true],
    ]);
  });

  describe('whose agent is gone', () => {
    const LEASE_MS = 60_000;
    const holder = async () => (await desk.conversations.store.head(ID))?.state.holder;

    beforeEach(async () => {
      await startBeating();
      desk.conversations.add(ID, { ...asks('gặp nhân viên'), state: { holder: 'queue', waitingSince: 1, epoch: 1 } });
      await lan.post('/desk/api/acts/claim', { conversationId: ID, key: 'key-of-the-claim' });
    });

    test('gives the conversation back to the queue, before those who have waited longer', async () => {
      const older = 'web:main:lau-hon';
      desk.conversations.add(older, { ...asks('em chờ lâu rồi'), state: { holder: 'queue', waitingSince: 0 } });
      desk.clock.advance(LEASE_MS);
      await desk.sweep();
      await desk.sweep();
      const { queue } = (await lan.get('/desk/api/queue')).json();
      expect(queue.map((row: Record<string, unknown>) => [row['conversationId'], row['waitingSince']])).toEqual([
        [ID, 1],
        [older, 0],
      ]);
    });

    test('keeps what the agent has set aside, until its time', async () => {
      const until = desk.clock.now() + 10 * LEASE_MS;
      await lan.post('/desk/api/acts/snooze', { conversationId: ID, key: 'key-of-snooze', seenSeq: 9, until });
      desk.clock.advance(5 * LEASE_MS);
      await desk.sweep();
      expect(await holder()).toBe('agent');
      desk.clock.advance(5 * LEASE_MS);
      await desk.sweep();
      expect(await holder()).toBe('queue');
    });

    test('leaves to a human in a tool of the channel what is his', async () => {
      desk.conversations.add(ID, { state: { agentId: 'outside:zalo-1', agentName: 'Zalo OA' } });
      desk.clock.advance(LEASE_MS);
      await desk.sweep();
      expect(await holder()).toBe('agent');
    });
  });
});

/** Two nodes that hear each other, as by Redis. */
function linkNodes() {
  const heard = [new Set<(news: ScreensNews) => void>(), new Set<(news: ScreensNews) => void>()] as const;
  return heard.map((own, index) => {
    let isCut = false;
    const line: ScreensLine = {
      tell(news) {
        for (const listener of isCut ? [] : (heard[1 - index] ?? [])) {
          listener({ ...news, nodeId: String(index) });
        }
      },
      subscribe(listener) {
        own.add(listener);
        return () => own.delete(listener);
      },
    };
    return {
      ...line,
      cut() {
        isCut = true;
      },
    };
  });
}
