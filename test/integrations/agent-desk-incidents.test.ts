import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

const FACTS = {
  state: 'ongoing',
  area: { text: 'Bến Lức: ấp 3', province: 'Long An', communes: ['Bến Lức'], feeders: ['471-BL'] },
  startedAt: 1_000,
};

describe('incidents at the desk', () => {
  let desk: DeskServer;
  let dung: DeskCaller;
  let hanh: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('dung', 'Anh Dũng', 'dispatcher');
    await desk.addAgent('hanh', 'Chị Hạnh', 'leader');
    await desk.addAgent('lan', 'Chị Lan');
    [dung, hanh] = [await desk.as('dung'), await desk.as('hanh')];
  });
  afterEach(() => desk.close());

  const create = async (facts: object = FACTS) => (await dung.post('/desk/api/incidents/create', { facts })).json();

  test('are made and changed by a dispatcher, read by everybody, and each change is in the audit log', async () => {
    const { incident } = await create();
    expect(incident).toMatchObject({ ...FACTS, version: 1, changedBy: { kind: 'agent', name: 'Anh Dũng' } });
    const facts = { ...FACTS, expectedReturn: { at: 9_000, source: 'Điều độ Bến Lức' } };
    const changed = await dung.post('/desk/api/incidents/change', { id: incident.id, version: 1, facts });
    expect(changed.json().incident).toMatchObject({ ...facts, version: 2 });
    const lan = await desk.as('lan');
    expect((await lan.get('/desk/api/incidents')).json()).toMatchObject({ open: [{ version: 2 }], ended: [] });
    const { versions } = (await lan.get(`/desk/api/incidents/versions?id=${incident.id}`)).json();
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([1, 2]);
    const noted = (await desk.audit.entries({ limit: 10 })).filter(({ action }) => action.endsWith('_incident'));
    expect(noted.map(({ action, actorId, subject, reason }) => [action, actorId, subject, reason])).toEqual([
      ['change_incident', 'id-dung', `${incident.id} bản 2`, 'Đang mất điện'],
      ['create_incident', 'id-dung', `${incident.id} bản 1`, 'Đang mất điện'],
    ]);
  });

  test('are not changed over the head of a colleague', async () => {
    const { incident } = await create();
    await hanh.post('/desk/api/incidents/change', { id: incident.id, version: 1, facts: FACTS });
    const late = await dung.post('/desk/api/incidents/change', { id: incident.id, version: 1, facts: FACTS });
    expect([late.statusCode, late.json()]).toEqual([
      409,
      {
        code: 'stale_incident',
        message: 'Chị Hạnh vừa sửa sự cố này (bản 2). Đóng lại, xem bản mới rồi sửa tiếp.',
      },
    ]);
  });

  test('end for good, and stay to be seen for a day', async () => {
    const { incident } = await create();
    const restored = { ...FACTS, state: 'restored', restoredAt: 5_000 };
    await dung.post('/desk/api/incidents/change', { id: incident.id, version: 1, facts: restored });
    const again = await dung.post('/desk/api/incidents/change', { id: incident.id, version: 2, facts: FACTS });
    expect([again.statusCode, again.json().code]).toEqual([409, 'ended']);
    expect((await dung.get('/desk/api/incidents')).json()).toMatchObject({ open: [], ended: [{ state: 'restored' }] });
    desk.clock.advance(86_400_001);
    expect((await (await desk.as('dung')).get('/desk/api/incidents')).json().ended).toEqual([]);
  });

  test.each([
    ['in the future', 86_400_000],
    ['before they began', -1],
  ])('do not end %s, and the dispatcher is told why', async (_, later) => {
    const { incident } = await create();
    const restored = {
      ...FACTS,
      state: 'restored',
      restoredAt: later < 0 ? FACTS.startedAt + later : desk.clock.now() + later,
    };
    const answer = await dung.post('/desk/api/incidents/change', { id: incident.id, version: 1, facts: restored });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { code: 'bad_restored_at', message: 'Giờ có điện lại phải sau lúc mất điện và không muộn hơn bây giờ.' },
    ]);
    expect(await desk.incidents.openIncidents()).toHaveLength(1);
  });

  test.each([
    { ...FACTS, area: { ...FACTS.area, province: 'Hà Nội' } },
    { ...FACTS, area: { text: 'Bến Lức', province: 'Long An' } },
    { ...FACTS, startedAt: '08:00' },
    { ...FACTS, restoredAt: 5_000 },
  ])('are not made of what reaches nobody or cannot be: %j', async (facts) => {
    expect((await dung.post('/desk/api/incidents/create', { facts })).statusCode).toBe(400);
  });

  test('are no reason to count a dispatcher among those who answer customers', async () => {
    const lan = await desk.as('lan');
    const { colleagues } = (await lan.get('/desk/api/colleagues')).json();
    expect(colleagues.map(({ name }: { name: string }) => name)).toEqual(['Chị Hạnh']);
    const { agents } = (await hanh.get('/desk/api/shift')).json();
    expect(agents.map(({ name }: { name: string }) => name)).not.toContain('Anh Dũng');
  });

  test('turn storm mode on and off by hand, and everybody sees since when and why', async () => {
    expect((await dung.post('/desk/api/storm', { isOn: true })).statusCode).toBe(204);
    const again = await hanh.post('/desk/api/storm', { isOn: true });
    expect([again.statusCode, again.json().code]).toEqual([409, 'storm_so_already']);
    const { storm } = (await (await desk.as('lan')).get('/desk/api/incidents')).json();
    expect(storm).toMatchObject({ isOn: true, by: 'hand', byName: 'Anh Dũng' });
    expect((await hanh.post('/desk/api/storm', { isOn: false })).statusCode).toBe(204);
    const noted = (await desk.audit.entries({ limit: 10 }))
      .map(({ action }) => action)
      .filter((action) => /storm/.test(action));
    expect(noted).toEqual(['turn_storm_off', 'turn_storm_on']);
  });
});

