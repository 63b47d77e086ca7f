import { describe, expect, test } from '@jest/globals';
import { createServerStarter } from '../support/server-starter.ts';
import { openSession, post, says, seen } from '../support/web-calls.ts';

const start = createServerStarter();

describe('a message', () => {
  test('sent twice is one event and gets the same id twice', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const first = await post(server, session, says('Alo', 'k1'));
    const again = await post(server, session, says('Alo', 'k1'));
    expect(again.body.id).toBe(first.body.id);
    expect(chat.stored.length).toBe(1);
    expect(chat.stored[0]?.key).toBe(`web/main/${session.conversationId}/k1`);
    expect((await seen(server, session)).texts).toEqual(['Alo']);
  });

  test('keeps one identity under any id that a client may choose', async () => {
    const { server, chat } = await start();
    const session = await openSession(server);
    const ids = ['../../x', 'a/b', 'é', 'x'.repeat(300)];
    for (const id of [...ids, ...ids]) {
      expect((await post(server, session, { ...says('Alo'), id })).status).toBe(200);
    }
    expect(chat.stored.length).toBe(ids.length);
    expect(chat.stored.every(({ key }) => /^web\/main\/[^/]+\/[A-Za-z0-9._-]+$/.test(key))).toBe(true);
  });

  test('never speaks for another visitor, whatever its `from` says', async () => {
    const { server, chat } = await start();
    const mine = await openSession(server);
    const other = await openSession(server);
    await post(server, mine, { ...says('Alo'), from: { id: other.conversationId, role: 'bot' } });
    expect(chat.stored[0]?.conversationId).toBe(`web:main:${mine.conversationId}`);
  });

  test.each([
    ['a tapped button of our widget', { text: 'Có', channelData: { choice: 'yes' } }, { text: 'Có', choice: 'yes' }],
    ['a `postBack` button', { text: 'yes', channelData: { postBack: true } }, { text: 'yes', choice: 'yes' }],
    ['a silent `postBack` button', { value: 'yes', channelData: { postBack: true } }, { choice: 'yes' }],
    [
      'a `messageBack` button',
      { text: 'Có', value: 'yes', channelData: { messageBack: {} } },
      { text: 'Có', choice: 'yes' },
    ],
    ['an `imBack` button', { text: 'Có', channelData: { imBack: true } }, { text: 'Có' }],
    ['a value without a button', { text: 'Có', value: 'yes' }, { text: 'Có' }],
  ])('from %s is understood', async (_, activity, content) => {
    const { server, chat } = await start();
    await post(server, await openSession(server), { type: 'message', ...activity });
    expect(chat.stored[0]?.content).toEqual({ kind: 'customer_message', ...content });
  });

  test.each([
    ['not JSON', '{', 400],
    ['not an activity', '{"text":5}', 400],
    ['without words', JSON.stringify(says('  ')), 400],
    ['too long', JSON.stringify(says('á'.repeat(4001))), 400],
    ['with a file', JSON.stringify({ ...says('Đây ạ'), attachments: [{ contentType: 'image/png' }] }), 400],
    ['too big', JSON.stringify(says('a'.repeat(100_000))), 413],
  ])('that is %s is refused in the form of Direct Line', async (_, body, status) => {
    const { server, chat } = await start();
    const answer = await post(server, await openSession(server), body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    expect(chat.stored).toEqual([]);
  });

  test('of the longest allowed length is taken as it is', async () => {
    const { server, chat } = await start();
    const text = 'ạ'.repeat(4000);
    expect((await post(server, await openSession(server), says(text))).status).toBe(200);
    expect(chat.stored[0]?.content).toEqual({ kind: 'customer_message', text });
  });

  test('that only tells of typing is acknowledged and forgotten', async () => {
    const { server, chat } = await start();
    expect((await post(server, await openSession(server), { type: 'typing' })).status).toBe(200);
    expect(chat.stored).toEqual([]);
  });

  test('is refused when the visitor sends too many, but not when others do', async () => {
    const { server } = await start({ messageLimit: { points: 2, durationS: 60 } });
    const busy = await openSession(server);
    const calm = await openSession(server);
    await post(server, busy, says('1'));
    await post(server, busy, says('2'));
    const refused = await post(server, busy, says('3'));
    expect([refused.status, refused.body.error.code]).toEqual([429, 'Throttled']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post(server, calm, says('1'))).status).toBe(200);
  });

  test('that speaks of danger is never refused', async () => {
    const { server, chat } = await start({
      messageLimit: { points: 1, durationS: 60 },
      isExempt: (text) => text.includes('cháy'),
    });
    const session = await openSession(server);
    await post(server, session, says('1'));
    const long = `cháy trạm điện ${'a'.repeat(5000)}`;
    const answers = [
      await post(server, session, says('cháy trạm điện')),
      await post(server, session, says(long)),
      await post(server, session, { ...says('cháy đây'), attachments: [{ contentType: 'image/png' }] }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(chat.stored[2]?.content).toEqual({ kind: 'customer_message', text: long.slice(0, 4000) });
  });

  test('that cannot be kept is answered with 503, so that the client sends it again', async () => {
    const { server } = await start({
      receive: async () => {
        throw new Error('no disk');
      },
    });
    const answer = await post(server, await openSession(server), says('Alo'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(JSON.stringify(answer.body)).not.toContain('no disk');
  });
});
