import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import type { EventSpool } from '../../src/bot/ports.ts';
import { createMetrics, type Metrics } from '../../src/integrations/metrics.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
import { sampleIncident } from '../support/sample-records.ts';
import { sampleEvent, sampleTurn } from '../support/sample-turn.ts';

describe('the figures of a node', () => {
  let app: FastifyInstance;
  let metrics: Metrics;
  let bench: TestBot;

  beforeEach(async () => {
    app = fastify();
    metrics = createMetrics();
    await metrics.register(app);
    bench = buildBot(({ store, deliveries }) => {
      const { conversations, ...measured } = metrics.over({ conversations: store, deliveries });
      return { store: conversations, ...measured };
    });
  });
  afterEach(async () => {
    await bench.close();
    await app.close();
  });

  test('count turns, commits and attempts, and name no customer', async () => {
    await bench.hear('web:main:khach-0912345678', 'chào em');
    await bench.bot.idle();
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toMatch(/^lang_nghe_turns_total\{kind="customer",result="committed"\} 1$/m);
    expect(body).toMatch(/^lang_nghe_commit_seconds_count 1$/m);
    expect(body).toMatch(/^lang_nghe_attempts_total\{channel="web",state="accepted"\} [1-9]/m);
    expect(body).toMatch(/^process_resident_memory_bytes /m);
    expect(body).not.toContain('0912345678');
  });

  test('show how full the inbox is, and whether messages wait in the database', async () => {
    metrics.inbox(bench.bot.load);
    expect((await app.inject('/metrics')).body).toMatch(/^lang_nghe_events_in_hand 0$/m);
    const crowd = { inHand: 2_000, isCrowded: true };
    const other = createMetrics();
    const page = fastify();
    await other.register(page);
    other.inbox(() => crowd);
    const { body } = await page.inject('/metrics');
    expect(body).toMatch(/^lang_nghe_events_in_hand 2000$/m);
    expect(body).toMatch(/^lang_nghe_crowded 1$/m);
    await page.close();
  });

  test('count what the database did not take, and commits that failed', async () => {
    await metrics
      .spool<EventSpool>({ append: async () => {}, drain: async () => {} })
      .append(sampleEvent('web:main:a'));
    const { store, deliveries } = bench.deps;
    const commit = async () => {
      throw new Error('gone');
    };
    const { conversations } = metrics.over({ conversations: { ...store, commit }, deliveries });
    await expect(conversations.commit(sampleTurn('web:main:a', 1, { kind: 'system' }))).rejects.toThrow('gone');
    const { body } = await app.inject('/metrics');
    expect(body).toMatch(/^lang_nghe_spooled_events_total 1$/m);
    expect(body).toMatch(/^lang_nghe_turns_total\{kind="system",result="failed"\} 1$/m);
  });

  test('count notices by what became of them', async () => {
    const db = openDatabase({ path: ':memory:' });
    const ledger = metrics.notices(createSqliteNoticeLedger(db, { now: () => 1 }));
    const record = { topic: 'bill', conversationId: 'zalo:1:a', replies: [] } as const;
    await ledger.plan({ ...record, key: 'a' }, 1);
    await ledger.plan({ ...record, key: 'a' }, 1);
    await ledger.skip({ ...record, key: 'b' }, 'opted_out');
    await ledger.settle('a', 'accepted');
    const { body } = await app.inject('/metrics');
    for (const state of ['planned', 'repeat', 'skipped', 'accepted']) {
      expect(body).toContain(`lang_nghe_notices_total{state="${state}"} 1`);
    }
    await db.close();
  });

  test('show a storm: its mode, open reports, the grouped share and how old the queue is; what cannot be read is missing', async () => {
    const counts = { vulnerable: 0, told: 0, back: 0, stillOut: 0 };
    metrics.storm({
      reports: {
        reportersIn: async ({ from, to }) => [
          { channel: 'web', reporters: (to - from - 1) / 360_000 - 4, grouped: 5 },
          { channel: 'zalo', reporters: 4, grouped: 2 },
        ],
        linkCounts: async (id) => ({ ...counts, linked: id === 'SK1' ? 20 : 5 }),
      },
      incidents: { openIncidents: async () => [sampleIncident({ id: 'SK1' }), sampleIncident({ id: 'SK2' })] },
      storm: {
        async stormSwitch() {
          throw new Error('gone');
        },
      },
      shift: { load: async () => ({ waiting: 3, longestWaitSince: 10_000, held: [] }) },
      clock: { now: () => 100_000 },
    });
    const { body, statusCode } = await app.inject('/metrics');
    expect(statusCode).toBe(200);
    for (const line of [
      'open_incidents 2',
      'open_outage_reports 25',
      'outage_reporters_hour 10',
      'outage_reporters_grouped_hour 7',
      'queue_waiting 3',
      'queue_oldest_seconds 90',
    ]) {
      expect(body).toMatch(new RegExp(`^lang_nghe_${line}$`, 'm'));
    }
    expect(body).not.toMatch(/^lang_nghe_storm_mode /m);
  });
});
