import { describe, expect, test } from '@jest/globals';
import { SAMPLE_GIF, SAMPLE_PDF, samplePng } from '../../../simulators/zalo/sample-media.ts';
import { DAY, startSimulator } from './support/start-simulator.ts';

type Started = Awaited<ReturnType<typeof startSimulator>>;

async function upload({ simulator, token }: Started, kind: string, name: string, bytes: Buffer, field = 'file') {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)]), name);
  const encoded = new Response(form);
  const response = await simulator.app.inject({
    method: 'POST',
    url: `/v2.0/oa/upload/${kind}`,
    headers: { access_token: token.current, 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  return JSON.parse(response.body);
}

const padded = (start: Buffer, size: number) => Buffer.concat([start, Buffer.alloc(size - start.length)]);
const MEGABYTE = 1024 * 1024;

describe('uploads', () => {
  test('an image gives an attachment id that can be sent, and its bytes can be fetched', async () => {
    const started = await startSimulator();
    const png = samplePng(10);
    const { data } = await upload(started, 'image', 'meter.png', png);
    const { json } = await started.sendTemplate({
      template_type: 'media',
      elements: [{ media_type: 'image', attachment_id: data.attachment_id }],
    });
    expect(json.error).toBe(0);
    const [message] = started.control.transcript(started.user.id);
    const path = new URL(String(message?.attachments[0]?.payload['url'])).pathname;
    const media = await started.simulator.app.inject({ url: path });
    expect(media.headers['content-type']).toBe('image/png');
    expect(media.rawPayload.equals(png)).toBe(true);
  });

  test('a file gives a token, a GIF an attachment id', async () => {
    const started = await startSimulator();
    expect((await upload(started, 'gif', 'a.gif', SAMPLE_GIF)).data.attachment_id).toEqual(expect.any(String));
    const { data } = await upload(started, 'file', 'hop-dong.PDF', SAMPLE_PDF);
    const { json } = await started.call('POST', '/v3.0/oa/message/cs', {
      recipient: { user_id: started.user.id },
      message: { attachment: { type: 'file', payload: { token: data.token } } },
    });
    expect(json.error).toBe(0);
  });

  test.each([
    ['an image over 1 MB', 'image', 'a.png', padded(samplePng(1), MEGABYTE + 1)],
    ['a GIF over 5 MB', 'gif', 'a.gif', padded(SAMPLE_GIF, 5 * MEGABYTE + 1)],
    ['a file over 5 MB', 'file', 'a.pdf', padded(SAMPLE_PDF, 5 * MEGABYTE + 1)],
  ])('%s is too large: -210', async (_name, kind, name, bytes) => {
    expect((await upload(await startSimulator(), kind, name, bytes)).error).toBe(-210);
  });

  test('an image of exactly 1 MB passes', async () => {
    const bytes = padded(samplePng(1), MEGABYTE);
    expect((await upload(await startSimulator(), 'image', 'a.png', bytes)).data.attachment_id).toBeDefined();
  });

  test.each(['a.webp', 'noextension', 'a.png.exe'])('the wrong extension of %s gives empty data', async (name) => {
    expect(await upload(await startSimulator(), 'image', name, samplePng(1))).toEqual({
      error: 0,
      message: 'Success',
      data: {},
    });
  });

  test('bytes that are not what the name says are refused, unless the settings say otherwise', async () => {
    const started = await startSimulator();
    expect((await upload(started, 'image', 'a.jpg', samplePng(1))).error).toBe(-201);
    started.control.set({ media: { sniffsUploads: false } });
    expect((await upload(started, 'image', 'a.jpg', samplePng(1))).error).toBe(0);
  });

  test('the field must be called file, and the body be multipart', async () => {
    const started = await startSimulator();
    expect((await upload(started, 'image', 'a.png', samplePng(1), 'image')).error).toBe(-201);
    expect((await started.call('POST', '/v2.0/oa/upload/image', {})).json.error).toBe(-201);
  });

  test('the month has a limit', async () => {
    const started = await startSimulator({ settings: { quota: { uploadsPerMonth: 1 } } });
    await upload(started, 'image', 'a.png', samplePng(1));
    expect((await upload(started, 'image', 'b.png', samplePng(2))).error).toBe(-211);
  });

  test('an id is good for 7 days, for its own kind, and must exist', async () => {
    const started = await startSimulator();
    const { control, simulator, token, user } = started;
    const { data } = await upload(started, 'image', 'a.png', samplePng(1));
    const send = async (id: string, mediaType = 'image') => {
      const elements = [{ media_type: mediaType, attachment_id: id, width: 1, height: 1 }];
      return (await started.sendTemplate({ template_type: 'media', elements })).json.error;
    };
    expect(await send('foreign')).toBe(-100);
    expect(await send(data.attachment_id, 'gif')).toBe(-100);
    await simulator.clock.advance(7 * DAY);
    token.current = control.issueTokens().accessToken;
    control.say(user.id, 'a');
    expect(await send(data.attachment_id)).toBe(0);
    await simulator.clock.advance(1);
    expect(await send(data.attachment_id)).toBe(-100);
  });
});

describe('media of users', () => {
  async function imageOf({ control, user, simulator }: Started) {
    const message = control.image(user.id, { caption: 'Công tơ nhà em' });
    const path = new URL(String(message.attachments[0]?.payload['url'])).pathname;
    return () => simulator.app.inject({ url: path });
  }

  test('can vanish, lie about their type and be too large', async () => {
    const started = await startSimulator({ settings: { media: { lifetimeMinutes: 10 } } });
    const fetchIt = await imageOf(started);
    expect((await fetchIt()).headers['content-type']).toBe('image/png');
    started.control.set({ media: { wrongMime: true, oversizeBytes: 50_000 } });
    const odd = await fetchIt();
    expect(odd.headers['content-type']).toContain('text/html');
    expect(odd.rawPayload.length).toBe(50_000);
    await started.simulator.clock.advance(10 * 60_000 + 1);
    expect((await fetchIt()).statusCode).toBe(404);
  });

  test('stickers and avatars are drawings', async () => {
    const { simulator, user } = await startSimulator();
    for (const id of ['sticker-bolt', 'sticker-unknown', 'avatar-oa', `avatar-${user.id}`]) {
      const { statusCode, headers } = await simulator.app.inject({ url: `/media/${id}` });
      expect([statusCode, headers['content-type']]).toEqual([200, 'image/svg+xml; charset=utf-8']);
    }
    expect((await simulator.app.inject({ url: '/media/nothing' })).statusCode).toBe(404);
  });
});
