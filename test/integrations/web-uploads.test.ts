import { describe, expect, test } from '@jest/globals';
import { createMediaInMemory } from '../support/media-in-memory.ts';
import { flatPicture } from '../support/pictures.ts';
import { createServerStarter } from '../support/server-starter.ts';
import { activitiesOf, bearer, call, openSession, post, type Session, says } from '../support/web-calls.ts';
import type { WebServer } from '../support/web-server.ts';

const start = createServerStarter();
const PDF = Buffer.from('%PDF-1.4 a paper');
const PROGRAM = Buffer.from('MZ this program cannot be run in DOS mode'.padEnd(200, '\0'));

/** Sends files as Direct Line clients do. */
function upload(
  server: WebServer,
  { conversationId, token }: Session,
  files: readonly (readonly [Uint8Array, string])[],
  activity: object = { type: 'message', channelData: { clientActivityID: 'u1' } },
) {
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
  for (const [bytes, name] of files) {
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
  }
  const path = `/v3/directline/conversations/${conversationId}/upload?userId=me`;
  return call(server, 'POST', path, { headers: bearer(token), body: form });
}

describe('a file', () => {
  test('is checked by its bytes, comes with a message, and can be brought until it is kept elsewhere', async () => {
    const media = createMediaInMemory();
    const { server, chat } = await start({ media });
    const session = await openSession(server);
    const answer = await upload(server, session, [[await flatPicture(40), 'công tơ.exe']]);
    expect([answer.status, answer.body.id]).toEqual([200, 'c-u1']);
    const content = chat.stored[0]?.content;
    const [attachment] = (content?.kind === 'customer_message' && content.attachments) || [];
    expect(attachment).toEqual({ kind: 'image', name: 'công tơ.exe', ref: expect.stringMatching(/^web:main:/) });
    const brought = attachment && (await server.channel.bring(attachment));
    expect(brought).toMatchObject({ kind: 'media', media: { mime: expect.stringMatching(/^image\/(jpeg|png)$/) } });
    await (brought?.kind === 'media' && brought.release?.());
    expect(media.files.size).toBe(0);
    expect(attachment && (await server.channel.bring(attachment))).toEqual({ kind: 'refused', reason: 'not_there' });
  });

  test('is named in the conversation, for clients that come back', async () => {
    const { server } = await start();
    const session = await openSession(server);
    await upload(server, session, [[PDF, 'hợp đồng.pdf']]);
    const headers = bearer(session.token);
    const { body } = await call(server, 'GET', activitiesOf(session.conversationId), { headers });
    expect(body.activities[0]?.channelData).toMatchObject({ sent: [{ kind: 'file', name: 'hợp đồng.pdf' }] });
  });

  test('sent twice under one id is one message, and its second copy goes', async () => {
    const media = createMediaInMemory();
    const { server, chat } = await start({ media });
    const session = await openSession(server);
    expect((await upload(server, session, [[PDF, 'a.pdf']])).status).toBe(200);
    expect((await upload(server, session, [[PDF, 'a.pdf']])).status).toBe(200);
    expect([chat.stored.length, media.files.size]).toEqual([1, 1]);
  });

  test('that is no picture, sound, film or paper is refused in words for the customer, and nothing is kept', async () => {
    const media = createMediaInMemory();
    const { server, chat } = await start({ media });
    const session = await openSession(server);
    const program = await upload(server, session, [[PROGRAM, 'ảnh.jpg']]);
    expect([program.status, program.body.error.message]).toEqual([415, expect.stringContaining('Loại tệp này')]);
    const broken = await upload(server, session, [[(await flatPicture(40)).slice(0, 60), 'ảnh.png']]);
    expect([broken.status, broken.body.error.message]).toEqual([415, expect.stringContaining('bị hỏng')]);
    const large = await upload(server, session, [[Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'to.txt']]);
    expect([large.status, large.body.error.message]).toEqual([413, expect.stringContaining('10 MB')]);
    expect([chat.stored.length, media.files.size]).toEqual([0, 0]);
  });

  test('is not read of somebody without a token, or for the conversation of somebody else', async () => {
    const { server, chat } = await start();
    const [mine, other] = [await openSession(server), await openSession(server)];
    expect((await upload(server, { ...mine, token: 'x' }, [[PDF, 'a.pdf']])).status).toBe(403);
    expect((await upload(server, { ...mine, conversationId: other.conversationId }, [[PDF, 'a.pdf']])).status).toBe(
      403,
    );
    expect(chat.stored).toEqual([]);
  });

  test('needs a form, with one to three files', async () => {
    const { server } = await start();
    const session = await openSession(server);
    expect((await upload(server, session, [])).status).toBe(400);
    expect((await upload(server, session, Array(4).fill([PDF, 'a.pdf']))).status).toBe(400);
    const path = `/v3/directline/conversations/${session.conversationId}/upload`;
    const headers = { ...bearer(session.token), 'content-type': 'multipart/form-data; boundary=x' };
    expect((await call(server, 'POST', path, { headers, body: 'nothing of a form' })).status).toBe(400);
  });

  test('does not keep words of danger back when it is refused itself', async () => {
    const { server, chat } = await start({ isExempt: (text) => text.includes('cháy') });
    const session = await openSession(server);
    const activity = { type: 'message', text: 'cháy trạm điện' };
    expect((await upload(server, session, [[PROGRAM, 'a.jpg']], activity)).status).toBe(200);
    expect(chat.stored[0]?.content).toEqual({ kind: 'customer_message', text: 'cháy trạm điện' });
  });
});

describe('a place', () => {
  const at = (latitude: unknown, longitude: unknown) => ({
    type: 'message',
    entities: [{ type: 'mention' }, { type: 'Place', geo: { type: 'GeoCoordinates', latitude, longitude } }],
  });

  test('comes as the location of the visitor', async () => {
    const { server, chat } = await start();
    await post(server, await openSession(server), at(10.535, 106.413));
    expect(chat.stored[0]?.content).toEqual({
      kind: 'customer_message',
      attachments: [{ kind: 'location', latitude: 10.535, longitude: 106.413 }],
    });
  });

  test.each([
    [91, 0],
    [0, 181],
    ['10', '106'],
  ])('that is none (%p, %p) is no content', async (latitude, longitude) => {
    const { server, chat } = await start();
    expect((await post(server, await openSession(server), at(latitude, longitude))).status).toBe(400);
    expect((await post(server, await openSession(server), says('Alo'))).status).toBe(200);
    expect(chat.stored).toHaveLength(1);
  });
});
