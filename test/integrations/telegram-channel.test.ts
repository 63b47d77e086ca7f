import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import { refusal } from '../support/telegram/fake-telegram.ts';
import { messageUpdate, startTelegramBench, type TelegramBench } from '../support/telegram/telegram-bench.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/telegram');
const HELLO = { kind: 'text', text: 'Dạ, em chào anh chị ạ.' } as const;

channelAdapterContract('telegram', { hasVendor: true, paintsCharts: true }, async () => {
  const bench = await startTelegramBench();
  const { telegram } = bench;
  const dead = await startTelegramBench({ settings: { apiRoot: 'http://127.0.0.1:9' } });
  const chats = new Map<string, number>();
  const chatOf = (customer: string) => {
    chats.set(customer, chats.get(customer) ?? 6_001 + chats.size);
    return chats.get(customer) ?? 0;
  };
  let seq = 0;
  const failing = (method: string, answer: Parameters<typeof telegram.next>[1]) => async () => {
    telegram.next(method, answer);
    seq += 1;
    return bench.say(HELLO, { seq });
  };
  return {
    adapter: bench.channel.adapter,
    account: bench.botId,
    async deliver({ customer, id, text, isForged = false }) {
      const options = { chat: chatOf(customer), updateId: 812_000_000 + Number(id.slice(1)) };
      const status = await bench.post(messageUpdate({ text }, options), isForged ? null : undefined);
      return status === 200 ? 'acknowledged' : 'refused';
    },
    customerOf: (customer) => String(chatOf(customer)),
    received: () => bench.received,
    breakInbox() {
      bench.broken = true;
    },
    async shown(customer, reply) {
      await bench.say(reply, { chat: chatOf(customer) });
      return telegram.shown
        .map(({ text, photo, keyboard }) =>
          [text, photo, ...(keyboard?.inline_keyboard.flat().map((button) => button.text) ?? [])].join('\n'),
        )
        .join('\n');
    },
    taken: () => telegram.shown.length,
    failures: [
      { name: 'nothing listens', covers: 'unreachable', provoke: () => dead.say(HELLO), expected: 'retry' },
      {
        name: 'too fast',
        provoke: failing('sendMessage', refusal(429, 'Too Many Requests: retry after 1', 1)),
        expected: 'wait',
      },
      {
        name: 'blocked',
        provoke: failing('sendMessage', refusal(403, 'Forbidden: bot was blocked by the user')),
        expected: 'refused',
      },
      {
        name: 'not a chat',
        provoke: failing('sendMessage', refusal(400, 'Bad Request: chat not found')),
        expected: 'refused',
      },
      { name: 'a bad token', provoke: failing('sendMessage', refusal(401, 'Unauthorized')), expected: 'wait' },
      {
        name: 'a server in trouble',
        covers: 'server_error',
        provoke: failing('sendMessage', { page: 502 }),
        expected: 'unknown',
      },
      { name: 'a lost answer', provoke: failing('sendMessage', 'lose_answer'), expected: 'unknown' },
      { name: 'no answer in time', covers: 'no_answer', provoke: failing('sendMessage', 'hang'), expected: 'unknown' },
    ],
    async stop() {
      await dead.stop();
      await bench.stop();
    },
  };
});

