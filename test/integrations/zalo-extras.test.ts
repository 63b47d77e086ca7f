import { afterEach, describe, expect, test } from '@jest/globals';
import type { MediaResult } from '../../src/integrations/media/media.ts';
import { startZaloBench, USER, until, userEvent, type ZaloBench } from '../support/zalo-bench.ts';

const CS = '/v3.0/oa/message/cs';
const UPLOAD = '/v2.0/oa/upload/file';
const REACT = '/v2.0/oa/message';
const FORM = { kind: 'file', url: 'https://www.dienluc.example/don.pdf', name: 'Mẫu đơn', text: 'Mẫu đơn ạ.' } as const;
const pdf = (bytes: number, extension = 'pdf'): MediaResult => ({
  kind: 'media',
  media: { bytes: new Uint8Array(bytes), mime: 'application/pdf', extension },
});

let bench: ZaloBench;
afterEach(() => bench.stop());
const paths = () => bench.zalo.calls.map(({ path }) => path);
const messages = () => bench.zalo.sent().map(({ json }) => json['message']);

describe('a file', () => {
  test('is uploaded once under a name with its extension, and sent by its token after its words', async () => {
    bench = await startZaloBench({ fetchMedia: async () => pdf(100) });
    await bench.say(FORM, 1);
    await bench.say(FORM, 2);
    expect(paths()).toEqual([CS, UPLOAD, CS, CS, CS]);
    expect(bench.zalo.calls[1]?.text).toContain('filename="Mẫu đơn.pdf"');
    const file = { attachment: { type: 'file', payload: { token: 'file-2' } } };
    expect(messages()).toEqual([{ text: 'Mẫu đơn ạ.' }, file, { text: 'Mẫu đơn ạ.' }, file]);
  });

  test.each<[string, MediaResult]>([
    ['cannot be fetched', { kind: 'failed', reason: 'unreachable' }],
    ['is larger than Zalo takes', pdf(5 * 1024 * 1024 + 1)],
    ['is nothing that Zalo takes', pdf(100, 'zip')],
  ])('that %s is told by its address', async (_, result) => {
    bench = await startZaloBench({ fetchMedia: async () => result });
    expect((await bench.say(FORM)).result).toBe('accepted');
    expect(messages()).toEqual([{ text: 'Mẫu đơn ạ.' }, { text: `Mẫu đơn\n${FORM.url}` }]);
  });

  test('whose token Zalo has forgotten is uploaded again', async () => {
    bench = await startZaloBench({ fetchMedia: async () => pdf(100) });
    await bench.say({ kind: 'file', url: FORM.url, name: FORM.name }, 1);
    bench.zalo.next(CS, { error: -100 });
    expect((await bench.say({ kind: 'file', url: FORM.url, name: FORM.name }, 2)).result).toBe('accepted');
    expect(paths().filter((path) => path === UPLOAD)).toHaveLength(2);
  });
});

describe('a question for the phone', () => {
  const QUESTION = { kind: 'text', text: 'Anh chị cho xin số điện thoại ạ?', asksFor: 'phone' } as const;
  const settings = { userInfoPicture: 'https://www.dienluc.example/card.png' };

  test('is followed by a card on which the customer may share it', async () => {
    bench = await startZaloBench({ settings });
    await bench.say(QUESTION);
    expect(messages()).toEqual([
      { text: QUESTION.text },
      {
        attachment: {
          type: 'template',
          payload: {
            template_type: 'request_user_info',
            elements: [
              {
                title: 'Chia sẻ số điện thoại',
                subtitle: expect.stringContaining('bấm vào đây'),
                image_url: settings.userInfoPicture,
              },
            ],
          },
        },
      },
    ]);
  });

  test('has gone out although the card was refused, and its receipt is that of the question', async () => {
    bench = await startZaloBench({ settings });
    bench.zalo.onSend = () => bench.zalo.next(CS, { error: -233 });
    expect((await bench.say(QUESTION, 7)).result).toBe('accepted');
    const receipt = { msg_id: bench.zalo.lastId() };
    await bench.post(userEvent('user_received_message', receipt));
    expect(bench.receipts).toEqual([expect.stringMatching(/\/7 delivered$/)]);
  });

  test('stands alone where no picture for the card is set', async () => {
    bench = await startZaloBench();
    await bench.say(QUESTION);
    expect(messages()).toEqual([{ text: QUESTION.text }]);
  });
});

describe('the sign that a message was seen', () => {
  const settings = { seenReaction: '/-heart' };
  const text = (id: string) => userEvent('user_send_text', { msg_id: id, text: 'Alo' });

  test('is a reaction on the message of the customer, once it is kept', async () => {
    bench = await startZaloBench({ settings });
    expect(await bench.post(text('m-7'))).toBe(200);
    await until(() => paths().includes(REACT));
    expect(bench.zalo.calls[0]?.json).toEqual({
      recipient: { user_id: USER },
      sender_action: { react_icon: '/-heart', react_message_id: 'm-7' },
    });
    expect(bench.received).toHaveLength(1);
  });

  test('takes no call that an answer may need', async () => {
    bench = await startZaloBench({ settings: { ...settings, callsPerMinute: 4 } });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await bench.post(text(id));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => paths().length === 3);
    expect((await bench.say({ kind: 'text', text: 'Dạ' })).result).toBe('accepted');
    expect(paths()).toEqual([REACT, REACT, REACT, CS]);
  });

  test('is not given where nobody asked for it', async () => {
    bench = await startZaloBench();
    await bench.post(text('m-8'));
    await bench.say({ kind: 'text', text: 'Dạ' });
    expect(paths()).toEqual([CS]);
  });
});

test('a consent to calls is counted by where it stands', async () => {
  bench = await startZaloBench();
  const event = userEvent('user_reply_consent', {}, { user_consent: 'USER_BLOCKED' });
  expect(await bench.post(event)).toBe(200);
  expect(bench.channel.counts().get('call_consent_user_blocked')).toBe(1);
});
