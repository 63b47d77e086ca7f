import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { stageClock } from '../../scripts/stage-clock.ts';
import { checkMedia } from '../../src/integrations/media/check-media.ts';
import { bundleDesk } from '../support/bundle-desk.ts';
import { openPage, withBrowser } from '../support/chromium.ts';
import { type DeskServer, startDesk } from '../support/desk-server.ts';
import { logInDesk } from '../support/log-in-desk.ts';
import { flatPicture } from '../support/pictures.ts';

const TIMEOUT_MS = 60_000;
const ID = 'zalo:oa1:khach';

const bundle = bundleDesk();
let desk: DeskServer;

beforeEach(async () => {
  const now = stageClock.now();
  desk = await startDesk({ pagesFolder: bundle.folder });
  desk.clock.advance(now - desk.clock.now());
  await desk.addAgent('lan', 'Chị Lan');
  const attachments = [
    { kind: 'image' as const, url: 'https://photo.zdn.vn/a.jpg' },
    { kind: 'audio' as const, url: 'https://voice.zdn.vn/b.amr' },
    { kind: 'video' as const, url: 'https://video.zdn.vn/c.mp4' },
    { kind: 'location' as const, latitude: 10.3654, longitude: 105.432 },
  ];
  desk.conversations.add(ID, {
    messages: [{ author: 'customer', content: { text: 'công tơ nhà em đây ạ', attachments } }],
    state: { holder: 'queue', waitingSince: now, handoffReason: 'meter_picture', customerName: 'Hoàng Nam' },
  });
  const picture = await checkMedia(await flatPicture(120));
  const key = { conversationId: ID, seq: 1 };
  await desk.media.keep({ ...key, number: 1 }, picture.kind === 'media' ? picture.media : { missing: 'x' });
  await desk.media.keep({ ...key, number: 2 }, { bytes: Buffer.from('#!AMR\n'), mime: 'audio/amr', extension: 'amr' });
  await desk.media.keep({ ...key, number: 3 }, { missing: 'too_large' });
});
afterEach(() => desk.close());

test(
  'the desk shows pictures, offers other files, leads to places, and removes for good',
  () =>
    withBrowser(async (browser) => {
      const { page, problems } = await openPage(browser, `${await desk.listen()}/desk`);
      await logInDesk(page, 'lan');
      await page.getByRole('option', { name: /Hoàng Nam/ }).click();
      const picture = page.getByRole('img', { name: 'Ảnh khách gửi' });
      await picture.waitFor();
      expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(120);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Tải Ghi âm (.amr, 1 KB)' }).click();
      expect((await download).suggestedFilename()).toBe('tep-khach-1-2.amr');
      await page.getByText(/^Video: không tải được \(tệp quá lớn/).waitFor();
      expect(await page.getByRole('link', { name: '10.3654, 105.432' }).getAttribute('href')).toContain('mlat=10.3654');
      await page.getByRole('button', { name: 'Xóa tệp' }).first().click();
      await page.getByRole('button', { name: 'Xóa hẳn' }).click();
      await page.getByText(/Ảnh: Chị Lan đã xóa lúc \d/).waitFor();
      expect(await picture.count()).toBe(0);
      expect(await desk.media.open({ conversationId: ID, seq: 1, number: 1 })).toBeUndefined();
      expect(problems).toEqual([]);
    }),
  TIMEOUT_MS,
);
