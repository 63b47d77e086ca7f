import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { playScene, SCENE } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';

const HOUR = 3_600_000;

describe("the shift leader's board", () => {
  let desk: DeskServer;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('minh', 'Anh Minh');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    playScene(desk);
  });
  afterEach(() => desk.close());

  const read = async (path: string) => (await (await desk.as('hanh')).get(path)).json();
  const shift = (query = '') => read(`/desk/api/shift${query}`);
  const act = async (login: string, name: string, body: object) =>
    (await desk.as(login)).post(`/desk/api/acts/${name}`, { key: `key-${name}-${login}`, ...body });

  test('counts who waits and since when, and what everybody holds, closed and was rated', async () => {
    await act('lan', 'claim', { conversationId: SCENE.bill });
    const now = desk.clock.now();
    desk.shift.counts.push({ hour: now - (now % HOUR), kind: 'closed', name: 'id-minh', times: 4 });
    const rating = { conversationId: SCENE.closed, closing: 3, at: now };
    desk.shift.rated.push({ ...rating, agentId: 'id-minh', score: 5 }, { ...rating, agentId: 'id-minh', score: 4 });
    const answer = await shift();
    expect(answer).toMatchObject({ waiting: 2, longestWaitSince: now - 12 * 60_000 });
    expect(answer.ratings).toEqual({ count: 2, average: 4.5 });
    expect(answer.held.map(({ conversationId }: { conversationId: string }) => conversationId)).toEqual([SCENE.bill]);
    expect(answer.agents).toEqual([
      expect.objectContaining({ name: 'Anh Minh', open: 0, closed: 4, ratings: { count: 2, average: 4.5 } }),
      expect.objectContaining({ name: 'Chị Hạnh', isOnline: true, closed: 0, ratings: { count: 0 } }),
      expect.objectContaining({ name: 'Chị Lan', open: 1, closed: 0 }),
    ]);
  });

  test('hands over every conversation, also where more are held than any list shows', async () => {
    for (let number = 0; number < 510; number += 1) {
      const state = {
        holder: 'agent',
        agentId: number < 505 ? 'id-minh' : 'id-lan',
        agentName: 'x',
        epoch: 1,
      } as const;
      desk.conversations.add(`web:main:v_held${number}`, { state, isSilent: true });
    }
    const { held, agents } = await shift();
    expect(held).toHaveLength(510);
    expect(agents.map(({ name, open }: { name: string; open: number }) => `${name}: ${open}`)).toEqual([
      'Anh Minh: 505',
      'Chị Hạnh: 0',
      'Chị Lan: 5',
    ]);
    // The oldest of all stands in no list of the newest 500.
    const mine = (await (await desk.as('lan')).get('/desk/api/queue')).json().mine;
    expect(mine).toHaveLength(5);
  });

  test('names an emergency until an agent has written, not only taken it', async () => {
    const emergencies = async () =>
      (await shift()).emergencies.map(({ conversationId }: { conversationId: string }) => conversationId);
    expect(await emergencies()).toEqual([SCENE.emergency]);
    await act('lan', 'claim', { conversationId: SCENE.emergency });
    expect(await emergencies()).toEqual([SCENE.emergency]);
    const seenSeq = (await desk.conversations.store.head(SCENE.emergency))?.state.messageSeq ?? 0;
    await act('lan', 'say', { conversationId: SCENE.emergency, text: 'Em đã báo đội sửa chữa ạ', seenSeq });
    expect(await emergencies()).toEqual([]);
  });

  test('gives a conversation to another agent, whoever holds it', async () => {
    await act('lan', 'claim', { conversationId: SCENE.bill });
    await (await desk.as('minh')).get('/desk/api/queue');
    const given = await act('hanh', 'reassign', { conversationId: SCENE.bill, to: 'id-minh' });
    expect(given.statusCode).toBe(200);
    expect((await shift()).held[0]).toMatchObject({ conversationId: SCENE.bill, agentName: 'Anh Minh' });
  });

  test('draws topics by hour: the six most frequent by name, the present hour the last', async () => {
    const hour = desk.clock.now() - (desk.clock.now() % HOUR);
    const names = [
      'bill_lookup',
      'none',
      'outage_report',
      'greeting',
      'complaint',
      'tariff_info',
      'app_help',
      'scam_check',
    ];
    names.forEach((name, index) => {
      desk.shift.counts.push({ hour: hour - (index % 2) * HOUR, kind: 'topic', name, times: 20 - index });
    });
    const answer = await read('/desk/api/topics?hours=3');
    expect(answer.hours).toEqual(['8h', '9h', '10h']);
    expect(answer.series.map(({ name }: { name: string }) => name)).toEqual([
      ...['Tra cứu hóa đơn', 'Bot không hiểu', 'Báo mất điện', 'Chào hỏi', 'Khiếu nại', 'Giá điện', 'Chủ đề khác'],
    ]);
    expect(answer.series[0].counts).toEqual([0, 0, 20]);
    expect(answer.series.at(-1).counts).toEqual([0, 13, 14]);
    expect(answer.drawings.wide).toMatch(/^<svg role="img" [\s\S]*<title>Chủ đề theo giờ<\/title>/);
    expect(answer.drawings.wide).not.toMatch(/<style|style=|<script|\sid=/);
    expect(answer.drawings.wide).toContain('Tra cứu hóa đơn');
  });

  test.each(['0', '25', 'x'])('refuses a window of %s hours', async (hours) => {
    const response = await (await desk.as('hanh')).get(`/desk/api/shift?hours=${hours}`);
    expect(response.statusCode).toBe(400);
  });
});
