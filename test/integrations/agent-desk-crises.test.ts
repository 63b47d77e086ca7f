import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CrisisFacts } from '../../src/bot/crisis/crisis-message.ts';
import { checkCrisis, lengthsOf } from '../../src/integrations/crisis/check-crisis.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

const HOUR_MS = 3_600_000;

describe('crisis messages at the desk', () => {
  let desk: DeskServer;
  let dung: DeskCaller;
  let lan: DeskCaller;

  beforeEach(async () => {
    desk = await startDesk();
    await desk.addAgent('dung', 'Anh Dũng', 'dispatcher');
    await desk.addAgent('lan', 'Chị Lan');
    [dung, lan] = [await desk.as('dung'), await desk.as('lan')];
  });
  afterEach(() => desk.close());

  const facts = (more: object = {}) => ({
    ...{ state: 'published', title: 'Tin đồn cắt điện luân phiên', isDanger: false },
    text: 'Dạ, tin cắt điện luân phiên 3 ngày là không đúng ạ.',
    questions: { intents: ['outage_report'], keywords: ['cắt điện luân phiên'] },
    expiresAt: desk.clock.now() + HOUR_MS,
    ...more,
  });
  const publish = async (more: object = {}) =>
    (await dung.post('/desk/api/crises/publish', { facts: facts(more) })).json().message;
  const change = (id: string, version: number, more: object = {}) =>
    dung.post('/desk/api/crises/change', { id, version, facts: facts(more) });
  const canned = async () => (await lan.get('/desk/api/canned')).json().answers as { id: string; text: string }[];

  test('are published, changed and withdrawn by a dispatcher, read by everybody; each is in the audit log', async () => {
    const message = await publish();
    expect(message).toMatchObject({ ...facts(), version: 1, changedBy: { id: 'id-dung', name: 'Anh Dũng' } });
    expect((await change(message.id, 1, { text: 'Tin đó là bịa đặt ạ.' })).json().message).toMatchObject({
      version: 2,
    });
    expect((await lan.get('/desk/api/crises')).json()).toMatchObject({ inForce: [{ version: 2 }], ended: [] });
    expect((await change(message.id, 2, { state: 'withdrawn' })).statusCode).toBe(200);
    expect((await lan.get('/desk/api/crises')).json()).toMatchObject({ inForce: [], ended: [{ version: 3 }] });
    const { versions } = (await lan.get(`/desk/api/crises/versions?id=${message.id}`)).json();
    expect(versions.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3]);
    const noted = (await desk.audit.entries({ limit: 10 })).filter(({ action }) => action.endsWith('_crisis'));
    expect(noted.map(({ action, actorId, subject }) => [action, actorId, subject])).toEqual([
      ['withdraw_crisis', 'id-dung', `${message.id} bản 3`],
      ['change_crisis', 'id-dung', `${message.id} bản 2`],
      ['publish_crisis', 'id-dung', `${message.id} bản 1`],
    ]);
  });

  test('stand first among the ready answers of agents, and only while they are in force', async () => {
    const usual = await canned();
    const message = await publish({ area: { province: 'Long An', places: ['Bến Lức'] } });
    expect(await canned()).toEqual([
      {
        ...{ id: `crisis/${message.id}`, title: 'Tin đồn cắt điện luân phiên (Bến Lức, Long An)', isCrisis: true },
        text: 'Dạ, tin cắt điện luân phiên 3 ngày là không đúng ạ.',
      },
      ...usual,
    ]);
    desk.clock.advance(HOUR_MS);
    expect(await canned()).toEqual(usual);
  });

  test('bring a warning of danger to subscribers when that is asked for, and stop it when the words change', async () => {
    const body = (more: object) => ({ facts: facts(more), isTold: true });
    await dung.post('/desk/api/crises/publish', body({}));
    expect(await desk.campaigns.list({ limit: 5 })).toEqual([]);
    const { message } = (await dung.post('/desk/api/crises/publish', body({ isDanger: true }))).json();
    const [campaign] = await desk.campaigns.list({ limit: 5 });
    expect(campaign).toMatchObject({ id: `crisis/${message.id}/1`, progress: { state: 'running' } });
    await change(message.id, 1, { isDanger: true, text: 'Đã an toàn ạ.' });
    expect((await desk.campaigns.list({ limit: 5 })).map(({ progress }) => progress.state)).toEqual(['stopped']);
  });

  test('are not changed over the head of a colleague, nor after their end', async () => {
    const { id } = await publish();
    await change(id, 1);
    const late = await change(id, 1);
    expect([late.statusCode, late.json().message]).toEqual([
      409,
      'Anh Dũng vừa sửa tin này (bản 2). Đóng lại, xem bản mới rồi sửa tiếp.',
    ]);
    desk.clock.advance(HOUR_MS);
    expect((await change(id, 2)).json()).toMatchObject({ code: 'ended' });
    expect((await change('TK-none', 1)).statusCode).toBe(404);
  });

  test('are refused with the reason while something is wrong with them', async () => {
    const refused = async (more: object) => {
      const answer = await dung.post('/desk/api/crises/publish', { facts: facts(more) });
      expect(answer.statusCode).toBe(400);
      return answer.json().message;
    };
    expect(await refused({ expiresAt: desk.clock.now() })).toMatch(/hết hạn phải sau/);
    expect(await refused({ text: 'tin cat dien luan phien la khong dung' })).toMatch(/thiếu dấu/);
    expect(await refused({ area: { province: 'Hà Giang', places: [] } })).toMatch(/Không có tỉnh/);
    expect(await refused({ state: 'withdrawn' })).toMatch(/phải là tin được đăng/);
    expect(await refused({ questions: { intents: ['safety_emergency'], keywords: [] } })).toMatch(/sai dữ liệu/);
    const noExpiry = { ...facts(), expiresAt: undefined };
    expect((await dung.post('/desk/api/crises/publish', { facts: noExpiry })).statusCode).toBe(400);
    expect((await lan.get('/desk/api/crises')).json()).toMatchObject({ inForce: [], ended: [] });
  });

  test('are shown before they are published: the words of the bot, lengths, and what a question would get', async () => {
    const preview = async (question: string) =>
      (await dung.post('/desk/api/crises/preview', { facts: facts(), question })).json();
    const seen = await preview('có cat dien luan phien thiệt hả');
    expect(seen.spoken).toContain('crisis-message Tin đồn cắt điện luân phiên Dạ, tin cắt điện');
    expect(seen).toMatchObject({ checks: [], tried: { by: 'keyword', match: 'cắt điện luân phiên' } });
    expect(seen.lengths.map(({ channel }: { channel: string }) => channel)).toEqual(['zalo', 'telegram', 'sms']);
    expect(seen.lengths.at(-1).words).toMatch(
      /^[12]\/3 phần không dấu \(GSM-7, \d{2,3} ký tự\); giữ dấu thì [2-5] phần \(UCS-2\)$/,
    );
    const checksOf = async (more: object) =>
      (await dung.post('/desk/api/crises/preview', { facts: facts(more) })).json().checks as { words: string }[];
    const long = 'Tránh xa dây điện ạ. '.repeat(21);
    const cut = expect.objectContaining({ words: expect.stringContaining('chỉ đến ký tự thứ 399 của nội dung') });
    expect(await checksOf({ text: long, isDanger: true })).toContainEqual(cut);
    expect(await checksOf({ text: long })).not.toContainEqual(cut);
    expect(await checksOf({ text: long.slice(0, 399), isDanger: true })).not.toContainEqual(cut);
    expect((await preview('chào em')).tried).toEqual({ by: 'nothing' });
    expect((await preview('dây đứt, cắt điện luân phiên')).tried).toEqual({ by: 'emergency' });
  });
});

