import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createChangeIncident, factsOf } from '../../src/bot/incidents/change-incident.ts';
import type { Incident } from '../../src/bot/incidents/incident.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { sampleIncident } from '../support/sample-records.ts';
import { openWholeBot, type WholeBot } from '../support/whole-bot.ts';

const NOW = Date.parse('2026-11-28T19:00:00+07:00');
const AUTHOR = { kind: 'agent', id: 'dung', name: 'Anh Dũng' } as const;
const LEADER = { id: 'hanh', name: 'Chị Hạnh' };
const RULES = loadStormRules();
const CHANNELS = ['web', 'zalo', 'telegram'];

let whole: WholeBot;
beforeEach(() => {
  whole = openWholeBot(NOW);
});
afterEach(() => whole.close());

const customer = (number: number) => `${CHANNELS[number % CHANNELS.length]}:main:k${number}`;
const words = (messages: readonly TrackedMessage[]) =>
  messages.map(({ reply }) => (reply === undefined ? '' : toPlainText(reply))).join('\n');

/** Says that the power is off, that there is no danger, and where. */
async function report(id: string, place = 'xã Bến Lức Tây Ninh'): Promise<string> {
  const first = await whole.say(id, 'mất điện rồi');
  const answers = [...first, ...(await whole.say(id, 'không có')), ...(await whole.say(id, place))];
  return words(answers);
}

async function confirm(change: Partial<Incident> = {}): Promise<Incident> {
  const incident = sampleIncident({
    ...{ id: 'SK1', startedAt: NOW - 600_000, updatedAt: NOW, changedBy: AUTHOR },
    area: { text: 'Bến Lức', province: 'Tây Ninh', communes: ['Bến Lức'], feeders: [] },
    ...change,
  });
  await whole.storage.incidents.append(incident);
  return incident;
}

async function restore(id: string): Promise<void> {
  const { incidents } = whole.storage;
  const before = (await incidents.incident(id)) as Incident;
  const changes = createChangeIncident({ incidents, clock: whole.clock, ids: createRandomIds(whole.clock.now) });
  const facts = { ...factsOf(before), state: 'restored', restoredAt: whole.clock.now() } as const;
  await changes.change(id, before.version, facts, AUTHOR);
  await whole.settle();
}

describe('reports of one place', () => {
  test('become a suspicion with its reasons when enough customers share it, and not before', async () => {
    for (let number = 1; number < RULES.groupSize; number += 1) {
      await report(customer(number));
    }
    expect(await whole.storage.incidents.openIncidents()).toEqual([]);
    await report(customer(1));
    expect(await whole.storage.incidents.openIncidents()).toEqual([]);
    await report(customer(9));
    const [suspected, ...others] = await whole.storage.incidents.openIncidents();
    expect(others).toEqual([]);
    expect(suspected).toMatchObject({
      state: 'suspected',
      area: { communes: ['Bến Lức'], province: 'Tây Ninh' },
      reasons: [`${RULES.groupSize} khách báo trong 1 phút`, 'cùng nơi: Bến Lức, Tây Ninh'],
    });
    expect(await whole.storage.reports.linkCounts(suspected?.id ?? '')).toMatchObject({ linked: RULES.groupSize });
  });

  test('that come far apart, or from different places, are no incident', async () => {
    const places = ['xã Bến Lức Tây Ninh', 'xã Tân Trụ Tây Ninh', 'phường Long Châu Vĩnh Long'];
    for (let number = 0; number < 9; number += 1) {
      await report(customer(number), places[number % places.length]);
      whole.clock.advance(RULES.groupMs / 2);
    }
    expect(await whole.storage.incidents.openIncidents()).toEqual([]);
  });

  test('that came before a dispatcher made the incident belong to it, and to nothing farther back', async () => {
    await report(customer(1));
    whole.clock.advance(RULES.groupMs + 1_200_000);
    await report(customer(2));
    await report(customer(3), 'xã Tân Trụ Tây Ninh');
    await confirm({ startedAt: whole.clock.now(), updatedAt: whole.clock.now() });
    await whole.settle();
    const linked = await Promise.all([1, 2, 3].map((number) => whole.storage.reports.linksOf(customer(number))));
    expect(linked.map((links) => links.map(({ incidentId, reasons }) => [incidentId, ...reasons]))).toEqual([
      [],
      [['SK1', 'cùng Bến Lức']],
      [],
    ]);
    await restore('SK1');
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ linked: 1, told: 1 });
  });

  test('go to a confirmed incident at once: the customer hears of it and has a ticket', async () => {
    await confirm({ expectedReturn: { at: NOW + 7_200_000, source: 'Điều độ Bến Lức' } });
    const told = await report(customer(1));
    expect(told).toContain('điện lực đã biết sự cố ở khu vực này');
    expect(told).toContain('(theo Điều độ Bến Lức)');
    expect(told).toMatch(/số phiếu SC261128-/);
    expect(await whole.storage.reports.linksOf(customer(1))).toMatchObject([
      { incidentId: 'SK1', reasons: ['cùng Bến Lức'] },
    ]);
    expect(await whole.storage.tickets.tickets({ conversationId: customer(1), limit: 5 })).toHaveLength(1);
  });
});

