import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SendOutcome } from '../../src/bot/channel-adapter.ts';
import { chartCaption } from '../../src/dialogs/chart.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { failureWords } from '../../src/integrations/agent-desk/desk-words.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { refusal } from '../support/telegram/fake-telegram.ts';
import { startTelegramBench, type TelegramBench } from '../support/telegram/telegram-bench.ts';

const long = Array.from(
  { length: 150 },
  (_, n) => `Điện lực đang kiểm tra đường dây số ${n} ⚡ tại khu vực của anh chị.`,
).join(' ');

describe('what the bot says on Telegram', () => {
  let bench: TelegramBench;
  beforeEach(async () => {
    bench = await startTelegramBench();
  });
  afterEach(() => bench.stop());

  test('shows what HTML would read, and sends nothing that Telegram refuses', async () => {
    const card = { kind: 'card', title: 'Giá < 2.000 & hơn', rows: [{ label: 'kWh', value: '> 50' }] } as const;
    expect(await bench.say(card)).toMatchObject({ result: 'accepted' });
    expect(bench.telegram.shown[0]?.text).toBe('Giá < 2.000 & hơn\nkWh: > 50');
    expect(bench.telegram.calls[0]?.fields['text']).toBe('<b>Giá &lt; 2.000 &amp; hơn</b>\nkWh: &gt; 50');
  });

  test('cuts a long text at sentences into parts that Telegram takes, in order, a second apart, typing meanwhile', async () => {
    expect(await bench.say({ kind: 'text', text: long })).toMatchObject({ result: 'accepted' });
    const texts = bench.telegram.shown.map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.every((text) => text.endsWith('.'))).toBe(true);
    expect(texts.join(' ')).toBe(long.normalize('NFC'));
    expect(bench.waited).toEqual(texts.slice(1).map(() => 1_000));
    expect(bench.telegram.calls.some(({ method }) => method === 'sendChatAction')).toBe(true);
  });

  test('counts an emoji as the two units that it is to Telegram', async () => {
    expect(await bench.say({ kind: 'text', text: '⚡️🔌'.repeat(1_500) })).toMatchObject({ result: 'accepted' });
    expect(bench.telegram.shown.map(({ text }) => text).join('')).toBe('⚡️🔌'.repeat(1_500));
  });

  test('waits as long as Telegram asks, and goes on behind the parts that went through', async () => {
    bench.telegram.next(
      'sendMessage',
      { ok: true, result: { message_id: 1 } } as never,
      refusal(429, 'Too Many Requests: retry after 7', 7),
    );
    const outcome = await bench.say({ kind: 'text', text: long });
    expect(outcome).toEqual({ result: 'wait', reason: 'rate_limited', afterMs: 7_000 });
    bench.time.now += 7_000;
    expect(await bench.say({ kind: 'text', text: long })).toMatchObject({ result: 'accepted' });
    const sent = bench.telegram.calls
      .filter(({ method }) => method === 'sendMessage')
      .map(({ fields }) => fields['text']);
    // First part, refused second part, then the second part and the rest: the first one is not said again.
    expect(sent.filter((text) => text === sent[0])).toHaveLength(1);
    expect(sent[1]).toBe(sent[2]);
  });

  test('says of a notice that waits that its customer has the beginning of it', async () => {
    const isFull = refusal(429, 'Too Many Requests: retry after 7', 7);
    bench.telegram.next('sendMessage', isFull, { ok: true, result: { message_id: 1 } } as never, isFull);
    const notice = { authorId: 'tell/e/1' };
    expect(await bench.say({ kind: 'text', text: long }, notice)).toMatchObject({ reason: 'rate_limited' });
    bench.time.now += 7_000;
    expect(await bench.say({ kind: 'text', text: long }, notice)).toMatchObject({
      ...{ result: 'wait', reason: 'partly_sent' },
    });
  });

  test('keeps to its pace over all chats, and lets words of danger pass', async () => {
    const told = { kind: 'text', text: 'Dạ.' } as const;
    for (let chat = 1; chat <= 300; chat += 1) {
      await bench.say(told, { chat });
    }
    expect(bench.time.now - Date.UTC(2026, 10, 22, 2)).toBeGreaterThanOrEqual(299 * 40);
    bench.waited.length = 0;
    await bench.say(told, { chat: 301, isSafety: true });
    expect(bench.waited).toEqual([]);
  });

  test('keeps no more messages waiting than go out within moments: the others go back to the outbox', async () => {
    const told = { kind: 'text', text: 'Dạ.' } as const;
    const sleeping: (() => void)[] = [];
    const crowded = await startTelegramBench({ sleep: () => new Promise<void>((wake) => sleeping.push(wake)) });
    const outcomes: SendOutcome[] = [];
    const sends = Array.from({ length: 200 }, async (_, chat) => {
      outcomes.push(await crowded.say(told, { chat: chat + 1 }));
    });
    while (outcomes.length + sleeping.length < sends.length) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sleeping.length).toBeLessThan(50);
    expect(outcomes.filter(({ result }) => result === 'wait').length).toBeGreaterThan(100);
    crowded.time.now += 60_000;
    for (const wake of sleeping) {
      wake();
    }
    await Promise.all(sends);
    await crowded.stop();
  });

  test('asks after a wait whether the words are still true, and gives them back when they are not', async () => {
    const told = { kind: 'text', text: 'Dự kiến có điện lại lúc 20:15.' } as const;
    let asked = 0;
    const isOutdated = async () => {
      asked += 1;
      return true;
    };
    expect(await bench.say(told, { isOutdated })).toMatchObject({ result: 'accepted' });
    const second = await bench.say(told, { seq: 2, isOutdated });
    expect(second).toEqual({ result: 'wait', reason: 'outdated', afterMs: 0 });
    expect([asked, bench.telegram.shown.length, bench.waited]).toEqual([1, 1, [1_000]]);
  });

  test('tells a picture by its address when Telegram cannot fetch it', async () => {
    bench.telegram.next('sendPhoto', refusal(400, 'Bad Request: failed to get HTTP URL content'));
    const url = 'https://dienluc.example/a.png?key=1&lt;=2';
    expect(await bench.say({ kind: 'image', url, alt: 'Công tơ' })).toMatchObject({ result: 'accepted' });
    expect(bench.telegram.shown[0]).toMatchObject({ text: `Công tơ\n${url}` });
  });

  test('paints a chart, with what is to be seen in words below it', async () => {
    expect(await bench.say(SAMPLE_CHART)).toMatchObject({ result: 'accepted' });
    expect(bench.telegram.shown).toHaveLength(1);
    const [{ photo, text } = {}] = bench.telegram.shown;
    expect(text).toBe(chartCaption(SAMPLE_CHART));
    expect(Buffer.isBuffer(photo) && photo.subarray(1, 4).toString()).toBe('PNG');
  });

  test.each([refusal(400, 'Bad Request: IMAGE_PROCESS_FAILED'), refusal(413, 'Request Entity Too Large')])(
    'tells a chart in words alone when Telegram does not take the picture: %j',
    async (answer) => {
      bench.telegram.next('sendPhoto', answer);
      expect(await bench.say(SAMPLE_CHART)).toMatchObject({ result: 'accepted' });
      expect(bench.telegram.shown).toMatchObject([{ text: toPlainText(SAMPLE_CHART) }]);
      expect(bench.telegram.shown[0]?.photo).toBeUndefined();
    },
  );

  test('tells a chart in words alone when it cannot be painted, and says so to the operator', async () => {
    const unable = await startTelegramBench({ paintChart: () => Promise.reject(new Error('no font')) });
    expect(await unable.say(SAMPLE_CHART)).toMatchObject({ result: 'accepted' });
    expect(unable.telegram.shown).toMatchObject([{ text: toPlainText(SAMPLE_CHART) }]);
    expect(unable.channel.counts().get('alarm_chart')).toBe(1);
    await unable.stop();
  });

  test.each([
    ['blocked_by_customer', refusal(403, 'Forbidden: bot was blocked by the user')],
    ['unreachable', refusal(403, 'Forbidden: user is deactivated')],
    ['unreachable', refusal(400, 'Bad Request: chat not found')],
    ['telegram_payload', refusal(400, "Bad Request: can't parse entities")],
  ])('gives up with the reason %s', async (reason, answer) => {
    bench.telegram.next('sendMessage', answer);
    expect(await bench.say({ kind: 'text', text: 'Dạ.' })).toEqual({ result: 'refused', reason });
    expect(failureWords(reason)).not.toBe(reason);
  });
});