describe('the words of a crisis message', () => {
  const base: CrisisFacts = {
    ...{ state: 'published', title: 'Cảnh báo lừa đảo', isDanger: false, expiresAt: HOUR_MS },
    text: 'Dạ, điện lực không gọi điện đòi chuyển tiền. Cần hỏi, anh/chị gọi 1900 1006 hoặc xem cskh.evnspc.vn.',
    questions: { intents: ['scam_check'], keywords: ['đòi chuyển tiền'] },
  };
  const smsFit = { maxSegments: 3, keepsMarks: false };
  const options = { now: 0, website: 'cskh.evnspc.vn', email: 'cskh@evnspc.vn', isOurProvince: () => true, smsFit };
  const levels = (more: Partial<CrisisFacts>) => {
    const facts = { ...base, ...more };
    return checkCrisis(facts, { ...options, spoken: facts.text }).map(({ level, words }) => `${level}: ${words}`);
  };

  test('are fine with the hotline, the website and the mail of the utility in them', () => {
    expect(levels({})).toEqual([]);
    expect(levels({ text: `${base.text} Thư: cskh@evnspc.vn.` })).toEqual([]);
  });

  test('are measured by the settings of the SMS gateway: so many parts, with or without marks', () => {
    const told = (fit: typeof smsFit) => ({
      sms: lengthsOf(base.text, fit).at(-1)?.words,
      checks: checkCrisis(base, { ...options, spoken: base.text, smsFit: fit }).map(({ words }) => words),
    });
    expect(told(smsFit)).toMatchObject({
      sms: expect.stringMatching(/^1\/3 phần không dấu .*giữ dấu thì 2/),
      checks: [],
    });
    expect(told({ maxSegments: 1, keepsMarks: true })).toMatchObject({
      sms: expect.stringMatching(/^2\/1 phần có dấu \(UCS-2, .*; bỏ dấu thì 1 phần \(GSM-7\)$/),
      checks: ['Trên SMS tin này dài 2 phần (có dấu); phần sau 1 phần có thể bị cắt.'],
    });
  });

  test.each([
    ['a customer code', { text: 'Dạ, mã PB06010001234 bị kẻ gian dùng ạ.' }, /^error: Có vẻ có dữ liệu cá nhân/],
    ['an account', { text: 'Dạ, đừng chuyển tiền vào tài khoản 1234567890123 ạ.' }, /^error: Có vẻ có dữ liệu/],
    ['the mail of somebody', { text: 'Dạ, đừng trả lời thư của hoa.nguyen@gmail.com ạ.' }, /^error: Có vẻ có dữ liệu/],
    ['a phone', { text: 'Dạ, số 0912 345 678 không phải của điện lực ạ.' }, /^warning: Có số điện thoại/],
    ['a foreign link', { text: 'Dạ, trang evn-spc.top không phải của điện lực ạ.' }, /^warning: Có liên kết/],
    ['no marks', { text: 'Dien luc khong goi dien doi tien' }, /^error: .*thiếu dấu/],
    ['a title without marks', { title: 'Canh bao lua dao' }, /^error: .*thiếu dấu/],
    ['braces', { text: 'Dạ, gọi {hotline} nhé anh/chị ạ.' }, /^error: Có dấu \{/],
    ['a keyword of one word', { questions: { intents: [], keywords: ['điện'] } }, /^error: Từ khóa quá rộng: điện/],
    ['no question', { questions: { intents: [], keywords: [] } }, /^error: Chưa chọn/],
    ['a title that is too long', { title: 'Cảnh báo '.repeat(20) }, /^error: Tiêu đề dài/],
    ['a text that is too long', { text: 'Cảnh báo ạ. '.repeat(100) }, /^error: Nội dung dài/],
    ['an expiry too far away', { expiresAt: 31 * 24 * HOUR_MS }, /^error: Giờ hết hạn xa quá/],
  ])('with %s are found fault with', (_, more, expected) => {
    expect(levels(more)).toContainEqual(expect.stringMatching(expected));
  });
});
