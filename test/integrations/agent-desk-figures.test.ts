import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { emptyTally, OUTCOMES, percentile } from '../../src/bot/figures/tally.ts';
import type { FiguresAnswer } from '../../src/integrations/agent-desk/desk-api/figures.ts';
import { figureGroups, shareWords, spanWords } from '../../src/integrations/agent-desk/figure-words.ts';
import { writeCsv } from '../../src/integrations/csv.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { sampleContact } from '../support/sample-contact.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = '2026-11-20';
const START = Date.parse(`${DAY}T08:00:00+07:00`);
const QUERY = `from=${DAY}&to=${DAY}`;

describe('the figures at the desk', () => {
  let desk: DeskServer;

  beforeEach(async () => {
    desk = await startDesk();
    for (const [login, role] of [
      ['hanh', 'leader'],
      ['lan', 'agent'],
      ['doi-tac', 'partner'],
    ] as const) {
      await desk.addAgent(login, login, role);
    }
  });
  afterEach(() => desk.close());

  const read = async (query = QUERY): Promise<FiguresAnswer> =>
    (await (await desk.as('hanh')).get(`/desk/api/figures?${query}`)).json();
  const add = (change: Partial<Parameters<typeof sampleContact>[0]> = {}) =>
    desk.contacts.push(sampleContact({ startedAt: START, ...change }));

  test('put every contact under exactly one end, and what is younger than 24 hours under none that is known', async () => {
    const young = desk.clock.now() - 23 * HOUR;
    const day = '2026-11-21';
    add();
    add({ lastAt: young });
    add({ returnedAt: START + HOUR });
    add({ isAnswered: false });
    add({ topics: ['greeting'] });
    add({ handoff: { since: START, reason: 'customer_asked', humanAt: START + MINUTE } });
    add({ startedAt: young, lastAt: young, topics: ['tariff_info'] });
    const { total, byTopic } = await read(`from=${DAY}&to=${day}`);
    expect(total.outcomes).toEqual({
      ...{ contained: 1, not_yet_known: 2, returned: 1, left_open: 1, handed_off: 1, no_request: 1 },
    });
    expect(OUTCOMES.reduce((sum, outcome) => sum + total.outcomes[outcome], 0)).toBe(total.contacts);
    expect(byTopic.map(({ name, counts }) => `${name} ${counts.contacts}`)).toEqual([
      ...['bill_lookup 5', 'greeting 1', 'tariff_info 1'],
    ]);
    expect((await read()).total.contacts).toBe(6);
  });

  test('count only the channel and topic that are asked for, and leave out what is not told apart by them', async () => {
    add();
    add({ channel: 'web' });
    add({ channel: 'web', topics: ['outage_report'] });
    const { total, channels, topics, byChannel, reporters } = await read(`${QUERY}&channel=web&topic=outage_report`);
    expect(total.contacts).toBe(1);
    expect(channels).toEqual(['web', 'zalo']);
    expect(topics).toEqual(['bill_lookup', 'outage_report']);
    expect(byChannel.map(({ name }) => name)).toEqual(['web']);
    expect(reporters).toBeUndefined();
    expect((await read()).reporters).toEqual({ reporters: 0, grouped: 0 });
  });

  test('count who reported an outage and belongs to an incident by channel, but under no topic', async () => {
    add();
    add({ channel: 'web' });
    for (const conversationId of ['web:main:a', 'web:main:b', 'zalo:oa:c']) {
      const report = { conversationId, at: START, kind: 'reported', where: {}, isVulnerable: false } as const;
      await desk.reports.addReport({ ...report, id: `report-${conversationId}` }, []);
    }
    const link = { incidentId: 'SK1', reportedAt: START, reasons: ['cùng nơi'], isVulnerable: false };
    await desk.reports.link({ ...link, conversationId: 'web:main:a' });
    const [web, zalo] = [
      { reporters: 2, grouped: 1 },
      { reporters: 1, grouped: 0 },
    ];
    const all = await read();
    expect(all.reporters).toEqual({ reporters: 3, grouped: 1 });
    expect(Object.fromEntries(all.byChannel.map(({ name, reporters }) => [name, reporters]))).toEqual({ web, zalo });
    expect((await read(`${QUERY}&channel=zalo`)).reporters).toEqual(zalo);
    const ofTopic = await read(`${QUERY}&topic=bill_lookup`);
    expect([ofTopic.reporters, ...ofTopic.byChannel.map(({ reporters }) => reporters)]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  test('tell how long half and nine tenths waited, once there are ten; who gave up and who still waits stand beside them', async () => {
    const handoff = (minutes?: number) => ({
      handoff: {
        ...{ since: START, reason: 'not_understood' },
        ...(minutes !== undefined && { humanAt: START + minutes * MINUTE }),
      },
    });
    for (const minutes of [1, 2, 3, 4, 5, 6, 7, 8, 30]) {
      add(handoff(minutes));
    }
    add({ handoff: { since: START, reason: 'customer_asked', leftAt: START + HOUR } });
    add(handoff());
    add({ handoff: { since: desk.clock.now() - HOUR, reason: 'words of a colleague' } });
    expect((await read()).total).toMatchObject({ waits: { count: 9 }, gaveUp: 2, stillWaiting: 1 });
    expect((await read()).total.waits).toEqual({ count: 9 });
    add(handoff(60));
    desk.clock.advance(MINUTE);
    expect((await read()).total.waits).toEqual({ count: 10, p50: 5 * MINUTE, p90: 30 * MINUTE });
  });

  test('draw what has become of each day, with the same numbers as a table', async () => {
    add();
    add({ startedAt: START + 24 * HOUR, lastAt: START + 24 * HOUR, isAnswered: false });
    const { chart, drawings } = await read(`from=${DAY}&to=2026-11-22`);
    expect(chart.hours).toEqual(['20/11', '21/11', '22/11']);
    expect(chart.series.map(({ counts }) => counts)).toEqual([
      ...[
        [1, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ]);
    expect(drawings.wide).toMatch(/^<svg role="img" [\s\S]*<title>Kết quả theo ngày<\/title>/);
    expect(drawings.wide).not.toMatch(/<style|style=|<script|\sid=/);
  });

  test('are given as a file for Excel, counts only, one row for each day, channel and topic; the audit log says who took it', async () => {
    add({ handoff: { since: START, reason: 'customer_asked', humanAt: START + MINUTE } });
    add({ handoff: { since: START, reason: 'words of a colleague' } });
    add({ channel: 'web', topics: [], isAnswered: false, missed: 1 });
    const response = await (await desk.as('hanh')).post('/desk/api/figures/export', { from: DAY, to: DAY });
    const { name, content } = response.json();
    expect(name).toBe('so-lieu-2026-11-20-2026-11-20.csv');
    expect(content.startsWith('\uFEFFNgày,Kênh,Chủ đề,Lượt liên hệ,Bot giải quyết,')).toBe(true);
    const [head = [], ...rows] = parse(content, { bom: true }) as string[][];
    const cell = (row: string[] | undefined, column: string) => row?.[head.indexOf(column)];
    expect(rows).toHaveLength(2);
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      [DAY, 'Web', 'Bot không hiểu', '1'],
      [DAY, 'Zalo', 'Tra cứu hóa đơn', '2'],
    ]);
    expect(cell(rows[1], 'Chuyển: Khách muốn gặp nhân viên')).toBe('1');
    expect(cell(rows[1], 'Chuyển: lý do khác')).toBe('1');
    expect(content).not.toContain('colleague');
    expect(await desk.audit.entries({ limit: 9 })).toContainEqual(
      expect.objectContaining({ actorId: 'id-hanh', action: 'export_figures', subject: `${DAY}/${DAY}` }),
    );
  });

  test.each(['lan', 'doi-tac'])('are closed to %s', async (login) => {
    const caller = await desk.as(login);
    expect((await caller.get(`/desk/api/figures?${QUERY}`)).statusCode).toBe(403);
    expect((await caller.post('/desk/api/figures/export', { from: DAY, to: DAY })).statusCode).toBe(403);
  });

  test.each([
    '',
    `from=${DAY}`,
    'from=2026-11-20&to=2026-11-19',
    'from=2026-01-01&to=2026-11-19',
    `${QUERY}&topic=DROP%20TABLE`,
    'from=yesterday&to=today',
  ])('refuse the days "%s"', async (query) => {
    expect((await (await desk.as('hanh')).get(`/desk/api/figures?${query}`)).statusCode).toBe(400);
  });
});

describe('the words of figures', () => {
  test('never tell a share without its whole, nor one of fewer than twenty', () => {
    expect([shareWords(0, 0), shareWords(3, 19), shareWords(5, 20), shareWords(1_234, 5_000)]).toEqual([
      ...['Chưa có', '3 / 19', '5 / 20 (25%)', '1.234 / 5.000 (25%)'],
    ]);
  });

  test('say a span as people do', () => {
    expect([400, 59_000, 60_000, 95_000, 3_600_000, 7_500_000].map(spanWords)).toEqual([
      ...['0 giây', '59 giây', '1 phút', '1 phút 35 giây', '1 giờ', '2 giờ 5 phút'],
    ]);
  });

  test('give every figure a definition', () => {
    const { waits: _waits, emergencyWaits: _emergencies, ...counts } = emptyTally();
    const none = { count: 0 };
    const groups = figureGroups({ ...counts, waits: none, emergencyWaits: none }, { reporters: 0, grouped: 0 });
    const lines = groups.flatMap((group) => group.lines);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter(({ definition }) => definition.length < 20)).toEqual([]);
    expect(lines.filter(({ value }) => /NaN|undefined|%/.test(value))).toEqual([]);
  });

  test('take the nearest rank for a percentile', () => {
    const waits = Array.from({ length: 10 }, (_, index) => 10 - index);
    expect([percentile([], 0.5), percentile([7], 0.9), percentile(waits, 0.5), percentile(waits, 0.9)]).toEqual([
      ...[undefined, 7, 5, 9],
    ]);
  });
});

describe('a CSV file', () => {
  test('has quotes where RFC 4180 wants them, and lines that end in CR LF', () => {
    expect(
      writeCsv([
        ['a', 'b,c', 'd"e', 'f\ng'],
        [1, undefined, -2, 0.5],
      ]),
    ).toBe('\uFEFFa,"b,c","d""e","f\ng"\r\n1,,-2,0.5\r\n');
  });

  test.each(['=1+1', '+84', '-2', '@SUM(A1)', '\tx', '\rx'])('shows %j, and never runs it', (text) => {
    expect(writeCsv([[text]])).toMatch(/^\uFEFF"?'/);
  });
});