describe('those who wait about one incident', () => {
  const WAITING = { holder: 'queue', epoch: 1, waitingSince: 1_000, handoffReason: 'customer_asked' } as const;
  let desk: DeskServer;
  let lan: DeskCaller;
  let incidentId: string;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('dung', 'Anh Dũng', 'dispatcher');
    const dung = await desk.as('dung');
    lan = await desk.as('lan');
    incidentId = (await dung.post('/desk/api/incidents/create', { facts: FACTS })).json().incident.id;
    for (const name of ['a', 'b', 'c', 'danger', 'frail', 'other']) {
      const priority = name === 'danger' ? 'emergency' : 'normal';
      desk.conversations.add(`web:main:${name}`, {
        messages: [{ author: 'customer', content: { text: 'cho gặp nhân viên' } }],
        state: { ...WAITING, priority },
      });
      if (name !== 'other') {
        const link = { incidentId, conversationId: `web:main:${name}`, reportedAt: 1_000, reasons: ['cùng Bến Lức'] };
        await desk.reports.link({ ...link, isVulnerable: name === 'frail' });
      }
    }
  });
  afterEach(() => desk.close());

  const queue = async () => (await lan.get('/desk/api/queue')).json();
  const answer = (key: string) =>
    lan.post('/desk/api/incidents/answer', { id: incidentId, key, text: 'Dạ, đội đang xử lý, dự kiến 21 giờ ạ.' });

  test('are one line; danger and the vulnerable stay by themselves', async () => {
    const { queue: rows, folded } = await queue();
    const shown = rows.map(({ conversationId }: { conversationId: string }) => conversationId).sort();
    expect(shown).toEqual(['web:main:danger', 'web:main:frail', 'web:main:other']);
    expect(folded).toMatchObject([{ incidentId, area: 'Bến Lức: ấp 3', conversations: 3 }]);
  });

  test('are listed each by himself, in the order of the queue; nobody is for another incident', async () => {
    const folded = async (incident: string, limit: number) =>
      (await lan.get(`/desk/api/folded?incident=${incident}&limit=${limit}`)).json();
    expect(await folded(incidentId, 2)).toMatchObject({
      rows: [
        { conversationId: 'web:main:a', lastText: 'cho gặp nhân viên', isVulnerable: false, isLongWait: true },
        { conversationId: 'web:main:b' },
      ],
      more: 1,
    });
    expect(await folded('SK-none', 2)).toEqual({ rows: [], more: 0 });
    expect((await (await desk.as('dung')).get(`/desk/api/folded?incident=${incidentId}`)).statusCode).toBe(403);
  });

  test('get one answer, each as a turn of his own, and then have the bot again', async () => {
    expect((await answer('key-12345')).json()).toEqual({ answered: 3, left: 0 });
    for (const name of ['a', 'b', 'c']) {
      const head = await desk.conversations.store.head(`web:main:${name}`);
      expect(head).toMatchObject({ act: 'answer_incident', actor: { id: 'id-lan' }, state: { holder: 'bot' } });
      expect(head?.messages).toMatchObject([
        { author: 'agent', reply: { text: 'Dạ, đội đang xử lý, dự kiến 21 giờ ạ.' } },
      ]);
    }
    for (const name of ['danger', 'frail', 'other']) {
      expect((await desk.conversations.store.head(`web:main:${name}`))?.state.holder).toBe('queue');
    }
    expect((await answer('key-12345')).json()).toEqual({ answered: 0, left: 0 });
    const noted = (await desk.audit.entries({ limit: 20 })).filter(({ action }) => action === 'answer_incident');
    expect(noted).toMatchObject([{ actorId: 'id-lan', subject: incidentId, reason: '3 cuộc' }]);
  });

  test('of whom one alone is left is a conversation as any other', async () => {
    for (const name of ['a', 'b']) {
      await lan.post('/desk/api/acts/claim', { conversationId: `web:main:${name}`, key: `claim-${name}-1` });
    }
    expect((await queue()).folded).toEqual([]);
  });
});
