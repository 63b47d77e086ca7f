import { describe, expect, test } from '@jest/globals';
import type { Activity } from 'botframework-schema';
import type { WebSocket } from 'ws';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { SAMPLE_CHART } from '../support/sample-chart.ts';
import { createServerStarter } from '../support/server-starter.ts';
import {
  activitiesOf,
  bearer,
  call,
  openSession,
  openSocket,
  post,
  readStream,
  says,
  seen,
  streamUrl,
} from '../support/web-calls.ts';

const start = createServerStarter();

describe('a chart', () => {
  test('comes in words, and as a drawing for whoever can show one', async () => {
    const { server, chat } = await start();
    const { conversationId, token } = await openSession(server);
    chat.say(`web:main:${conversationId}`, SAMPLE_CHART);
    const { body } = await call(server, 'GET', activitiesOf(conversationId), { headers: bearer(token) });
    const [{ text, attachments } = {}] = (body as { activities: Partial<Activity>[] }).activities;
    expect(text).toBe(toPlainText(SAMPLE_CHART));
    const [drawing, ...others] = attachments ?? [];
    expect([drawing?.contentType, drawing?.name, others]).toEqual(['image/svg+xml', SAMPLE_CHART.title, []]);
    expect(decodeURIComponent(drawing?.contentUrl ?? '')).toMatch(/^data:image\/svg\+xml,<svg role="img"/);
  });
});

describe('what a visitor sees', () => {
  test('never skips a message whose sending is still open', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const id = `web:main:${session.conversationId}`;
    chat.say(id, 'một');
    const open = chat.say(id, 'hai', { delivery: 'queued' });
    chat.say(id, 'ba');
    expect(await seen(server, session)).toEqual({ texts: ['một'], watermark: '1' });
    chat.setDelivery(id, open, 'sending');
    expect(await seen(server, session, 1)).toEqual({ texts: [], watermark: '1' });
    chat.setDelivery(id, open, 'uncertain');
    expect(await seen(server, session, 1)).toEqual({ texts: ['hai', 'ba'], watermark: '3' });
  });

  test('leaves out what was withdrawn or could not be sent', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const id = `web:main:${session.conversationId}`;
    chat.say(id, 'một', { delivery: 'withdrawn' });
    chat.say(id, 'hai', { delivery: 'failed' });
    expect(await seen(server, session)).toEqual({ texts: [], watermark: '2' });
  });

  test('comes page by page when it is long', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    for (let number = 1; number <= 230; number += 1) {
      chat.say(`web:main:${session.conversationId}`, String(number));
    }
    const first = await seen(server, session);
    expect([first.texts.length, first.watermark]).toEqual([100, '100']);
    const received = await readStream(server, session, 230);
    expect(received).toEqual(Array.from({ length: 230 }, (_, index) => String(index + 1)));
  });

  test('is refused for a watermark that no server gave', async () => {
    const { server } = await start();
    const { conversationId, token } = await openSession(server);
    const path = `${activitiesOf(conversationId)}?watermark=-1`;
    expect((await call(server, 'GET', path, { headers: bearer(token) })).status).toBe(400);
  });
});

describe('a socket', () => {
  test('pushes what comes later, to each of several tabs', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const tabs = [readStream(server, session, 2), readStream(server, session, 2)];
    await post(server, session, says('Alo'));
    chat.say(`web:main:${session.conversationId}`, 'Dạ');
    expect(await Promise.all(tabs)).toEqual([
      ['Alo', 'Dạ'],
      ['Alo', 'Dạ'],
    ]);
  });

  test('brings what a lost wake-up kept back, with its next sign of life', async () => {
    const chat = createFakeChat();
    const deaf = { publish: () => undefined, subscribe: () => () => undefined };
    const { server } = await start({ events: deaf, keepAliveMs: 50 }, chat);
    const session = await openSession(server);
    const socket = await openSocket(await streamUrl(server, session));
    const news = new Promise((resolve) => {
      socket.on('message', (data) => String(data) !== '' && resolve(String(data)));
    });
    await post(server, session, says('Alo'));
    expect(await news).toContain('Alo');
    socket.terminate();
  });

  test('shows that it lives with empty frames', async () => {
    const { server } = await start({ keepAliveMs: 20 });
    const socket = await openSocket(await streamUrl(server, await openSession(server)));
    const frame = await new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    expect(frame).toBe('');
    socket.terminate();
  });

  test('is opened only within a minute, by the token of its own address', async () => {
    const { server } = await start();
    const session = await openSession(server);
    const other = await openSession(server);
    const url = await streamUrl(server, session);
    const foreign = url.replace(session.conversationId, other.conversationId);
    const bearerInstead = url.replace(/t=.*/, `t=${session.token}`);
    await expect(openSocket(foreign)).rejects.toThrow('403');
    await expect(openSocket(bearerInstead)).rejects.toThrow('403');
    server.time.now += 60_000;
    await expect(openSocket(url)).rejects.toThrow('403');
  });

  test('is refused to pages of foreign sites', async () => {
    const { server } = await start();
    const url = await streamUrl(server, await openSession(server));
    await expect(openSocket(url, 'https://evil.example')).rejects.toThrow('403');
    for (const origin of ['https://www.dienluc.example', server.url]) {
      (await openSocket(url, origin)).terminate();
    }
  });

  test('too many of one visitor are sent away, without harm to the others', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const sockets: WebSocket[] = [];
    for (let count = 0; count < 8; count += 1) {
      sockets.push(await openSocket(await streamUrl(server, session)));
    }
    const ninth = await openSocket(await streamUrl(server, session));
    const reason = await new Promise((resolve) => ninth.once('close', (_, why) => resolve(String(why))));
    expect(reason).toBe('collision');
    const next = new Promise((resolve) => sockets[0]?.once('message', (data) => resolve(String(data))));
    chat.say(`web:main:${session.conversationId}`, 'Dạ');
    expect(await next).toContain('Dạ');
    for (const socket of sockets) {
      socket.terminate();
    }
  });
});
