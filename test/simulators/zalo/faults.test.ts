import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { FaultsInput } from '../../../simulators/zalo/faults.ts';
import { HOUR, startSimulator } from './support/start-simulator.ts';

const ALL: FaultsInput = {
  seed: 7,
  duplicate: 0.3,
  duplicateParallel: 0.3,
  reorder: { windowMs: 3000, p: 0.5 },
  delayMs: [10, 900],
  loseWebhookAnswer: 0.2,
  badSignature: 0.2,
  numericTimestamp: 0.3,
  unknownEvent: 0.2,
};

/** A conversation under faults, as one comparable record. */
async function run(faults: FaultsInput) {
  const { control } = await startSimulator({ faults });
  const users = [control.createUser({ name: 'A' }), control.createUser({ name: 'B' })];
  for (let n = 0; n < 12; n += 1) {
    for (const user of users) {
      control.say(user.id, `tin ${n}`);
    }
    await control.advance(500);
  }
  await control.advance(3 * HOUR);
  const record = control
    .world()
    .deliveries.map(({ eventName, subjectId, messageId, body, faults: hit, attempts, isExtra }) =>
      JSON.stringify([
        eventName,
        subjectId,
        messageId,
        body,
        hit,
        isExtra,
        attempts.map(({ at, result }) => [at, result]),
      ]),
    );
  return { control, record: record.toSorted() };
}

describe('a run under faults', () => {
  test('is the same for the same seed and another for another', async () => {
    const first = await run(ALL);
    expect((await run(ALL)).record).toEqual(first.record);
    expect((await run({ ...ALL, seed: 8 })).record).not.toEqual(first.record);
  });

  test('shows every fault of the webhook', async () => {
    const { control } = await run(ALL);
    const names = new Set(control.world().deliveries.flatMap(({ faults }) => faults));
    expect([...names].toSorted()).toEqual([
      'badSignature',
      'duplicate',
      'duplicateParallel',
      'loseWebhookAnswer',
      'numericTimestamp',
      'reorder',
      'unknownEvent',
    ]);
  });

  test('never loses the real event', async () => {
    const { control } = await run(ALL);
    const real = control.world().deliveries.filter(({ isExtra }) => !isExtra);
    expect(real).toHaveLength(24);
    expect(real.every(({ state }) => state === 'delivered')).toBe(true);
  });
});

describe('faults of the webhook', () => {
  async function saying(faults: FaultsInput, texts: string[] = ['a']) {
    const started = await startSimulator({ faults });
    for (const text of texts) {
      started.control.say(started.user.id, text);
      await started.control.advance(100);
    }
    await started.control.advance(HOUR);
    return started.product.received;
  }
  const isSigned = ({ raw, headers, event }: Awaited<ReturnType<typeof saying>>[number]) =>
    headers['x-zevent-signature'] ===
    `mac=${createHash('sha256').update(`4100000000000000001${raw}${event.timestamp}SIM_OA_SECRET_KEY_0123456789`).digest('hex')}`;

  test('a duplicate repeats the bytes later, a parallel one at once', async () => {
    const received = await saying({ duplicate: 1, duplicateParallel: 1 });
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
  });

  test('reordering lets later messages overtake', async () => {
    const texts = ['1', '2', '3', '4', '5', '6'];
    const received = await saying({ seed: 3, reorder: { windowMs: 3000, p: 0.5 } }, texts);
    const order = received.map(({ event }) => String(event.message?.['text']));
    expect(order.toSorted()).toEqual(texts);
    expect(order).not.toEqual(texts);
  });

  test('a lost answer brings the event again after 30 seconds', async () => {
    const received = await saying({ loseWebhookAnswer: 1 });
    expect(received.map(({ headers }) => headers['num_retry'])).toEqual([undefined, '1']);
  });

  test('forgeries come beside the real event, with an id of their own and no valid signature', async () => {
    const texts = Array.from({ length: 12 }, (_, n) => `tin ${n}`);
    const received = await saying({ badSignature: 1 }, texts);
    expect(received.filter(isSigned)).toHaveLength(12);
    const forged = received.filter((one) => !isSigned(one));
    expect(forged).toHaveLength(12);
    expect(forged.some(({ headers }) => headers['x-zevent-signature'] === undefined)).toBe(true);
    const ids = new Set(received.map(({ event }) => event.message?.['msg_id']));
    expect(ids.size).toBe(24);
  });

  test('timestamps can be numbers, and old', async () => {
    const [numeric] = await saying({ numericTimestamp: 1 });
    expect(typeof numeric?.event.timestamp).toBe('number');
    expect(numeric !== undefined && isSigned(numeric)).toBe(true);
    const [old] = await saying({ oldEvent: 30 });
    const [fresh] = await saying({});
    expect(Number(fresh?.event.timestamp) - Number(old?.event.timestamp)).toBe(30 * HOUR);
  });

  test('unknown events come beside the real one', async () => {
    const received = await saying({ unknownEvent: 1 });
    expect(received.map(({ event }) => event.event_name)).toEqual(expect.arrayContaining(['user_send_text']));
    expect(received).toHaveLength(2);
  });
});

