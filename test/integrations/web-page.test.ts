import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { DemoPanel } from '../../src/integrations/channels/web/demo-panel.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

let server: WebServer | undefined;

afterEach(async () => {
  await server?.stop();
});

async function start(demo?: DemoPanel): Promise<WebServer> {
  const pagesFolder = mkdtempSync(join(tmpdir(), 'lang-nghe-page-'));
  for (const name of ['widget.js', 'widget.css', 'page.js', 'page.css']) {
    writeFileSync(join(pagesFolder, name), `/* ${name} */`);
  }
  server = await startWebServer(createFakeChat(), { pagesFolder, ...(demo === undefined ? {} : { demo }) });
  return server;
}

const DEMO: DemoPanel = {
  customers: [{ code: 'PB06010001234', note: 'Hộ <Đà Nẵng> & "bạn"' }],
  sms: async (after) => [{ number: 3, at: 0, to: '09••••5678', text: `Mã xác thực ${after}` }],
};

test('the customer page brings no script of its own and allows none', async () => {
  const { url } = await start(DEMO);
  const page = await fetch(url);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain('unsafe');
  const html = await page.text();
  expect(html).toContain('<html lang="vi">');
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=|<style/);
});

test('the demo box is there in demo mode only, with its words made harmless', async () => {
  const { url } = await start(DEMO);
  const html = await (await fetch(url)).text();
  expect(html).toContain('PB06010001234');
  expect(html).toContain('Hộ &lt;Đà Nẵng&gt; &amp; &quot;bạn&quot;');
  await server?.stop();

  const bare = await start();
  const plain = await (await fetch(bare.url)).text();
  expect(plain).not.toContain('phone-panel');
  expect(plain).not.toContain('/desk');
  expect((await fetch(`${bare.url}/demo/sms`)).status).toBe(404);
});

test('the phone of the demo gets the messages after the last one it has seen', async () => {
  const { url } = await start(DEMO);
  const answer = await fetch(`${url}/demo/sms?after=2`);
  expect(await answer.json()).toEqual({ messages: [{ number: 3, at: 0, to: '09••••5678', text: 'Mã xác thực 2' }] });
  expect((await (await fetch(`${url}/demo/sms?after=x`)).json()).messages[0].text).toBe('Mã xác thực 0');
});

test('bundles are named by their content and kept by browsers', async () => {
  const { url } = await start();
  const html = await (await fetch(url)).text();
  const path = /\/chat\/widget\.js\?v=[0-9a-f]{12}/.exec(html)?.[0];
  const versioned = await fetch(url + path);
  expect(versioned.headers.get('cache-control')).toContain('immutable');
  expect(await versioned.text()).toBe('/* widget.js */');
  const plain = await fetch(`${url}/chat/widget.js`);
  expect(plain.headers.get('cache-control')).toBe('no-cache');
  const etag = plain.headers.get('etag') ?? '';
  expect((await fetch(`${url}/chat/widget.js`, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('the widget may be loaded as a module by any other site', async () => {
  const { url } = await start();
  const script = await fetch(`${url}/chat/widget.js`, { headers: { origin: 'https://www.dienluc.example' } });
  expect(script.headers.get('access-control-allow-origin')).toBe('*');
});

test('a missing bundle is told at the start, with what to do', async () => {
  const start = startWebServer(createFakeChat(), { pagesFolder: join(tmpdir(), 'nothing-here') });
  await expect(start).rejects.toThrow('build the pages first');
});