describe('two lines that run through one commune', () => {
  const SHARED = 'Bến Lức';
  const codeOf = (number: number) => `PB0601000${1_000 + number}`;

  /** Contracts in the shared commune: those with even numbers hang on one line, the others on the other. */
  async function connect(numbers: readonly number[]): Promise<void> {
    await whole.storage.records.put(
      'customers',
      numbers.map((number) => ({
        ...{ code: codeOf(number), name: 'Khách', address: 'Đường', commune: SHARED, province: 'Tây Ninh' },
        ...{ unit: 'PB0601', feeder: number % 2 === 0 ? '471-BL' : '475-CG', tariffGroup: 'household' },
        ...{ households: 1, connection: 'connected', version: 'test' },
      })),
    );
  }

  const linkedTo = async (number: number) =>
    (await whole.storage.reports.linksOf(customer(number))).map(({ incidentId }) => incidentId);

  /** What a dispatcher says of a suspicion, or of a new incident. */
  async function isOf(feeder: string, before?: Incident, change: Partial<Incident> = {}): Promise<string> {
    const { incidents } = whole.storage;
    const changes = createChangeIncident({ incidents, clock: whole.clock, ids: createRandomIds(whole.clock.now) });
    const {
      area,
      reasons: _reasons,
      ...facts
    } = factsOf(before ?? sampleIncident({ id: 'none', startedAt: whole.clock.now() }));
    const said = {
      ...{ ...facts, state: 'ongoing' as const, ...change },
      area: { text: `xuất tuyến ${feeder}`, province: area.province, communes: [SHARED], feeders: [feeder] },
    };
    if (before === undefined) {
      return (await changes.create(said, AUTHOR)).id;
    }
    await changes.change(before.id, before.version, said, AUTHOR);
    return before.id;
  }

  test('a report goes to the incident of its own line when the one of its commune turns out to be of the other', async () => {
    await connect([0, 1, 3]);
    await Promise.all([20, 22, 24].map((number) => report(customer(number))));
    await report(customer(0), codeOf(0));
    await report(customer(1), codeOf(1));
    const [suspected, ...others] = await whole.storage.incidents.openIncidents();
    expect(others).toEqual([]);
    expect(await linkedTo(1)).toEqual([suspected?.id]);
    const first = await isOf('471-BL', suspected);
    // Nothing better is known of him yet: he stays where he is told of the end.
    await whole.settle();
    expect(await linkedTo(1)).toEqual([first]);
    const second = await isOf('475-CG');
    await isOf('471-BL', await whole.storage.incidents.incident(first), { cause: 'Cây ngã' });
    await whole.settle();
    expect([await linkedTo(0), await linkedTo(1), await linkedTo(20)]).toEqual([[first], [second], [first]]);
    expect((await whole.storage.reports.linksOf(customer(1)))[0]?.reasons).toEqual(['cùng xuất tuyến 475-CG']);
    await restore(first);
    expect(words(whole.sentTo(customer(1)))).not.toContain('đã cấp điện trở lại');
    await restore(second);
    const told = whole.sentTo(customer(1)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
    expect(words(told)).toContain('xuất tuyến 475-CG');
    expect(told).toHaveLength(1);
  });

  test('who names the commune alone goes to the line of most of his neighbours there, and is told of that', async () => {
    await connect([0, 2, 4, 1]);
    const lines = [await isOf('471-BL'), await isOf('475-CG')];
    await Promise.all([0, 2, 4, 1].map((number) => report(customer(number), codeOf(number))));
    expect(await report(customer(20))).toContain('471-BL');
    expect([await linkedTo(1), await linkedTo(20)]).toEqual([[lines[1]], [lines[0]]]);
    expect((await whole.storage.reports.linksOf(customer(20)))[0]?.reasons[1]).toMatch(/^3 trong 4 khách có mã báo/);
  });

  test('enough of them become a suspicion of their own', async () => {
    const strange = [1, 3, 5, 7, 9];
    await connect(strange);
    await Promise.all([20, 22, 24, 26, 28].map((number) => report(customer(number))));
    for (const number of strange) {
      await report(customer(number), codeOf(number));
    }
    const [suspected] = await whole.storage.incidents.openIncidents();
    const first = await isOf('471-BL', suspected);
    await whole.settle();
    const own = (await whole.storage.incidents.openIncidents()).find(({ id }) => id !== first);
    expect(own).toMatchObject({ state: 'suspected', area: { feeders: ['475-CG'] } });
    expect(await Promise.all(strange.map(linkedTo))).toEqual(strange.map(() => [own?.id]));
    expect(await whole.storage.reports.linkCounts(first)).toMatchObject({ linked: 5 });
  });

  test('those of a merged suspicion, and of one that ends at once, are told of the end of their own line', async () => {
    await connect([1]);
    await Promise.all([20, 22, 24, 26].map((number) => report(customer(number))));
    await report(customer(1), codeOf(1));
    const [suspected] = await whole.storage.incidents.openIncidents();
    const [first, second] = [await isOf('471-BL'), await isOf('475-CG')];
    await isOf('471-BL', suspected, { state: 'merged', mergedInto: first });
    whole.clock.advance(1_000);
    const { incidents } = whole.storage;
    for (const id of [first, second]) {
      const feeder = id === first ? '471-BL' : '475-CG';
      await isOf(feeder, await incidents.incident(id), { state: 'restored', restoredAt: whole.clock.now() });
    }
    await whole.settle();
    expect([await linkedTo(1), await linkedTo(20)]).toEqual([
      [second, suspected?.id],
      [first, suspected?.id],
    ]);
    const told = whole.sentTo(customer(1)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
    expect([told.length, words(told)]).toEqual([1, expect.stringContaining('xuất tuyến 475-CG')]);
  });
});

describe('storm mode', () => {
  test('goes on by the rate of reports, then tells suspicions at once, and off again when it is quiet', async () => {
    for (let number = 0; number < RULES.onReports; number += 1) {
      await report(customer(number));
    }
    await whole.settle();
    expect(await whole.storage.storm.stormSwitch()).toMatchObject({ isOn: true, by: 'rate' });
    const told = words(await whole.say(customer(99), 'cúp điện ở xã Bến Lức Tây Ninh rồi'));
    expect(told).toContain('điện lực nhận nhiều báo mất điện ở Bến Lức');
    expect(told).toMatch(/số phiếu SC261128-/);
    whole.clock.advance(RULES.offMs + 1);
    await whole.settle();
    expect(await whole.storage.storm.stormSwitch()).toMatchObject({ isOn: false, by: 'rate' });
  });

  test('is switched by hand, and the rate does not overrule whoever switched it off', async () => {
    expect(await whole.bot.turnStorm(true, LEADER)).toMatchObject({ isOn: true, by: 'hand', byName: 'Chị Hạnh' });
    whole.clock.advance(RULES.offMs * 2);
    await whole.settle();
    expect(await whole.storage.storm.stormSwitch()).toMatchObject({ isOn: true });
    expect(await whole.bot.turnStorm(true, LEADER)).toBeUndefined();
    await whole.bot.turnStorm(false, LEADER);
    for (let number = 0; number < RULES.onReports; number += 1) {
      const where = { place: 'Bến Lức / Tây Ninh' };
      const one = { id: `r${number}`, conversationId: customer(number), at: whole.clock.now(), isVulnerable: false };
      await whole.storage.reports.addReport({ ...one, kind: 'reported', where }, []);
    }
    await whole.settle();
    expect(await whole.storage.storm.stormSwitch()).toMatchObject({ isOn: false, by: 'hand' });
  });

  test('lets danger come before every storm', async () => {
    await whole.bot.turnStorm(true, LEADER);
    await confirm();
    const told = words(await whole.say(customer(1), 'dây điện đứt rớt xuống đường ở xã Bến Lức Tây Ninh'));
    expect(told).not.toContain('điện lực đã biết sự cố');
    expect(told).toMatch(/tránh xa|đứng xa|10 m/i);
  });
});

describe('the restoration', () => {
  test('is told once to each who reported or asked, on the channel that he used, and to nobody else', async () => {
    await confirm();
    await report(customer(1));
    await report(customer(2));
    await whole.say(customer(3), 'khi nào có điện lại ở xã Bến Lức Tây Ninh');
    await report(customer(4), 'xã Tân Trụ Tây Ninh');
    await restore('SK1');
    await whole.settle();
    for (const [number, times] of [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 0],
    ] as const) {
      const told = whole.sentTo(customer(number)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
      expect(told).toHaveLength(times);
    }
  });

  test.each(['Vẫn mất điện', 'vẫn chưa có điện em ơi', 'van mat dien', 'vẫn mất', 'chua co dien'])(
    '"%s" opens a ticket of its own that keeps the first report time, and is told of nothing again',
    async (answer) => {
      await confirm();
      await report(customer(1));
      const [first] = await whole.storage.reports.linksOf(customer(1));
      whole.clock.advance(3_600_000);
      await restore('SK1');
      const told = words(await whole.say(customer(1), answer));
      expect(told).toContain('mà vẫn chưa có điện, số phiếu SC261128-');
      const [nested] = await whole.storage.tickets.tickets({ conversationId: customer(1), limit: 5 });
      expect(nested).toMatchObject({
        priority: 'high',
        details: { first_report_at: new Date(first?.reportedAt ?? 0).toISOString(), incident: 'SK1' },
      });
      await whole.settle();
      expect(await whole.storage.reports.linkCounts('SK1')).toEqual({
        ...{ linked: 1, vulnerable: 0, told: 1, back: 0, stillOut: 1 },
      });
      const again = whole.sentTo(customer(1)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
      expect(again).toHaveLength(1);
    },
  );

  test.each(['Vẫn mất điện', { choice: 'power-restored/ask_back/still' }])(
    '%j is believed also when the service died after the words and before it wrote down that they were told',
    async (answer) => {
      await confirm();
      await report(customer(1));
      const died = jest.spyOn(whole.storage.reports, 'told').mockRejectedValue(new Error('died'));
      await expect(restore('SK1')).rejects.toThrow('died');
      expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ told: 0 });
      expect(words(await whole.say(customer(1), answer))).toContain('mà vẫn chưa có điện, số phiếu SC261128-');
      died.mockRestore();
      await whole.settle();
      expect(words(await whole.say(customer(1), 'vẫn mất điện'))).toContain('vẫn đang mở');
      const told = whole.sentTo(customer(1)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
      expect(told).toHaveLength(1);
    },
  );

  test.each(['Vẫn mất điện', 'Có điện rồi'])(
    'ends a report that was still being taken down: after "%s" nothing more is asked of it',
    async (answer) => {
      expect(await report(customer(1))).toContain('Chỉ nhà anh/chị mất điện');
      await confirm();
      await whole.settle();
      await restore('SK1');
      const told = words(await whole.say(customer(1), answer));
      expect(told).toMatch(/mà vẫn chưa có điện|cảm ơn anh\/chị đã báo/);
      expect(told).not.toContain('Chỉ nhà anh/chị');
      expect(words(await whole.say(customer(1), 'cảm ơn em'))).not.toContain('Chỉ nhà anh/chị');
    },
  );

  test('is told to whoever was told of an incident, however its area is written', async () => {
    const area = { text: 'xã Bến Lức dọc Quốc lộ 1', province: 'Tây Ninh', communes: [], feeders: ['471-BL'] };
    await confirm({ area });
    expect(await report(customer(1))).toContain('Khi có điện lại mình nhắn anh/chị');
    await restore('SK1');
    expect(words(whole.sentTo(customer(1)))).toContain('đã cấp điện trở lại');
  });

  test('is told once to who has asked to be told of it, has asked when, and has reported, by code and by place', async () => {
    await confirm();
    await whole.say(customer(1), 'có điện lại thì báo tôi nha');
    await whole.say(customer(1), 'xã Bến Lức Tây Ninh');
    expect(await whole.storage.reports.linksOf(customer(1))).toHaveLength(1);
    await whole.say(customer(1), 'khi nào có điện lại ở xã Bến Lức Tây Ninh');
    await report(customer(1));
    expect(await whole.storage.reports.linksOf(customer(1))).toHaveLength(1);
    await restore('SK1');
    await whole.settle();
    const told = whole.sentTo(customer(1)).filter((one) => words([one]).includes('đã cấp điện trở lại'));
    expect(told).toHaveLength(1);
  });

  const STILL: { readonly choice: string } = { choice: 'power-restored/ask_back/still' };

  test.each([
    ['typed a day later, beside another dialog', 'nhà tôi vẫn mất điện', 86_400_000],
    ['asked a day later', 'sao van chua co dien vay em', 86_400_000],
    ['by the old button, beside another dialog', STILL, 2 * 86_400_000],
  ] as const)('"vẫn mất điện" %s keeps the first report time, and is one ticket', async (_, answer, later) => {
    await confirm();
    await report(customer(1));
    const [first] = await whole.storage.reports.linksOf(customer(1));
    await restore('SK1');
    whole.clock.advance(later);
    await whole.say(customer(1), 'tiền điện tháng này bao nhiêu');
    const told = words(await whole.say(customer(1), answer));
    expect(told).toContain('mà vẫn chưa có điện, số phiếu SC');
    const nested = async () =>
      (await whole.storage.tickets.tickets({ conversationId: customer(1), limit: 9 })).filter(
        ({ details }) => details['first_report_at'] === new Date(first?.reportedAt ?? 0).toISOString(),
      );
    expect(await nested()).toMatchObject([{ priority: 'high', details: { incident: 'SK1' } }]);
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ told: 1, back: 0, stillOut: 1 });
    expect(words(await whole.say(customer(1), answer))).toContain('vẫn đang mở');
    expect(await nested()).toHaveLength(1);
  });

  test.each([
    ['has said that it is back', 'có điện rồi', 3_600_000],
    ['was told of it a week ago', undefined, 7 * 86_400_000],
  ] as const)('who %s and is without power reports a new outage', async (_, meanwhile, later) => {
    await confirm();
    await report(customer(1));
    await restore('SK1');
    if (meanwhile !== undefined) {
      await whole.say(customer(1), meanwhile);
    }
    whole.clock.advance(later);
    for (const answer of ['nhà tôi vẫn mất điện', STILL]) {
      expect(words(await whole.say(customer(1), answer))).toContain('tia lửa, khói hay mùi khét không ạ?');
    }
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ stillOut: 0 });
  });

  test('of an incident that was none is told to nobody, and "vẫn mất điện" is no answer to it', async () => {
    const incident = await confirm();
    await report(customer(1));
    const { incidents } = whole.storage;
    const changes = createChangeIncident({ incidents, clock: whole.clock, ids: createRandomIds(whole.clock.now) });
    await changes.change('SK1', incident.version, { ...factsOf(incident), state: 'cancelled' }, AUTHOR);
    await whole.settle();
    expect(words(await whole.say(customer(1), 'nhà tôi vẫn mất điện'))).not.toContain('mà vẫn chưa có điện');
  });

  test.each(['Có điện rồi', 'co dien roi', 'có rồi em'])('"%s" is kept as a yes; silence is none', async (answer) => {
    await confirm();
    await report(customer(1));
    await report(customer(2));
    await restore('SK1');
    expect(words(await whole.say(customer(1), answer))).toContain('cảm ơn anh/chị đã báo');
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ told: 2, back: 1, stillOut: 0 });
  });

  test('of an incident that a suspicion turned out to be is told to those of the suspicion, once', async () => {
    for (let number = 1; number <= RULES.groupSize; number += 1) {
      await report(customer(number));
    }
    const [suspected] = await whole.storage.incidents.openIncidents();
    await confirm();
    const facts = { ...factsOf(suspected as Incident), state: 'merged', mergedInto: 'SK1' } as const;
    const { incidents } = whole.storage;
    const changes = createChangeIncident({ incidents, clock: whole.clock, ids: createRandomIds(whole.clock.now) });
    await changes.change(suspected?.id ?? '', suspected?.version ?? 0, facts, AUTHOR);
    await whole.settle();
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ linked: RULES.groupSize, told: 0 });
    await restore('SK1');
    expect(await whole.storage.reports.linkCounts('SK1')).toMatchObject({ told: RULES.groupSize });
  });
});