describe('faults of the API', () => {
  async function sending(faults: FaultsInput) {
    const { simulator, control, user, token, product } = await startSimulator({ faults });
    const address = await simulator.listen();
    const send = (text: string, signal?: AbortSignal) =>
      fetch(`${address}/v3.0/oa/message/cs`, {
        method: 'POST',
        headers: { access_token: token.current, 'content-type': 'application/json' },
        body: JSON.stringify({ recipient: { user_id: user.id }, message: { text } }),
        ...(signal !== undefined && { signal }),
      });
    return { send, control, product, sent: () => control.transcript(user.id).map(({ text }) => text) };
  }

  test('a dropped answer means: carried out, and the repeat is spared', async () => {
    const { send, sent } = await sending({ dropFirstAnswer: 1 });
    await expect(send('a')).rejects.toThrow();
    expect(sent()).toEqual(['a']);
    expect((await send('a')).status).toBe(200);
    expect(sent()).toEqual(['a', 'a']);
  });

  test('a reset means: not carried out', async () => {
    const { send, sent } = await sending({ reset: 1 });
    await expect(send('a')).rejects.toThrow();
    expect(sent()).toEqual([]);
  });

  test('a 5xx and an HTML page mean: not carried out', async () => {
    const broken = await sending({ http5xx: 1 });
    const answer = await broken.send('a');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
    expect(broken.sent()).toEqual([]);
    const page = await sending({ htmlBody: 1 });
    const html = await page.send('a');
    expect([html.status, (await html.text()).startsWith('<html>')]).toEqual([200, true]);
    expect(page.sent()).toEqual([]);
  });

  test('a hanging call was carried out, and its echo does not wait for the caller', async () => {
    const { send, sent, control, product } = await sending({ hang: 1 });
    const stop = new AbortController();
    const hung = send('a', stop.signal);
    while (sent().length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await control.settle();
    expect(product.named('oa_send_text')).toHaveLength(1);
    stop.abort();
    await expect(hung).rejects.toThrow();
  });

  test('a slow API answers in the end, and the call says so', async () => {
    const { send, control } = await sending({ slowApiMs: [20, 40] });
    expect((await send('a')).status).toBe(200);
    expect(control.world().calls[0]?.faults).toEqual(['slowApiMs']);
  });

  test('a burst refuses so many calls with -32', async () => {
    const { send, control } = await sending({ rateBurst: 2 });
    const errors: unknown[] = [];
    for (const text of ['a', 'b', 'c']) {
      errors.push(((await (await send(text)).json()) as { error: number }).error);
    }
    expect(errors).toEqual([-32, -32, 0]);
    expect(control.world().calls.map(({ error }) => error)).toEqual([-32, -32, 0]);
  });

  test('the same calls meet the same faults whatever their order', async () => {
    const hits = async (texts: string[]) => {
      const { send, control } = await sending({ seed: 5, http5xx: 0.5 });
      await Promise.all(texts.map((text) => send(text)));
      const refused = control.world().calls.filter(({ faults }) => faults.includes('http5xx'));
      return refused.map(({ request }) => JSON.stringify(request)).toSorted();
    };
    const texts = Array.from({ length: 12 }, (_, n) => `tin ${n}`);
    const first = await hits(texts);
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(12);
    expect(await hits(texts.toReversed())).toEqual(first);
  });
});
