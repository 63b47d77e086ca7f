import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import type { EventSpool } from '../../src/bot/ports.ts';
import { createMetrics, type Metrics } from '../../src/integrations/metrics.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { buildBot, type TestBot } from '../support/build-bot.ts';
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
});