describe('the Telegram channel', () => {
  let bench: TelegramBench;
  beforeEach(async () => {
    bench = await startTelegramBench();
  });
  afterEach(() => bench.stop());

  test('reads every kind of update as the customer meant it, and counts the rest', async () => {
    const seen: Record<string, unknown> = {};
    for (const file of readdirSync(FIXTURES).sort()) {
      const before = bench.received.length;
      expect(await bench.post(JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')))).toBe(200);
      seen[file.replace('.json', '')] = bench.received.slice(before).map(({ content }) => content);
    }
    const said = (content: object) => [{ kind: 'customer_message', ...content }];
    expect(seen).toEqual({
      'channel-post': [],
      'contact-of-another': said({ attachments: [{ kind: 'contact', name: 'Minh · Trần · 0903000111' }] }),
      'contact-of-himself': said({ text: '0903000222' }),
      document: said({
        text: 'Biên bản',
        attachments: [{ kind: 'file', ref: 'BQACAgUAAxk-doc', name: 'bien-ban.pdf' }],
      }),
      edited: said({ text: 'Tiền điện tháng 10' }),
      group: [],
      help: said({ text: '/help', choice: 'start:help' }),
      'live-location-step': [],
      location: said({ attachments: [{ kind: 'location', latitude: 10.045, longitude: 105.746 }] }),
      'member-blocked': [],
      'photo-with-caption': said({
        text: 'Công tơ nhà em',
        attachments: [{ kind: 'image', ref: 'AgACAgUAAxk-large' }],
      }),
      pinned: [],
      poll: said({ attachments: [{ kind: 'file', name: 'Bình chọn' }] }),
      start: said({ text: '/start tu-website', choice: 'start:greeting' }),
      sticker: said({ attachments: [{ kind: 'sticker', ref: 'CAACAgUAAxk-sticker', name: '👍' }] }),
      voice: said({ attachments: [{ kind: 'audio', ref: 'AwACAgUAAxk-voice' }] }),
    });
    expect(Object.fromEntries(bench.channel.counts())).toMatchObject({ unknown: 1, blocked: 1, group: 1, ignored: 2 });
  });

  test('understands a button of before a restart, and ends its little clock', async () => {
    await bench.say({ kind: 'choices', text: 'Chọn', choices: [{ label: 'Tiền điện', value: 'start:bill-lookup' }] });
    const [button] = bench.telegram.shown[0]?.keyboard?.inline_keyboard.flat() ?? [];
    const data = button !== undefined && 'callback_data' in button ? (button.callback_data ?? '') : '';
    const tap = bench.telegram.tap(5001, data);
    expect(await bench.post(tap)).toBe(200);
    expect(bench.received[0]?.content).toEqual({
      kind: 'customer_message',
      text: 'Tiền điện',
      choice: 'start:bill-lookup',
    });
    await bench.telegram.waitFor(() => bench.telegram.answeredTaps.length === 1);
    await bench.post(bench.telegram.tap(5001, 'c:99:1'));
    expect(bench.received[1]?.content).toEqual({ kind: 'customer_message', choice: 'c:99:1' });
  });

  test('tells a group once that it answers in private, and never handles what is said there', async () => {
    const chat = { id: -100_200, type: 'supergroup', title: 'Xóm 3' };
    await bench.post(messageUpdate({ chat, text: 'alo' }));
    await bench.post(messageUpdate({ chat, text: 'có ai không' }));
    await bench.telegram.waitFor(() => bench.telegram.shown.length > 0);
    expect(bench.received).toEqual([]);
    expect(bench.telegram.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
    expect(bench.telegram.shown[0]?.text).toContain('tin nhắn riêng');
  });

  test('keeps the order of updates of one second and of a tap, which has no time', async () => {
    await bench.post(messageUpdate({ text: 'một' }, { updateId: 812_000_999 }));
    await bench.post({ ...bench.telegram.tap(5001, 'c:1:1'), update_id: 812_001_000 });
    await bench.post(messageUpdate({ text: 'ba' }, { updateId: 812_001_001 }));
    const keys = bench.received.map(({ orderKey }) => orderKey);
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
  });

  test('never logs the token or the words of a customer', async () => {
    bench.telegram.next('sendMessage', 'drop', refusal(401, 'Unauthorized'), refusal(400, 'Bad Request: who knows'));
    for (const seq of [1, 2, 3]) {
      await bench.say({ kind: 'text', text: 'Mã của anh là PB06010001234' }, { seq });
    }
    const written = bench.log.join('\n');
    expect(written).toContain('telegram:');
    expect(written).not.toContain('AAF_secret');
    expect(written).not.toContain('PB0601');
  });
});
