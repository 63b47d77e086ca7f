import { beforeEach, expect, test } from '@jest/globals';
import { createPacer, type Pacer } from '../../src/integrations/channels/zalo/pacer.ts';
import { createWaitingLine, type WaitingLine } from '../../src/integrations/channels/zalo/waiting-line.ts';

const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 22, 2);
let time: number;
let pacer: Pacer;
let line: WaitingLine;

beforeEach(() => {
  time = START;
  const clock = { now: () => time };
  pacer = createPacer({ appId: 'app', clock, callsPerMinute: 2 });
  line = createWaitingLine({ pacer, clock });
});

/** As a sender does: takes its turn, then a call. */
async function send(key: string, writtenAt: number): Promise<boolean> {
  if (!line.enter(key, writtenAt).ok) {
    return false;
  }
  const { ok } = await pacer.take('message');
  if (ok) {
    line.leave(key);
  } else {
    line.goBack(key, writtenAt);
  }
  return ok;
}

test('in a new minute what was written first goes first, whoever asks first', async () => {
  expect([await send('a', 1), await send('b', 2), await send('c', 3), await send('d', 4)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  time += MINUTE_MS;
  expect([await send('e', 5), await send('d', 4), await send('c', 3)]).toEqual([false, true, true]);
  time += MINUTE_MS;
  expect([await send('f', 6), await send('e', 5)]).toEqual([true, true]);
});

test('tells how long to wait: until the next minute', async () => {
  pacer.told({ limit: undefined, remain: 0 });
  expect(line.enter('a', 1)).toEqual({ ok: false, afterMs: pacer.msToNextMinute() });
});

test('what was stopped on its way keeps its place', async () => {
  line.goBack('a', 1);
  line.goBack('b', 2);
  expect(await send('c', 3)).toBe(false);
});

test('what nobody tries again keeps no place', async () => {
  line.goBack('a', 1);
  line.goBack('b', 2);
  time += 4 * MINUTE_MS;
  expect([await send('c', 3), await send('d', 4)]).toEqual([true, true]);
});

test('one that may go keeps its place until it has taken its call: nobody newer takes the last one before it', async () => {
  line.goBack('a', 1);
  pacer.told({ limit: undefined, remain: 1 });
  expect(line.enter('a', 1)).toEqual({ ok: true });
  // Something else comes before its call: a button to store, a token to fetch.
  expect(await send('b', 2)).toBe(false);
  expect(await pacer.take('message')).toEqual({ ok: true });
});

test('a call that the older ones on their way may not need is soon asked for again', async () => {
  pacer.told({ limit: undefined, remain: 1 });
  expect(line.enter('a', 1)).toEqual({ ok: true });
  expect(line.enter('b', 2)).toEqual({ ok: false, afterMs: 1_000 });
  // Refused by Zalo without a call.
  line.leave('a');
  expect(line.enter('b', 2)).toEqual({ ok: true });
});

test('an older one that waits, and is not on its way, is waited for until the next minute', () => {
  pacer.told({ limit: undefined, remain: 1 });
  line.goBack('a', 1);
  expect(line.enter('b', 2)).toEqual({ ok: false, afterMs: pacer.msToNextMinute() });
});
