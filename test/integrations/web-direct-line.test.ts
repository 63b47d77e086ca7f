import { afterEach, describe, expect, test } from '@jest/globals';
import type { InboundEvent } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { connectDirectLine, type DirectLineClient } from '../support/direct-line-client.ts';
import { createFakeChat, type FakeChat } from '../support/fake-chat.ts';
import { createMediaInMemory } from '../support/media-in-memory.ts';
import { SECRET, startWebServer, type WebServer } from '../support/web-server.ts';

const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

const MENU: Reply = {
  kind: 'choices',
  text: 'Anh chị cần em giúp gì ạ?',
  choices: [{ label: 'Tra cứu hóa đơn', value: 'bill_lookup' }],
};

function answer(event: InboundEvent): readonly (Reply | string)[] {
  if (event.content.kind !== 'customer_message') {
    return [];
  }
  const { text, choice } = event.content;
  return text === 'chào' ? ['Dạ, em chào anh chị ạ.', MENU] : [`Đã nhận: ${choice ?? text}`];
}

async function start(chat: FakeChat, options: Parameters<typeof startWebServer>[1] = {}): Promise<WebServer> {
  const server = await startWebServer(chat, options);
  cleanUps.push(() => server.stop());
  return server;
}

function connect(server: WebServer, options: Parameters<typeof connectDirectLine>[1]): DirectLineClient {
  const client = connectDirectLine(server.url, options);
  cleanUps.push(() => client.end());
  return client;
}

async function generateToken(server: WebServer): Promise<{ conversationId: string; token: string }> {
  const made = await fetch(`${server.url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SECRET}` },
  });
  return (await made.json()) as { conversationId: string; token: string };
}

const texts = (client: DirectLineClient) => client.received.map(({ text }) => text);

describe.each([
  ['over sockets', true],
  ['by polling', false],
] as const)('the client library of Direct Line %s', (_, webSocket) => {
  test('holds a whole conversation', async () => {
    const chat = createFakeChat(answer);
    const server = await start(chat);
    const { token, conversationId } = await generateToken(server);
    const client = connect(server, { token, webSocket });

    const id = await client.post('chào');
    const [echo, greeting, menu] = await client.untilReceived(3);
    expect(echo?.id).toBe(id);
    expect(echo?.from).toEqual({ id: conversationId, name: '', role: 'user' });
    expect(greeting?.text).toBe('Dạ, em chào anh chị ạ.');
    const button = menu?.suggestedActions?.actions[0];
    expect(button).toMatchObject({ type: 'messageBack', title: 'Tra cứu hóa đơn', value: 'bill_lookup' });

    // What Web Chat sends when such a button is tapped.
    await client.post('Tra cứu hóa đơn', {
      value: button?.value,
      channelData: { messageBack: { displayText: button?.displayText } },
    });
    await client.untilReceived(5);

    chat.say(`web:main:${conversationId}`, 'Em là Hoa, em xin nghe ạ.', { author: 'agent', authorName: 'Hoa' });
    const all = await client.untilReceived(6);
    expect(all.at(-1)?.from).toEqual({ id: 'agent', name: 'Hoa', role: 'bot' });
    expect(texts(client)).toEqual([
      'chào',
      'Dạ, em chào anh chị ạ.',
      'Anh chị cần em giúp gì ạ?',
      'Tra cứu hóa đơn',
      'Đã nhận: bill_lookup',
      'Em là Hoa, em xin nghe ạ.',
    ]);
    expect(chat.stored.map(({ content }) => content)).toEqual([
      { kind: 'customer_message', text: 'chào' },
      { kind: 'customer_message', text: 'Tra cứu hóa đơn', choice: 'bill_lookup' },
    ]);
  });

  test('sends a file, and gets one to keep', async () => {
    const chat = createFakeChat(answer);
    const media = createMediaInMemory();
    const server = await start(chat, { media });
    const { token, conversationId } = await generateToken(server);
    const client = connect(server, { token, webSocket });
    const contentUrl = `data:application/pdf;base64,${Buffer.from('%PDF-1.4 a paper').toString('base64')}`;
    const attachments = [{ contentType: 'application/pdf', contentUrl, name: 'hợp đồng.pdf' }];
    const id = await client.post('đây ạ', { attachments });
    expect((await client.untilReceived(2))[0]?.id).toBe(id);
    const content = chat.stored[0]?.content;
    const [sent] = (content?.kind === 'customer_message' && content.attachments) || [];
    expect([content, media.files.size]).toMatchObject([{ text: 'đây ạ' }, 1]);
    expect([sent, sent && (await server.channel.bring(sent))]).toMatchObject([
      { kind: 'file', name: 'hợp đồng.pdf' },
      { kind: 'media', media: { mime: 'application/pdf' } },
    ]);

    const url = 'https://chat.dienluc.example/documents/x.pdf';
    chat.say(`web:main:${conversationId}`, { kind: 'file', url, name: 'Bảng kê.pdf', text: 'Đây là bảng kê ạ.' });
    const file = (await client.untilReceived(3)).at(-1);
    expect([file?.text, file?.attachments]).toEqual([
      'Đây là bảng kê ạ.',
      [{ contentType: 'application/pdf', contentUrl: url, name: 'Bảng kê.pdf' }],
    ]);
  });

  test('sees the whole conversation again when it resumes with the secret', async () => {
    const chat = createFakeChat(answer);
    const server = await start(chat);
    const first = connect(server, { secret: SECRET, webSocket });
    await first.post('một');
    await first.untilReceived(2);
    const conversationId = chat.stored[0]?.conversationId.replace('web:main:', '') ?? '';

    const second = connect(server, { secret: SECRET, conversationId, webSocket });
    await second.untilReceived(2);
    expect(second.received.map(({ id }) => id)).toEqual(first.received.map(({ id }) => id));
  });

  test('begins after the watermark that it gives', async () => {
    const chat = createFakeChat(answer);
    const server = await start(chat);
    const { token, conversationId } = await generateToken(server);
    for (const text of ['một', 'hai', 'ba']) {
      chat.say(`web:main:${conversationId}`, text);
    }
    const again = await fetch(`${server.url}/v3/directline/conversations/${conversationId}?watermark=2`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { streamUrl } = (await again.json()) as { streamUrl: string };
    const client = connect(server, { token, conversationId, streamUrl, watermark: '2', webSocket });
    await client.untilReceived(1);
    chat.say(`web:main:${conversationId}`, 'bốn');
    await client.untilReceived(2);
    expect(texts(client)).toEqual(['ba', 'bốn']);
  });
});

test('the client library comes back by itself after the server has restarted, and misses nothing', async () => {
  const chat = createFakeChat(answer);
  const server = await start(chat);
  const { token, conversationId } = await generateToken(server);
  // This client waits for 3 to 15 seconds before it tries again.
  const client = connect(server, { token, webSocket: true, timeout: 500, random: () => 0 });
  await client.post('một');
  await client.untilReceived(2);
  await server.stop();
  chat.say(`web:main:${conversationId}`, 'Trong lúc máy chủ nghỉ');
  await start(chat, { port: server.port });
  await client.untilReceived(3);
  expect(texts(client)).toEqual(['một', 'Đã nhận: một', 'Trong lúc máy chủ nghỉ']);
}, 30_000);
