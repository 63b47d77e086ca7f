import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { toPlainText } from '../../src/dialogs/reply.ts';
import type { Channel } from '../../src/integrations/channels/channel.ts';
import { createSmsChannel, type SmsChannelDeps } from '../../src/integrations/channels/sms/adapter.ts';
import { createDocumentLinks } from '../../src/integrations/documents/document-links.ts';
import { createHttpSms } from '../../src/integrations/sms/http-sms.ts';
import { measure, withoutMarks } from '../../src/integrations/sms/segments.ts';
import { readSmsSettings } from '../../src/integrations/sms/settings.ts';
import { type ChannelHarness, channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import { createOutwardParts, type OutwardParts, sendTo } from '../support/outward-parts.ts';
import { type GatewayAnswer, type LocalSmsGateway, startSmsGateway } from '../support/sms-gateway.ts';

const PHONE = '0900000001';
const KEY = 'a-key-for-the-calls-of-the-gateway!!';
const HELLO = { kind: 'text', text: 'Số phiếu của anh/chị là SC261122-4K7Q2.' } as const;

function openSms(env: Record<string, string>, parts: OutwardParts, change: Partial<SmsChannelDeps> = {}): Channel {
  const settings = readSmsSettings({ SMS_TIMEOUT_MS: '300', ...env });
  if (settings === undefined) {
    throw new Error('The test gives no SMS_URL.');
  }
  return createSmsChannel({
    ...(parts as unknown as SmsChannelDeps),
    sms: createHttpSms(settings),
    optOutText: '',
    optOutWord: 'TC',
    callbackKey: KEY,
    dropsRepeats: false,
    fit: { maxSegments: 9 },
    receipts: { keyPath: 'key', statePath: 'status', delivered: ['delivered'] },
    inbound: { fromPath: 'from', textPath: 'text' },
    ...change,
  });
}

async function buildHarness(): Promise<ChannelHarness> {
  const gateway = await startSmsGateway();
  const parts = createOutwardParts();
  const channel = openSms({ SMS_URL: gateway.url, SMS_SUCCESS: 'code=100' }, parts);
  const plain = openSms({ SMS_URL: gateway.url }, parts);
  const closed = await startSmsGateway();
  await closed.stop();
  const dead = openSms({ SMS_URL: closed.url }, parts);
  const provoke = (answer: GatewayAnswer, by = channel) => {
    gateway.next(answer);
    return sendTo(by, parts, PHONE, HELLO).then(({ outcome }) => outcome);
  };
  return {
    adapter: plain.adapter,
    account: 'main',
    deliver: async () => 'refused',
    customerOf: (customer) => customer,
    received: () => [],
    breakInbox: () => undefined,
    taken: () => gateway.taken.length,
    async shown(_, reply) {
      await sendTo(plain, parts, PHONE, reply);
      const text = String(gateway.taken.at(-1)?.['text']);
      // What the phone shows has no marks: put them back for the words that the contract looks for.
      return restored(text, reply);
    },
    failures: [
      {
        name: 'nothing listens',
        covers: 'unreachable',
        provoke: () => sendTo(dead, parts, PHONE, HELLO).then(({ outcome }) => outcome),
        expected: 'retry',
      },
      { name: 'a certificate that proves nothing', provoke: () => provokeUntrusted(parts), expected: 'retry' },
      { name: 'a 503', covers: 'server_error', provoke: () => provoke({ status: 503 }), expected: 'retry' },
      { name: 'silence', covers: 'no_answer', provoke: () => provoke('hang'), expected: 'unknown' },
      { name: 'a cut line', provoke: () => provoke('drop'), expected: 'unknown' },
      { name: 'too many calls', provoke: () => provoke({ status: 429 }), expected: 'retry' },
      { name: 'a wrong token', provoke: () => provoke({ status: 401 }), expected: 'refused' },
      { name: '200 with an error', provoke: () => provoke({ status: 200, body: { code: 146 } }), expected: 'refused' },
      { name: '200 with success', provoke: () => provoke({ status: 200, body: { code: 100 } }), expected: 'accepted' },
    ],
    stop: () => gateway.stop(),
  };
}

/** A gateway whose certificate nobody has signed: nothing of the SMS leaves. */
async function provokeUntrusted(parts: OutwardParts) {
  const file = (name: string) => readFile(join(import.meta.dirname, '../fixtures/tls', name));
  const server = createServer({ key: await file('key.pem'), cert: await file('certificate.pem') });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const channel = openSms({ SMS_URL: `https://127.0.0.1:${port}/sms`, SMS_TIMEOUT_MS: '5000' }, parts);
  const { outcome } = await sendTo(channel, parts, PHONE, HELLO);
  await new Promise((resolve) => server.close(resolve));
  return outcome;
}

/** The lines of the reply that stand, without marks, in the text. */
function restored(text: string, reply: Parameters<typeof sendTo>[3]): string {
  return JSON.stringify(reply)
    .split(/[":,{}[\]]/)
    .concat(toPlainText(reply).split(/\n|: /))
    .filter((words) => words !== '' && text.includes(withoutMarks(words)))
    .join('\n');
}

channelAdapterContract(
  'sms',
  {
    hasVendor: true,
    skip: {
      listening: 'Outward only: no message of a customer comes in by SMS.',
      long_text: 'A notice is cut at the segments that the operator pays for; sms-segments.test.ts covers the cut.',
    },
  },
  buildHarness,
);

describe('a notice by SMS', () => {
  let gateway: LocalSmsGateway;
  let parts: OutwardParts;
  let app: FastifyInstance;
  beforeEach(async () => {
    gateway = await startSmsGateway();
    parts = createOutwardParts();
    app = Fastify();
  });
  afterEach(async () => {
    await app.close();
    await gateway.stop();
  });

  test('goes out in the form that the gateway wants, to the number behind the sealed id', async () => {
    const channel = openSms(
      {
        SMS_URL: gateway.url,
        SMS_BODY:
          '{"Phone":"{to}","Content":"{text}","RequestId":"{key}","Brandname":"{sender}","IsUnicode":"{unicode}"}',
        SMS_SENDER: 'DIENLUC',
        SMS_HEADERS: '{"x-api-key":"k1"}',
        SMS_ID_PATH: 'data.sms.0',
        SMS_SUCCESS: 'CodeResult=100',
      },
      parts,
    );
    gateway.next({ status: 200, body: { CodeResult: '100', data: { sms: ['m-7'] } } });
    const { id, seq, outcome } = await sendTo(channel, parts, PHONE, { kind: 'text', text: 'Phiếu {to} & SC1' });
    expect(outcome).toEqual({ result: 'accepted', channelMessageId: 'm-7' });
    expect(gateway.taken).toEqual([
      {
        Phone: PHONE,
        Content: 'Phieu {to} va SC1\nTin tu dong, vui long khong tra loi.',
        RequestId: `${id}/${seq}`,
        Brandname: 'DIENLUC',
        IsUnicode: '0',
      },
    ]);
    expect(gateway.headers[0]?.['x-api-key']).toBe('k1');
  });

  test('keeps to the number of segments, and the way to say no is never cut off', async () => {
    const change = { fit: { maxSegments: 1 }, optOutText: 'Từ chối: soạn TC gửi 8655' };
    const channel = openSms({ SMS_URL: gateway.url }, parts, change);
    await sendTo(channel, parts, PHONE, { kind: 'text', text: 'Mất điện. '.repeat(50) });
    const text = String(gateway.taken[0]?.['text']);
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toMatch(/\.\.\.\nTu choi: soan TC gui 8655$/);
  });

  test('has the whole address of a file, also where its words are too long, in signs of the cheapest form', async () => {
    const links = createDocumentLinks('a key of the test', 'https://cskh.dienluc.example');
    const url = links.linkTo({ customerCode: 'PB06010001234', period: '2026-09/2026-10' }, Date.UTC(2026, 10, 22));
    const file = { kind: 'file', url, name: 'Bảng kê tiền điện 10-2026.pdf' } as const;
    const channel = openSms({ SMS_URL: gateway.url }, parts, { fit: { maxSegments: 3 } });
    await sendTo(channel, parts, PHONE, file);
    await sendTo(channel, parts, PHONE, { ...file, text: 'Điện tiêu thụ: 250 kWh. '.repeat(20) });
    const [short = '', long = ''] = gateway.taken.map(({ text }) => String(text));
    const tail = `\n${url}\nTin tu dong, vui long khong tra loi.`;
    expect(short).toBe(`Bang ke tien dien 10-2026.pdf:${tail}`);
    expect([long.startsWith('Dien tieu thu: 250 kWh.'), long.endsWith(`...${tail}`)]).toEqual([true, true]);
    expect([short, long].map(measure)).toEqual([
      { encoding: 'gsm7', segments: 2 },
      { encoding: 'gsm7', segments: 3 },
    ]);
  });

  test('is not sent to an id that this service has not sealed', async () => {
    const channel = openSms({ SMS_URL: gateway.url }, parts);
    const other = {
      ...parts,
      addresses: { ...parts.addresses, seal: () => 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    };
    const { outcome } = await sendTo(channel, other, PHONE, HELLO);
    expect(outcome).toEqual({ result: 'refused', reason: 'address_unreadable' });
  });

  test('is tried again after a lost answer only where the gateway drops repeats', async () => {
    const channel = openSms({ SMS_URL: gateway.url }, parts, { dropsRepeats: true });
    gateway.next('drop');
    const { outcome } = await sendTo(channel, parts, PHONE, HELLO);
    expect([channel.adapter.canRepeat, outcome.result]).toEqual([true, 'retry']);
  });

  test('moves to delivered by the receipt of the gateway, by GET or POST', async () => {
    const channel = openSms({ SMS_URL: gateway.url }, parts);
    await channel.register(app);
    const { id, seq } = await sendTo(channel, parts, PHONE, HELLO);
    const payload = { key: `${id}/${seq}`, status: 'delivered' };
    const headers = { authorization: `Bearer ${KEY}` };
    await app.inject({ method: 'POST', url: '/channels/sms/receipts', headers, payload });
    await app.inject({
      url: '/channels/sms/receipts',
      query: { ...payload, key: `${id}/9`, status: 'expired' },
      headers,
    });
    await app.inject({
      method: 'POST',
      url: '/channels/sms/receipts',
      headers,
      payload: { ...payload, key: 'web:x/3/1' },
    });
    expect(parts.receipts).toEqual([`${id}/${seq} delivered`]);
    expect(parts.logged.join('\n')).toContain('expired');
  });

  test.each([[{}], [{ authorization: 'Bearer wrong' }]])('takes no receipt without the key: %j', async (headers) => {
    const channel = openSms({ SMS_URL: gateway.url }, parts);
    await channel.register(app);
    const payload = { key: 'sms:main:x/1', status: 'delivered' };
    const answer = await app.inject({ method: 'POST', url: '/channels/sms/receipts', headers, payload });
    expect([answer.statusCode, parts.receipts]).toEqual([401, []]);
  });

  test('stops when the receiver answers with the word, whatever form the number has', async () => {
    const channel = openSms({ SMS_URL: gateway.url }, parts);
    await channel.register(app);
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = (from: string, text: string) =>
      app.inject({ method: 'POST', url: '/channels/sms/inbound', headers, payload: { from, text } });
    await answer('+84900000001', 'cảm ơn nhé');
    expect((await sendTo(channel, parts, PHONE, HELLO)).outcome.result).toBe('accepted');
    await answer('+84 900 000 001', ' tc ');
    expect((await sendTo(channel, parts, PHONE, HELLO)).outcome).toEqual({ result: 'refused', reason: 'opted_out' });
    // The message before, and the word that it has ended.
    expect(gateway.taken).toHaveLength(2);
    expect(parts.logged.join('\n')).not.toMatch(/900.?000.?001|cảm ơn/);
  });

  test.each(['STOP', 'Huỷ', 'huy', 'ngung nhan tin'])('"%s" stops as well, which is confirmed once', async (word) => {
    const channel = openSms({ SMS_URL: gateway.url }, parts);
    await channel.register(app);
    const headers = { authorization: `Bearer ${KEY}` };
    for (let times = 0; times < 2; times += 1) {
      await app.inject({ method: 'POST', url: '/channels/sms/inbound', headers, payload: { from: PHONE, text: word } });
    }
    expect((await sendTo(channel, parts, PHONE, HELLO)).outcome).toEqual({ result: 'refused', reason: 'opted_out' });
    expect(JSON.stringify(gateway.taken)).toContain('Da ngung gui tin bao');
    expect(gateway.taken).toHaveLength(1);
  });
});
