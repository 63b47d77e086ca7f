import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HoldRequest } from '../../src/integrations/agent-desk/desk-api/privacy.ts';
import { aCustomer, CODE, UNKNOWN_CODE } from '../support/action-bench.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

const DAY = 86_400_000;
const MARK = expect.stringMatching(/^PB0601\*\*\*234 #[0-9a-f]{12}$/);
const STRANGERS_CODE = 'PB06010005678';

describe('data of people at the desk', () => {
  let desk: DeskServer;
  let admin: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk({
      records: { customers: [aCustomer()] },
      conversationsWith: { [STRANGERS_CODE]: ['zalo:1:khach'] },
    });
    await desk.addAgent('minh', 'Anh Minh', 'admin');
    admin = await desk.as('minh');
  });
  afterEach(() => desk.close());

  const look = async () => (await admin.get('/desk/api/privacy')).json();
  const hold = (change: Partial<HoldRequest> = {}) =>
    admin.post('/desk/api/privacy/hold', {
      ...{ kind: 'customer', subject: CODE, reason: 'Tranh chấp tiền điện', reference: 'Công văn 12/TA' },
      ...{ until: desk.clock.now() + 30 * DAY, ...change },
    });
  const written = { way: 'letter', reference: 'Đơn số 7 ngày 20/11/2026', proof: 'Đối chiếu căn cước tại quầy' };
  const noted = async () =>
    (await desk.audit.entries({ limit: 9 }))
      .filter(({ action }) => /hold|person/.test(action))
      .map(({ action, subject, reason }) => [action, subject, reason]);

  test('a hold is placed with its letter and its end, is listed without the whole code, and is lifted with a reason', async () => {
    expect((await hold({ subject: ' pb0601 0001234 ' })).statusCode).toBe(200);
    const [placed] = (await look()).holds;
    expect(placed).toMatchObject({
      ...{ kind: 'customer', subject: 'PB0601***234', reference: 'Công văn 12/TA', byName: 'Anh Minh' },
    });
    expect(await desk.holds.inForce(desk.clock.now())).toMatchObject([
      { subject: { kind: 'customer', customerCode: CODE } },
    ]);
    const lift = () => admin.post('/desk/api/privacy/lift', { id: placed.id, reason: 'Tòa đã xử xong' });
    expect((await lift()).statusCode).toBe(204);
    expect((await look()).holds).toEqual([]);
    expect((await lift()).json().code).toBe('ended');
    expect(await noted()).toEqual([
      ['lift_hold', MARK, 'Tòa đã xử xong'],
      ['place_hold', MARK, 'Công văn 12/TA · Tranh chấp tiền điện'],
    ]);
  });

  test.each<[string, Partial<HoldRequest>, number, string]>([
    ['of a code that nobody has', { subject: UNKNOWN_CODE }, 404, 'not_found'],
    ['of a conversation that there is not', { kind: 'conversation', subject: 'zalo:1:nobody' }, 404, 'not_found'],
    ['that has ended already', { until: 1_000 }, 400, 'bad_until'],
    ['for ever', { until: Date.parse('2099-01-01') }, 400, 'bad_until'],
    ['without its letter', { reference: ' ' }, 400, 'bad_request'],
  ])('a hold %s is refused, and nothing is noted', async (_, change, status, code) => {
    const answer = await hold(change);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await noted()).toEqual([]);
  });

  test('who is in no records but has written can be held and erased, too', async () => {
    expect((await hold({ subject: STRANGERS_CODE })).statusCode).toBe(200);
    const asked = await admin.post('/desk/api/privacy/erase', { customerCode: STRANGERS_CODE, ...written });
    expect(asked.json()).toMatchObject({ isHeld: true });
  });

  test('an erasure by letter is opened with how it came and how the person was known, and has a receipt', async () => {
    const answer = (await admin.post('/desk/api/privacy/erase', { customerCode: CODE, ...written })).json();
    expect(answer).toEqual({ number: expect.stringMatching(/^XD\d{6}-/), isHeld: false });
    expect(await desk.erasures.pending(9)).toMatchObject([
      { number: answer.number, state: 'open', customerCode: CODE, by: { kind: 'agent', agentId: 'id-minh' } },
    ]);
    expect((await look()).erasures).toMatchObject([
      { number: answer.number, by: 'agent', customerCode: 'PB0601***234', request: written },
    ]);
    const reason = `${answer.number} · Đơn, công văn ${written.reference} · xác minh: ${written.proof}`;
    expect(await noted()).toEqual([['erase_person', MARK, reason]]);
  });

  test('what is held is not erased, and the officer is told so at once', async () => {
    await hold();
    const answer = (await admin.post('/desk/api/privacy/erase', { customerCode: CODE, ...written })).json();
    expect(answer).toMatchObject({ isHeld: true });
    expect(await desk.erasures.pending(9)).toMatchObject([{ state: 'held' }]);
  });

  test('an export by letter gives links to the page and the file, noted with its number', async () => {
    const answer = (await admin.post('/desk/api/privacy/export', { customerCode: CODE, ...written })).json();
    expect(answer).toEqual({
      number: expect.stringMatching(/^XK\d{6}-/),
      page: expect.stringMatching(/^https:\/\/chat\.test\/privacy\/export\//),
      file: `${answer.page}/data.json`,
    });
    expect(await noted()).toMatchObject([['export_person', MARK, expect.stringContaining(answer.number)]]);
    const nobody = await admin.post('/desk/api/privacy/export', { customerCode: UNKNOWN_CODE, ...written });
    expect(nobody.statusCode).toBe(404);
  });
});
