import { describe, expect, test } from '@jest/globals';
import { createFakeChat } from '../support/fake-chat.ts';
import { noisyPicture } from '../support/pictures.ts';
import { seriousFaults } from '../support/serious-faults.ts';
import { echo, openChat, PATIENT, setUpWidgetBench } from '../support/widget-bench.ts';

const bench = setUpWidgetBench();
/** What axe itself does to a page. */
const AXE = { toleratedProblems: /Applying inline style/ };
const MEBIBYTE = 1024 * 1024;

describe('the widget', () => {
  test(
    'sends a photo of a meter, shows it at once and until the page is left, then by its name',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(
        server,
        async (page) => {
          await openChat(page);
          const buffer = Buffer.from(await noisyPicture(300));
          await page.locator('input[type=file]').setInputFiles({ name: 'cong-to.png', mimeType: 'image/png', buffer });
          const picture = page.getByRole('img', { name: 'Ảnh: cong-to.png' });
          await picture.waitFor();
          await page.getByText(/^Đã gửi/).waitFor();
          expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(300);
          expect(chat.stored[0]?.content).toMatchObject({ attachments: [{ kind: 'image', name: 'cong-to.png' }] });
          expect(await seriousFaults(page)).toEqual([]);
          await page.reload();
          await page.getByText('Ảnh: cong-to.png').waitFor();
        },
        AXE,
      );
    },
    PATIENT,
  );

  test(
    'says why a file is not taken, and lets it go',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page) => {
        await openChat(page);
        const input = page.locator('input[type=file]');
        const buffer = Buffer.alloc(10 * MEBIBYTE + 1);
        await input.setInputFiles({ name: 'phim.mp4', mimeType: 'video/mp4', buffer });
        await page.getByText('Tệp lớn quá 10 MB').waitFor();
        await page.getByRole('button', { name: 'Bỏ tin này' }).click();
        await page.getByText('phim.mp4').waitFor({ state: 'detached' });
        const program = Buffer.from('MZ'.padEnd(300, '\0'));
        await input.setInputFiles({ name: 'setup.exe', mimeType: 'application/octet-stream', buffer: program });
        await page.getByText(/Loại tệp này chưa nhận được/).waitFor();
        expect(chat.stored).toEqual([]);
      });
    },
    PATIENT,
  );

  test(
    'sends the place where the visitor is, after he has said yes, and asks for an address when it cannot',
    async () => {
      const chat = createFakeChat(echo);
      const server = await bench.start(chat);
      await bench.visit(server, async (page, context) => {
        await openChat(page);
        await page.getByRole('button', { name: 'Chia sẻ vị trí' }).click();
        await page.getByRole('button', { name: 'Không gửi' }).click();
        await page.getByRole('button', { name: 'Chia sẻ vị trí' }).click();
        await page.getByRole('button', { name: 'Gửi vị trí' }).click();
        await page.getByText('Quý khách vui lòng nhắn địa chỉ giúp ạ.').waitFor();
        expect(chat.stored).toEqual([]);
        await context.grantPermissions(['geolocation']);
        await context.setGeolocation({ latitude: 10.535, longitude: 106.413 });
        await page.getByRole('button', { name: 'Chia sẻ vị trí' }).click();
        await page.getByRole('button', { name: 'Gửi vị trí' }).click();
        await page.getByText('Vị trí của quý khách').waitFor();
        await page.getByText(/^Đã gửi/).waitFor();
        expect(chat.stored[0]?.content).toEqual({
          kind: 'customer_message',
          attachments: [{ kind: 'location', latitude: 10.535, longitude: 106.413 }],
        });
      });
    },
    PATIENT,
  );
});
