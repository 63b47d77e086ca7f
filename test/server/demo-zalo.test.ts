import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { freePort, startServerProcess } from '../../scripts/explore/server-process.ts';
import { openDemoZalo } from '../../src/open-demo-zalo.ts';
import { openPage, withBrowser } from '../support/chromium.ts';
import { useDemoServer } from '../support/servers/demo-server.ts';

const TIMEOUT_MS = 90_000;

describe('Zalo inside the demo', () => {
  const demo = useDemoServer(TIMEOUT_MS);

  test(
    'the start page leads to a phone, where a tapped button is answered and a picture is shown',
    async () => {
      await withBrowser(async (browser) => {
        const { page: start, context, problems: startProblems } = await openPage(browser, demo.address());
        const opened = context.waitForEvent('page');
        await start.getByRole('link', { name: 'điện thoại Zalo mô phỏng' }).click();
        const phone = await opened;
        const problems: string[] = [];
        phone.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
        await phone.getByRole('button', { name: 'Nguyễn Thị Hoa' }).click();
        const chat = phone.getByRole('log', { name: 'Cuộc trò chuyện' });
        await phone.getByLabel('Tin nhắn', { exact: true }).fill('chào em');
        await phone.keyboard.press('Enter');
        await chat.getByText('trợ lý tự động').first().waitFor();
        await chat.getByRole('button', { name: 'Xem tiền điện' }).click();
        await chat
          .getByText(/mã khách hàng/)
          .last()
          .waitFor();
        await phone.getByRole('button', { name: 'Đính kèm' }).click();
        await phone.getByRole('button', { name: 'Ảnh công tơ' }).click();
        const picture = phone.getByRole('img', { name: 'Hình ảnh' });
        await picture.waitFor();
        await phone.waitForFunction(() => (document.querySelector('img.picture') as HTMLImageElement).naturalWidth > 0);
        expect([...startProblems, ...problems]).toEqual([]);
      });
    },
    TIMEOUT_MS,
  );

  test(
    'a restart gives new phones and secrets, and the OA works again at once',
    async () => {
      const before = await firstUser();
      await demo.restart();
      const user = await firstUser();
      expect(user).not.toBe(before);
      await control(`users/${user}/say`, { text: 'chào em' });
      let texts: string[] = [];
      while (!texts.some((text) => text.includes('trợ lý tự động'))) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        texts = ((await look(`transcript/${user}`)) as { text?: string }[]).map(({ text }) => text ?? '');
      }
    },
    TIMEOUT_MS,
  );

  async function look(path: string): Promise<unknown> {
    return (await fetch(`${demo.address()}/__sim/${path}`)).json();
  }

  async function control(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await fetch(`${demo.address()}/__sim/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async function firstUser(): Promise<string> {
    return ((await look('users')) as { id: string }[])[0]?.id ?? '';
  }
});

test('nothing opens the simulator outside the demo', async () => {
  await expect(openDemoZalo({ mode: 'live', name: 'Điện lực' })).rejects.toThrow('belongs to the demo');
});

test(
  'a real service has no phone page and no controls',
  async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'lang-nghe-live-zalo-'));
    const port = await freePort();
    const live = {
      ...{ MODE: 'live', HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}` },
      ...{ SMS_URL: 'http://127.0.0.1:9/sms', SECRET_KEY: 'k'.repeat(40) },
    };
    const server = await startServerProcess({ dataFolder, port, env: live });
    const statuses = await Promise.all(
      ['/phone/zalo', '/__sim/state', '/media/avatar-oa'].map(
        async (path) => (await fetch(`${server.address}${path}`)).status,
      ),
    );
    await server.kill();
    await rm(dataFolder, { recursive: true, force: true });
    expect(statuses).toEqual([404, 404, 404]);
  },
  TIMEOUT_MS,
);
