import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { createWebCustomer, type WebCustomer } from '../../scripts/explore/web-customer.ts';
import { openZaloStage, type ZaloStage } from '../../scripts/soak/zalo-stage.ts';
import { stageClock } from '../../scripts/stage-clock.ts';
import { addAgent } from '../../src/integrations/agent-desk/add-agent.ts';
import { DOCUMENTS_PATH } from '../../src/integrations/documents/document-links.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { aBill, aCustomer } from '../support/action-bench.ts';
import { askForSheet } from '../support/ask-for-sheet.ts';
import { PAGE_HEADERS } from '../support/desk-server.ts';
import { type LocalMailServer, startMailServer } from '../support/mail-server.ts';
import { type LocalSmsGateway, startSmsGateway } from '../support/sms-gateway.ts';
import { type FakeTelegram, startFakeTelegram } from '../support/telegram/fake-telegram.ts';
import { messageUpdate } from '../support/telegram/telegram-bench.ts';
import { textOfPdf } from '../support/text-of-pdf.ts';
import { eventually } from '../support/zalo-stage.ts';

const TIMEOUT_MS = 180_000;
const CODE = 'PB06010004321';
const PHONE = '0912345678';
const NAME = 'Huỳnh Thị Ngọc Bưởi';
const ADDRESS = 'hẻm Chùa Ông';
const WORDS = 'con mèo vàng nhà mình leo lên trụ';
const PASSWORD = 'mat-khau-rat-dai-2026';
/** Who asks for the sheet of a bill where. */
const SHEETS = {
  zalo: { code: 'PB06010007001', phone: '0912000001' },
  telegram: { code: 'PB06010007002', phone: '0912000002' },
  email: { code: 'PB06010007003', phone: '0912000003' },
};
const SHEET_NAME = 'Bảng kê tiền điện 10-2026.pdf';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) {
    await cleanup();
  }
});

interface Product {
  readonly stage: ZaloStage;
  readonly gateway: LocalSmsGateway;
  readonly telegram: FakeTelegram;
  readonly mail: LocalMailServer;
  readonly customer: WebCustomer;
  readonly base: string;
}

/** The real service, logging all that it can, with Zalo, Telegram, the web chat, SMS and the desk. */
async function startProduct(): Promise<Product> {
  const gateway = await startSmsGateway();
  const telegram = await startFakeTelegram();
  const mail = await startMailServer();
  cleanups.push(gateway.stop, telegram.stop, mail.stop);
  const stage = await openZaloStage({
    env: {
      ...{ LOG_LEVEL: 'debug', SMS_URL: gateway.url },
      ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
      ...{ EMAIL_SMTP_URL: mail.url, EMAIL_FROM: 'cskh@dienluc.example', EMAIL_REQUIRES_TLS: 'false' },
    },
  });
  cleanups.push(stage.close);
  const write = createRecordsWriter(stage.db);
  await stage.db.write('test_records', () => {
    write.customers(aCustomer({ code: CODE, name: NAME, phone: PHONE, address: `3 ${ADDRESS}, Long An` }));
    write.bills(aBill({ customerCode: CODE }));
    for (const { code, phone } of Object.values(SHEETS)) {
      write.customers(aCustomer({ code, name: NAME, phone }));
      write.bills(aBill({ customerCode: code }));
    }
  });
  const agents = createSqliteDeskStore(stage.db);
  const ids = createRandomIds(stageClock.now);
  const lan = { login: 'lan', name: 'Chị Lan', role: 'admin' as const, password: PASSWORD };
  await addAgent({ agents, clock: stageClock, ids }, lan);
  const base = stage.server().address;
  return { stage, gateway, telegram, mail, base, customer: await createWebCustomer(() => base) };
}

const codesSent = ({ gateway }: Product) => JSON.stringify(gateway.taken).match(/(?<=xac thuc )\d{6}/g) ?? [];

/** A customer of the web chat: a wrong code, the right one, a bill, a gateway that fails, then an agent. */
async function webDay(on: Product): Promise<void> {
  const { customer, gateway } = on;
  gateway.next({ status: 500, body: { error: `cannot send to ${PHONE}` } });
  await customer.say('m1', `coi tiền điện tháng 10 giùm ${NAME}, mã ${CODE}, sđt ${PHONE}`);
  await customer.waitFor((seen) => seen.some(({ text }) => text.includes('mã xác minh 6 số')), 'the code');
  await customer.waitFor(() => codesSent(on).length > 0, 'the SMS');
  await customer.say('m2', '000000');
  await customer.waitFor((seen) => seen.some(({ text }) => text.includes('chưa đúng')), 'the refusal');
  await customer.say('m3', codesSent(on).at(-1) ?? '');
  await customer.waitFor((seen) => seen.some(({ text }) => text.includes('xác minh xong')), 'the proof');
  await customer.say('m4', `${WORDS}, cho gặp nhân viên`);
  await customer.waitFor((seen) => seen.some(({ text }) => text.includes('nhân viên')), 'the hand-off');
}

