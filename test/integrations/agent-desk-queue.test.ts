import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationState } from '../../src/bot/conversation.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';
import { sampleCustomer } from '../support/sample-records.ts';

const MINUTE = 60_000;
const VULNERABLE = 'PB06010009999';

describe('the queue', () => {
  let desk: DeskServer;
  let lan: DeskCaller;

  async function start(assignment: 'manual' | 'automatic'): Promise<void> {
    desk = await startDesk({
      rules: { ...loadDeskRules(), assignment, agentCap: 2, longWaitMs: 10 * MINUTE },
      records: { customers: [sampleCustomer({ code: VULNERABLE, vulnerable: true })] },
      leaseMs: 60 * MINUTE,
    });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('minh', 'Anh Minh');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    lan = await desk.as('lan');
  }
  beforeEach(() => start('manual'));
  afterEach(() => desk.close());

  function waits(name: string, minutes: number, state: Partial<ConversationState> = {}): string {
    const id = `web:main:${name}`;
    desk.conversations.add(id, {
      messages: [{ author: 'customer', content: { text: name } }],
      state: { holder: 'queue', epoch: 1, waitingSince: desk.clock.now() - minutes * MINUTE, ...state },
    });
    return id;
  }
  async function incident(id: string): Promise<void> {
    const area = { text: 'Bến Lức', province: 'Long An', communes: ['Bến Lức'], feeders: ['471-BL'] };
    const changedBy = { kind: 'outage_system', id: 'oms', name: 'OMS' } as const;
    await desk.incidents.append({ id, version: 1, state: 'ongoing', area, startedAt: 1, updatedAt: 1, changedBy });
  }
  const order = async (): Promise<string[]> =>
    (await lan.get('/desk/api/queue')).json().queue.map((row: { lastText: string }) => row.lastText);
  const holderOf = async (id: string) => {
    const { holder, agentId } = (await desk.conversations.store.head(id))?.state ?? {};
    return agentId ?? holder;
  };

  test('puts danger first, then whose agent is gone, then who needs power to live, then who waits long', async () => {
    waits('vừa tới', 1);
    waits('chờ lâu', 30);
    waits('máy thở', 2, { identities: { [VULNERABLE]: { level: 'verified', validUntil: 0 } } });
    waits('nhận là máy thở', 3, { identities: { [VULNERABLE]: { level: 'code_known', validUntil: 0 } } });
    waits('chờ lại', 5, { isReturned: true });
    waits('cháy', 1, { priority: 'emergency' });
    expect(await order()).toEqual(['cháy', 'chờ lại', 'máy thở', 'chờ lâu', 'nhận là máy thở', 'vừa tới']);
  });

  test('lists as many as are asked for, and says how many come after them', async () => {
    for (const [name, minutes] of Object.entries({ một: 5, hai: 4, ba: 3, cháy: 1 })) {
      waits(name, minutes, name === 'cháy' ? { priority: 'emergency' } : {});
    }
    const { queue, more, waiting } = (await lan.get('/desk/api/queue?limit=2')).json();
    expect([queue.map((row: { lastText: string }) => row.lastText), more, waiting]).toEqual([['cháy', 'một'], 2, 4]);
    expect((await lan.get('/desk/api/queue')).json()).toMatchObject({ more: 0, waiting: 4 });
    expect((await lan.get('/desk/api/queue?limit=0')).statusCode).toBe(400);
  });

  test('shows an ordinary customer although a crowd that waits about one incident came before', async () => {
    await incident('SK-1');
    const crowd = Array.from({ length: 600 }, (_, index) => waits(`đám đông ${index}`, 20));
    for (const conversationId of crowd) {
      await desk.reports.link({ incidentId: 'SK-1', conversationId, reportedAt: 1, reasons: [], isVulnerable: false });
    }
    waits('hóa đơn', 1);
    const { queue, folded, more, waiting } = (await lan.get('/desk/api/queue')).json();
    expect(queue).toMatchObject([{ lastText: 'hóa đơn', isLongWait: false }]);
    expect(folded).toMatchObject([{ incidentId: 'SK-1', area: 'Bến Lức', conversations: 600 }]);
    expect([more, waiting]).toEqual([0, 601]);
    const shift = (await (await desk.as('hanh')).get('/desk/api/shift')).json();
    expect(shift).toMatchObject({ waiting: 601, folded: 600, queue: [{ lastText: 'hóa đơn' }] });
    const answers: unknown[] = [];
    for (const key of ['answer-1', 'answer-2', 'answer-3', 'answer-4']) {
      answers.push((await lan.post('/desk/api/incidents/answer', { id: 'SK-1', text: 'Dạ', key })).json());
    }
    const done = { answered: 200 };
    expect(answers).toEqual([
      { ...done, left: 400 },
      { ...done, left: 200 },
      { ...done, left: 0 },
      { answered: 0, left: 0 },
    ]);
  });

  test('is left alone while agents choose for themselves', async () => {
    const id = waits('a', 1);
    await lan.get('/desk/api/queue');
    await desk.sweep();
    expect(await holderOf(id)).toBe('queue');
  });

  describe('that the desk hands out', () => {
    beforeEach(async () => {
      await desk.close();
      await start('automatic');
    });

    test('goes to who holds fewest, then to who has been idle longest, up to the cap of each', async () => {
      const minh = await desk.as('minh');
      await lan.get('/desk/api/queue');
      await minh.get('/desk/api/queue');
      await desk.agents.noteWork('id-lan', desk.clock.now());
      const ids = ['một', 'hai', 'ba', 'bốn', 'năm'].map((name, index) => waits(name, 9 - index));
      await desk.sweep();
      expect(await Promise.all(ids.map(holderOf))).toEqual(['id-minh', 'id-lan', 'id-minh', 'id-lan', 'queue']);
    });

    test('stays in the line of its incident while it is folded; danger and the vulnerable are handed out', async () => {
      await lan.get('/desk/api/queue');
      await incident('SK-1');
      const names = ['một', 'hai', 'cháy', 'máy thở'];
      const ids = names.map((name) => waits(name, 5, name === 'cháy' ? { priority: 'emergency' } : {}));
      for (const [index, conversationId] of ids.entries()) {
        const link = { incidentId: 'SK-1', conversationId, reportedAt: 1, reasons: ['cùng Bến Lức'] };
        await desk.reports.link({ ...link, isVulnerable: names[index] === 'máy thở' });
      }
      await desk.sweep();
      expect(await Promise.all(ids.map(holderOf))).toEqual(['queue', 'queue', 'id-lan', 'id-lan']);
    });

    test('goes to nobody who is away, has no desk open, or leads the shift', async () => {
      const hanh = await desk.as('hanh');
      await hanh.get('/desk/api/queue');
      await lan.post('/desk/api/presence', { status: 'away' });
      const id = waits('a', 1);
      await desk.sweep();
      expect(await holderOf(id)).toBe('queue');
      await lan.post('/desk/api/presence', { status: 'available' });
      await desk.sweep();
      expect(await holderOf(id)).toBe('id-lan');
    });
  });

  test('danger that the bot was told is in the answer until somebody has seen it, and a leader may give it away', async () => {
    const before = (await lan.get('/desk/api/queue')).json();
    const danger = { priority: 'emergency', emergencyAt: desk.clock.now() } as const;
    desk.conversations.add('web:main:nguy', {
      messages: [{ author: 'customer', content: { text: 'tủ điện bốc khói' } }],
      state: danger,
    });
    const told = (await lan.get('/desk/api/queue')).json();
    expect(told.dangers).toMatchObject([{ conversationId: 'web:main:nguy', lastText: 'tủ điện bốc khói' }]);
    expect(told.revision).not.toBe(before.revision);
    expect(told.queue).toHaveLength(before.queue.length);
    const hanh = await desk.as('hanh');
    expect((await hanh.get('/desk/api/shift')).json().emergencies).toMatchObject([{ conversationId: 'web:main:nguy' }]);
    await lan.post('/desk/api/acts/see_alarm', { conversationId: 'web:main:nguy', key: 'seen-by-lan' });
    expect((await lan.get('/desk/api/queue')).json().dangers).toEqual([]);
    const wish = { conversationId: 'web:main:nguy', key: 'given-to-lan', to: 'id-lan' };
    expect((await hanh.post('/desk/api/acts/reassign', wish)).statusCode).toBe(200);
    expect((await desk.conversations.store.head('web:main:nguy'))?.state).toMatchObject({ agentId: 'id-lan' });
  });
});
