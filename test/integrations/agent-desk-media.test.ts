import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KeptMedia } from '../../src/bot/media.ts';
import { type DeskCaller, type DeskServer, startDesk } from '../support/desk-server.ts';

const ID = 'zalo:oa:khach-1';
const JPEG: KeptMedia = { bytes: Buffer.from('jpeg bytes'), mime: 'image/jpeg', extension: 'jpg' };

let desk: DeskServer;
let lan: DeskCaller;

beforeEach(async () => {
  desk = await startDesk();
  await desk.addAgent('lan', 'Chị Lan');
  lan = await desk.as('lan');
  const attachments = [
    { kind: 'image' as const, url: 'https://photo.zdn.vn/a.jpg' },
    { kind: 'file' as const, url: 'https://photo.zdn.vn/b' },
  ];
  desk.conversations.add(ID, { messages: [{ author: 'customer', content: { attachments } }] });
});
afterEach(() => desk.close());

const keep = (number: number, file: KeptMedia) => desk.media.keep({ conversationId: ID, seq: 1, number }, file);
const files = async () =>
  (await lan.get(`/desk/api/conversation?id=${encodeURIComponent(ID)}`)).json().messages[0].files ?? [];
const open = async (number: number) =>
  lan.get(`/desk/api/media?${new URLSearchParams({ id: ID, seq: '1', number: String(number) })}`);

describe("a customer's file at the desk", () => {
  test('is listed with its message once it has come, by the address that brings it', async () => {
    expect(await files()).toEqual([]);
    await keep(1, JPEG);
    const [file] = await files();
    expect(file).toMatchObject({ seq: 1, number: 1, state: 'kept', mime: 'image/jpeg', size: 10 });
    const answer = await lan.get(`/desk/api/media?${file.query}`);
    expect([answer.statusCode, answer.headers['content-type'], answer.body]).toEqual([200, 'image/jpeg', 'jpeg bytes']);
  });

  test('is shown when it is a picture, and can only be downloaded, under a name of ours, when it is not', async () => {
    await keep(1, JPEG);
    await keep(2, { bytes: Buffer.from('<script>alert(1)</script>'), mime: 'text/plain', extension: 'txt' });
    const [picture, other] = [await open(1), await open(2)];
    expect(picture.headers['content-disposition']).toBe('inline');
    expect(other.headers['content-disposition']).toBe('attachment; filename="tep-khach-1-2.txt"');
    for (const { headers } of [picture, other]) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  test.each(['image/heic', 'image/svg+xml', 'text/html', 'application/pdf'])(
    'of type %s is never shown inline',
    async (mime) => {
      await keep(1, { bytes: Buffer.from('x'), mime, extension: 'bin' });
      expect((await open(1)).headers['content-disposition']).toMatch(/^attachment;/);
    },
  );

  test('is removed for good, and the transcript says by whom', async () => {
    await keep(1, JPEG);
    const [{ query }] = await files();
    expect((await lan.post(`/desk/api/media/remove?${query}`)).statusCode).toBe(204);
    expect((await open(1)).statusCode).toBe(404);
    expect(await files()).toMatchObject([{ state: 'removed', removedBy: 'Chị Lan' }]);
    expect((await lan.post(`/desk/api/media/remove?${query}`)).statusCode).toBe(404);
    const line = desk.logged.find((each) => each.includes("removed a customer's file"));
    expect(line).toContain('id-lan');
  });

  test('stays while a legal hold keeps its conversation', async () => {
    await keep(1, JPEG);
    const [{ query }] = await files();
    const now = desk.clock.now();
    await desk.holds.put({
      ...{ id: 'h', subject: { kind: 'conversation', conversationId: ID }, reason: 'Công văn 12' },
      ...{ byId: 'minh', byName: 'Anh Minh', at: now, until: now + 60_000 },
    });
    const refused = await lan.post(`/desk/api/media/remove?${query}`);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'held']);
    expect((await open(1)).statusCode).toBe(200);
    await desk.holds.put({
      ...{ id: 'h', subject: { kind: 'conversation', conversationId: ID }, reason: 'Công văn 12' },
      ...{ byId: 'minh', byName: 'Anh Minh', at: now, until: now },
    });
    expect((await lan.post(`/desk/api/media/remove?${query}`)).statusCode).toBe(204);
  });

  test('is not there for who asks for nonsense', async () => {
    expect((await open(7)).statusCode).toBe(404);
    expect((await lan.get('/desk/api/media?id=x')).statusCode).toBe(400);
  });
});