/** Another customer of Zalo, of Telegram and of the web chat each: the sheet of his bill as a file, or as a letter. */
async function sheetsDay({ stage, telegram, mail, gateway, base }: Product): Promise<void> {
  const user = stage.control.createUser({ name: NAME });
  await askForSheet(gateway, SHEETS.zalo, {
    say: (text) => void stage.control.say(user.id, text),
    seen: () => stage.control.transcript(user.id).map(({ text = '' }) => text),
  });
  await eventually(() => stage.control.transcript(user.id).some(({ kind }) => kind === 'file'));
  const file = stage.control.transcript(user.id).find(({ kind }) => kind === 'file');
  const { name, url = '' } = (file?.attachments?.[0]?.payload ?? {}) as { name?: string; url?: string };
  expect(name).toBe(SHEET_NAME);
  expect(await textOfPdf(new Uint8Array(await (await fetch(url)).arrayBuffer()))).toContain(SHEETS.zalo.code);

  const chat = 7_001;
  const shown = () => telegram.shown.filter((each) => each.chat === chat);
  await askForSheet(gateway, SHEETS.telegram, {
    say: (text) => void telegram.queue.add(messageUpdate({ text }, { chat }) as never),
    seen: () => shown().map(({ text }) => text),
  });
  await eventually(() => shown().some(({ document }) => document !== undefined));
  const document = shown().find((each) => each.document !== undefined)?.document;
  expect(await textOfPdf(document ?? Buffer.alloc(0))).toContain(SHEETS.telegram.code);

  const visitor = await createWebCustomer(() => base);
  let count = 0;
  let history: readonly string[] = [];
  await askForSheet(gateway, SHEETS.email, {
    async say(text) {
      count += 1;
      await visitor.say(`s${count}`, text);
    },
    async seen() {
      history = (await visitor.history()).map(({ text }) => text);
      return history;
    },
    by: { words: 'gửi qua email lan.ng@gmail.com', asks: 'đúng chưa ạ', answer: 'đúng rồi' },
  });
  await eventually(() => mail.letters.length > 0);
  const [letter] = mail.letters;
  expect(letter?.to).toEqual(['lan.ng@gmail.com']);
  expect(await textOfPdf(letter?.files[0]?.bytes ?? Buffer.alloc(0))).toContain(SHEETS.email.code);
}

async function channelsDay({ stage, telegram }: Product): Promise<void> {
  const user = stage.control.createUser({ name: NAME });
  stage.control.say(user.id, `nhà mình ở ${ADDRESS} bị mất điện, mã ${CODE}, gọi ${PHONE}`);
  telegram.happen(messageUpdate({ text: `${WORDS} ở ${ADDRESS}, mã ${CODE}` }) as never);
  telegram.next('sendMessage', { error_code: 400, description: `Bad Request: ${WORDS}`, ok: false } as never);
  telegram.happen(messageUpdate({ text: `gọi lại ${PHONE}` }) as never);
  await telegram.waitFor(() => telegram.shown.length > 0);
  await fetch(stage.webhookUrl, { method: 'POST', body: `{"event_name":"user_send_text","message":"${WORDS}"}` });
}

/** An agent: a wrong password, work, a value revealed, requests that are refused; tells the session's cookie. */
async function deskDay({ base }: Product): Promise<string> {
  const headers = { ...PAGE_HEADERS, 'content-type': 'application/json' };
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${base}/desk/api/${path}`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(body) });
  await post('login', { login: 'lan', password: `${PASSWORD}-sai` });
  const cookie =
    (await post('login', { login: 'lan', password: PASSWORD })).headers.get('set-cookie')?.split(';')[0] ?? '';
  const queue = await fetch(`${base}/desk/api/queue`, { headers: { ...headers, cookie } });
  const { queue: waiting } = (await queue.json()) as { queue: { conversationId: string }[] };
  const row = waiting.find((each) => each.conversationId.startsWith('web:'));
  const conversationId = row?.conversationId ?? '';
  await post('acts/claim', { conversationId, key: randomUUID() }, cookie);
  await post('acts/say', { conversationId, key: randomUUID(), text: `Dạ chào ${NAME}`, seenSeq: 99 }, cookie);
  const reason = `gọi lại cho ${NAME}`;
  expect((await post('reveal', { conversationId, customerCode: CODE, field: 'phone', reason }, cookie)).status).toBe(
    200,
  );
  await post('acts/say', { conversationId, text: WORDS }, cookie);
  await post('search', { text: PHONE }, cookie);
  return cookie.split('=')[1] ?? '';
}

test(
  'a day of every channel, with wrong codes, failures and the desk, logs no code, phone, name, word, token or password',
  async () => {
    const on = await startProduct();
    await webDay(on);
    await sheetsDay(on);
    await channelsDay(on);
    const session = await deskDay(on);
    const { app, oa } = on.stage.control.world().settings;
    const secrets = {
      ...{ CODE, PHONE, NAME, ADDRESS, WORDS, PASSWORD, session, telegram: on.telegram.token },
      ...{
        bareTelegram: on.telegram.token.split(':')[1] ?? '',
        appSecret: app.secret,
        oaSecret: oa.id && app.oaSecretKey,
      },
      ...Object.fromEntries(codesSent(on).map((code, index) => [`oneTimeCode${index}`, code])),
    };
    expect(Object.values(secrets).filter((secret) => secret === '')).toEqual([]);
    expect(codesSent(on).length).toBeGreaterThan(0);
    const log = on.stage.log.join('\n');
    // The failures of the day were logged: an empty log would prove nothing.
    expect(log).toContain('An effect failed.');
    expect(log).not.toContain(DOCUMENTS_PATH);
    expect(Object.entries(secrets).filter(([, secret]) => log.includes(secret))).toEqual([]);
    expect(on.stage.log.filter((line) => /\b0\d{9}\b|\b84\d{9}\b|\bP[A-Z]\d{11}\b/.test(line))).toEqual([]);
  },
  TIMEOUT_MS,
);
