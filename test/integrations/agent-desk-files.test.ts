import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { stageClock } from '../../scripts/stage-clock.ts';
import type { UploadAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import { withOwnFiles } from '../../src/integrations/media/own-files.ts';
import { bundleDesk } from '../support/bundle-desk.ts';
import { openPage, withBrowser } from '../support/chromium.ts';
import { playScene, SCENE } from '../support/desk-scene.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { phonePicture } from '../support/pictures.ts';
import { seriousFaults } from '../support/serious-faults.ts';

const TIMEOUT_MS = 60_000;
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

const bundle = bundleDesk();
let photo: Buffer;
beforeAll(async () => {
  photo = await phonePicture();
}, TIMEOUT_MS);

describe('a file that an agent sends', () => {
  let desk: DeskServer;

  beforeEach(async () => {
    const channels = new Map([
      ['web', { takesFiles: true }],
      ['zalo', {}],
    ]);
    desk = await startDesk({ pagesFolder: bundle.folder, channels });
    const now = stageClock.now();
    desk.clock.advance(now - desk.clock.now());
    await desk.addAgent('lan', 'Chị Lan');
    await desk.addAgent('minh', 'Anh Minh');
    playScene(desk);
    for (const conversationId of [SCENE.bill, SCENE.outage]) {
      await act('claim', { conversationId });
    }
  });
  afterEach(() => desk.close());

  let keys = 0;
  const act = async (name: string, body: object) =>
    (await desk.as('lan')).post(`/desk/api/acts/${name}`, { key: `key-of-files-${++keys}`, ...body });
  const say = (body: object) => act('say', { conversationId: SCENE.bill, text: '', seenSeq: 99, ...body });
  const upload = async (name: string, bytes: Uint8Array, id: string = SCENE.bill, login = 'lan') =>
    desk.upload(login, id, name, bytes);
  const uploaded = async (name: string, bytes: Uint8Array) => (await upload(name, bytes)).json<UploadAnswer>().file;
  const lastReply = async () => (await desk.conversations.store.head(SCENE.bill))?.messages.at(-1)?.reply;

  test('is drawn anew when it is a picture, so that nothing tells where it was taken, and goes out with the words', async () => {
    const file = await uploaded('IMG 2031.HEIC.jpg', photo);
    expect(file).toMatchObject({ kind: 'image', name: 'IMG 2031.HEIC.jpg' });
    expect((await say({ file: file.url, text: 'Công tơ nhà mình đây ạ' })).statusCode).toBe(200);
    const alt = 'Ảnh nhân viên gửi';
    expect(await lastReply()).toEqual({ kind: 'image', url: file.url, alt, text: 'Công tơ nhà mình đây ạ' });
    const shown = await desk.app.inject({ url: file.url });
    expect(shown.headers).toMatchObject({
      ...{ 'content-type': 'image/jpeg', 'x-content-type-options': 'nosniff', 'content-disposition': 'inline' },
    });
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    expect((await sharp(shown.rawPayload).metadata()).exif).toBeUndefined();
  });

  test('is a file to keep when it is a paper, under the name that the agent gave it', async () => {
    const file = await uploaded('Đơn "xin" cấp điện.docx', PDF);
    expect(file).toMatchObject({ kind: 'file', name: 'Đơn  xin  cấp điện.pdf' });
    await say({ file: file.url });
    expect(await lastReply()).toEqual({ kind: 'file', url: file.url, name: file.name });
    const shown = await desk.app.inject({ url: file.url });
    expect(shown.headers['content-disposition']).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    expect(shown.rawPayload).toEqual(PDF);
  });

  test.each([
    ['a program', 'hoa-don.pdf', Buffer.from('7f454c4602010100', 'hex'), 'type_not_allowed'],
    ['a broken picture', 'anh.jpg', Buffer.from('ffd8ffe000104a46494600', 'hex'), 'picture_unreadable'],
    ['more than 5 MB', 'ghi-chu.txt', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), 'too_large'],
    ['nothing at all', 'trong.txt', Buffer.alloc(0), 'type_not_allowed'],
  ])('is refused, with the reason, when it is %s', async (_what, name, bytes, code) => {
    const answer = await upload(name, bytes);
    expect([answer.statusCode, answer.json().code]).toEqual([415, code]);
  });

  test('is taken only from who holds the conversation', async () => {
    expect((await upload('anh.jpg', photo, SCENE.bill, 'minh')).json().code).toBe('not_holder');
  });

  test('goes to the customer for whom it was brought, and to nobody else', async () => {
    const file = await uploaded('anh.jpg', photo);
    const elsewhere = await act('say', { conversationId: SCENE.outage, text: 'đây ạ', seenSeq: 99, file: file.url });
    expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([409, 'no_file']);
    expect((await say({ file: 'https://evil.example/anh.jpg' })).json().code).toBe('no_file');
    expect((await say({ file: file.url.replace(/.{8}\.jpg$/, 'AAAAAAAA.jpg') })).json().code).toBe('no_file');
  });

  test('is not sent on a channel that cannot show it', async () => {
    const file = (await upload('anh.jpg', photo, SCENE.outage)).json<UploadAnswer>().file;
    const answer = await act('say', { conversationId: SCENE.outage, text: 'đây ạ', seenSeq: 99, file: file.url });
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'no_file']);
  });

  test('must be there when there are no words', async () => {
    expect((await say({})).statusCode).toBe(400);
  });

  test('has an address that nobody can guess, and is gone when the file is', async () => {
    expect((await desk.app.inject({ url: '/files/AAAA.jpg' })).statusCode).toBe(404);
    const file = await uploaded('anh.jpg', photo);
    await desk.media.prune(desk.clock.now() + 1);
    expect((await desk.app.inject({ url: file.url })).statusCode).toBe(404);
  });

  test('is brought to channels from where it is kept; other addresses are fetched', async () => {
    const file = await uploaded('anh.jpg', photo);
    const refused = { kind: 'refused', reason: 'not_there' } as const;
    const bring = withOwnFiles(async () => refused, desk.sentFiles);
    expect(await bring(file.url)).toMatchObject({ kind: 'media', media: { mime: 'image/jpeg' } });
    expect(await bring('https://evn.example/anh.jpg')).toEqual(refused);
  });

  test(
    'is chosen and seen before it goes, survives a reload, and stands in the talk with its delivery',
    () =>
      withBrowser(async (browser) => {
        const { page, problems } = await openPage(browser, `${await desk.listen()}/desk`, { width: 1280, height: 720 });
        await logInDesk(page, 'lan');
        await page.getByRole('tab', { name: /Của tôi/ }).click();
        await page.getByRole('option', { name: /Chị Thuỷ/ }).click();
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Ảnh, tệp' }).click();
        await (await chooser).setFiles({ name: 'cong-to.jpg', mimeType: 'image/jpeg', buffer: photo });
        await page.getByAltText('Sẽ gửi ảnh cong-to.jpg').waitFor();
        await page.reload();
        await page.getByAltText('Sẽ gửi ảnh cong-to.jpg').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        const folder = process.env['DESK_PICTURES'];
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/attached.png` });
        }
        await page.getByRole('textbox', { name: 'Trả lời khách' }).fill('Chỗ này ạ');
        await page.getByRole('button', { name: 'Gửi', exact: true }).click();
        const sent = page.locator('.message-agent', { hasText: 'Chỗ này ạ' });
        await sent.getByAltText('Ảnh nhân viên gửi').waitFor();
        await sent.getByText('Chờ gửi').waitFor();
        expect(await page.getByAltText('Sẽ gửi ảnh cong-to.jpg').count()).toBe(0);
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/sent-file.png` });
        }
        expect(problems).toEqual([]);
      }),
    TIMEOUT_MS,
  );
});
