import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createPolling } from '../../src/integrations/channels/telegram/polling.ts';
import { TELEGRAM_DEFAULTS } from '../../src/integrations/channels/telegram/settings.ts';
import { openDatabase, type SqliteDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteSlotCounter } from '../../src/integrations/storage/sqlite/slot-counter.ts';
import { createTermLease } from '../../src/integrations/term-lease.ts';

const POLL_MS = 35_000;

describe('polling on several nodes', () => {
  let db: SqliteDatabase;
  const clock = { time: Date.UTC(2026, 10, 22, 2), now: () => clock.time };
  const lease = (holder: string, botId = '1') =>
    createTermLease({ slots: createSqliteSlotCounter(db, clock), clock, work: `telegram_poll/${botId}`, holder });

  beforeEach(() => {
    db = openDatabase({ path: ':memory:' });
  });
  afterEach(() => db.close());

  test('is done by one, as long as it goes on', async () => {
    const [a, b] = [lease('a'), lease('b')];
    expect(await a.hold(POLL_MS)).toBe(true);
    for (let poll = 0; poll < 20; poll += 1) {
      clock.time += 9_000;
      expect(await b.hold(POLL_MS)).toBe(false);
      expect(await a.hold(POLL_MS)).toBe(true);
    }
  });

  test('is taken over when the one is gone, after its last poll could have ended and within a minute', async () => {
    const [a, b] = [lease('a'), lease('b')];
    await a.hold(POLL_MS);
    clock.time += POLL_MS;
    expect(await b.hold(POLL_MS)).toBe(false);
    clock.time += 10_000;
    expect(await b.hold(POLL_MS)).toBe(true);
    // Back from a long sleep, the first one does not cut in.
    expect(await a.hold(POLL_MS)).toBe(false);
  });

  test('goes to one of those who ask together, and to each for a bot of its own', async () => {
    const asked = await Promise.all(['a', 'b', 'c'].map((holder) => lease(holder).hold(POLL_MS)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await lease('c', '2').hold(POLL_MS)).toBe(true);
  });

  test.each([
    ['another node polls', async () => false],
    ['the database does not tell who polls', () => Promise.reject(new Error('gone'))],
  ])('asks for nothing while %s', async (_, hold) => {
    const asked: string[] = [];
    let looked = () => {};
    const isLooked = new Promise<void>((resolve) => {
      looked = resolve;
    });
    const polling = createPolling({
      api: {
        async call(method: string) {
          asked.push(method);
          return { kind: 'ok', result: true };
        },
      } as never,
      take: async () => {},
      settings: TELEGRAM_DEFAULTS,
      lease: {
        hold: () => {
          looked();
          return hold();
        },
      },
      onFailure: () => {},
      onUnkept: () => {},
    });
    polling.start();
    await isLooked;
    await polling.stop();
    expect(asked).toEqual(['deleteWebhook']);
  });
});
