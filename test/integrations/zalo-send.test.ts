import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chartCaption } from '../../src/dialogs/chart.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { lengthOf, splitText } from '../../src/integrations/channels/split-text.ts';
import { classOf, outcomeOf } from '../../src/integrations/channels/zalo/errors.ts';
import { checkCredentials } from '../../src/integrations/channels/zalo/settings.ts';
import { appSecretProof } from '../../src/integrations/channels/zalo/verify.ts';
import type { MediaResult } from '../../src/integrations/media/media.ts';
import { flatPicture, noisyPicture } from '../support/pictures.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { CREDENTIALS, echoEvent, outMessage, startZaloBench, USER, type ZaloBench } from '../support/zalo-bench.ts';

const MEGABYTE = 1024 * 1024;
const CS = '/v3.0/oa/message/cs';
const UPLOAD = '/v2.0/oa/upload/image';
const IMAGE = { kind: 'image', url: 'https://www.dienluc.example/a.png', alt: 'Công tơ', text: 'Vị trí mã' } as const;
const png = (bytes: Uint8Array): MediaResult => ({
  kind: 'media',
  media: { bytes, mime: 'image/png', extension: 'png' },
});

let bench: ZaloBench;
beforeEach(async () => {
  const small = png(await flatPicture(20));
  bench = await startZaloBench({ fetchMedia: async () => small });
});
afterEach(() => bench.stop());
const bodies = () =>
  bench.zalo.sent().map(({ json }) => json as { recipient: object; message: Record<string, unknown> });

