import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Channel } from '../../src/integrations/channels/channel.ts';
import { createEmailChannel, type EmailChannelDeps } from '../../src/integrations/channels/email/adapter.ts';
import { emailChannel } from '../../src/integrations/channels/email/open-email.ts';
import { type ChannelHarness, channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import { type LocalMailServer, type MailAnswer, startMailServer, startMuteServer } from '../support/mail-server.ts';
import { createOutwardParts, type OutwardParts, sendTo } from '../support/outward-parts.ts';

/** For servers that never answer: nothing else is waited for so shortly. */
const IMPATIENT = { timeoutMs: 300 };
const TO = 'hoa.nguyen@example.vn';
const HELLO = { kind: 'text', text: 'Số phiếu của anh/chị là SC261122-4K7Q2.' } as const;

function openEmail(smtpUrl: string, parts: OutwardParts, change: Partial<EmailChannelDeps> = {}): Channel {
  return createEmailChannel({
    ...(parts as unknown as EmailChannelDeps),
    smtpUrl,
    publicUrl: 'https://chat.dienluc.example',
    from: { name: 'Điện lực', address: 'bot@dienluc.example' },
    requiresTls: false,
    timeoutMs: 30_000,
    ...change,
  });
}

async function buildHarness(): Promise<ChannelHarness> {
  const server = await startMailServer();
  const parts = createOutwardParts();
  const channel = openEmail(server.url, parts);
  const closed = await startMailServer();
  await closed.stop();
  const send = (by: Channel) => sendTo(by, parts, TO, HELLO).then(({ outcome }) => outcome);
  const impatient = openEmail(server.url, parts, IMPATIENT);
  const provoke =
    (answer: MailAnswer, by = channel) =>
    () => {
      server.next(answer);
      return send(by);
    };
  return {
    adapter: channel.adapter,
    account: 'main',
    deliver: async () => 'refused',
    customerOf: (customer) => customer,
    received: () => [],
    breakInbox: () => undefined,
    taken: () => server.letters.length,
    async shown(_, reply) {
      await sendTo(channel, parts, TO, reply);
      return server.letters.at(-1)?.text ?? '';
    },
    failures: [
      {
        name: 'nothing listens',
        covers: 'unreachable',
        provoke: () => send(openEmail(closed.url, parts)),
        expected: 'retry',
      },
      {
        name: 'a server that says nothing at all',
        async provoke() {
          const mute = await startMuteServer();
          const outcome = await send(openEmail(mute.url, parts, IMPATIENT));
          await mute.stop();
          return outcome;
        },
        expected: 'retry',
      },
      { name: 'a busy server', covers: 'server_error', provoke: provoke('busy'), expected: 'retry' },
      {
        name: 'silence after the letter',
        covers: 'no_answer',
        provoke: provoke('hang', impatient),
        expected: 'unknown',
      },
      { name: 'a cut line after the letter', provoke: provoke('drop'), expected: 'unknown' },
      { name: 'a box that is not there', provoke: provoke('no_such_box'), expected: 'refused' },
      { name: 'a refused log-in', provoke: provoke('login_refused'), expected: 'wait' },
      {
        name: 'a server without TLS where TLS is asked for',
        provoke: () => send(openEmail(server.url, parts, { requiresTls: true })),
        expected: 'retry',
      },
    ],
    async stop() {
      await channel.close();
      await impatient.close();
      await server.stop();
    },
  };
}

channelAdapterContract(
  'email',
  { hasVendor: true, skip: { listening: 'Outward only: no message of a customer comes in by e-mail.' } },
  buildHarness,
);

describe('a notice by e-mail', () => {
  let server: LocalMailServer;
  let parts: OutwardParts;
  let channel: Channel;
  let app: FastifyInstance;
  beforeEach(async () => {
    server = await startMailServer();
    parts = createOutwardParts();
    channel = openEmail(server.url, parts);
    app = Fastify();
    await channel.register(app);
  });
  afterEach(async () => {
    await app.close();
    await channel.close();
    await server.stop();
  });

  test('brings a file of ours along, under its name, and of another one its address', async () => {
    const url = 'https://chat.dienluc.example/documents/x.pdf';
    parts.files.set(url, { bytes: Buffer.from('%PDF-1.7'), mime: 'application/pdf', extension: 'pdf' });
    const reply = { kind: 'file', name: 'Bảng kê tiền điện 10-2026.pdf', text: 'Dạ, gửi anh/chị ạ.' } as const;
    await sendTo(channel, parts, TO, { ...reply, url });
    await sendTo(channel, parts, TO, { ...reply, url: 'https://www.dienluc.example/mau.pdf' });
    const [own, other] = server.letters;
    expect(own?.text).toContain('Dạ, gửi anh/chị ạ.\nTệp đính kèm: Bảng kê tiền điện 10-2026.pdf\n--');
    expect(own?.files).toMatchObject([
      { headers: expect.stringContaining('application/pdf'), bytes: Buffer.from('%PDF-1.7') },
    ]);
    const named = decodeURIComponent((own?.files[0]?.headers ?? '').replace(/;?\s+filename\*\d\*=(?:utf-8'')?/g, ''));
    expect(named).toContain('Bảng kê tiền điện 10-2026.pdf');
    expect(header('Subject')).toContain('=?UTF-8?');
    expect(other?.text).toContain('Bảng kê tiền điện 10-2026.pdf: https://www.dienluc.example/mau.pdf');
    expect(other?.files).toEqual([]);
  });

  const header = (name: string) =>
    new RegExp(`^${name}: (.*)$`, 'mi').exec((server.letters[0]?.headers ?? '').replace(/\r\n[ \t]+/g, ' '))?.[1];
  const optOutPath = () =>
    /<https:\/\/chat\.dienluc\.example([^>]+)>/.exec(header('List-Unsubscribe') ?? '')?.[1] ?? '';

  test('goes to the address, in Vietnamese with marks, as the automatic letter that it is', async () => {
    const { outcome } = await sendTo(channel, parts, TO, HELLO);
    expect(outcome).toMatchObject({ result: 'accepted' });
    expect(server.letters).toHaveLength(1);
    expect(server.letters[0]?.to).toEqual([TO]);
    expect(server.letters[0]?.text).toContain(HELLO.text);
    expect(server.letters[0]?.text).toContain('Thư tự động');
    expect(header('Auto-Submitted')).toBe('auto-generated');
    expect(header('Message-ID')).toMatch(/^<[\w-]{43}@dienluc\.example>$/);
  });

  test('has the same number at every try, so that a mail server may drop the second one', async () => {
    const { id, seq } = await sendTo(channel, parts, TO, HELLO);
    const message = { ...BARE, conversationId: id, seq, reply: HELLO };
    await channel.adapter.send({ message, idempotencyKey: `${id}/${seq}` });
    const ids = server.letters.map(({ headers }) => /^Message-ID: (.*)$/m.exec(headers)?.[1]);
    expect(ids[0]).toBe(ids[1]);
  });

  test('can be ended by its link, which asks once, and by one click of a mail program', async () => {
    await sendTo(channel, parts, TO, HELLO);
    const url = optOutPath();
    expect(url).toMatch(/^\/channels\/email\/opt-out\/[\w-]+$/);
    expect(url).not.toContain('hoa');
    expect((await app.inject({ url })).body).toContain('Ngừng nhận thư');
    expect(parts.out.size).toBe(0);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const clicked = await app.inject({ method: 'POST', url, headers, payload: 'List-Unsubscribe=One-Click' });
    expect(clicked.statusCode).toBe(200);
    expect((await sendTo(channel, parts, TO, HELLO)).outcome).toEqual({ result: 'refused', reason: 'opted_out' });
    expect(server.letters).toHaveLength(1);
  });

  test('cannot be ended for somebody else', async () => {
    const foreign = await app.inject({ method: 'POST', url: '/channels/email/opt-out/AAAA' });
    expect([foreign.statusCode, parts.out.size]).toEqual([404, 0]);
  });

  test('whose sending fails leaves the address in no log', async () => {
    server.next('no_such_box');
    await sendTo(channel, parts, TO, HELLO);
    server.next('login_refused');
    await sendTo(channel, parts, TO, HELLO);
    expect(parts.logged.join()).toContain('EMAIL_SMTP_URL');
    expect(parts.logged.join()).not.toContain('hoa');
  });
});

const BARE = { direction: 'out', author: 'system', at: 0, epoch: 0, version: 1 } as const;

describe('the settings of e-mail', () => {
  test('are read when there is a mail server, and a wrong one is named', () => {
    expect(emailChannel.configure({})).toBeUndefined();
    const right = { EMAIL_SMTP_URL: 'smtps://u:p@mail.example.vn', EMAIL_FROM: 'bot@dienluc.example' };
    expect(emailChannel.configure(right)?.name).toBe('email');
    expect(() => emailChannel.configure({ ...right, EMAIL_FROM: 'nobody' })).toThrow('EMAIL_FROM');
    expect(() => emailChannel.configure({ ...right, EMAIL_SMTP_URL: 'http://secret' })).toThrow('EMAIL_SMTP_URL');
  });
});
