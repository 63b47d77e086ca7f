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