describe('splitting', () => {
  test('cuts at a paragraph, else at a sentence, else at a word, else anywhere', () => {
    expect(splitText('Một hai ba.\n\nBốn năm sáu.', 20)).toEqual(['Một hai ba.', 'Bốn năm sáu.']);
    expect(splitText('Một hai ba. Bốn năm sáu bảy', 20)).toEqual(['Một hai ba.', 'Bốn năm sáu bảy']);
    expect(splitText('một hai ba bốn năm', 8)).toEqual(['một hai', 'ba bốn', 'năm']);
    expect(splitText('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
    expect(splitText('⚡'.repeat(3) + '😀'.repeat(3), 4).map(lengthOf)).toEqual([4, 2]);
    expect(splitText('  ', 10)).toEqual([]);
  });

  test('counts and sends NFC: 2,400 characters of NFD become parts of at most 2,000, and no word is lost', () => {
    const text = 'Thông báo tiền điện kỳ 11/2026. '.repeat(90).trim();
    const parts = splitText(text.normalize('NFD'), 2_000);
    expect(Math.max(...parts.map(lengthOf))).toBeLessThanOrEqual(2_000);
    expect(parts.join(' ')).toBe(text.normalize('NFC'));
    expect(parts.length).toBe(2);
  });
});

describe('a reply', () => {
  test('is sent part after part, the buttons under the last one', async () => {
    const order: string[] = [];
    bench.zalo.onSend = async ({ json }) => {
      const text = (json as { message: { text: string } }).message.text;
      order.push(`begin ${text.slice(-1)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`end ${text.slice(-1)}`);
    };
    const text = `${'từ '.repeat(600)}1.\n\n${'từ '.repeat(600)}2`;
    await bench.say({ kind: 'choices', text, choices: [{ label: 'Có', value: 'yes' }] });
    expect(order).toEqual(['begin 1'.replace('1', '.'), 'end .', 'begin 2', 'end 2']);
    expect(bodies().map(({ message }) => 'attachment' in message)).toEqual([false, true]);
  });

  test('has buttons of three kinds, with a short payload that names the choice', async () => {
    await bench.say(
      {
        kind: 'choices',
        text: 'Anh chị cần gì ạ?',
        choices: [{ label: 'Tra cứu tiền điện', value: 'bill:start' }],
        links: [
          { label: 'Gọi tổng đài', href: 'tel:19000000' },
          { label: 'Gọi đội trực', href: 'tel:0912 345 678' },
          { label: 'Website', href: 'https://www.dienluc.example' },
        ],
      },
      12,
    );
    expect(bodies()).toEqual([
      {
        recipient: { user_id: USER },
        message: {
          text: 'Anh chị cần gì ạ?',
          attachment: {
            type: 'template',
            payload: {
              template_type: 'button',
              buttons: [
                { title: 'Tra cứu tiền điện', type: 'oa.query.hide', payload: '#LN12.1' },
                { title: 'Gọi tổng đài', type: 'oa.open.phone', payload: { phone_code: '19000000' } },
                { title: 'Gọi đội trực', type: 'oa.open.phone', payload: { phone_code: '84912345678' } },
                { title: 'Website', type: 'oa.open.url', payload: { url: 'https://www.dienluc.example' } },
              ],
            },
          },
        },
      },
    ]);
  });

  test('with more choices than buttons writes all of them out', async () => {
    const choices = Array.from({ length: 7 }, (_, index) => ({ label: `Kỳ ${index + 1}`, value: `m${index + 1}` }));
    await bench.say({ kind: 'choices', text: 'Kỳ nào ạ?', choices });
    const [{ message } = { message: {} }] = bodies();
    expect(message).toMatchObject({ text: expect.stringContaining('7. Kỳ 7') });
    expect(JSON.stringify(message).match(/oa\.query\.hide/g)).toHaveLength(5);
  });

  test('goes on where an earlier attempt stopped', async () => {
    const text = `${'từ '.repeat(600)}.\n\n${'từ '.repeat(600)}`;
    bench.zalo.next(CS, { error: 0, data: { message_id: 'p1' } }, { page: 502 });
    expect(await bench.say({ kind: 'text', text })).toEqual({ result: 'retry', reason: 'http_502' });
    expect(await bench.say({ kind: 'text', text })).toMatchObject({ result: 'accepted' });
    expect(bench.zalo.calls.filter(({ path }) => path === CS)).toHaveLength(3);
  });

  test('says of a notice that waits that its customer has the beginning of it', async () => {
    const text = `${'từ '.repeat(600)}.\n\n${'từ '.repeat(600)}`;
    const send = (seq: number) =>
      bench.channel.adapter.send({
        message: { ...outMessage({ kind: 'text', text }, seq), author: 'system', authorId: 'tell/e/1' },
        idempotencyKey: `k${seq}`,
      });
    bench.zalo.next(CS, { page: 502 }, { error: 0, data: { message_id: 'p1' } }, { page: 502 });
    expect(await send(1)).toMatchObject({ result: 'retry', reason: 'http_502' });
    expect(await send(2)).toMatchObject({ result: 'retry', reason: 'partly_sent' });
  });

  test('is not sent again after a server error when its echo has come', async () => {
    bench.zalo.next(CS, { page: 502 });
    await bench.say({ kind: 'text', text: 'Dạ vâng' });
    await bench.post(echoEvent({ msg_id: 'e1', text: 'Dạ vâng' }));
    expect(await bench.say({ kind: 'text', text: 'Dạ vâng' })).toEqual({ result: 'accepted', channelMessageId: 'e1' });
    expect(bench.zalo.calls.filter(({ path }) => path === CS)).toHaveLength(1);
  });

  test('to a visitor without Zalo names both of his ids', async () => {
    const conversationId = `zalo:${CREDENTIALS.oaId}:anonymous:anon77:c9f0`;
    const message = outMessage({ kind: 'text', text: 'Dạ' }, 1, conversationId);
    await bench.channel.adapter.send({ message, idempotencyKey: 'k' });
    expect(bench.zalo.sent().map(({ path, json }) => [path, json['recipient']])).toEqual([
      ['/v2.0/oa/message', { anonymous_id: 'anon77', conversation_id: 'c9f0' }],
    ]);
  });

  test('of another OA is refused', async () => {
    const message = outMessage({ kind: 'text', text: 'Dạ' }, 1, 'zalo:999:1');
    expect(await bench.channel.adapter.send({ message, idempotencyKey: 'k' })).toMatchObject({ result: 'refused' });
  });

  test('leaves settings to the operator: proof, form of buttons, meaning of server errors', async () => {
    const other = await startZaloBench({
      settings: { sendsProof: true, sendsButtonType: false, serverErrorMeans: 'unknown' },
    });
    await other.say({ kind: 'choices', text: 'Chọn', choices: [{ label: 'Có', value: 'yes' }] });
    const [call] = other.zalo.sent();
    expect(call?.headers['appsecret_proof']).toBe(appSecretProof('first-access-1', CREDENTIALS.appSecret));
    expect(call?.text).not.toContain('template_type');
    other.zalo.next(CS, { page: 503 });
    expect(await other.say({ kind: 'text', text: 'Dạ' }, 2)).toEqual({ result: 'unknown', reason: 'http_503' });
    await other.stop();
  });
});

describe('a chart', () => {
  test('is painted and uploaded once, and sent with its figures in words', async () => {
    await bench.say(SAMPLE_CHART, 1);
    await bench.say(SAMPLE_CHART, 2);
    expect(bench.zalo.calls.map(({ path }) => path)).toEqual([UPLOAD, CS, CS]);
    const [upload] = bench.zalo.calls;
    expect(upload?.text).toContain('Content-Type: image/png');
    expect(Number(upload?.headers['content-length'])).toBeLessThan(MEGABYTE);
    expect(bodies()[1]?.message).toMatchObject({
      text: chartCaption(SAMPLE_CHART),
      attachment: { payload: { elements: [{ media_type: 'image', attachment_id: 'picture-1' }] } },
    });
  });

  test.each([-201, -211])('is told in words alone when Zalo refuses the picture: %d', async (error) => {
    bench.zalo.next(UPLOAD, { error });
    expect((await bench.say(SAMPLE_CHART)).result).toBe('accepted');
    expect(bodies()[0]?.message).toEqual({ text: toPlainText(SAMPLE_CHART) });
  });

  test('waits with its words while Zalo is busy', async () => {
    bench.zalo.next(UPLOAD, { error: -32 });
    expect(await bench.say(SAMPLE_CHART)).toMatchObject({ result: 'wait', reason: 'rate_limited' });
    expect(bench.zalo.sent()).toEqual([]);
  });

  test('is told in words alone when it cannot be painted, and the operator hears of it', async () => {
    const unable = await startZaloBench({ paintChart: () => Promise.reject(new Error('no font')) });
    expect((await unable.say(SAMPLE_CHART)).result).toBe('accepted');
    expect(unable.zalo.sent().map(({ json }) => json['message'])).toEqual([{ text: toPlainText(SAMPLE_CHART) }]);
    expect(unable.channel.counts().get('alarm_chart')).toBe(1);
    await unable.stop();
  });
});

describe('a picture', () => {
  test('is uploaded once, and sent by its id', async () => {
    await bench.say(IMAGE, 1);
    await bench.say(IMAGE, 2);
    expect(bench.zalo.calls.map(({ path }) => path)).toEqual([UPLOAD, CS, CS]);
    expect(bench.zalo.calls[0]?.text).toContain('filename="picture.png"');
    expect(bodies()[1]?.message).toEqual({
      text: 'Vị trí mã\nCông tơ',
      attachment: {
        type: 'template',
        payload: { template_type: 'media', elements: [{ media_type: 'image', attachment_id: 'picture-1' }] },
      },
    });
  });

  test('is uploaded again when Zalo has forgotten it, once', async () => {
    await bench.say(IMAGE, 1);
    bench.zalo.next(CS, { error: -100 });
    expect((await bench.say(IMAGE, 2)).result).toBe('accepted');
    bench.zalo.next(CS, { error: -100 }, { error: -100 });
    expect(await bench.say(IMAGE, 3)).toEqual({ result: 'refused', reason: 'zalo_upload-100' });
    expect(bench.zalo.calls.filter(({ path }) => path === UPLOAD)).toHaveLength(3);
  });

  test('is uploaded again after six days', async () => {
    await bench.say(IMAGE, 1);
    bench.time.now += 6 * 86_400_000 + 1;
    await bench.say(IMAGE, 2);
    expect(bench.zalo.calls.filter(({ path }) => path === UPLOAD)).toHaveLength(2);
  });

  test('that is too large is made smaller', async () => {
    const large = await noisyPicture(800);
    expect(large.length).toBeGreaterThan(1.4 * MEGABYTE);
    const able = await startZaloBench({ fetchMedia: async () => png(large) });
    await able.say(IMAGE);
    expect(able.zalo.calls[0]).toMatchObject({ path: UPLOAD, text: expect.stringContaining('filename="picture.jpg"') });
    expect(Number(able.zalo.calls[0]?.headers['content-length'])).toBeLessThan(MEGABYTE + 1_000);
    await able.stop();
  });

  test.each<[string, MediaResult]>([
    ['cannot be had', { kind: 'failed', reason: 'unreachable' }],
    ['cannot be redrawn', png(new Uint8Array(2 * MEGABYTE))],
    [
      'is no picture',
      { kind: 'media', media: { bytes: Buffer.from('%PDF'), mime: 'application/pdf', extension: 'pdf' } },
    ],
  ])('that %s is told by its address', async (_, result) => {
    const unable = await startZaloBench({ fetchMedia: async () => result });
    await unable.say(IMAGE);
    expect(unable.zalo.calls.map(({ json }) => json['message'])).toEqual([
      { text: `Vị trí mã\nCông tơ\n${IMAGE.url}` },
    ]);
    await unable.stop();
  });

  test('whose upload was lost is tried again: the customer has seen nothing', async () => {
    bench.zalo.next(UPLOAD, 'drop');
    expect(await bench.say(IMAGE)).toMatchObject({ result: 'retry' });
    expect((await bench.say(IMAGE)).result).toBe('accepted');
  });
});

describe('an error of the OA API', () => {
  test.each([
    [-32, 'busy', 'wait', 'rate_limited'],
    [-200, 'unspecified', 'retry', 'zalo_failed'],
    [-234, 'night', 'wait', 'not_at_night'],
    [-216, 'token', 'wait', 'token_refused'],
    [-220, 'token', 'wait', 'token_refused'],
    [-213, 'recipient', 'refused', 'not_following'],
    [-217, 'recipient', 'refused', 'blocked_by_customer'],
    [-218, 'recipient', 'refused', 'customer_quota_used_up'],
    [-227, 'recipient', 'refused', 'customer_inactive'],
    [-230, 'recipient', 'refused', 'window_closed'],
    [-232, 'recipient', 'refused', 'window_closed'],
    [-244, 'recipient', 'refused', 'blocked_by_customer'],
    [-100, 'upload', 'refused', 'zalo_upload-100'],
    [-201, 'payload', 'refused', 'zalo_payload-201'],
    [-210, 'payload', 'refused', 'zalo_payload-210'],
    [-240, 'payload', 'refused', 'zalo_payload-240'],
    [-248, 'operator', 'refused', 'zalo_operator-248'],
    [-242, 'operator', 'refused', 'zalo_operator-242'],
    [-211, 'quota', 'refused', 'zalo_quota-211'],
    [-321, 'quota', 'refused', 'zalo_quota-321'],
    [-99_999, 'payload', 'refused', 'zalo_payload-99999'],
  ])('%d is %s: %s because %s', (code, kind, result, reason) => {
    expect([classOf(code), outcomeOf(code, { msToNextMinute: 1 })]).toMatchObject([kind, { result, reason }]);
  });

  test('-32 stops everything until the minute is over', async () => {
    bench.time.now += 20_000;
    bench.zalo.next(CS, { error: -32 });
    const first = await bench.say({ kind: 'text', text: 'một' }, 1);
    expect(first).toEqual({ result: 'wait', reason: 'rate_limited', afterMs: 40_500 });
    expect(await bench.say({ kind: 'text', text: 'hai' }, 2)).toEqual({ ...first, reason: 'paced' });
    bench.time.now += 40_500;
    expect((await bench.say({ kind: 'text', text: 'hai' }, 2)).result).toBe('accepted');
    expect(bench.zalo.calls).toHaveLength(2);
  });

  test('calls are paced before Zalo has to say so', async () => {
    const paced = await startZaloBench({ settings: { callsPerMinute: 2 } });
    const results = [];
    for (const seq of [1, 2, 3]) {
      results.push((await paced.say({ kind: 'text', text: `tin ${seq}` }, seq)).result);
    }
    expect([results, paced.zalo.calls.length]).toEqual([['accepted', 'accepted', 'wait'], 2]);
    await paced.stop();
  });

  test('the last calls of a minute are kept for words of safety', async () => {
    const paced = await startZaloBench({ settings: { callsPerMinute: 20 } });
    const seqs = Array.from({ length: 20 }, (_, index) => index + 1);
    const results = [];
    for (const seq of seqs) {
      results.push((await paced.say({ kind: 'text', text: `tin ${seq}` }, seq)).result);
    }
    expect(results.lastIndexOf('accepted')).toBe(18);
    expect(results[19]).toBe('wait');
    const message = { ...outMessage({ kind: 'text', text: 'TRÁNH XA dây điện' }, 21), isSafety: true };
    const sent = await paced.channel.adapter.send({ message, idempotencyKey: 'safety' });
    expect(sent.result).toBe('accepted');
    await paced.stop();
  });

  test('notices leave half of a minute to those who write, and keep nobody in line', async () => {
    const paced = await startZaloBench({ settings: { callsPerMinute: 4 } });
    const notice = (seq: number) => ({ ...outMessage({ kind: 'text', text: `báo ${seq}` }, seq), authorId: 'tell/x' });
    const results = [];
    for (const seq of [1, 2, 3]) {
      results.push((await paced.channel.adapter.send({ message: notice(seq), idempotencyKey: `n${seq}` })).result);
    }
    expect(results).toEqual(['accepted', 'accepted', 'wait']);
    expect((await paced.say({ kind: 'text', text: 'Dạ' }, 4)).result).toBe('accepted');
    await paced.stop();
  });

  test('the picture of a notice, and its upload, count as the notice does', async () => {
    const small = png(await flatPicture(20));
    const paced = await startZaloBench({ settings: { callsPerMinute: 4 }, fetchMedia: async () => small });
    const send = async (seq: number, more: object) =>
      (
        await paced.channel.adapter.send({
          message: { ...outMessage({ ...IMAGE, url: `${IMAGE.url}?${seq}` }, seq), ...more },
          idempotencyKey: `p${seq}`,
        })
      ).result;
    expect(await send(1, { authorId: 'tell/x' })).toBe('accepted');
    expect(await send(2, { authorId: 'tell/x' })).toBe('wait');
    expect((await paced.say({ kind: 'text', text: 'Dạ' }, 3)).result).toBe('accepted');
    expect((await paced.say({ kind: 'text', text: 'Dạ' }, 4)).result).toBe('accepted');
    await paced.stop();
    const last = await startZaloBench({ settings: { callsPerMinute: 40 }, fetchMedia: async () => small });
    for (let seq = 1; seq <= 38; seq += 1) {
      await last.say({ kind: 'text', text: 'Dạ' }, seq);
    }
    expect((await last.say({ kind: 'text', text: 'Dạ' }, 39)).result).toBe('wait');
    const message = { ...outMessage(IMAGE, 40), isSafety: true };
    expect((await last.channel.adapter.send({ message, idempotencyKey: 's' })).result).toBe('accepted');
    await last.stop();
  });

  test.each([
    [-248, 'alarm_operator'],
    [-321, 'alarm_quota'],
  ])('%d tells the operator', async (error, alarm) => {
    bench.zalo.next(CS, { error });
    expect((await bench.say({ kind: 'text', text: 'Dạ' })).result).toBe('refused');
    expect(bench.channel.counts().get(alarm)).toBe(1);
  });
});

test('refuses credentials that were mixed up or pasted with a blank', () => {
  expect(() => checkCredentials(CREDENTIALS)).not.toThrow();
  expect(() => checkCredentials({ ...CREDENTIALS, oaSecretKey: CREDENTIALS.appSecret })).toThrow('are the same');
  expect(() => checkCredentials({ ...CREDENTIALS, oaSecretKey: ' x' })).toThrow('oaSecretKey');
});
