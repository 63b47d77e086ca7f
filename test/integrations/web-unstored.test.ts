import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createFakeChat } from '../support/fake-chat.ts';
import { bearer, call, openSession } from '../support/web-calls.ts';
import { startWebServer } from '../support/web-server.ts';

test('shows safety words on the open socket though the conversation cannot hold them, and keeps the watermark', async () => {
  const server = await startWebServer(createFakeChat());
  try {
    const session = await openSession(server);
    const started = await call(server, 'POST', '/v3/directline/conversations', { headers: bearer(session.token) });
    const socket = new WebSocket(started.body.streamUrl);
    await once(socket, 'open');
    await server.channel.adapter.sendUnstored?.(`web:main:${session.conversationId}`, [
      { kind: 'text', text: 'TRÁNH XA dây điện' },
    ]);
    const [frame] = (await once(socket, 'message')) as [Buffer];
    const set = JSON.parse(frame.toString()) as {
      activities: { text: string; from: { id: string } }[];
      watermark: string;
    };
    expect(set.activities.map(({ text, from }) => [from.id, text])).toEqual([['bot', 'TRÁNH XA dây điện']]);
    expect(set.watermark).toBe('0');
    socket.close();
  } finally {
    await server.stop();
  }
});

test('stays open while the conversation cannot be read, shows safety words, and later what was missed', async () => {
  const chat = createFakeChat();
  let isAway = false;
  const views: typeof chat.views = {
    ...chat.views,
    async messages(...asked) {
      if (isAway) {
        throw new Error('The database is away.');
      }
      return chat.views.messages(...asked);
    },
  };
  const server = await startWebServer(chat, { views });
  try {
    const session = await openSession(server);
    const started = await call(server, 'POST', '/v3/directline/conversations', { headers: bearer(session.token) });
    const socket = new WebSocket(started.body.streamUrl);
    const shown: string[] = [];
    socket.on('message', (frame: Buffer) => {
      const { activities } = JSON.parse(frame.toString()) as { activities: { text: string }[] };
      shown.push(...activities.map(({ text }) => text));
    });
    await once(socket, 'open');
    const conversation = `web:main:${session.conversationId}`;
    isAway = true;
    chat.say(conversation, 'Dạ, em nghe ạ.');
    await server.channel.adapter.sendUnstored?.(conversation, [{ kind: 'text', text: 'TRÁNH XA dây điện' }]);
    await once(socket, 'message');
    isAway = false;
    await once(socket, 'message');
    expect(shown).toEqual(['TRÁNH XA dây điện', 'Dạ, em nghe ạ.']);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
  } finally {
    await server.stop();
  }
});
