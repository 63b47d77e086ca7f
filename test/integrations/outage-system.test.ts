import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { IncidentRecords } from '../../src/bot/incidents/incident-records.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteIncidentRecords } from '../../src/integrations/storage/sqlite/incident-records.ts';
import { openIncidents } from '../../src/open-incidents.ts';

const KEY = 'k'.repeat(32);
const INCIDENT = {
  state: 'ongoing',
  area: { text: 'Bến Lức: ấp 3', province: 'Long An', communes: ['Bến Lức'], feeders: ['471-BL'] },
  startedAt: '2026-11-22T08:00:00+07:00',
};
const BODY = { id: 'OMS-7', version: 1, system: 'OMS Tây Ninh', incident: INCIDENT };

describe('the way of the outage system', () => {
  let db: SqliteDatabase;
  let incidents: IncidentRecords;
  let app: FastifyInstance;

  async function start(incidentApiKey?: string): Promise<void> {
    const clock = { now: () => Date.parse('2026-11-22T12:00:00+07:00') };
    app = Fastify();
    const deps = { incidents, clock, ids: createRandomIds(clock.now), ...loadUtility() };
    await openIncidents({ ...deps, ...(incidentApiKey !== undefined && { incidentApiKey }) }).register(app);
  }

  beforeEach(async () => {
    db = openDatabase({ path: ':memory:' });
    incidents = createSqliteIncidentRecords(db);
    await start(KEY);
  });
  afterEach(async () => {
    await app.close();
    await db.close();
  });

  const post = (payload: object, authorization = `Bearer ${KEY}`) =>
    app.inject({ method: 'POST', url: '/api/incidents', headers: { authorization }, payload });

  test('takes each version once and tells where it is', async () => {
    expect((await post(BODY)).json()).toEqual({ result: 'changed', incident: 'luoi/OMS-7', version: 1 });
    expect((await post(BODY)).json()).toEqual({ result: 'repeat', incident: 'luoi/OMS-7', version: 1 });
    const expectedReturn = { at: '2026-11-22T10:30:00+07:00', source: 'Điều độ Bến Lức' };
    const next = { ...BODY, version: 2, incident: { ...INCIDENT, expectedReturn } };
    expect((await post(next)).json()).toEqual({ result: 'changed', incident: 'luoi/OMS-7', version: 2 });
    expect(await incidents.incident('luoi/OMS-7')).toMatchObject({
      area: { communes: ['Bến Lức'], feeders: ['471-BL'], province: 'Long An' },
      startedAt: Date.UTC(2026, 10, 22, 1),
      expectedReturn: { at: Date.UTC(2026, 10, 22, 3, 30), source: 'Điều độ Bến Lức' },
      changedBy: { kind: 'outage_system', name: 'OMS Tây Ninh' },
    });
  });

  test.each(['', 'Bearer ', `Bearer ${KEY}x`, `Basic ${KEY}`])(
    'is closed to whoever says %j',
    async (authorization) => {
      const response = await post(BODY, authorization);
      expect([response.statusCode, response.json().error.code]).toEqual([401, 'wrong_key']);
      expect(await incidents.openIncidents()).toEqual([]);
    },
  );

  test('is not there at all without a key', async () => {
    await app.close();
    await start();
    expect((await post(BODY)).statusCode).toBe(404);
  });

  test.each([
    ['no JSON', 'application/json', '{"id":'],
    ['nothing', 'application/json', ''],
    ['a form', 'text/xml', '<id>OMS-7</id>'],
    ['far too much', 'application/json', JSON.stringify({ id: 'x'.repeat(1_100_000) })],
  ])('tells what is wrong with %s in the form of every other answer', async (_, type, payload) => {
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': type };
    const response = await app.inject({ method: 'POST', url: '/api/incidents', headers, payload });
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toEqual({ code: 'wrong_body', message: expect.stringMatching(/body|media type/i) });
  });

  test('says that a failure of ours is to be sent again', async () => {
    await db.close();
    const response = await post(BODY);
    expect(response.statusCode).toBe(500);
    expect(response.json().error).toMatchObject({ code: 'internal' });
    db = openDatabase({ path: ':memory:' });
  });

  test.each<[string, object, string]>([
    ['a province that is not ours', { area: { ...INCIDENT.area, province: 'Đà Lạt' } }, 'province'],
    ['an area that reaches nobody', { area: { text: 'đâu đó', province: 'Long An' } }, 'names no unit'],
    ['a time without a zone', { startedAt: '2026-11-22T08:00:00' }, 'startedAt'],
    ['a suspicion', { state: 'suspected' }, 'must be ongoing'],
    ['an end without its time', { state: 'restored' }, 'restoredAt'],
    ['an end to come', { state: 'restored', restoredAt: '2026-11-22T12:03:00+07:00' }, 'is in the future'],
    ['an end before the beginning', { state: 'restored', restoredAt: '2026-11-22T07:59:00+07:00' }, 'before startedAt'],
    ['a return before the beginning', { expectedReturn: { at: INCIDENT.startedAt, source: 'x' } }, 'expectedReturn'],
    ['a return that nobody stands for', { expectedReturn: { at: '2026-11-22T10:30:00+07:00' } }, 'source'],
    ['a field that it does not know', { until: 'mai' }, 'until'],
  ])('refuses %s, and says so', async (_what, change, words) => {
    const response = await post({ ...BODY, incident: { ...INCIDENT, ...change } });
    expect(response.statusCode).toBe(400);
    expect(response.json().error.message).toContain(words);
    expect(await incidents.openIncidents()).toEqual([]);
  });

  test('opens nothing again that has ended', async () => {
    const restored = { ...INCIDENT, state: 'restored', restoredAt: '2026-11-22T09:00:00+07:00' };
    await post({ ...BODY, incident: restored });
    const response = await post({ ...BODY, version: 2 });
    expect([response.statusCode, response.json().error.code]).toEqual([409, 'ended']);
  });
});
