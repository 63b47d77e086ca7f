import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import { cookieOf, type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';
import { sampleCustomer } from '../support/sample-records.ts';

const ID = 'web:main:khach-1';
const CODE = 'PB06010001234';

describe('an account at the desk, and what is written down of it', () => {
  let desk: DeskServer;
  let lan: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk({
      records: { customers: [sampleCustomer({ code: CODE, phone: '0912345678', email: 'lan@example.vn' })] },
    });
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('sep', 'Anh Sếp', 'admin');
    lan = await desk.as('lan');
    desk.conversations.add(ID, {
      messages: [{ author: 'customer', content: { text: 'gặp nhân viên' } }],
      state: {
        ...{ holder: 'agent', agentId: 'id-lan', agentName: 'Chị Lan', epoch: 2 },
        identities: { [CODE]: { level: 'verified', validUntil: 9e15 } },
      },
    });
  });
  afterEach(() => desk.close());

  const isIn = async (who: DeskCaller) => (await who.get('/desk/api/queue')).statusCode === 200;
  const written = async () =>
    (await desk.audit.entries({ limit: 50 })).map(({ actorName, action }) => `${actorName}: ${action}`);

  test('is logged out everywhere at once', async () => {
    const other = await desk.as('lan');
    const colleague = await desk.as('sep');
    expect((await lan.post('/desk/api/logout-everywhere')).statusCode).toBe(204);
    expect([await isIn(lan), await isIn(other), await isIn(colleague)]).toEqual([false, false, true]);
    expect(await written()).toContain('Chị Lan: log_out_everywhere');
  });

  test('gets a new password: other log-ins end, this one goes on under a new cookie', async () => {
    const other = await desk.as('lan');
    const response = await lan.post('/desk/api/password', { current: 'pw-lan', next: 'một mật khẩu dài' });
    expect(response.statusCode).toBe(204);
    expect(cookieOf(response)).not.toBe(lan.cookie);
    const headers = { cookie: cookieOf(response) };
    const again = await desk.app.inject({ method: 'GET', url: '/desk/api/queue', headers });
    expect([again.statusCode, await isIn(lan), await isIn(other)]).toEqual([200, false, false]);
    expect((await desk.logIn('lan', 'pw-lan')).statusCode).toBe(401);
    expect((await desk.logIn('lan', 'một mật khẩu dài')).statusCode).toBe(200);
    expect(await written()).toContain('Chị Lan: change_password');
  });

  test.each([
    [{ current: 'sai', next: 'một mật khẩu dài' }, 403, 'wrong_password'],
    [{ current: 'pw-lan', next: 'ngắn' }, 400, 'weak_password'],
    [{ current: 'pw-lan', next: 'mat khau cua lan' }, 400, 'weak_password'],
  ])('keeps its password when asked wrongly: %p', async (body, status, code) => {
    const response = await lan.post('/desk/api/password', body);
    expect([response.statusCode, response.json().code]).toEqual([status, code]);
    expect(await isIn(lan)).toBe(true);
  });

  test('cannot be tried for its password without end', async () => {
    const tries = Array.from({ length: 9 }, () => lan.post('/desk/api/password', { current: 'sai', next: 'x' }));
    const statuses = (await Promise.all(tries)).map(({ statusCode }) => statusCode);
    expect(statuses).toContain(429);
  });

  test('leaves each log-in, refused or not, each act and each log-out in the audit log, with its actor', async () => {
    await desk.logIn('lan', 'sai');
    await lan.post('/desk/api/acts/note', { conversationId: ID, key: 'key-of-note', text: 'khách quen' });
    await lan.post('/desk/api/logout');
    expect(await written()).toEqual([
      'Chị Lan: log_out',
      'Chị Lan: act_note',
      'Không rõ: log_in_refused',
      'Chị Lan: log_in',
    ]);
    expect(JSON.stringify(await desk.audit.entries({ limit: 50 }))).not.toContain('khách quen');
  });

  const reveal = (change: object = {}) =>
    lan.post('/desk/api/reveal', {
      ...{ conversationId: ID, customerCode: CODE, field: 'phone', reason: 'khách nhờ gọi lại' },
      ...change,
    });

  test('sees a masked value whole only after it is written down who asked, for whom and why', async () => {
    expect((await reveal()).json()).toEqual({ value: '0912345678' });
    const [entry] = await desk.audit.entries({ limit: 1 });
    expect(entry).toMatchObject({
      ...{ actorId: 'id-lan', action: 'reveal_phone', reason: 'khách nhờ gọi lại' },
      subject: expect.stringMatching(/^PB0601\*\*\*234 #[0-9a-f]{12}$/),
    });
    expect(JSON.stringify(entry)).not.toContain('0912');
  });

  test('sees the e-mail address that the customer has given rather than the one on record', async () => {
    expect((await reveal({ field: 'email' })).json()).toEqual({ value: 'lan@example.vn' });
    const asking = { dialog: 'invoice-copy', node: 'confirm_email', tries: 0, slots: { email: 'moi@example.vn' } };
    desk.conversations.add(ID, { state: { dialogs: { ...EMPTY_DIALOG_STATE, stack: [asking] } } });
    expect((await reveal({ field: 'email' })).json()).toEqual({ value: 'moi@example.vn' });
    expect(await written()).toContain('Chị Lan: reveal_email');
  });

  test('the log finds entries about the same customer by their mark, and holds neither code nor phone', async () => {
    await reveal();
    await reveal({ field: 'name', reason: `${CODE.toLowerCase()} nhờ gọi 0987654321` });
    const entries = (await desk.audit.entries({ limit: 9 })).filter(({ action }) => action.startsWith('reveal_'));
    expect(new Set(entries.map(({ subject }) => subject)).size).toBe(1);
    expect(entries[0]?.reason).toBe('PB0601***234 nhờ gọi *******321');
    expect(JSON.stringify(entries)).not.toMatch(/pb06010001234|0987654321/i);
  });

  test('sees nothing when it cannot be written down', async () => {
    desk.audit.append = () => Promise.reject(new Error('the disk is full'));
    const response = await reveal();
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('0912');
  });

  test.each([
    ['without a reason', { reason: ' ' }, 400],
    ['of a customer whom the conversation does not know', { customerCode: 'PB06019999999' }, 404],
    ['in a conversation that is not held', { conversationId: 'web:main:khac' }, 409],
  ])('sees nothing %s', async (_how, change, status) => {
    const response = await reveal(change);
    expect(response.statusCode).toBe(status);
    expect((await written()).join()).not.toContain('reveal');
  });
});
