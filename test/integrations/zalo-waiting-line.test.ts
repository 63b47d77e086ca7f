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
  return line.enter(key, writtenAt).ok && (await pacer.take()).ok;
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