test('a refused token is the trouble of the whole channel until something goes out again', async () => {
  const bench = await startTelegramBench();
  bench.telegram.next('sendMessage', refusal(401, 'Unauthorized'));
  const hello = { kind: 'text', text: 'Dạ.' } as const;
  expect(await bench.say(hello)).toEqual({ result: 'wait', reason: 'token_refused', afterMs: 300_000 });
  expect(await bench.channel.adapter.trouble?.()).toBe('token_refused');
  expect((await bench.say(hello)).result).toBe('accepted');
  expect(await bench.channel.adapter.trouble?.()).toBeUndefined();
  await bench.stop();
});

describe('asking Telegram for updates', () => {
  let bench: TelegramBench;
  beforeEach(async () => {
    bench = await startTelegramBench({ inbound: { mode: 'polling' } });
  });
  afterEach(() => bench.stop());

  const happen = (text: string) => {
    const chat = { id: 5001, type: 'private' as const, first_name: 'Lan' };
    const from = { id: 5001, is_bot: false, first_name: 'Lan' };
    bench.telegram.happen({ message: { message_id: 1, date: 1_795_312_800, chat, from, text } });
  };

  test('leaves a webhook of before, and acknowledges only what is durable', async () => {
    bench.telegram.queue.setWebhook({ url: 'http://127.0.0.1:9/old' });
    bench.broken = true;
    await bench.app.listen({ port: 0, host: '127.0.0.1' });
    happen('một');
    await bench.telegram.waitFor(() => (bench.channel.counts().get('failed') ?? 0) > 0);
    expect(bench.telegram.queue.pending).toHaveLength(1);
    bench.broken = false;
    await bench.telegram.waitFor(() => bench.telegram.queue.pending.length === 0);
    expect(bench.received.map(({ content }) => content)).toEqual([{ kind: 'customer_message', text: 'một' }]);
  });

  test('says that another process polls, and goes on', async () => {
    await bench.app.listen({ port: 0, host: '127.0.0.1' });
    bench.telegram.next('getUpdates', refusal(409, 'Conflict: terminated by other getUpdates request'));
    happen('một');
    await bench.telegram.waitFor(
      () => (bench.channel.counts().get('alarm_conflict') ?? 0) === 1 || bench.received.length > 0,
    );
    happen('hai');
    await bench.telegram.waitFor(() => bench.received.length === 2);
    expect(bench.channel.counts().get('alarm_conflict')).toBe(1);
    expect(bench.log.join('\n')).toContain('stop the other one');
  });

  test('uploads a picture and a file of ours with their words, and names what is not ours by its address', async () => {
    const ours = new Map([
      ['/files/a.jpg', { bytes: Buffer.from('anh'), mime: 'image/jpeg', extension: 'jpg' }],
      ['/files/b.pdf', { bytes: Buffer.from('don'), mime: 'application/pdf', extension: 'pdf' }],
    ]);
    const able = await startTelegramBench({ openFile: async (url) => ours.get(url) });
    const picture = { kind: 'image', url: '/files/a.jpg', alt: 'Ảnh nhân viên gửi', text: 'Công tơ đây ạ' } as const;
    expect(await able.say(picture)).toMatchObject({ result: 'accepted' });
    const file = { kind: 'file', url: '/files/b.pdf', name: 'Đơn.pdf' } as const;
    expect(await able.say({ ...file, text: 'Mẫu < đơn' }, { seq: 2 })).toMatchObject({ result: 'accepted' });
    expect(await able.say({ ...file, text: 'x'.repeat(2_000) }, { seq: 3 })).toMatchObject({ result: 'accepted' });
    expect(able.telegram.shown).toMatchObject([
      { text: 'Công tơ đây ạ\nẢnh nhân viên gửi', photo: Buffer.from('anh') },
      { text: 'Mẫu < đơn', document: Buffer.from('don') },
      { text: 'x'.repeat(2_000) },
      { text: '', document: Buffer.from('don') },
    ]);
    await able.say({ ...file, url: 'https://evn.example/b.pdf' }, { seq: 4 });
    expect(able.telegram.shown.at(-1)).toMatchObject({
      text: 'Đơn.pdf',
      keyboard: { inline_keyboard: [[{ text: 'Đơn.pdf', url: 'https://evn.example/b.pdf' }]] },
    });
    await able.stop();
  });
});
